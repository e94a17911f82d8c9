"""A question → ranked passages: words and meaning, fused, then set right by period and exact names."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from qa.ports import Analyzer, DocumentStore, Embedder, LexicalIndex, VectorIndex
from qa.records import BlockRole, Filters, Hit, Passage, Question
from qa.search.exact import exact_share, exact_terms
from qa.search.fusion import Fused, fuse
from qa.search.periods import speaks_of

CANDIDATES = 50  # of each way; the fused fifty hold the right passage in > 99.5 % of the public questions
_FETCHED_AT_ONCE = 20
PERIOD_BONUS = 0.10
PERIOD_PENALTY = 0.15
EXACT_BONUS = 0.5
MASTHEAD_PENALTY = 0.05  # a masthead names its document's subject, so it matches everything about it


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Hits, best first, and the milliseconds spent on embedding and on the rest."""

    hits: tuple[Hit, ...]
    embed_ms: float
    retrieve_ms: float


_beside = ThreadPoolExecutor(thread_name_prefix="words")


class Retriever:
    """Searches one generation of the library."""

    def __init__(
        self,
        store: DocumentStore,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        embedder: Embedder,
        analyzer: Analyzer,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._analyzer = analyzer

    def retrieve(self, question: Question, filters: Filters, k: int) -> Retrieved:
        """The ``k`` best passages; ties by place in the corpus."""
        begun = time.perf_counter()
        terms = question.terms or self._analyzer.terms(question.text)
        by_words = _beside.submit(self._lexical.search, terms, CANDIDATES, filters)
        vector = self._embedder.embed_queries([question.sought or question.text])
        embedded = time.perf_counter()
        allowed = self._store.keys_matching(filters) if filters else None
        lexical = by_words.result()
        dense = self._vectors.search(vector, CANDIDATES, allowed)
        fused = fuse(lexical, dense)
        hits = self._best(question, fused, dict(dense), k)
        done = time.perf_counter()
        return Retrieved(tuple(hits), (embedded - begun) * 1000, (done - embedded) * 1000)

    def _best(self, question: Question, fused: Sequence[Fused], cosines: Mapping[int, float], k: int) -> list[Hit]:
        """The ``k`` best by what stands in them; passages are fetched as long as one further down could still come among these."""
        most = PERIOD_BONUS * bool(question.periods) + EXACT_BONUS * bool(exact_terms(question.text))
        hits: list[Hit] = []
        for first in range(0, len(fused), _FETCHED_AT_ONCE):
            if len(hits) >= k and hits[k - 1].score > fused[first].score + most:
                break
            part = fused[first : first + _FETCHED_AT_ONCE]
            passages = self._store.passages(each.key for each in part)
            hits += [
                self._hit(question, passages[each.key], each.score, each.lexical, each.dense, cosines.get(each.key))
                for each in part
                if each.key in passages
            ]
            hits.sort(key=lambda hit: (-hit.score, hit.passage.document_id, hit.passage.start))
        return hits[:k]

    def _hit(
        self,
        question: Question,
        passage: Passage,
        score: float,
        lexical: float | None,
        dense: float | None,
        cosine: float | None,
    ) -> Hit:
        about_period = speaks_of(passage, question.periods)
        score += EXACT_BONUS * exact_share(question.text, passage)
        if about_period is not None:
            score += PERIOD_BONUS if about_period else -PERIOD_PENALTY
        if passage.role is not BlockRole.BODY:
            score -= MASTHEAD_PENALTY
        return Hit(passage, max(0.0, score), lexical, dense, None, cosine, about_period)
