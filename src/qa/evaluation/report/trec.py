"""A run and its judgements in TREC's form, for trec_eval, ir_measures and their like.

Relevance is judged as in :mod:`qa.evaluation.measures.ranking`: the passage in which an evidence is first found is
relevant; an evidence that was not found stands in the qrels under a name of its own, so that recall knows of it. The
qrels therefore belong to the run they were written with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.evaluation.outcome import QuestionOutcome

SYSTEM = "qa"


def run_lines(outcomes: Iterable[QuestionOutcome], system: str = SYSTEM) -> Iterator[str]:
    """``id Q0 passage rank score system``, without line ends.

    The score written is the negated rank: trec_eval sorts by score and breaks ties by name, and fused scores may tie.
    """
    for outcome in outcomes:
        for rank, passage in enumerate(outcome.retrieved, start=1):
            yield f"{_token(outcome.id)} Q0 {_token(passage.passage_id)} {rank} {-rank} {system}"


def qrels_lines(outcomes: Iterable[QuestionOutcome]) -> Iterator[str]:
    """``id 0 passage 1`` for every relevant item of the answerable questions, without line ends."""
    for outcome in outcomes:
        if not outcome.question.answerable:
            continue
        items = [
            f"not-found:{_token(outcome.id)}#{number}" if rank is None else outcome.retrieved[rank - 1].passage_id
            for number, rank in enumerate(outcome.ranks, start=1)
        ]
        for item in dict.fromkeys(items):
            yield f"{_token(outcome.id)} 0 {_token(item)} 1"


def _token(name: str) -> str:
    """The name without white space, which TREC's columns cannot hold."""
    return "_".join(name.split())
