from __future__ import annotations

from math import log2

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.evaluation_set import Evidence
from qa.evaluation.measures.ranking import (
    MEASURES,
    Relevance,
    ndcg,
    recall,
    reciprocal_rank,
    relevance,
    success,
)
from qa.evaluation.outcome import QuestionOutcome, RetrievedPassage
from qa.evaluation.report.trec import qrels_lines, run_lines
from tests.evaluation.evaluation_examples import a_question, an_outcome

THEIRS = {
    **{f"success@{k}": f"Success@{k}" for k in (1, 3, 5, 10)},
    **{f"recall@{k}": f"R@{k}" for k in (1, 3, 5, 10)},
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}


def ranked(*ranks: int | None, id: str = "Q001", depth: int = 20) -> QuestionOutcome:
    evidence = tuple(Evidence("d.txt", f"第{n}句") for n in range(len(ranks)))
    retrieved = tuple(RetrievedPassage(f"p {n}:0-9", 1 / n) for n in range(1, depth + 1))
    return an_outcome(question=a_question(id, evidence=evidence), ranks=ranks, retrieved=retrieved)


def test_relevant_items() -> None:
    assert relevance(ranked(3)) == Relevance((3,), 1)
    assert relevance(ranked(None)) == Relevance((), 1)
    assert relevance(ranked(4, None, 2)) == Relevance((2, 4), 3)
    assert relevance(ranked(4, 4)) == Relevance((4,), 1)  # two evidences in one passage are one item
    assert relevance(ranked()) == Relevance((), 0)


def test_by_hand() -> None:
    items = Relevance((2, 4), 3)
    assert [success(items, k) for k in (1, 2, 3)] == [0.0, 1.0, 1.0]
    assert [recall(items, k) for k in (1, 2, 3, 4, 10)] == [0, 1 / 3, 1 / 3, 2 / 3, 2 / 3]
    assert reciprocal_rank(items) == 1 / 2
    assert reciprocal_rank(Relevance((11,), 1)) == 0.0
    assert reciprocal_rank(Relevance((10,), 1)) == 1 / 10
    assert ndcg(items) == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3) + 1 / log2(4)))
    assert ndcg(Relevance((11,), 1)) == 0.0
    assert ndcg(Relevance(tuple(range(1, 11)), 14)) == pytest.approx(1.0)  # more relevant items than places
    assert ndcg(Relevance((1, 2), 2)) == 1.0


def test_questions_without_evidence_or_answer_are_not_counted() -> None:
    nothing = ranked()
    unanswerable = an_outcome(question=a_question(answers=(), evidence=(Evidence("d.txt", "词"),)))
    for measure in MEASURES:
        assert measure.rows([nothing, unanswerable]).shape == (0, 1)
        assert measure.rows([nothing, ranked(1)]).tolist() == [[1.0]]


def with_ir_measures(outcomes: list[QuestionOutcome]) -> dict[str, dict[str, float]]:
    qrels = list(ir_measures.read_trec_qrels("\n".join(qrels_lines(outcomes)) + "\n"))
    run = list(ir_measures.read_trec_run("\n".join(run_lines(outcomes)) + "\n"))
    measures = {ours: ir_measures.parse_measure(theirs) for ours, theirs in THEIRS.items()}
    values: dict[str, dict[str, float]] = {ours: {} for ours in measures}
    for metric in ir_measures.iter_calc(list(measures.values()), qrels, run):
        for ours, theirs in measures.items():
            if metric.measure == theirs:
                values[ours][metric.query_id] = metric.value
    return values


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(1, 20)), min_size=1, max_size=12), min_size=1, max_size=6))
def test_as_ir_measures_on_the_exported_run_and_qrels(rankings: list[list[int | None]]) -> None:
    outcomes = [ranked(*ranks, id=f"Q{n}") for n, ranks in enumerate(rankings)]
    theirs = with_ir_measures(outcomes)
    assert {measure.key for measure in MEASURES} == set(THEIRS)
    for measure in MEASURES:
        for outcome in outcomes:
            row = measure.row(outcome)
            assert row is not None
            assert row[0] == pytest.approx(theirs[measure.key][outcome.id]), (measure.key, outcome.ranks)


def test_trec_files() -> None:
    outcomes = [
        ranked(2, None, 2, id="Q 1", depth=2),
        an_outcome("Q2", question=a_question("Q2", answers=()), retrieved=(), ranks=()),
    ]
    assert list(run_lines(outcomes)) == ["Q_1 Q0 p_1:0-9 1 -1 qa", "Q_1 Q0 p_2:0-9 2 -2 qa"]
    assert list(qrels_lines(outcomes)) == ["Q_1 0 p_2:0-9 1", "Q_1 0 not-found:Q_1#2 1"]
