"""A small assistant that really searches: bigram overlap over the paragraphs of the five documents, one rule for
answers.

It stands in for the product where evaluation is tested: quick, deterministic, of middling quality, and a true function
of the passages it is given. Nothing in it knows the gold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from qa.evaluation.runner import Collection
from qa.records import (
    AbstainReason,
    Answer,
    AnswerKind,
    AnswerSpan,
    Document,
    Hit,
    Passage,
    Query,
    Question,
    Result,
    Span,
)
from qa.text.normalise import comparable

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
_NUMBER = re.compile(r"\d[\d.]*\s?[万亿]?[个家项人户元%]?")
ABSTAIN_BELOW = 0.28

Order = Callable[[list[Hit]], list[Hit]]


@dataclass(frozen=True)
class BigramAssistant:
    """``order`` may rearrange the ranking before the answer is read off its head."""

    passages: tuple[Passage, ...]
    order: Order = list
    top_k: int = 10

    def ask(self, question: str) -> Result:
        wanted = bigrams(question)
        scored = [Hit(passage, overlap(wanted, bigrams(passage.text))) for passage in self.passages]
        ranked = self.order(sorted(scored, key=lambda hit: (-hit.score, hit.passage.id)))[: self.top_k]
        return Result(
            Query(question), Question(question, AnswerKind.CLAUSE), answer_from(wanted, ranked[0]), tuple(ranked)
        )

    def with_order(self, order: Order) -> BigramAssistant:
        return replace(self, order=order)


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    compared = comparable(text)
    return frozenset(compared[at : at + 2] for at in range(len(compared) - 1))


def overlap(wanted: frozenset[str], there: frozenset[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 0.0


def answer_from(wanted: frozenset[str], hit: Hit) -> Answer:
    """The figure, else the clause, of the best passage's best clause; nothing when too few bigrams are shared."""
    if hit.score < ABSTAIN_BELOW:
        return Answer(reason=AbstainReason.NO_EVIDENCE)
    clauses = [(m.start(), m.end()) for m in re.finditer(r"[^，。；\n]+", hit.passage.text)]
    start, end = max(clauses, key=lambda c: overlap(wanted, bigrams(hit.passage.text[c[0] : c[1]])))
    number = _NUMBER.search(hit.passage.text, start, end)
    if number is not None and "多少" in "".join(sorted(wanted)):
        start, end = number.span()
    at = hit.passage.start
    span = Span(hit.passage.document_id, at + start, at + end)
    best = AnswerSpan(hit.passage.text[start:end], span, span, hit.passage, min(1.0, hit.score))
    return Answer(best)


def paragraphs(document: Document) -> list[Passage]:
    """Each run of lines without a blank line between is a passage."""
    return [
        Passage(document.id, m.start(), m.end(), m.group()) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", document.text)
    ]


def read_corpus(folder: Path = CORPUS) -> list[Document]:
    """The raw texts: no cleaning, so that nothing here hangs on ``qa.reading``."""
    return [
        Document(path.stem, path.name, "0" * 64, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.txt"))
    ]


def collection_of(documents: Sequence[Document]) -> Collection:
    return Collection(documents, {document.id: paragraphs(document) for document in documents})


def assistant_over(collection: Collection) -> BigramAssistant:
    return BigramAssistant(tuple(passage for each in collection.passages.values() for passage in each))
