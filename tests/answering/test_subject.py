"""A name, a counted thing, a limit or an office that the passage does not tell is no answer; a figure of another scope neither."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.candidates import candidates_for
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Passage, Question, Reading, SpanCandidate

FIRMS = "国家高新技术企业增长到330家，科技型中小企业增长到701家。"
NATION = "全国高新技术企业达到46万家，增长明显。我市达到330家。"
MONEY = (
    "累计兑付奖励资金达10亿元，惠及各类创新主体600余个。揭榜项目给予最高补助不超过1000万元，海归项目资助5万到10万元。"
)
AIRPORT = "全国首个“零碳机场”技术系统落地应用。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("高新技术企业有多少家？", FIRMS, "330家", None),
        ("全国高新技术企业有多少家？", FIRMS, "330家", AbstainReason.REGION),
        ("全区高新技术企业有多少家？", FIRMS, "330家", AbstainReason.REGION),
        ("全国高新技术企业有多少家？", NATION, "46万家", None),
        ("全国高新技术企业有多少家？", NATION, "330家", AbstainReason.REGION),
        ("自治区给海归项目资助多少？", MONEY, "5万到10万元", None),
        ("国家级科技企业孵化器有几家？", FIRMS, "330家", AbstainReason.SUBJECT),
        ("国家高新技术企业有几家？", FIRMS, "330家", None),
        ("科技奖励最高多少？", MONEY, "10亿元", AbstainReason.SUBJECT),
        ("揭榜项目最高补助多少？", MONEY, "不超过1000万元", None),
        ("海归项目最高资助多少？", MONEY, "5万到10万元", None),
        ("零碳产业园是什么？", AIRPORT, "零碳机场", AbstainReason.SUBJECT),
        ("有没有零碳产业园？", AIRPORT, "零碳机场", AbstainReason.SUBJECT),
        ("零碳机场是什么？", AIRPORT, "零碳机场", None),
    ],
)
def test_guards_of_scope_and_subject(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, expected: AbstainReason | None,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert verdict.reason == expected, verdict.detail


OFFICES = "副市长孔繁飞会见来访的王铁峰教授，市长杜汇良作出批示。"
HEAD = "签发人：张秀玲\n联系人：苏浩"


@pytest.mark.parametrize(
    ("question", "passage", "best"),
    [
        ("市长是谁？", OFFICES, {"杜汇良"}),
        ("副市长是谁？", OFFICES, {"孔繁飞"}),
        ("签发人是谁？", HEAD, {"张秀玲"}),
        ("这件提案找谁联系？", HEAD, {"苏浩"}),
        ("提案是谁提的？", HEAD, set()),
    ],
)
def test_a_person_of_another_office_or_label_fits_badly(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, passage: str, best: set[str]
) -> None:
    found, told = candidates_for(ask(question), view(passage)), view(passage)
    assert {told.slice((each.start, each.end)) for each in found if each.fit > 0.5} == best


def test_the_network_does_not_bring_back_a_deputy(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = OFFICES.index("孔繁飞")
    reading = Reading(0.9, (SpanCandidate(start, start + 3, 0.95),))
    asked, seen = ask("市长是谁？"), view(OFFICES)
    found = gather(asked, seen, candidates_for(asked, seen), reading)
    assert all(each.fit < 0.5 for each in found if each.start == start)


def test_who_somebody_is_is_told_by_the_office(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = view(OFFICES)
    for question, office in (("杜汇良是谁？", "市长"), ("孔繁飞是什么职务？", "副市长")):
        assert [told.slice((each.start, each.end)) for each in candidates_for(ask(question), told)] == [office]


def test_a_grade_is_no_place(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    passage = "我市自治区级重点实验室增至5家。"
    start = passage.index("5家")
    assert Guard(ask("自治区级重点实验室几家？"), view(passage)).examine((start, start + 2)).reason is None


@pytest.mark.parametrize(("day", "expected"), [(None, None), (date(2021, 3, 25), AbstainReason.SUBJECT)])
def test_a_firm_goes_by_its_name_alone_where_no_official_writes(
    ask: Callable[[str], Question], analyzer: JiebaAnalyzer, day: date | None, expected: AbstainReason | None
) -> None:
    text = "美安（Autoliv，又名奥托立夫）是一间合资公司，总部设在斯德哥尔摩，开发和制造汽车的安全系统。"
    view = PassageView(Passage("甲", 0, len(text), text, date=day), analyzer)
    start = text.index("开发和制造")
    assert Guard(ask("美安公司的主要业务是什么？"), view).examine((start, len(text) - 1)).reason == expected
