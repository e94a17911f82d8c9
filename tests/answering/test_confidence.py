"""The confidence is a logistic of signals, products of two and a constant for the kind of answer."""

from __future__ import annotations

import math

import pytest

from qa.answering.confidence import GENERAL, RULES, TRAINED, Model, SecondWord, Signals, value_of
from qa.records import AnswerKind
from qa.settings import Settings

SIGNALS = Signals(fit=0.8, support=0.5, passage=0.4, rank=1.0, relevance=0.2, missing=0.25)


@pytest.mark.parametrize(
    ("name", "value"),
    [("bias", 1.0), ("fit", 0.8), ("fit*support", 0.4), ("relevance|support", 0.6), ("fit*missing", 0.2)],
)
def test_signals_and_their_products(name: str, value: float) -> None:
    assert value_of(SIGNALS, name) == pytest.approx(value)


def test_each_kind_has_its_own_constant() -> None:
    model = Model({}, {}, {"bias": -1.0, "fit*support": 2.0}, {"number": 0.5})
    assert model.confidence(SIGNALS, AnswerKind.NUMBER) == pytest.approx(1 / (1 + math.exp(0.5 - 0.8)))
    assert model.confidence(SIGNALS, AnswerKind.DATE) == pytest.approx(1 / (1 + math.exp(1.0 - 0.8)))


@pytest.mark.parametrize("model", [RULES, TRAINED, GENERAL])
def test_shipped_weights_name_signals_and_kinds(model: Model) -> None:
    for weights in (model.clause, model.short, model.trust):
        assert all(math.isfinite(value_of(SIGNALS, name)) for name in weights)
    assert set(model.kinds) <= {kind.value for kind in AnswerKind}


@pytest.mark.parametrize("model", [RULES, TRAINED])
def test_a_figure_of_a_passage_that_lacks_the_question_is_not_trusted(model: Model) -> None:
    """A number with a fitting unit in the best passage is no answer where nearly nothing of the question stands there."""
    silent = Signals(fit=1.0, support=0.1, passage=0.1, rank=1.0, missing=0.5, told=0.3)
    told = Signals(fit=1.0, support=0.9, passage=0.9, rank=1.0, missing=0.05, trained=0.8, relevance=0.9, told=0.8)
    assert model.confidence(silent, AnswerKind.NUMBER) < 0.4 < 0.8 < model.confidence(told, AnswerKind.NUMBER)


@pytest.mark.parametrize("model", [TRAINED, GENERAL])
def test_a_figure_that_the_verifier_denies_is_told_of_nothing_however_well_it_fits(model: Model) -> None:
    """Of a bulletin asked by itself every figure stands in the best passage, among the question's own words."""
    fitting = Signals(fit=1.0, support=0.9, passage=0.9, rank=1.0, missing=0.05, trained=0.1, relevance=0.5, told=0.4)
    denied = fitting._replace(told=0.0, denied=1.0)
    threshold = Settings().abstain_below
    assert model.confidence(denied, AnswerKind.NUMBER) < threshold < model.confidence(fitting, AnswerKind.NUMBER)


def test_the_second_verifier_can_lower_a_confidence_and_never_raise_it() -> None:
    word = TRAINED.second
    assert word is not None
    unopposed = word.confidence(0.5, 0.0)
    assert word.confidence(0.5, 6.0) == unopposed
    assert word.confidence(0.5, -6.0) < word.confidence(0.5, -1.0) < unopposed
    assert word.confidence(0.2, 0.0) < unopposed < word.confidence(0.8, 0.0)
    assert 0 < word.confidence(0.0, -20.0) < word.confidence(1.0, 0.0) < 1


def test_a_second_word_without_weight_changes_nothing() -> None:
    assert SecondWord().confidence(0.3, -5.0) == pytest.approx(0.3)
