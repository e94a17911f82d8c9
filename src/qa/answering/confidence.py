"""How sure an answer is: a logistic of what speaks for it, fitted on the dev half of eval/ordos.jsonl."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a candidate, each in [0, 1]."""

    span: float  # the reader's score of the span
    support: float  # coverage of the question around the span
    passage: float  # coverage of the question in the passage and what stands above it
    rank: float  # the passage's share of the best retrieval score
    relevance: float  # the trained reader's probability that the passage answers; the passage's coverage without it


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic weights, one per signal."""

    bias: float
    span: float
    support: float
    passage: float
    rank: float
    relevance: float


RULES = Weights(bias=-6.0, span=4.0, support=2.0, passage=4.0, rank=2.0, relevance=0.0)


def confidence(signals: Signals, weights: Weights) -> float:
    """In (0, 1)."""
    z = (
        weights.bias
        + weights.span * signals.span
        + weights.support * signals.support
        + weights.passage * signals.passage
        + weights.rank * signals.rank
        + weights.relevance * signals.relevance
    )
    return 1.0 / (1.0 + math.exp(-z))
