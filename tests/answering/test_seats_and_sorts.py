"""A list's size is no number of seats on it, a number of sorts none of things, and bodies are no persons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates.figure import number_candidates
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

LISTED = "我市29家企业跻身全区研发投入100强，研发投入共计18.5亿元。"
SORTS = "根据征集的全市科技计划储备项目情况，按照重大专项、转化项目、合作项目等5个类型，凝练本年度指南。"
PROJECTS = "全市实施12个产业项目，覆盖3个领域。"
FAIR = "招聘活动优选了全市18家重点企业，达成意向140人。"


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("全区研发百强，我市占了几席？", LISTED, ["29家"]),
        ("我市企业跻身的是多少强？", LISTED, ["29家", "100强", "18.5亿元"]),
    ],
)
def test_seats_on_a_list(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, passage: str, expected: list[str]
) -> None:
    seen = view(passage)
    found = [seen.slice((each.start, each.end)) for each in number_candidates(ask(question), seen)]
    assert [each for each in found if each in ("29家", "100强", "共计18.5亿元", "18.5亿元")] == expected


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("全市科技计划储备项目一共征集上来多少个？", SORTS, "5个", False),
        ("全市科技计划储备项目分多少个类型？", SORTS, "5个", True),
        ("全市实施了多少个产业项目？", PROJECTS, "12个", True),
        ("全市实施的产业项目有多少个？", PROJECTS, "3个", False),
        ("项目覆盖几个领域？", PROJECTS, "3个", True),
        ("招的毕业生，最后入职我市的有几个？", FAIR, "18家", False),
        ("招聘活动优选了多少家重点企业？", FAIR, "18家", True),
    ],
)
def test_sorts_and_bodies(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
