"""A word that is told of another number or person of the sentence supports that one, not its neighbour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.counted import counted_noun
from qa.answering.support import Support, asked_words, neighbours_of
from qa.answering.view import PassageView
from qa.records import Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

ENVOYS = "我市共选派各级科技特派员535人（市级科技特派员200人，旗区科技特派员335人）。"
PRIZES = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项。"
PLAN = "提出了三项重点任务，部署了五大重点工程和六大重点行动。"
GROWTH = "“三清零”企业从2021年初77家增长至279家，国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家。"
MEETING = "市委常委刘晓峰出席会议并讲话，市科技局局长边东做工作通报，市政府副秘书长李斌主持会议。"


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        (ENVOYS, "335人", "旗区科技特派员"),
        (ENVOYS, "535人", "科技特派员"),
        (PRIZES, "108项", "科学技术进步奖"),
        (PLAN, "五大", "重点工程"),
        (PLAN, "六大", "重点行动"),
        (GROWTH, "701家", "科技型中小企业"),
        ("累计兑付奖励资金达10亿元", "10亿元", "奖励资金"),
        ("经费投入53.2亿元", "53.2亿元", "经费投入"),
        ("带动2382人走上脱贫致富的路子", "2382人", ""),
    ],
)
def test_what_a_number_counts(view: View, text: str, number: str, noun: str) -> None:
    start = text.index(number)
    assert counted_noun(view(text), (start, start + len(number))) == noun


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("旗区一级派出的科技特派员有多少人？", ENVOYS, "335人"),
        ("市级的科技特派员有多少人？", ENVOYS, "200人"),
        ("全区评了多少项科技进步奖？", PRIZES, "108项"),
        ("全区评了多少项自然科学奖？", PRIZES, "18项"),
        ("安排了几大重点工程？", PLAN, "五大"),
        ("安排了几大重点行动？", PLAN, "六大"),
        ("科技型中小企业达到多少家？", GROWTH, "701家"),
        ("“三清零”企业达到多少家？", GROWTH, "279家"),
        ("会上谁作了工作通报？", MEETING, "边东"),
        ("会议由谁主持？", MEETING, "李斌"),
    ],
)
def test_the_neighbours_words_do_not_count(ask: Ask, view: View, question: str, text: str, expected: str) -> None:
    asked, seen = ask(question), view(text)
    found = candidates_for(asked, seen)
    support = Support(asked, asked_words(asked), seen, neighbours_of(asked, found))
    by_support = {text[each.start : each.end]: support.around((each.start, each.end)) + each.fit for each in found}
    best = max(by_support.values())
    assert [words for words, support in by_support.items() if support == best] == [expected]
