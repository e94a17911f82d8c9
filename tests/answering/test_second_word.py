"""The answer about to be given is judged by a second network too; what it speaks against is less sure, or not given at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.span_reader import SpanReader
from qa.answering import answer as answering
from qa.answering.answer import answer_from
from qa.answering.confidence import TRAINED
from qa.answering.view import PassageView
from qa.records import Answer, Hit, Question

TEXT = "2020年，全市推广新技术384项，引进新品种556个，带动农牧民和企业实现经济效益1.7亿元。"
CONTEXT = "《科技简报》2021年第1期【高层声音】科技特派员制度"

Told = Callable[[str, float], Answer]


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader()


@pytest.fixture
def told(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer, reader: SpanReader
) -> Told:
    hits = [Hit(view(TEXT, context=CONTEXT).passage, 1.0)]
    return lambda question, threshold: answer_from(ask(question), hits, reader, analyzer, threshold)[0]


def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "TRAINED", replace(TRAINED, second=None))


def test_what_it_speaks_against_is_refused_and_the_reader_is_told_why(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "2020年科技特派员推广新技术卖了多少亿元？"
    doubted = told(question, 0.0).best
    assert doubted is not None
    refused = told(question, doubted.confidence + 0.01)
    assert refused.best is None
    assert "1.7亿元" in refused.reason_text
    _without(monkeypatch)
    before = told(question, 0.0).best
    assert before is not None
    assert before.confidence > doubted.confidence + 0.05


def test_what_it_does_not_speak_against_keeps_its_confidence(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "2020年全市推广了多少项新技术？"
    found = told(question, 0.2).best
    _without(monkeypatch)
    before = told(question, 0.2).best
    assert found is not None
    assert before is not None
    assert TRAINED.second is not None
    assert found.text == before.text == "384项"
    assert found.confidence == TRAINED.second.confidence(before.confidence, 0.0)


def test_nobody_is_asked_twice_about_an_answer_that_is_lost_anyway(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = SpanReader.judge_again
    monkeypatch.setattr(SpanReader, "judge_again", lambda *given: asked.append(1) or real(*given))
    assert told("2020年全市推广了多少项新技术？", 1.0).best is None
    assert not asked
    assert told("2020年全市推广了多少项新技术？", 0.2).best is not None
    assert asked
