"""Is a change real? Two runs compared question by question.

Paired permutation (sign-flip) test: were the change without effect, each question's two results could as well stand
the other way round. Fisher, *The Design of Experiments*, 1935; for retrieval Smucker, Allan & Carterette, CIKM 2007.
The interval of a difference is the percentile bootstrap over questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.measures.bootstrap import SEED, Interval, interval
from qa.evaluation.measures.measure import Array, Measure, mean
from qa.evaluation.measures.ranking import reciprocal_rank, relevance
from qa.evaluation.measures.summary import ALL_MEASURES
from qa.evaluation.outcome import QuestionOutcome

# Up to so many changed questions every assignment of signs is tried (2¹⁶ of them); beyond, a seeded sample.
EXACT_UP_TO = 16
PERMUTATIONS = 20_000
# Sums of the same differences in another order differ in the last bits; they are ties, not extremes.
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """One measure before and after, over the questions both runs share.

    ``gain`` is positive when it got better, whatever the measure's direction; its ``interval`` and the p-values exist
    for paired measures only. ``p_value`` is two-sided; ``p_worse`` is the chance of a loss at least as large were the
    change without effect. ``worse`` and ``better`` are question ids.
    """

    measure: Measure
    before: float | None
    after: float | None
    count: int
    gain: float | None
    interval: Interval | None = None
    p_value: float | None = None
    p_worse: float | None = None
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question whose outcome changed."""

    before: QuestionOutcome
    after: QuestionOutcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs share and how it changed.

    ``worse``/``better``: whether the answer is right decides, then the rank of the evidence, then F1. ``only_before``
    and ``only_after`` are ids that one run lacks, ``changed`` ids whose question or gold is no longer the same; none
    of these three is compared.
    """

    measures: tuple[MeasureComparison, ...]
    worse: tuple[QuestionChange, ...]
    better: tuple[QuestionChange, ...]
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changed: tuple[str, ...]


def compare(
    before: Sequence[QuestionOutcome], after: Sequence[QuestionOutcome], measures: Sequence[Measure] = ALL_MEASURES
) -> Comparison:
    """The comparison of two runs, in the order of ``after``; runs that share no question compare to counts of zero."""
    earlier = {outcome.id: outcome for outcome in before}
    now = {outcome.id for outcome in after}
    both = [(earlier[outcome.id], outcome) for outcome in after if outcome.id in earlier]
    pairs = [(old, new) for old, new in both if _same_gold(old, new)]
    changes = [(QuestionChange(old, new), _quality(new), _quality(old)) for old, new in pairs]
    return Comparison(
        measures=tuple(compare_measure(measure, pairs) for measure in measures),
        worse=tuple(change for change, new, old in changes if new < old),
        better=tuple(change for change, new, old in changes if new > old),
        shared=len(pairs),
        only_before=tuple(outcome.id for outcome in before if outcome.id not in now),
        only_after=tuple(outcome.id for outcome in after if outcome.id not in earlier),
        changed=tuple(new.id for old, new in both if not _same_gold(old, new)),
    )


def compare_measure(measure: Measure, pairs: Sequence[tuple[QuestionOutcome, QuestionOutcome]]) -> MeasureComparison:
    """One measure over (before, after) pairs of the same questions."""
    old_rows = measure.rows([old for old, _ in pairs])
    new_rows = measure.rows([new for _, new in pairs])
    before = float(measure.aggregate(old_rows)) if len(old_rows) else None
    after = float(measure.aggregate(new_rows)) if len(new_rows) else None
    sign = 1.0 if measure.higher_is_better else -1.0
    gain = None if before is None or after is None else sign * (after - before)
    if not measure.paired:
        return MeasureComparison(measure, before, after, len(new_rows), gain)
    ids = [new.id for _, new in pairs if measure.row(new) is not None]
    gains = sign * (new_rows - old_rows)[:, 0]
    return MeasureComparison(
        measure,
        before,
        after,
        len(new_rows),
        gain,
        interval(gains[:, None], mean),
        two_sided_p(gains),
        worse_p(gains),
        worse=tuple(id for id, value in zip(ids, gains, strict=True) if value < 0),
        better=tuple(id for id, value in zip(ids, gains, strict=True) if value > 0),
    )


def two_sided_p(gains: Array) -> float:
    """Share of sign flips whose sum lies at least as far from zero as that of ``gains`` (n,); 1.0 when nothing
    changed.
    """
    return _share(np.abs(_flipped_sums(gains)) >= abs(gains.sum()) - _TIE, gains)


def worse_p(gains: Array) -> float:
    """Share of sign flips whose sum is at least as low as that of ``gains`` (n,); 1.0 when nothing changed."""
    return _share(_flipped_sums(gains) <= gains.sum() + _TIE, gains)


def _share(extreme: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], gains: Array) -> float:
    if np.count_nonzero(gains) <= EXACT_UP_TO:
        return float(extreme.mean())
    # The observed assignment is one of those possible: without it a sample could give an impossible p of 0.
    return float((extreme.sum() + 1) / (len(extreme) + 1))


def _flipped_sums(gains: Array) -> Array:
    """(m,) float64: sums of the changed gains under all, or a seeded sample of, assignments of signs."""
    changed = gains[gains != 0]
    if len(changed) <= EXACT_UP_TO:
        numbers = np.arange(2 ** len(changed))[:, None]
        signs = 1.0 - 2.0 * (numbers >> np.arange(len(changed)) & 1)
    else:
        signs = np.random.default_rng(SEED).choice([-1.0, 1.0], size=(PERMUTATIONS, len(changed)))
    return np.asarray(signs @ changed)


def _same_gold(old: QuestionOutcome, new: QuestionOutcome) -> bool:
    first, second = old.question, new.question
    return (first.question, first.type, first.answers, first.evidence, first.list) == (
        second.question,
        second.type,
        second.answers,
        second.evidence,
        second.list,
    )


def _quality(outcome: QuestionOutcome) -> tuple[bool, float, float]:
    return outcome.right, reciprocal_rank(relevance(outcome)), outcome.f1
