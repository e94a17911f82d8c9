"""Where a name is asked for, a name answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

FALL = "在建风电项目发生吊装物坠落事件，施工单位被责令停工整顿15日。"
BUILT = "施工单位为蒙建工程有限公司，已被责令停工。"
RULE = "市场化并网项目应按不低于装机容量15%配置储能。"
CHECK = "体检在市第二医院进行，费用自理。"
POSTS = "用人单位为市中心医院，招聘3人。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("被停工的施工单位叫什么名字", FALL, "整顿15日", False),
        ("被停工的施工单位叫什么名字", BUILT, "蒙建工程有限公司", True),
        ("哪些项目名称", RULE, "市场化并网项目应按不低于装机容量15%配置储能", False),
        ("体检定在哪家医院做", CHECK, "市第二医院", True),
        ("体检定在哪家医院做", POSTS, "市中心医院", False),
    ],
)
def test_names_are_names(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
