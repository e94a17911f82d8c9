"""All measures over a run, in all and per question type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.evaluation_set import QuestionType
from qa.evaluation.measures import abstention, answers, calibration, latency, ranking
from qa.evaluation.measures.bootstrap import Interval, interval
from qa.evaluation.measures.measure import Measure
from qa.evaluation.outcome import QuestionOutcome

ALL_MEASURES: tuple[Measure, ...] = (
    *ranking.MEASURES,
    *answers.MEASURES,
    *abstention.MEASURES,
    *calibration.MEASURES,
    *latency.MEASURES,
)
MEASURES_BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in ALL_MEASURES}
OVERALL = "all"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``count`` questions with its 95 % bootstrap interval; ``value`` is ``None`` when no question
    counts.
    """

    value: float | None
    count: int
    interval: Interval | None


Summary = Mapping[str, Mapping[str, Estimate]]
"""Group (``all`` first, then the question types that occur) → measure key → estimate."""


def summarise(outcomes: Sequence[QuestionOutcome], measures: Sequence[Measure] = ALL_MEASURES) -> Summary:
    """The estimates of every measure for every group."""
    groups: dict[str, list[QuestionOutcome]] = {OVERALL: list(outcomes)}
    for kind in QuestionType:
        inside = [outcome for outcome in outcomes if outcome.question.type is kind]
        if inside:
            groups[kind.value] = inside
    return {name: {measure.key: estimate(measure, inside) for measure in measures} for name, inside in groups.items()}


def estimate(measure: Measure, outcomes: Sequence[QuestionOutcome]) -> Estimate:
    """The measure over these outcomes."""
    rows = measure.rows(list(outcomes))
    value = None if len(rows) == 0 else float(measure.aggregate(rows))
    return Estimate(value, len(rows), interval(rows, measure.aggregate))
