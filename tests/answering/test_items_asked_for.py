"""As many items as the question says there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates.enumeration import items_asked_for
from qa.records import Question

TWO = "甲公司申报的“省山羊绒重点实验室”、乙公司申报的“省低碳转化重点实验室”被认定为农牧业、能源领域首批实验室"


@pytest.mark.parametrize(
    ("question", "text", "items"),
    [
        ("获批的两家实验室都叫什么？", TWO, ["“省山羊绒重点实验室”", "“省低碳转化重点实验室”"]),
        ("都有哪三家？", "甲厂、乙厂、丙厂", ["甲厂", "乙厂", "丙厂"]),
        ("有哪些？", "甲厂、乙厂", ["甲厂", "乙厂"]),
    ],
)
def test_the_names_quoted_are_the_items(
    question: str, text: str, items: list[str], ask: Callable[[str], Question]
) -> None:
    assert [text[slice(*each)] for each in items_asked_for(ask(question), text)] == items
