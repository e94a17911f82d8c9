"""Offsets hold where folding would write one character as several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.alignment import Alignment
from qa.answering.view import PassageView
from qa.records import Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

PLAIN = "全市供热温度不低于指标，引进新品种556个。"


@pytest.mark.parametrize("before", ["……", "室温２０℃，面积５㎡。", "Ⅱ期㈠：", "½…… "])
def test_a_place_weighs_the_same_behind_signs_that_fold_into_several(ask: Ask, view: View, before: str) -> None:
    question = ask("引进了多少个新品种？")
    plain, behind = view(PLAIN), view(before + PLAIN)
    at = PLAIN.index("556个")
    there = at + len(before)
    assert behind.text[there : there + 4] == behind.folded[there : there + 4] == "556个"
    expected = Alignment(question, plain).slot((at, at + 4))
    assert Alignment(question, behind).slot((there, there + 4)) == pytest.approx(expected)


def test_words_at_the_end_behind_many_such_signs(ask: Ask, view: View) -> None:
    """The way to them was looked up past the end of the text."""
    passage = view("㎡" * 9 + "556个新品种")
    assert Alignment(ask("引进了多少个新品种？"), passage).slot((9, 13)) > 0


@pytest.mark.parametrize("text", ["……引进了多少个新品种？", "Ⅱ期㈠引进了多少个新品种？"])
def test_the_asking_word_of_a_question_behind_such_signs(ask: Ask, text: str) -> None:
    question = ask(text)
    assert question.interrogative is not None
    assert text[slice(*question.interrogative)].startswith("多少")
