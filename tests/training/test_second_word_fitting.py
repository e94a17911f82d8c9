"""How much a second verifier's word counts is learnt from right answers and traps, and the confidence from all."""

from __future__ import annotations

import random

import pytest

from qa.answering.confidence import SecondWord
from training.confidence.second import Heard, before, fit, own_questions, refused


def _answers(apart: float) -> list[Heard]:
    """Right answers are somewhat surer at first; the second word tells traps ``apart``."""
    rng = random.Random(4)
    found = []
    for number in range(600):
        right = number % 3 > 0
        against = rng.gauss(-1.0 if right else -1.0 - apart, 1.0)
        found.append(Heard(rng.uniform(0.35, 0.95) if right else rng.uniform(0.1, 0.8), against, right, right, 1.0))
    return found


def test_a_word_that_tells_traps_apart_counts_and_one_that_does_not_hardly_does() -> None:
    telling, silent = fit(_answers(2.0)), fit(_answers(0.0))
    assert telling.against > 0.5 > 0.2 > silent.against >= 0
    found = _answers(2.0)
    assert refused(found, telling, 0.05) > refused(found, None, 0.05) + 0.2


def test_wrong_answers_to_questions_that_have_one_do_not_set_its_weight() -> None:
    found = _answers(2.0)
    rng = random.Random(5)
    wrong = [Heard(rng.uniform(0.2, 0.9), rng.gauss(-1.0, 1.0), False, True, 1.0) for _ in range(200)]
    alone, among = fit(found), fit(found + wrong)
    assert among.against / among.first == pytest.approx(alone.against / alone.first, rel=0.1)
    assert among.confidence(0.5, 0.0) < alone.confidence(0.5, 0.0)


@pytest.mark.parametrize("log_odds", [-5.0, -0.5, 3.0])
def test_the_confidence_before_it_was_heard_is_found_again(log_odds: float) -> None:
    word = SecondWord(bias=0.5, first=0.8, against=0.3)
    assert before(word.confidence(0.37, log_odds), log_odds, word) == pytest.approx(0.37)
    assert before(0.37, log_odds, None) == 0.37


def test_only_dev_halves_and_wordings_that_were_looked_at_are_asked() -> None:
    asked = [each.id for each, _ in own_questions()]
    assert all(int(each[-1]) % 2 for each in asked)
    assert len(asked) > 2000
