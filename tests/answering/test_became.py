"""What something became is not what it was, whatever day it is said to have begun from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

HOUSES = "2024年，全市社区食堂从2021年初46家增长至183家。"


@pytest.mark.parametrize(
    ("question", "answer", "sound"),
    [
        ("社区食堂从2021年初到2024年增加到多少家？", "46家", False),
        ("社区食堂从2021年初到2024年增加到多少家？", "183家", True),
        ("社区食堂由年初的46家增加到了几家？", "183家", True),
        ("社区食堂2021年初有多少家？", "46家", True),
    ],
)
def test_what_it_became(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, answer: str, sound: bool
) -> None:
    start = HOUSES.index(answer)
    verdict = Guard(ask(question), view(HOUSES, region="")).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
