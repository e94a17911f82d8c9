"""Who was hurt is not who died."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

BOTH = "此次事故造成1人死亡、3人受伤，直接经济损失168万元。"
DEAD = "1—9月共发生生产安全事故58起、死亡31人。"
TOGETHER = "事故共造成伤亡5人。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("事故造成多少人受伤", BOTH, "3人", True),
        ("事故造成多少人受伤", BOTH, "1人", False),
        ("事故造成多少人死亡", BOTH, "1人", True),
        ("事故造成多少人死亡", BOTH, "3人", False),
        ("事故受伤多少人", DEAD, "31人", False),
        ("事故死亡多少人", DEAD, "31人", True),
        ("事故死了多少人", DEAD, "31人", True),
        ("事故伤亡多少人", TOGETHER, "5人", True),
    ],
)
def test_the_hurt_and_the_dead(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
