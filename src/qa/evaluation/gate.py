"""Pass or fail, with reasons: a run against what is expected of it.

A measure fails when it falls below its floor, or when it loses more than its tolerance and the loss is real: by the
paired permutation test against the accepted run, question by question, at :data:`SIGNIFICANCE`. Without an accepted
run to compare with, and for measures that cannot be paired, every loss beyond the tolerance counts as real.

Left out of the comparison, and reported apart: known failures that have not expired, questions whose gold the corpus no
longer holds (drift), and questions that are new or changed since the accepted run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qa.errors import UsageError
from qa.evaluation.comparison import Comparison, MeasureComparison, compare
from qa.evaluation.drift import Drift, drifted_ids
from qa.evaluation.expected import ANY, Expectation, ExpectedMeasure, KnownFailure
from qa.evaluation.measures.measure import Measure
from qa.evaluation.measures.summary import MEASURES_BY_KEY, estimate
from qa.evaluation.outcome import QuestionOutcome
from qa.evaluation.run_record import Run, RunIdentity

SIGNIFICANCE = 0.05
# Values are written with repr and read back exactly; the slack only absorbs another order of summing.
_SLACK = 1e-9


class Verdict(StrEnum):
    """How one measure stands."""

    PASSED = "passed"
    WITHIN_CHANCE = "within_chance"  # lost more than the tolerance, yet it may be chance: told, not failed
    LOST = "lost"
    BELOW_FLOOR = "below_floor"


@dataclass(frozen=True, slots=True)
class MeasureVerdict:
    """One expected measure: what was expected and found, over how many questions, and the verdict with its reason
    (Chinese).
    """

    measure: Measure
    expected: ExpectedMeasure
    before: float | None
    after: float | None
    count: int
    verdict: Verdict
    reason: str
    p_worse: float | None = None
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return self.verdict in (Verdict.LOST, Verdict.BELOW_FLOOR)


@dataclass(frozen=True, slots=True)
class GateResult:
    """The gate's verdict.

    ``excused`` are the known failures in force, ``expired`` those whose day has passed (they count again),
    ``recovered`` known failures whose question is right, or whose measure reaches its floor, now; ``drifts`` what the corpus no longer holds. ``notes`` are
    further lines to show.
    """

    measures: tuple[MeasureVerdict, ...]
    comparison: Comparison | None
    excused: tuple[KnownFailure, ...]
    expired: tuple[KnownFailure, ...]
    recovered: tuple[KnownFailure, ...]
    drifts: tuple[Drift, ...]
    notes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not any(measure.failed for measure in self.measures)


def check(
    run: Run, expectation: Expectation, accepted: Run | None, drifts: Sequence[Drift] = (), *, today: date
) -> GateResult:
    """Hold the run against the expectation; ``accepted`` is the run the expectation was written from, where it is kept.

    Raises :class:`UsageError` when the two cannot be held against each other: another model, another corpus, or,
    without an accepted run, another evaluation set.
    """
    require_same_conditions(run.identity, expectation, accepted, drifts)
    excused = tuple(known for known in expectation.known_failures if not known.expired(today))
    left_out = {known.id for known in excused if not known.of_measure} | drifted_ids(drifts)
    below = {known.id: known for known in excused if known.of_measure}
    outcomes = [outcome for outcome in run.outcomes if outcome.id not in left_out]
    comparison = None
    if accepted is not None:
        before = [outcome for outcome in accepted.outcomes if outcome.id not in left_out]
        wanted = [MEASURES_BY_KEY[expected.key] for expected in expectation.measures]
        comparison = compare(before, outcomes, wanted)
        if comparison.shared == 0:
            raise UsageError(
                "评测集与认可的那次运行没有共同的题目，不能相比",
                hint="确认改动无误后，在同一条命令后加 --accept 重新认可",
            )
    measures = tuple(
        _verdict(expected, outcomes, comparison, below.get(expected.key)) for expected in expectation.measures
    )
    return GateResult(
        measures=measures,
        comparison=comparison,
        excused=excused,
        expired=tuple(known for known in expectation.known_failures if known.expired(today)),
        recovered=_recovered(run, expectation, outcomes),
        drifts=tuple(drifts),
        notes=_notes(run, expectation, comparison),
    )


def require_same_conditions(
    identity: RunIdentity, expectation: Expectation, accepted: Run | None, drifts: Sequence[Drift] = ()
) -> None:
    """Check that a run of this identity is made under the expectation's conditions. Raises :class:`UsageError` naming
    what differs.
    """
    hint = "确认改动无误后，在同一条命令后加 --accept 重新认可"
    if expectation.model not in (ANY, identity.model):
        raise UsageError(
            "期望值是用另一个模型得到的，不能相比",
            reason=f"期望 {expectation.model}，现在 {identity.model}",
            hint=hint,
        )
    if expectation.corpus not in (ANY, identity.corpus):
        moved = f"；{len(drifts)} 条依据的原文已不在资料中，最接近的原文见 qa eval lint" if drifts else ""
        raise UsageError(
            "期望值是在另一份资料上得到的，不能相比",
            reason=f"期望 {expectation.corpus}，现在 {identity.corpus}{moved}",
            hint=hint,
        )
    if accepted is not None:
        _require_same_record(accepted.identity, expectation, hint)
    if accepted is None and expectation.questions not in (ANY, identity.questions):
        raise UsageError(
            "评测集已改动，而期望值没有逐题记录，不能相比",
            reason=f"期望 {expectation.questions}，现在 {identity.questions}",
            hint=hint,
        )


def _require_same_record(kept: RunIdentity, expectation: Expectation, hint: str) -> None:
    """A record that another commit or a merge put beside the file would be compared without a word."""
    for label, expected, found in (("模型", expectation.model, kept.model), ("资料", expectation.corpus, kept.corpus)):
        if expected not in (ANY, found):
            raise UsageError(
                f"认可的那次运行用的是别的{label}，与期望值不符，不能相比",
                reason=f"期望值写的是 {expected}，记录 {expectation.run} 里是 {found}",
                hint=hint,
            )


def _recovered(run: Run, expectation: Expectation, outcomes: Sequence[QuestionOutcome]) -> tuple[KnownFailure, ...]:
    right = {outcome.id for outcome in run.outcomes if outcome.right}
    reached = {
        each.key
        for each in expectation.measures
        if not _below_floor(each, estimate(MEASURES_BY_KEY[each.key], outcomes).value)
    }
    return tuple(known for known in expectation.known_failures if known.id in (reached if known.of_measure else right))


def _verdict(
    expected: ExpectedMeasure,
    outcomes: Sequence[QuestionOutcome],
    comparison: Comparison | None,
    known: KnownFailure | None,
) -> MeasureVerdict:
    measure = MEASURES_BY_KEY[expected.key]
    now = estimate(measure, outcomes)
    compared = _compared(expected, comparison)
    before = expected.value if compared is None else compared.before
    after, count = (now.value, now.count) if compared is None else (compared.after, compared.count)
    below = _below_floor(expected, now.value)
    if below and known is None:
        verdict, reason = Verdict.BELOW_FLOOR, f"{_shown(now.value, measure)}，越过{_floor_shown(expected)}"
    else:
        verdict, reason = _judge(expected, measure, before, after, compared)
        if below and known is not None:
            reason += f"；{_floor_shown(expected)} 尚未达到（已知，{known.until} 到期）"
    return MeasureVerdict(
        measure,
        expected,
        before,
        after,
        count,
        verdict,
        reason,
        None if compared is None else compared.p_worse,
        () if compared is None else compared.worse,
        () if compared is None else compared.better,
    )


def _compared(expected: ExpectedMeasure, comparison: Comparison | None) -> MeasureComparison | None:
    """The question-by-question comparison of a measure that can be compared so."""
    if comparison is None:
        return None
    found = next(each for each in comparison.measures if each.measure.key == expected.key)
    return found if found.measure.paired and found.before is not None else None


def _below_floor(expected: ExpectedMeasure, now: float | None) -> bool:
    """Whether the figure is worse than the floor allows; without a figure there is nothing that reaches a floor."""
    if expected.floor is None:
        return False
    sign = 1.0 if MEASURES_BY_KEY[expected.key].higher_is_better else -1.0
    return now is None or sign * (now - expected.floor) < -_SLACK


def _floor_shown(expected: ExpectedMeasure) -> str:
    measure = MEASURES_BY_KEY[expected.key]
    return f"{'下限' if measure.higher_is_better else '上限'} {_shown(expected.floor, measure)}"


def _judge(
    expected: ExpectedMeasure,
    measure: Measure,
    before: float | None,
    after: float | None,
    compared: MeasureComparison | None,
) -> tuple[Verdict, str]:
    sign = 1.0 if measure.higher_is_better else -1.0
    if before is None or after is None:
        return (Verdict.PASSED, "没有可计的题") if before is None else (Verdict.LOST, "原有可计的题，现在没有了")
    loss = sign * (before - after)
    change = f"{_shown(before, measure)} → {_shown(after, measure)}"
    if loss <= expected.tolerance + _SLACK:
        return Verdict.PASSED, change
    beyond = f"{change}，变差 {_shown(loss, measure)}，超出容许的 {_shown(expected.tolerance, measure)}"
    if compared is None or compared.p_worse is None:
        return Verdict.LOST, beyond
    tested = (
        f"{beyond}；{len(compared.worse)} 题变差、{len(compared.better)} 题变好，置换检验 {_p_shown(compared.p_worse)}"
    )
    if compared.p_worse < SIGNIFICANCE:
        return Verdict.LOST, tested
    return Verdict.WITHIN_CHANCE, tested + "，可能是偶然"


def _notes(run: Run, expectation: Expectation, comparison: Comparison | None) -> tuple[str, ...]:
    notes = []
    ids = {outcome.id for outcome in run.outcomes}
    strangers = [known.id for known in expectation.known_failures if not known.of_measure and known.id not in ids]
    if strangers:
        notes.append(f"已知问题里的题目不在评测集中：{'、'.join(strangers)}")
    if comparison is not None:
        for name, changed in (
            ("新增", comparison.only_after),
            ("删去", comparison.only_before),
            ("题目或答案有改动", comparison.changed),
        ):
            if changed:
                notes.append(f"{name}，未参加比较：{'、'.join(changed)}")
    return tuple(notes)


def _p_shown(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _shown(value: float | None, measure: Measure) -> str:
    if value is None:
        return "—"
    return f"{value:.3f}" if measure.unit == "share" else f"{value:.1f}"
