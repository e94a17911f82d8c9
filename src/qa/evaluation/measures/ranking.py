"""Measures of the ranking: Success@k, Recall@k, MRR@10, nDCG@10.

Each evidence of a question is one relevant item, found at the rank of the first passage that counts as it. Evidences
first found in the same passage are one item, for a ranking cannot place one passage twice. Further passages that count
as an evidence already found gain nothing. With these judgements the figures equal those of ir_measures (Success@k,
R@k, RR@10, nDCG@10), which the tests hold against the exported run and qrels. Questions without evidence are not
counted.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log2
from typing import NamedTuple

from qa.evaluation.measures.measure import Measure, Row
from qa.evaluation.outcome import QuestionOutcome

CUTOFFS = (1, 3, 5, 10)
DEPTH = 10


class Relevance(NamedTuple):
    """Ranks at which relevant items stand, ascending, and how many relevant items there are."""

    ranks: tuple[int, ...]
    total: int


def relevance(outcome: QuestionOutcome) -> Relevance:
    """The relevant items of the question; ``total`` is 0 when it has no evidence."""
    found = sorted({rank for rank in outcome.ranks if rank is not None})
    return Relevance(tuple(found), len(found) + outcome.ranks.count(None))


def success(items: Relevance, k: int) -> float:
    """Success@k: 1.0 when any relevant item stands in the first k, else 0.0 (ir_measures ``Success``)."""
    return float(any(rank <= k for rank in items.ranks))


def recall(items: Relevance, k: int) -> float:
    """Recall@k: relevant items in the first k / relevant items (ir_measures ``R``)."""
    return sum(rank <= k for rank in items.ranks) / items.total


def reciprocal_rank(items: Relevance, k: int = DEPTH) -> float:
    """1 / rank of the first relevant item when within k, else 0.0 (ir_measures ``RR``; its mean is MRR@k)."""
    return next((1 / rank for rank in items.ranks if rank <= k), 0.0)


def ndcg(items: Relevance, k: int = DEPTH) -> float:
    """nDCG@k with binary gain: Σ 1/log2(rank+1) over relevant items within k / the same with them at ranks 1, 2, …

    Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002, in trec_eval's form.
    """
    gain = sum(1 / log2(rank + 1) for rank in items.ranks if rank <= k)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(items.total, k) + 1))


def _ranked(of: Callable[[Relevance], float]) -> Callable[[QuestionOutcome], Row | None]:
    def row(outcome: QuestionOutcome) -> Row | None:
        items = relevance(outcome)
        return (of(items),) if items.total and outcome.question.answerable else None

    return row


def _at(of: Callable[[Relevance, int], float], k: int) -> Callable[[QuestionOutcome], Row | None]:
    return _ranked(lambda items: of(items, k))


MEASURES = (
    *(Measure(f"success@{k}", f"Success@{k}", _at(success, k)) for k in CUTOFFS),
    *(Measure(f"recall@{k}", f"Recall@{k}", _at(recall, k)) for k in CUTOFFS),
    Measure("mrr@10", "MRR@10", _at(reciprocal_rank, DEPTH)),
    Measure("ndcg@10", "nDCG@10", _at(ndcg, DEPTH)),
)
