"""How long one waits, in milliseconds, over all questions."""

from __future__ import annotations

from qa.evaluation.measures.measure import Measure, Row, quantile
from qa.evaluation.outcome import QuestionOutcome


def _latency(outcome: QuestionOutcome) -> Row:
    return (outcome.latency_ms,)


# Not paired: the same code takes other times on the same questions, so a difference says nothing of the change.
MEASURES = tuple(
    Measure(f"latency_p{percent}_ms", f"耗时 p{percent}", _latency, quantile(percent / 100), "ms", False, paired=False)
    for percent in (50, 95)
)
