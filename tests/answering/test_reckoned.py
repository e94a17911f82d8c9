"""What would have to be reckoned is no answer unless the text tells it: a wrong figure in a draft is a disaster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]

FIRMS = "国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家，总数突破千家。"
ENVOYS = "全市有科技特派员535人，其中市级200人、旗区335人。"
MONEY = "全市科技支出24.82亿元，占一般公共预算2.2%，带动研发经费投入53.2亿元。"
GROWTH = "全市研发经费投入53.2亿元，同比增长14.85%，比上年增加6.9亿元。"


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("国家高新技术企业增长到多少家？", FIRMS, "132家"),
        ("国家高新技术企业2021年比2019年多了多少家？", FIRMS, "330家"),
        ("国家高新技术企业增加了多少家？", FIRMS, "330家"),
        ("国家高新技术企业增加了多少家？", FIRMS, "132家"),
        ("国家高新技术企业数量翻了几番？", FIRMS, "330家"),
        ("国家高新技术企业和科技型中小企业一共多少家？", FIRMS, "330家"),
        ("国家高新技术企业和科技型中小企业哪个多？", FIRMS, "国家高新技术企业"),
        ("市级和旗区科技特派员相差多少人？", ENVOYS, "335人"),
        ("旗区科技特派员比市级的多几个人？", ENVOYS, "335人"),
        ("三年的科技支出合计多少？", MONEY, "24.82亿元"),
        ("近三年科技支出一共多少？", MONEY, "24.82亿元"),
        ("研发经费比上年增加多少亿元？", GROWTH, "53.2亿元"),
        ("哪一年的科技支出最多？", "2024年全市科技支出24.82亿元。", "2024年"),
    ],
)
def test_a_figure_that_it_is_reckoned_from_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str
) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert verdict.reason is AbstainReason.SUBJECT


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("国家高新技术企业增长到多少家？", FIRMS, "330家"),
        ("国家高新技术企业和科技型中小企业一共多少家？", FIRMS, "突破千家"),
        ("研发经费投入比上年增加多少亿元？", GROWTH, "6.9亿元"),
        ("研发经费投入增长了多少？", GROWTH, "14.85%"),
        ("研发经费投入是多少？", GROWTH, "53.2亿元"),
        ("科技特派员有多少人？", ENVOYS, "535人"),
        ("哪一年的科技支出最多？", "2024年全市科技支出24.82亿元，为历年最多。", "2024年"),
        ("三年合计投入多少？", "三年来，全市共投入科技资金30亿元。", "30亿元"),
        ("产值翻了几番？", "全市高新技术产业产值翻了两番。", "两番"),
    ],
)
def test_what_the_text_tells_itself_is_one(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert verdict.reason is None, verdict.detail


def test_both_figures_are_named_where_their_difference_is_asked(ask: Ask, view: View) -> None:
    start = FIRMS.index("330家")
    verdict = Guard(ask("国家高新技术企业增加了多少家？"), view(FIRMS)).examine((start, start + 4))
    assert (
        verdict.detail
        == "问的是相差多少，资料只写了“国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家”"
    )


def test_what_something_is_compared_with_is_not_told(ask: Ask, view: View) -> None:
    passage = "全市R&D增速不低于全区平均水平、不低于同期GDP增速。"
    start = passage.index("不低于全区平均水平")
    verdict = Guard(ask("全市GDP是多少？"), view(passage)).examine((start, start + 9))
    assert verdict.reason is AbstainReason.SUBJECT
