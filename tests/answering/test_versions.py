"""A figure of the new edition is none of the one before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

NEW = "科技部修订印发了评价指标体系。与2013年版本相比，更加注重创新。设计上，新版设置了五个一级指标。"
BOTH = "与2013年版本相比有所精简。一级指标由2013年版的六个减为新版的五个。"
DATED = "2021年版评价指标体系印发。新版设置了五个一级指标。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("2013年那版评价体系设了几个一级指标？", NEW, "五个", False),
        ("旧版评价体系设了几个一级指标？", NEW, "五个", False),
        ("新版评价体系设了几个一级指标？", NEW, "五个", True),
        ("评价体系设了几个一级指标？", NEW, "五个", True),
        ("2013年版评价体系设了几个一级指标？", BOTH, "六个", True),
        ("2021年版评价体系设了几个一级指标？", DATED, "五个", True),
    ],
)
def test_of_which_edition(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
