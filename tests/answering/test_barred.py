"""Who may not is told where the text bars somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

RULES = "有下列情形之一的不得报名：受过刑事处罚的；被开除公职的。"
AIM = "面向全国引进高层次和紧缺专业人才。"
CHEATS = "对弄虚作假的，一经查实取消资格，5年内不得报考。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("什么样的人不能报名", RULES, "受过刑事处罚的", True),
        ("什么样的人不能报名", AIM, "面向全国引进高层次和紧缺专业人才", False),
        ("什么样的人不能报名", CHEATS, "对弄虚作假的，一经查实取消资格，5年内不得报考", False),
    ],
)
def test_who_may_not(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
