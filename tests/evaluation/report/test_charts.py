from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qa.evaluation.evaluation_set import QuestionType
from qa.evaluation.measures.summary import summarise
from qa.evaluation.outcome import LostStage, QuestionOutcome
from qa.evaluation.report.charts import (
    TREND_RUNS,
    per_type_bars,
    per_type_charts,
    rank_histogram,
    reliability_chart,
    stage_bars,
    trends,
)
from tests.evaluation.evaluation_examples import a_question, a_run, an_outcome


def of_type(kind: QuestionType, id: str, **changes: object) -> QuestionOutcome:
    return an_outcome(question=a_question(id, type=kind), **changes)


def test_bars_are_in_proportion_and_whiskers_at_the_interval() -> None:
    outcomes = [
        *(of_type(QuestionType.FACT_DATE, f"Q{n}", ranks=(1 if n < 3 else 2,)) for n in range(4)),
        of_type(QuestionType.LIST, "Q9"),
    ]
    summary = summarise(outcomes)
    chart = per_type_bars(summary, "success@1")
    assert [bar.label for bar in chart.bars] == ["全部", "日期", "列举"]
    whole = chart.ticks[-1].at - chart.ticks[0].at
    assert chart.bars[1].length == pytest.approx(0.75 * whole)
    assert chart.bars[2].length == pytest.approx(whole)
    interval = summary["fact_date"]["success@1"].interval
    assert interval is not None
    assert chart.bars[1].low == pytest.approx(chart.left + interval.low * whole)
    assert chart.bars[1].high == pytest.approx(chart.left + interval.high * whole)
    assert chart.bars[1].tooltip.startswith("日期：0.750（")
    assert chart.bars[1].tooltip.endswith("，4 题）")
    assert [bar.y for bar in chart.bars] == [0, chart.row, 2 * chart.row]
    assert all(bar.y + chart.row <= chart.height for bar in chart.bars)


def test_a_single_type_is_drawn_once() -> None:
    assert [bar.label for bar in per_type_bars(summarise([an_outcome()]), "em").bars] == ["数字"]
    assert [chart.title for chart in per_type_charts(summarise([an_outcome()]))] == ["Success@1", "答案包含"]


def test_stages_in_the_order_a_question_travels_the_most_frequent_longest() -> None:
    lost = [LostStage.READING, LostStage.READING, LostStage.RETRIEVAL, None]
    chart = stage_bars([an_outcome(f"Q{n}", lost=stage) for n, stage in enumerate(lost)])
    assert [(bar.label, bar.value) for bar in chart.bars] == [("依据未召回", "1"), ("答案抽取有误", "2")]
    assert chart.bars[0].length == chart.bars[1].length / 2
    assert stage_bars([an_outcome()]).bars == ()


def test_labels_of_stages_fit_beside_their_bars_and_the_tooltip_has_the_whole() -> None:
    chart = stage_bars([an_outcome(f"Q{n}", lost=stage) for n, stage in enumerate(LostStage)])
    assert len(chart.bars) == len(LostStage)
    assert all(len(bar.label) * 16 < chart.left for bar in chart.bars)  # 16: as large as they are written
    assert "数字有出入（小数点、百分号或位数）：1 题" in [bar.tooltip for bar in chart.bars]


def test_ranks_beyond_ten_count_as_not_returned() -> None:
    outcomes = [an_outcome(f"Q{n}", ranks=ranks) for n, ranks in enumerate([(1,), (3, 1), (10,), (11,), (None,), ()])]
    outcomes.append(an_outcome(question=a_question("Q9", answers=())))
    chart = rank_histogram(outcomes)
    assert {column.label: column.value for column in chart.columns if column.value} == {
        "1": "2",
        "10": "1",
        "未召回": "2",
    }
    assert [column.label for column in chart.columns if column.missed] == ["未召回"]
    assert chart.columns[0].height == chart.columns[-1].height == 2 * chart.columns[9].height
    assert all(column.x + column.width <= chart.width for column in chart.columns)


def test_reliability_dots_stand_at_confidence_and_share_right() -> None:
    chart = reliability_chart([an_outcome("Q1", confidence=0.5), an_outcome("Q2", confidence=0.5, contains=0.0)])
    (dot,) = chart.dots
    assert dot.x == pytest.approx((chart.left + chart.right) / 2)
    assert dot.y == pytest.approx((chart.top + chart.bottom) / 2)
    assert dot.radius == 12
    assert "2 个答案，平均可信度 0.50，答对 0.50" in dot.tooltip
    assert reliability_chart([]).dots == ()


def test_trends_join_the_last_runs() -> None:
    runs = [
        a_run(
            an_outcome(ranks=(1 if day % 2 else 2,)),
            started=datetime(2026, 10, 1, tzinfo=UTC).replace(day=day % 28 + 1),
        )
        for day in range(TREND_RUNS + 5)
    ]
    charts = {chart.title: chart for chart in trends(runs)}
    assert list(charts) == ["Success@1", "答案包含", "错答率"]  # no question here is unanswerable
    chart = charts["Success@1"]
    assert len(chart.dots) == TREND_RUNS
    assert {dot.y for dot in chart.dots} == {chart.top, chart.bottom}
    assert (chart.dots[0].x, chart.dots[-1].x) == (chart.left, chart.right)
    assert chart.line.split(" ")[0] == f"{chart.dots[0].x},{chart.dots[0].y}"
    assert chart.last == "0.000"
    assert len(trends(runs[:1])[0].dots) == 1
