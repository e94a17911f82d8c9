"""Percentile bootstrap: how far a figure might have fallen otherwise, had other questions of the same kind been drawn.

Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13. Seeded: the same outcomes give the same
interval.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from qa.evaluation.measures.measure import Array

RESAMPLES = 1000
LEVEL = 0.95
SEED = 20210325
# Bounds the memory of one step to some tens of megabytes for evaluation sets of any size.
_VALUES_AT_ONCE = 2_000_000


class Interval(NamedTuple):
    """A closed interval."""

    low: float
    high: float


def interval(rows: Array, aggregate: Callable[[Array], Array], level: float = LEVEL) -> Interval | None:
    """The percentile interval of ``aggregate`` over resamples of ``rows`` (n, d); ``None`` for no rows."""
    if len(rows) == 0:
        return None
    drawn = resampled(rows, aggregate)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))


def resampled(rows: Array, aggregate: Callable[[Array], Array], resamples: int = RESAMPLES, seed: int = SEED) -> Array:
    """(resamples,) float64: ``aggregate`` of resamples of ``rows`` (n, d), n ≥ 1, drawn with replacement."""
    random = np.random.default_rng(seed)
    size = len(rows)
    step = max(1, _VALUES_AT_ONCE // size)
    figures = [
        aggregate(rows[random.integers(0, size, size=(min(step, resamples - done), size))])
        for done in range(0, resamples, step)
    ]
    return np.concatenate(figures)
