"""A day of the calendar is no length of time, and an interval is told as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

TRIP = "5月11日—15日，汉中市市长赴长三角和闽南考察招商。"
RULES = "民政部4月20日印发《社会组织评估指标体系》，突出党建引领，设置四个一级指标。"
REVIEWED = "社会组织评估每两年开展一次，5月31日公布结果。"
TERM = "自受理之日起15日内办结。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("汉中市市长那次考察讲了几个小时？", TRIP, "5月11日", False),
        ("民政部那次宣讲讲了多少分钟？", RULES, "4月20日", False),
        ("汉中市市长那次考察，在闽南待了几天？", TRIP, "15日", False),
        ("社会组织多长时间评估一次？", RULES, "4月20日", False),
        ("社会组织多久评估一次？", REVIEWED, "5月31日", False),
        ("社会组织多久评估一次？", REVIEWED, "每两年", True),
        ("受理后几天办结？", TERM, "15日", True),
    ],
)
def test_how_long_and_how_often(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, region="")).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
