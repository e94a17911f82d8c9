"""Where the marks of the report's charts go: plain geometry in user units of an SVG, drawn by the page's template.

y runs downwards, as in SVG. Every mark carries the words of its tooltip, which also are its text for those who cannot
see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.evaluation.measures.calibration import reliability
from qa.evaluation.measures.measure import Measure
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Summary
from qa.evaluation.outcome import STAGE_NAMES, LostStage, QuestionOutcome
from qa.evaluation.report.names import figure, group_name, interval_text
from qa.evaluation.run_record import Run

TREND_MEASURES = ("success@1", "contains", "abstain_recall", "wrong_answer")
TREND_RUNS = 30
HISTOGRAM_DEPTH = 10


class Tick(NamedTuple):
    """A mark on an axis."""

    at: float
    label: str


class Bar(NamedTuple):
    """A horizontal bar from the chart's left edge; ``low``/``high`` are the ends of its interval's whisker, if it has
    one.
    """

    label: str
    y: float
    length: float
    low: float | None
    high: float | None
    value: str
    tooltip: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars under one another; ``left`` is where they begin, ``row`` the height each has to itself."""

    title: str
    left: float
    width: float
    height: float
    row: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


class Column(NamedTuple):
    """An upright column standing on the chart's base line."""

    label: str
    x: float
    width: float
    height: float
    value: str
    tooltip: str
    missed: bool


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns side by side on the line ``base``."""

    title: str
    width: float
    height: float
    base: float
    columns: tuple[Column, ...]


class Dot(NamedTuple):
    """A dot with its radius."""

    x: float
    y: float
    radius: float
    tooltip: str


@dataclass(frozen=True, slots=True)
class DotChart:
    """Dots on a square or wide plane from ``(left, top)`` to ``(right, bottom)``; ``line`` joins points for a
    polyline.
    """

    title: str
    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    line: str = ""
    last: str = ""


def per_type_bars(summary: Summary, key: str) -> BarChart:
    """One share for every group that it counts for, with its interval."""
    measure = MEASURES_BY_KEY[key]
    left, right, row = 92.0, 440.0, 28.0
    bars: list[Bar] = []
    counted = [(group, estimates[key]) for group, estimates in summary.items() if estimates[key].value is not None]
    # Where a single type counts, the bar for all is the same bar again.
    for group, each in counted[1:] if len(counted) == 2 else counted:
        span = each.interval
        bars.append(
            Bar(
                group_name(group),
                len(bars) * row,
                (each.value or 0.0) * (right - left),
                None if span is None else left + span.low * (right - left),
                None if span is None else left + span.high * (right - left),
                figure(each.value, measure),
                f"{group_name(group)}：{figure(each.value, measure)}（{interval_text(each, measure)}，{each.count} 题）",
            )
        )
    ticks = tuple(Tick(left + share * (right - left), f"{share:g}") for share in (0, 0.25, 0.5, 0.75, 1))
    return BarChart(measure.title, left, 500.0, len(bars) * row + 22, row, ticks, tuple(bars))


def stage_bars(outcomes: Sequence[QuestionOutcome]) -> BarChart:
    """How many questions were lost at each stage."""
    counts = Counter(outcome.lost for outcome in outcomes if outcome.lost is not None)
    left, right, row = 210.0, 450.0, 28.0
    most = max(counts.values(), default=1)
    stages = [stage for stage in LostStage if counts[stage]]
    bars = tuple(
        Bar(
            STAGE_NAMES[stage].partition("（")[0],  # the longest does not fit; the tooltip has the whole
            at * row,
            counts[stage] / most * (right - left),
            None,
            None,
            str(counts[stage]),
            f"{STAGE_NAMES[stage]}：{counts[stage]} 题",
        )
        for at, stage in enumerate(stages)
    )
    return BarChart("答案在哪一步丢失", left, 500.0, len(bars) * row + 4, row, (), bars)


def rank_histogram(outcomes: Sequence[QuestionOutcome]) -> ColumnChart:
    """At which rank the best evidence of an answerable question stands; the last column is for evidence not
    returned.
    """
    ranked = [outcome for outcome in outcomes if outcome.question.answerable and outcome.ranks]
    counts = Counter(
        outcome.best_rank if outcome.best_rank is not None and outcome.best_rank <= HISTOGRAM_DEPTH else None
        for outcome in ranked
    )
    places: list[int | None] = [*range(1, HISTOGRAM_DEPTH + 1), None]
    most, step, tall, base = max(counts.values(), default=1), 44.0, 150.0, 176.0
    columns = tuple(
        Column(
            "未召回" if place is None else str(place),
            8 + at * step,
            step - 12,
            counts[place] / most * tall,
            str(counts[place]) if counts[place] else "",
            f"{'未召回' if place is None else f'第 {place}'}：{counts[place]} 题",
            place is None,
        )
        for at, place in enumerate(places)
    )
    return ColumnChart("依据排在第几", 16 + len(places) * step, base + 24, base, columns)


def reliability_chart(outcomes: Sequence[QuestionOutcome]) -> DotChart:
    """Mean confidence against the share right, a dot a bin, its area in proportion to the answers in it."""
    left, top, side = 44.0, 10.0, 250.0
    bins = reliability(outcomes)
    most = max((each.answers for each in bins), default=1)
    dots = tuple(
        Dot(
            left + each.confidence * side,
            top + (1 - each.right) * side,
            3 + 9 * (each.answers / most) ** 0.5,
            f"可信度 {each.low:.1f}–{each.high:.1f}：{each.answers} 个答案，平均可信度 {each.confidence:.2f}，答对 {each.right:.2f}",
        )
        for each in bins
    )
    shares = (0, 0.25, 0.5, 0.75, 1)
    return DotChart(
        "可信度与答对率",
        left + side + 20,
        top + side + 40,
        left,
        top,
        left + side,
        top + side,
        tuple(Tick(left + share * side, f"{share:g}") for share in shares),
        tuple(Tick(top + (1 - share) * side, f"{share:g}") for share in shares),
        dots,
    )


def trends(history: Sequence[Run], keys: Sequence[str] = TREND_MEASURES) -> tuple[DotChart, ...]:
    """A line a measure over the last runs; measures that no run counts are left out."""
    runs = history[-TREND_RUNS:]
    charts = [_trend(MEASURES_BY_KEY[key], runs) for key in keys]
    return tuple(chart for chart in charts if chart.dots)


def _trend(measure: Measure, runs: Sequence[Run]) -> DotChart:
    left, top, wide, tall = 34.0, 14.0, 190.0, 80.0
    step = wide / max(1, len(runs) - 1)
    dots: list[Dot] = []
    last = ""
    for at, run in enumerate(runs):
        rows = measure.rows(list(run.outcomes))
        if len(rows) == 0:
            continue
        value = float(measure.aggregate(rows))
        last = figure(value, measure)
        tooltip = f"{run.started:%Y-%m-%d %H:%M}：{last}（{len(run.outcomes)} 题）"
        dots.append(Dot(round(left + at * step, 2), round(top + (1 - value) * tall, 2), 3, tooltip))
    return DotChart(
        measure.title,
        left + wide + 16,
        top + tall + 14,
        left,
        top,
        left + wide,
        top + tall,
        (),
        tuple(Tick(top + (1 - share) * tall, f"{share:g}") for share in (0, 0.5, 1)),
        tuple(dots),
        " ".join(f"{dot.x},{dot.y}" for dot in dots),
        last,
    )


def per_type_charts(summary: Summary) -> tuple[BarChart, ...]:
    """Retrieval, answer and refusal per type; only those that some question counts for."""
    keys = [key for key in ("success@1", "contains", "abstain_recall") if summary[OVERALL][key].value is not None]
    return tuple(per_type_bars(summary, key) for key in keys)
