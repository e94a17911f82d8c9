"""Whom a letter is addressed to, and its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.guards import Guard
from qa.answering.roles import check_day_role
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

LETTER = "九三学社:\n《关于科技创新的提案》悉。经研究，市政府现答复如下。"
HEAD = "鄂建提复字[2025]185号\n鄂尔多斯市人民政府关于第 0355 号提案的答复函"


@pytest.mark.parametrize(
    ("question", "text", "words", "refused"),
    [
        ("提案答复函是答复谁的？", HEAD, "鄂尔多斯市人民政府", True),
        ("市政府给谁答复提案？", HEAD, "鄂尔多斯市人民政府", True),
        ("答复函的主送单位是哪个？", LETTER, "市政府", True),
        ("提案答复函是答复谁的？", LETTER, "九三学社", False),
        ("提案是哪个单位答复的？", HEAD, "鄂尔多斯市人民政府", False),
        ("提案的答复是哪个办公室印发的？", HEAD, "鄂尔多斯市人民政府", False),
        ("提案答复函是哪个单位发的？", HEAD, "鄂尔多斯市人民政府", False),
        ("这份提案答复函抄送给谁？", "抄送：市政协办公室。", "市政协办公室", False),
        ("除了主送还抄给了哪些单位？", "抄送：市政协办公室。", "市政协办公室", False),
        ("由谁答复提案？", HEAD, "鄂尔多斯市人民政府", False),
        ("提案答复函的文号？", HEAD, "第 0355 号", True),
        ("提案答复函的文号是什么？", HEAD, "鄂建提复字[2025]185号", False),
        ("答复的是第几号提案？", HEAD, "第 0355 号", False),
        ("条例的文号是什么？", "《条例》以国务院令第752号公布。", "第752号", False),
    ],
)
def test_the_head_of_a_letter(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, text: str, words: str, refused: bool,
) -> None:  # fmt: skip
    start = text.index(words)
    found = Guard(ask(question), view(text)).examine((start, start + len(words)))
    assert bool(found.reason) is refused, found.detail


def test_the_addressee_is_the_candidate(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    seen = view(LETTER)
    assert [seen.slice(each[:2]) for each in candidates_for(ask("提案答复函是答复谁的？"), seen)] == ["九三学社"]


@pytest.mark.parametrize(
    ("question", "day", "sound"),
    [
        ("第0355号提案是哪天答复的？", "2025年8月8日", False),
        ("第0355号提案是哪天答复的？", "2025年8月7日", True),
        ("答复函是哪天印发的？", "2025年8月8日", True),
        ("答复函的落款日期", "2025年8月8日", False),
    ],
)
def test_a_letter_is_of_the_day_that_it_is_signed(
    question: str, day: str, sound: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = "甲市人民政府\n2025年8月7日\n甲市人民政府办公室 2025年8月8日印发"
    start = told.index(day)
    verdict = check_day_role(replace(ask(question), kind=AnswerKind.DATE), view(told), (start, start + len(day)))
    assert (verdict.reason is None) is sound, verdict.detail
