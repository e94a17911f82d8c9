"""The report as one HTML file: no network, no script, charts as inline SVG. The markup stands in
``page.html.jinja``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from qa.evaluation.measures.measure import Measure
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Estimate
from qa.evaluation.outcome import STAGE_NAMES, LostStage, QuestionOutcome
from qa.evaluation.report.charts import (
    BarChart,
    ColumnChart,
    DotChart,
    per_type_charts,
    rank_histogram,
    reliability_chart,
    stage_bars,
    trends,
)
from qa.evaluation.report.contents import Report
from qa.evaluation.report.names import (
    TYPE_NAMES,
    VERDICT_NAMES,
    answer_shown,
    excused_line,
    expired_line,
    figure,
    fingerprint_shown,
    gold_shown,
    group_name,
    interval_text,
    ranks_shown,
    recovered_line,
    shortened,
)

HEADLINES = (
    "success@1",
    "success@5",
    "mrr@10",
    "contains",
    "abstain_recall",
    "false_abstain",
    "wrong_answer",
    "latency_p50_ms",
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A key figure."""

    title: str
    value: str
    interval: str
    count: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measure over all groups; ``cells`` are (value, interval and how many questions count)."""

    title: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A wrong question as it is shown."""

    outcome: QuestionOutcome
    type_name: str
    gold: str
    answer: str
    ranks: str


@dataclass(frozen=True, slots=True)
class StageOfMisses:
    """The wrong questions that were lost at one stage."""

    name: str
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the template is given."""

    report: Report
    headlines: tuple[Headline, ...]
    groups: tuple[tuple[str, int], ...]
    figures: tuple[FigureRow, ...]
    trends: tuple[DotChart, ...]
    per_type: tuple[BarChart, ...]
    ranks: ColumnChart
    reliability: DotChart
    stages: BarChart
    misses: tuple[StageOfMisses, ...]


def page_of(report: Report) -> Page:
    """The page's contents, everything counted and worded."""
    overall = report.summary[OVERALL]
    headlines = [
        Headline(
            MEASURES_BY_KEY[key].title,
            figure(overall[key].value, MEASURES_BY_KEY[key]),
            interval_text(overall[key], MEASURES_BY_KEY[key]),
            overall[key].count,
        )
        for key in HEADLINES
        if overall[key].value is not None
    ]
    rows = [
        FigureRow(
            measure.title,
            tuple(
                (figure(estimates[key].value, measure), _interval_and_count(estimates[key], measure))
                for estimates in report.summary.values()
            ),
        )
        for key, measure in MEASURES_BY_KEY.items()
    ]
    outcomes = report.run.outcomes
    return Page(
        report=report,
        headlines=tuple(headlines),
        groups=tuple((group_name(g), estimates["wrong_answer"].count) for g, estimates in report.summary.items()),
        figures=tuple(rows),
        trends=trends(report.history) if len(report.history) > 1 else (),
        per_type=per_type_charts(report.summary),
        ranks=rank_histogram(outcomes),
        reliability=reliability_chart(outcomes),
        stages=stage_bars(outcomes),
        misses=_misses_by_stage(report),
    )


def html_report(report: Report) -> str:
    """The whole page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text(encoding="utf-8"))
    return template.render(
        page=page_of(report),
        verdicts=VERDICT_NAMES,
        ranks_shown=ranks_shown,
        answer_shown=answer_shown,
        shortened=shortened,
        fingerprint_shown=fingerprint_shown,
        excused_line=excused_line,
        expired_line=expired_line,
        recovered_line=recovered_line,
    )


def _interval_and_count(estimate: Estimate, measure: Measure) -> str:
    return f"{interval_text(estimate, measure)} · {estimate.count}" if estimate.count else ""


def _misses_by_stage(report: Report) -> tuple[StageOfMisses, ...]:
    order = list(LostStage)
    known = sorted(
        ((order.index(each.lost), each) for each in report.misses if each.lost is not None), key=lambda pair: pair[0]
    )
    return tuple(
        StageOfMisses(STAGE_NAMES[order[at]], tuple(_miss(outcome) for _, outcome in inside))
        for at, inside in groupby(known, key=lambda pair: pair[0])
    )


def _miss(outcome: QuestionOutcome) -> Miss:
    return Miss(
        outcome,
        TYPE_NAMES[outcome.question.type],
        gold_shown(outcome),
        answer_shown(outcome),
        ranks_shown(outcome),
    )
