"""A university named by its short name must be spoken of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.universities import check_universities
from qa.answering.view import PassageView
from qa.records import Question

JUNE = "6月21日，边东带队赴清华大学和中国矿业大学（北京）对接科技合作项目。"
JULY = "7月6日，边东赴北京大学与国内合作委员会座谈。"


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("边东带队去清华和北大是什么时候？", JUNE, True),
        ("边东带队去清华和北大是什么时候？", JULY, True),
        ("边东带队去清华和矿大是什么时候？", JUNE, False),
        ("谁去北大对接科技合作？", JUNE, True),
        ("谁去北大对接科技合作？", JULY, False),
        ("去清北招聘是什么时候？", "2月27日，我市走进清北高校。", False),
        ("清华和北大招聘是什么时候？", "2月27日，我市走进清北高校。", False),
        ("清华北大招聘是什么时候？", "3月1日，我市走进清华大学。", True),
        ("华北大厦是什么时候建的？", "3月1日，大厦建成。", False),
        ("北大和哪里合作？", "7月6日，边东赴东北大学座谈。", True),
        ("东北大学是什么时候去的？", "7月6日，边东赴东北大学座谈。", False),
        ("内工大去了几次？", "赴内蒙古工业大学座谈2次。", False),
        ("煤矿大概有多少？", "全市煤矿300座。", False),
    ],
)
def test_each_that_is_asked_for_is_spoken_of(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, text: str, missing: bool
) -> None:
    assert check_universities(ask(question), view(text)).absent is missing
