"""A right line, question and outcome, each to be changed where a test needs it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.evaluation.outcome import QuestionOutcome, RetrievedPassage
from qa.evaluation.run_record import Run, RunIdentity

BULLETIN = "科技简报-2021年第1期.txt"


def a_line(id: object = "Q001", **changes: Any) -> dict[str, Any]:
    """A right line of an evaluation set."""
    line = {
        "id": id,
        "question": "2020年引来了几种新的良种？",
        "type": "fact_number",
        "answers": ["556个", "556"],
        "evidence": [{"doc": BULLETIN, "quote": "推广新技术384项，引进新品种556个"}],
        "list": False,
        "section": "高层声音",
        "note": None,
    }
    return line | changes


def a_question(id: str = "Q001", **changes: Any) -> EvaluationQuestion:
    values: dict[str, Any] = {
        "id": id,
        "question": "2020年引来了几种新的良种？",
        "type": QuestionType.FACT_NUMBER,
        "answers": ("556个", "556"),
        "evidence": (Evidence(BULLETIN, "推广新技术384项，引进新品种556个"),),
    }
    return EvaluationQuestion(**(values | changes))


def an_outcome(id: str = "Q001", **changes: Any) -> QuestionOutcome:
    """A right answer with the evidence at rank 1."""
    question = changes.pop("question", None) or a_question(id)
    values: dict[str, Any] = {
        "ranks": (1,),
        "retrieved": tuple(RetrievedPassage(f"d:{n}-{n + 1}", 1 - n / 10) for n in range(10)),
        "abstained": False,
        "answer": "556个",
        "answer_passage": "d:0-1",
        "reason": "",
        "confidence": 0.9,
        "exact": 1.0,
        "f1": 1.0,
        "contains": 1.0,
        "cited": 1.0,
        "latency_ms": 20.0,
        "lost": None,
    }
    return QuestionOutcome(question=question, **(values | changes))


def a_run(*outcomes: QuestionOutcome, started: datetime | None = None, **identity: Any) -> Run:
    values: dict[str, Any] = {
        "command": "qa eval set.jsonl",
        "model": "m1",
        "corpus": "sha256:c1",
        "questions": "sha256:q1",
        "half": None,
    }
    moment = started or datetime(2026, 11, 21, 8, tzinfo=UTC)
    return Run(RunIdentity(**(values | identity)), moment, "0.1.0", outcomes)
