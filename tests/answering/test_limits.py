"""A figure that is a limit is shown as one, and stands back where another figure is no limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.confidence import Signals
from qa.answering.guards import Guard
from qa.answering.spans import answer_span
from qa.answering.verdict import SOUND
from qa.answering.view import PassageView
from qa.answering.weighing import Weighed
from qa.records import Hit, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

GRANTS = "留学人员创业最高可获10万元资助。小额类项目资助不超过2万元，创业项目资助5万到10万元。"


@pytest.mark.parametrize(
    ("text", "figure", "shown"),
    [
        ("每人每年最高可补助10万元。", "10万元", "最高可补助10万元"),
        ("最高奖励金额为200万元。", "200万元", "最高奖励金额为200万元"),
        ("每家最多可申请2项。", "2项", "最多可申请2项"),
        ("最高补助不超过1000万元。", "不超过1000万元", "不超过1000万元"),
        ("最低生活保障标准为600元。", "600元", "600元"),
        ("全市最大的5个园区。", "5个", "5个"),
    ],
)
def test_a_limit_is_shown_with_the_words_that_say_so(view: View, text: str, figure: str, shown: str) -> None:
    seen = view(text)
    start = text.index(figure)
    hit = Hit(seen.passage, 1.0, 1.0, 1.0, None, None, None)
    weighed = Weighed(seen, hit, start, start + len(figure), Signals(1, 1, 1, 1), 1.0, 0.9, SOUND, True)
    span = answer_span(weighed)
    assert span.text == shown == text[span.span.start : span.span.end]


@pytest.mark.parametrize(
    ("text", "rank", "shown"),
    [
        ("鄂尔多斯作为内蒙古的经济第一大市，将坚定不移扩投资。", "第一大", "第一大市"),
        ("创新是第一动力。", "第一", "第一动力"),
        ("综合得分居全国第一，连续三年上榜。", "第一", "第一"),
        ("排名第62位。", "第62位", "第62位"),
        ("六大重点行动。", "六大", "六大"),
    ],
)
def test_a_rank_is_shown_with_its_noun(view: View, text: str, rank: str, shown: str) -> None:
    seen = view(text)
    start = text.index(rank)
    hit = Hit(seen.passage, 1.0, 1.0, 1.0, None, None, None)
    weighed = Weighed(seen, hit, start, start + len(rank), Signals(1, 1, 1, 1), 1.0, 0.9, SOUND, True)
    assert answer_span(weighed).text == shown


def test_a_limit_stands_back_where_none_is_asked_for(ask: Ask, view: View) -> None:
    def fits(question: str) -> dict[str, float]:
        found = candidates_for(ask(question), view(GRANTS))
        return {GRANTS[each.start : each.end]: each.fit for each in found}

    plain, limit = fits("创业项目资助多少钱"), fits("创业项目最多资助多少钱")
    assert plain["不超过2万元"] < plain["5万到10万元"]
    assert plain["10万元"] < plain["5万到10万元"]
    assert limit["10万元"] > plain["10万元"]


def test_a_title_that_sums_up_a_range_is_no_answer(ask: Ask, view: View) -> None:
    seen = view(GRANTS, lead=GRANTS.split("。")[0])

    def reason(question: str, words: str) -> str:
        start = GRANTS.index(words)
        return Guard(ask(question), seen).examine((start, start + len(words))).detail

    title = "10万元"
    assert "5万到10万元" in reason("创业项目资助多少钱", title)
    assert not reason("创业项目最高资助多少钱", title)
    assert not reason("创业项目资助多少钱", "5万到10万元")


def test_limits_among_themselves_do_not_stand_back(ask: Ask, view: View) -> None:
    text = "技术攻关类最高补助1000万元，成果转化类最高补助500万元。"
    found = candidates_for(ask("技术攻关类补助多少钱"), view(text))
    assert max(each.fit for each in found) > 0.8
