"""Does a confidence of 0.8 mean four right answers in five?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.evaluation.measures.measure import Array, Measure, Row
from qa.evaluation.outcome import QuestionOutcome

BINS = 10


class ReliabilityBin(NamedTuple):
    """Answers whose confidence lies in ``[low, high)`` (the last bin closed): how many, their mean confidence, the
    share right.
    """

    low: float
    high: float
    answers: int
    confidence: float
    right: float


def confidence_and_right(outcome: QuestionOutcome) -> Row | None:
    """(confidence, 1.0 if right else 0.0) of an answered question; ``None`` where nothing was answered."""
    return (outcome.confidence, float(outcome.right)) if outcome.answered else None


def bin_of(confidence: Array) -> Array:
    """The bin, 0 to ``BINS - 1``, of each confidence; 1.0 belongs to the last. Same shape."""
    # Rounded first: 0.3 * 10 is 2.9999999999999996 for some computed 0.3, which would fall a bin too low.
    return np.clip(np.floor(np.round(confidence * BINS, 9)), 0, BINS - 1)


def expected_calibration_error(rows: Array) -> Array:
    """Σ over bins of (answers in the bin / answers) · |share right − mean confidence|; 10 bins of equal width.

    Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; Guo et al., ICML 2017.
    ``rows``: (…, n, 2) of (confidence, right) → (…). The error is biased upwards in small samples, and resamples
    doubly so: its bootstrap interval may lie above the value.
    """
    bins = bin_of(rows[..., 0])
    gaps = rows[..., 1] - rows[..., 0]
    # Within a bin, count · |share right − mean confidence| is |Σ (right − confidence)|.
    total = sum(np.abs(np.where(bins == each, gaps, 0.0).sum(axis=-1)) for each in range(BINS))
    return np.asarray(total / rows.shape[-2])


def reliability(outcomes: Sequence[QuestionOutcome]) -> list[ReliabilityBin]:
    """The bins that hold answers, in order."""
    rows = MEASURES[0].rows(list(outcomes))
    if len(rows) == 0:
        return []
    bins = bin_of(rows[:, 0])
    return [
        ReliabilityBin(each / BINS, (each + 1) / BINS, int(inside.sum()), *map(float, rows[inside].mean(axis=0)))
        for each in range(BINS)
        if (inside := bins == each).any()
    ]


MEASURES = (
    Measure(
        "ece", "校准误差 ECE", confidence_and_right, expected_calibration_error, higher_is_better=False, paired=False
    ),
)
