"""What was put in is told neither by what was saved nor by what was earned, nor is a share of one amount a share of another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

LISTED = (
    "我市29家企业跻身全区2020年度研发投入100强，研发投入共计18.5亿元，占100强企业研发投入总额33.8%，"
    "享受研发费用加计扣除总额13.9亿元，减免税近3.5亿元。"
)
PARK = "园区全年完成固定资产投资42亿元，实现工业总产值683亿元。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("上榜的29家企业搞研发总共砸进去多少钱？", LISTED, "13.9亿元", False),
        ("上榜的29家企业搞研发总共砸进去多少钱？", LISTED, "18.5亿元", True),
        ("上榜的29家企业研发投入多少？", LISTED, "近3.5亿元", False),
        ("上榜的29家企业享受加计扣除多少亿元？", LISTED, "13.9亿元", True),
        ("园区全年投了多少钱？", PARK, "683亿元", False),
        ("园区全年投资多少钱？", PARK, "42亿元", True),
        ("园区工业总产值多少？", PARK, "683亿元", True),
        ("29家上榜企业的减免税占全区百强减免税额的百分之几？", LISTED, "33.8%", False),
        ("29家上榜企业的研发投入占百强企业研发投入总额的百分之几？", LISTED, "33.8%", True),
        ("29家上榜企业的研发投入占百强总额的多少？", LISTED, "33.8%", True),
    ],
)
def test_what_was_put_in(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
