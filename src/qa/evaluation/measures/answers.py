"""Measures of the answer: exact match, F1, contains, citation, length. Counted: questions that the corpus can
answer.
"""

from __future__ import annotations

from collections.abc import Callable

from qa.evaluation.measures.measure import Measure, Row, quantile
from qa.evaluation.outcome import QuestionOutcome


def _answerable(value: Callable[[QuestionOutcome], float]) -> Callable[[QuestionOutcome], Row | None]:
    return lambda outcome: (value(outcome),) if outcome.question.answerable else None


def _with_evidence(outcome: QuestionOutcome) -> Row | None:
    return (outcome.cited,) if outcome.question.answerable and outcome.question.evidence else None


def _length(outcome: QuestionOutcome) -> Row | None:
    return (float(len(outcome.answer)),) if outcome.question.answerable and outcome.answered else None


MEASURES = (
    Measure("em", "答案全等 EM", _answerable(lambda outcome: outcome.exact)),
    Measure("f1", "答案 F1", _answerable(lambda outcome: outcome.f1)),
    Measure("contains", "答案包含", _answerable(lambda outcome: outcome.contains)),
    Measure("cited", "引在依据上", _with_evidence),
    Measure("answer_chars_p50", "答案字数中位", _length, quantile(0.5), "chars", higher_is_better=False, paired=False),
)
