"""What the checks of drafts are tested against: the corpus as it is read, with a small lexical search over its passages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from qa.adapters.analyzer import JiebaAnalyzer, read_user_words
from qa.citing.checker import DraftChecker
from qa.indexing.scan import DICTIONARY
from qa.reading.passages import passages_of
from qa.reading.reader import read_document
from qa.records import Document, Passage
from tests.citing.corpus_documents import CORPUS, corpus_files

_FOUND = 10
_K1, _B = 1.2, 0.75


@cache
def analyzer() -> JiebaAnalyzer:
    """The product's, with the dictionary of the corpus."""
    return JiebaAnalyzer(read_user_words(CORPUS / DICTIONARY))


@cache
def read_corpus() -> tuple[Document, ...]:
    """The five documents with their structure and cards."""
    return tuple(read_document(path, CORPUS) for path in corpus_files())


@cache
def corpus_checker() -> DraftChecker:
    return checker_for(read_corpus())


def checker_for(documents: Sequence[Document]) -> DraftChecker:
    """A checker over ``documents``, searching by words alone."""
    return DraftChecker(documents, lexical_search([p for d in documents for p in passages_of(d)]), analyzer())


def lexical_search(passages: Sequence[Passage]) -> Callable[[str], list[Passage]]:
    """BM25 over title, headings and text; ties in the order of the documents."""
    counts = [Counter(analyzer().terms(p.context + "\n" + p.text)) for p in passages]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / max(1, len(lengths))
    holding = Counter(term for count in counts for term in count)

    def score(at: int, terms: set[str]) -> float:
        count, norm = counts[at], _K1 * (1 - _B + _B * lengths[at] / mean)
        held = (term for term in terms if term in count)
        return sum(_rarity(holding[t], len(passages)) * count[t] * (_K1 + 1) / (count[t] + norm) for t in held)

    def search(text: str) -> list[Passage]:
        terms = set(analyzer().terms(text))
        ranked = sorted((-score(at, terms), at) for at in range(len(passages)))
        return [passages[at] for value, at in ranked[:_FOUND] if value < 0]

    return search


def _rarity(holding: int, passages: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))
