"""Measures of refusal: is "not found" said where, and only where, the corpus does not hold the answer?"""

from __future__ import annotations

from qa.evaluation.measures.measure import Measure, Row
from qa.evaluation.outcome import QuestionOutcome


def _of_refused(outcome: QuestionOutcome) -> Row | None:
    return (float(not outcome.question.answerable),) if outcome.abstained else None


def _of_unanswerable(outcome: QuestionOutcome) -> Row | None:
    return None if outcome.question.answerable else (float(outcome.abstained),)


def _of_answerable(outcome: QuestionOutcome) -> Row | None:
    return (float(outcome.abstained),) if outcome.question.answerable else None


def _wrong(outcome: QuestionOutcome) -> Row:
    # An unanswerable question has no gold to contain, so answering it is always wrong.
    return (float(outcome.answered and not outcome.contains),)


MEASURES = (
    # Refused and rightly so / refused. Which questions count hangs on the run, so two runs cannot be paired by it.
    Measure("abstain_precision", "拒答准确率", _of_refused, paired=False),
    # Refused / unanswerable.
    Measure("abstain_recall", "该拒而拒", _of_unanswerable),
    # Refused / answerable.
    Measure("false_abstain", "误拒率", _of_answerable, higher_is_better=False),
    # Answered, and not rightly / all questions.
    Measure("wrong_answer", "错答率", _wrong, higher_is_better=False),
)
