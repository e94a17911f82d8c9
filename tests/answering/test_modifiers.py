"""A measure is told of the noun before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

GRAIN = "2024年落实粮食播种面积226.8万亩，单产比上年提高4.2%；推广玉米密植技术68万亩。"
MAIZE = "其中，玉米播种面积1172.6万亩、大豆61.2万亩。"
FARMS = "初步核算，农林牧渔业总产值652.7亿元，按可比价格计算，比上年增长5.1%。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("玉米播种面积是多少？", GRAIN, "226.8万亩", False),
        ("粮食播种面积是多少？", GRAIN, "226.8万亩", True),
        ("播种面积是多少？", GRAIN, "226.8万亩", True),
        ("玉米播种面积是多少？", MAIZE, "1172.6万亩", True),
        ("设施蔬菜产值有多少？", FARMS, "652.7亿元", False),
        ("农林牧渔业产值是多少？", FARMS, "652.7亿元", True),
    ],
)
def test_another_noun_before_the_measure_is_another_figure(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
