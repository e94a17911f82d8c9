from __future__ import annotations

import numpy as np
import pytest

from qa.evaluation.measures.calibration import ReliabilityBin, bin_of, expected_calibration_error, reliability
from tests.evaluation.evaluation_examples import an_outcome


def ece(*pairs: tuple[float, float]) -> float:
    return float(expected_calibration_error(np.array(pairs)))


def test_by_hand() -> None:
    assert ece((0.8, 1), (0.8, 1), (0.8, 1), (0.8, 1), (0.8, 0)) == pytest.approx(0.0)
    assert ece((0.9, 0), (0.9, 0)) == pytest.approx(0.9)
    assert ece((0.15, 1)) == pytest.approx(0.85)
    # Two bins: [0.6, 0.7) holds 0.65 right and 0.61 wrong, [0.9, 1] holds 0.95 right.
    assert ece((0.65, 1), (0.61, 0), (0.95, 1)) == pytest.approx((2 / 3) * abs(0.5 - 0.63) + (1 / 3) * 0.05)


def test_errors_of_different_bins_do_not_cancel() -> None:
    assert ece((0.05, 1), (0.95, 0)) == pytest.approx(0.95)


def test_bins_are_closed_below_and_the_last_on_both_sides() -> None:
    computed = 0.1 + 0.2 - 1e-17
    confidences = np.array([0.0, 0.0999, 0.1, computed, 0.7, 0.9, 0.95, 1.0])
    assert bin_of(confidences).tolist() == [0, 0, 1, 3, 7, 9, 9, 9]
    assert bin_of(np.array([i / 10 for i in range(10)])).tolist() == list(range(10))


def test_resamples_are_computed_at_once() -> None:
    random = np.random.default_rng(1)
    rows = np.stack([random.random((4, 30)), random.integers(0, 2, (4, 30)).astype(float)], axis=-1)
    assert expected_calibration_error(rows).tolist() == pytest.approx(
        [float(expected_calibration_error(r)) for r in rows]
    )


def test_reliability_diagram() -> None:
    outcomes = [
        an_outcome("Q1", confidence=0.62),
        an_outcome("Q2", confidence=0.68, contains=0.0),
        an_outcome("Q3", confidence=1.0),
        an_outcome("Q4", confidence=0.0, abstained=True, contains=0.0),
    ]
    assert reliability(outcomes) == [
        ReliabilityBin(0.6, 0.7, 2, pytest.approx(0.65), 0.5),
        ReliabilityBin(0.9, 1.0, 1, 1.0, 1.0),
    ]
    assert reliability(outcomes[2:]) == [ReliabilityBin(0.9, 1.0, 1, 1.0, 1.0)]
    assert reliability(outcomes[3:]) == reliability([]) == []
