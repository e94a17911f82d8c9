from __future__ import annotations

import numpy as np
import pytest

from qa.evaluation.measures import bootstrap
from qa.evaluation.measures.bootstrap import Interval, interval, resampled
from qa.evaluation.measures.measure import Array, mean, quantile

# Recorded once: an interval that moves between machines or versions would move verdicts with it.
RECORDED_MEANS = [4.0, 5.3, 4.5, 5.5]
RECORDED_INTERVAL = (2.6, 6.3)


def column(*values: float) -> Array:
    return np.array(values)[:, None]


def test_nothing_varies() -> None:
    assert interval(column(1, 1, 1), mean) == Interval(1.0, 1.0)
    assert interval(np.empty((0, 1)), mean) is None


def test_near_the_normal_interval_of_a_share() -> None:
    rows = column(*([1.0] * 80 + [0.0] * 20))
    found = interval(rows, mean)
    assert found is not None
    half = 1.96 * np.sqrt(0.8 * 0.2 / 100)
    assert found.low == pytest.approx(0.8 - half, abs=0.02)
    assert found.high == pytest.approx(0.8 + half, abs=0.02)
    wider = interval(rows, mean, level=0.99)
    assert wider is not None
    assert wider.low < found.low < found.high < wider.high


def test_the_same_outcomes_give_the_same_interval() -> None:
    rows = column(*np.random.default_rng(3).random(50))
    assert interval(rows, mean) == interval(rows.copy(), mean)
    assert not np.array_equal(resampled(rows, mean), resampled(rows, mean, seed=1))


def test_every_resample_is_of_full_size_and_there_are_a_thousand() -> None:
    sizes: list[tuple[int, ...]] = []

    def spy(rows: Array) -> Array:
        sizes.append(rows.shape)
        return mean(rows)

    assert resampled(column(*range(7)), spy).shape == (1000,)
    assert sizes == [(1000, 7, 1)]


def test_large_sets_are_resampled_in_steps_that_join_to_the_same_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_VALUES_AT_ONCE", 64)
    figures = resampled(column(*range(10)), mean, resamples=20)
    assert figures.shape == (20,)
    assert len(set(figures.tolist())) > 10


def test_however_large_the_set_one_resample_is_drawn_at_a_time_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[tuple[int, ...]] = []

    def spy(rows: Array) -> Array:
        shapes.append(rows.shape)
        return mean(rows)

    monkeypatch.setattr(bootstrap, "_VALUES_AT_ONCE", 10)
    resampled(column(*range(25)), spy, resamples=3)
    assert shapes == [(1, 25, 1)] * 3
    shapes.clear()
    resampled(column(*range(5)), spy, resamples=5)
    assert shapes == [(2, 5, 1), (2, 5, 1), (1, 5, 1)]


def test_the_figures_are_the_same_on_every_machine() -> None:
    rows = column(*range(10))
    assert resampled(rows, mean)[:4].tolist() == RECORDED_MEANS
    assert interval(rows, mean) == pytest.approx(RECORDED_INTERVAL)
    # The normal interval: 4.5 ± 1.96 · sqrt(variance / 10), the variance of 0 … 9 being 8.25.
    half = 1.96 * np.sqrt(8.25 / 10)
    assert pytest.approx((4.5 - half, 4.5 + half), abs=0.25) == RECORDED_INTERVAL


def test_quantiles_run_along_the_questions() -> None:
    rows = np.stack([column(1, 2, 3), column(4, 5, 60)])
    assert quantile(0.5)(rows).tolist() == [2.0, 5.0]
    assert mean(rows).tolist() == [2.0, 23.0]
