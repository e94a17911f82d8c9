"""A figure of another year far ahead of all others means: the library does not tell this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.guards import Guard
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import AbstainReason, Hit, Question

LETTER = "2024年，全市科技支出24.82亿元，带动全市R&D经费投入53.2亿元，居全区首位。累计兑付奖励资金达10亿元，惠及各类创新主体600余个。"


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("2024年全市R&D经费投入多少亿元？", "53.2亿元", None),
        ("2025年全市R&D经费投入多少亿元？", None, AbstainReason.PERIOD),
        ("2025年全市科技支出多少亿元？", None, AbstainReason.PERIOD),
    ],
)
def test_another_figure_of_the_passage_is_no_answer(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, answer: str | None, reason: AbstainReason | None,
) -> None:  # fmt: skip
    passage = view(LETTER, day=date(2025, 8, 7)).passage
    found, _ = answer_from(ask(question), [Hit(passage, 1.0)], RuleReader(analyzer), analyzer, 0.0)
    assert (found.best.text if found.best else None, found.reason) == (answer, reason)


BANNER = "准格尔旗与西北农林科技大学签约。"
ZONE = "3月7日，科技厅一行到鄂尔多斯高新区调研。"


@pytest.mark.parametrize(
    ("question", "reason", "told"),
    [
        ("准格尔旗高新区哪天揭牌？", AbstainReason.NO_EVIDENCE, "没有一段资料足以支持答案"),
        ("乌审旗高新区哪天揭牌？", AbstainReason.REGION, "资料中没有乌审旗的相关内容"),
    ],
)
def test_only_what_no_passage_speaks_of_is_called_missing(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, reason: AbstainReason, told: str,
) -> None:  # fmt: skip
    hits = [Hit(view(BANNER, day=date(2023, 3, 23)).passage, 1.0), Hit(view(ZONE, day=date(2023, 3, 7)).passage, 0.9)]
    found, _ = answer_from(ask(question), hits, RuleReader(analyzer), analyzer, 0.3)
    assert (found.best, found.reason, found.reason_text) == (None, reason, told)


SENT = "2020年，引进新品种556个。2021年，建成工作站4个。"


def test_the_thing_counted_in_another_year_beats_another_thing_of_the_year(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    hits = [Hit(view(SENT).passage, 1.0)]
    found, _ = answer_from(ask("2021年引进新品种多少个？"), hits, RuleReader(analyzer), analyzer, 0.0)
    assert (found.best, found.reason) == (None, AbstainReason.PERIOD)


def test_a_reason_is_that_of_a_candidate_worth_a_reason(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    sent = "选派科技特派员535人（市级科技特派员200人，旗区科技特派员335人）。"
    hits = [Hit(view(sent).passage, 1.0)]
    found, _ = answer_from(ask("光伏装机多少万千瓦？"), hits, RuleReader(analyzer), analyzer, 0.15)
    assert (found.best, found.reason) == (None, AbstainReason.NO_EVIDENCE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("高层次人才有多少名", "这条资料说的是铜陵的情况，不是鄂尔多斯的"),
        ("铜陵的高层次人才有多少名", ""),
    ],
)
def test_an_item_about_another_city_is_said_to_be_one(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, said: str
) -> None:
    item = view("安徽省铜陵市创新柔性引才政策，引进退休高层次人才36名。")
    assert Guard(ask(question), item).elsewhere == said
    assert Guard(ask(question), view("我市引进高层次人才36名。")).elsewhere == ""


REPAIRED = "2025年全市改造提升老旧日光温室3.2万亩，其中宁城县1.4万亩、松山区0.9万亩、元宝山区0.2万亩。"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("松山区2025年要改造多少万亩老旧日光温室？", "0.9万亩"), ("红山区2025年要改造多少万亩老旧日光温室？", None)],
)
def test_a_district_beside_its_city_has_its_own_figure(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, answer: str | None,
) -> None:  # fmt: skip
    passage = view(REPAIRED, day=date(2025, 3, 7), region="赤峰市").passage
    found, _ = answer_from(ask(question), [Hit(passage, 1.0)], RuleReader(analyzer), analyzer, 0.0)
    assert (found.best.text if found.best else None) == answer
