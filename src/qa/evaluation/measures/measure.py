"""What a measure is: which questions it counts, what it reads off each, and how those become one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.outcome import QuestionOutcome

Array = NDArray[np.float64]
Row = tuple[float, ...]
Unit = Literal["share", "chars", "ms"]


def mean(rows: Array) -> Array:
    """Mean of the first column. ``rows``: (…, n, d) → (…)."""
    return np.asarray(rows[..., 0].mean(axis=-1))


def quantile(share: float) -> Callable[[Array], Array]:
    """The quantile of the first column, linearly interpolated between neighbours. ``rows``: (…, n, d) → (…)."""

    def at(rows: Array) -> Array:
        return np.asarray(np.quantile(rows[..., 0], share, axis=-1))

    return at


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over the outcomes of a run.

    ``row`` gives what is read off one outcome, ``None`` where the question is not counted. ``aggregate`` makes one
    figure of the rows: (…, n, d) float64 → (…), so that resamples are computed at once. ``paired``: which questions
    are counted hangs on the question alone, so that two runs can be compared question by question.
    """

    key: str
    title: str  # Chinese, for tables
    row: Callable[[QuestionOutcome], Row | None]
    aggregate: Callable[[Array], Array] = mean
    unit: Unit = "share"
    higher_is_better: bool = True
    paired: bool = True

    def rows(self, outcomes: list[QuestionOutcome]) -> Array:
        """(n, d) float64: the rows of the counted outcomes, in order; (0, 1) when none counts."""
        rows = [row for row in map(self.row, outcomes) if row is not None]
        return np.array(rows, dtype=np.float64) if rows else np.empty((0, 1))
