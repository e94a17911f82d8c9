"""Passages that cannot change the answer are not looked through, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.confidence import GENERAL, RULES, TRAINED, Model
from qa.answering.gathering import SAME
from qa.answering.view import views_of
from qa.answering.weighing import FAR_BEHIND, OTHERS_WITHIN, Weighed, Weighing
from qa.reading import passages_of, read_document
from qa.records import Hit, Passage, Question, Reading, SpanCandidate

Ask = Callable[[str], Question]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def passages(corpus: Path) -> list[Passage]:
    return [
        each
        for path in sorted(corpus.glob("*.txt"))
        if path.name != "dictionary.txt"
        for each in passages_of(read_document(path, corpus))
    ]


def _dev_questions() -> list[str]:
    rows = [json.loads(line) for line in (ROOT / "eval" / "ordos.jsonl").read_text("utf-8").splitlines()]
    return [row["question"] for row in rows if int(row["id"][1:]) % 2][::2]


def _found(question: Question, passages: list[Passage], analyzer: JiebaAnalyzer) -> list[Hit]:
    """The ten passages that share most words with the question; no model is needed for that."""
    texts = [analyzer.fold(each.text) for each in passages]
    shares = [
        sum(weight for word, weight in zip(question.words, question.weights, strict=True) if word.text in text)
        for text in texts
    ]
    best = sorted(range(len(passages)), key=lambda at: (-shares[at], at))[:10]
    return [Hit(passages[at], shares[at]) for at in best]


def _weighings(ask: Ask, passages: list[Passage], analyzer: JiebaAnalyzer) -> Iterator[tuple[Weighing, Weighing]]:
    for text in _dev_questions():
        question = ask(text)
        hits = _found(question, passages, analyzer)
        views = views_of([hit.passage for hit in hits], analyzer)
        yield Weighing(question, views, hits), Weighing(question, views, hits)


def test_nothing_that_matters_is_passed_over(ask: Ask, passages: list[Passage], analyzer: JiebaAnalyzer) -> None:
    passed_over = 0
    for whole, quick in _weighings(ask, passages, analyzer):
        everything, found = whole.weighed(None), quick.weighed(None, 0.5)
        assert found == [each for each in everything if each in found]
        left_out = [each for each in everything if each not in found]
        passed_over += len(left_out)
        best = next((each for each in found if each.is_sound), None)
        assert best == next((each for each in everything if each.is_sound), None)
        assert not left_out or (best is not None and all(_is_far_behind(each, best) for each in left_out))
    assert passed_over > 1000


def _is_far_behind(each: Weighed, best: Weighed) -> bool:
    return each.score < best.score - FAR_BEHIND and each.confidence < OTHERS_WITHIN * best.confidence


@pytest.mark.parametrize("model", [RULES, TRAINED, GENERAL])
def test_no_candidate_is_above_what_its_passage_promises(
    ask: Ask, passages: list[Passage], analyzer: JiebaAnalyzer, model: Model
) -> None:
    for weighing, _ in _weighings(ask, passages, analyzer):
        for look in weighing._looks:
            for reading in (None, Reading(0.6, (SpanCandidate(0, 6, 0.9), SpanCandidate(8, 20, 0.4)))):
                score, confidence = look.most(model, reading)
                for each in look.weighed(model, reading, SAME):
                    assert each.score <= score + 1e-9
                    assert each.confidence <= confidence + 1e-9


def test_where_nothing_is_trusted_everything_is_looked_at(
    ask: Ask, passages: list[Passage], analyzer: JiebaAnalyzer
) -> None:
    for whole, quick in list(_weighings(ask, passages, analyzer))[:8]:
        assert quick.weighed(None, 1.0) == whole.weighed(None)
