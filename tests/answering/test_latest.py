"""Without a year in the question the latest of a series of reports is meant, and the earlier ones stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import Answer, Hit, Question

EARLIER = "全年农作物总播种面积165.0万亩，粮食总产量65.88万吨，增长2.9%。"
LATER = "全年农作物总播种面积167.3万亩，粮食总产量68.25万吨，增长3.6%。"


def answered(
    question: Question, view: Callable[..., PassageView], analyzer: JiebaAnalyzer, title: str = "准格尔旗2024年统计公报"
) -> Answer:
    first = replace(view(EARLIER, day=date(2024, 4, 1)).passage, document_id="甲", title="准格尔旗2023年统计公报")
    second = replace(view(LATER, day=date(2025, 4, 1)).passage, document_id="乙", title=title)
    hits = [Hit(first, 1.0), Hit(second, 0.95)]
    answer, ranked = answer_from(question, hits, RuleReader(analyzer), analyzer, 0.0)
    assert {each.passage.id for each in ranked} == {first.id, second.id}
    assert answer.best
    assert ranked[0].passage.id == answer.best.passage.id
    return answer


@pytest.mark.parametrize(
    ("question", "best", "other"),
    [
        ("粮食总产量是多少万吨？", "68.25万吨", "65.88万吨"),
        ("2023年粮食总产量是多少万吨？", "65.88万吨", "68.25万吨"),
        ("2024年粮食总产量是多少万吨？", "68.25万吨", "65.88万吨"),
        ("粮食总产量最初是多少万吨？", "65.88万吨", "68.25万吨"),
    ],
)
def test_the_latest_is_meant(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, best: str, other: str,
) -> None:  # fmt: skip
    answer = answered(ask(question), view, analyzer)
    assert answer.best
    assert answer.best.text == best
    assert [each.text for each in answer.others] == [other]


def test_a_later_report_of_another_body_is_none_of_the_series(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    answer = answered(ask("粮食总产量是多少万吨？"), view, analyzer, title="达拉特旗2024年统计公报")
    assert answer.best
    assert answer.best.text == "65.88万吨"


def test_the_same_measure_of_another_year_does_not_hide_what_stands_beside_it(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    told = view("人均地区生产总值92215元，增长7.1%。", day=date(2025, 4, 1)).passage
    before = view("人均地区生产总值85092元，增长6.5%。", day=date(2024, 4, 1)).passage
    first = replace(before, document_id="甲", title="准格尔旗2023年统计公报")
    hits = [Hit(first, 1.0), Hit(replace(told, document_id="乙", title="准格尔旗2024年统计公报"), 0.5)]
    answer, _ = answer_from(ask("2024年人均地区生产总值增长多少？"), hits, RuleReader(analyzer), analyzer, 0.0)
    assert answer.best, answer.reason_text
    assert answer.best.text == "7.1%"
