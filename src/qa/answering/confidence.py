"""How sure an answer is: a logistic of what speaks for it, fitted on the dev half of eval/ordos.jsonl (docs/decisions/0003)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a candidate, each in [0, 1]."""

    fit: float  # how well its form fits the question
    support: float  # coverage of the question around the span
    passage: float  # coverage of the question in the passage and what stands above it
    rank: float  # the passage's share of the best retrieval score
    trained: float = 0.0  # the trained reader's score of the span
    relevance: float = 0.0  # the trained reader's probability that the passage answers


def confidence(signals: Signals, weights: Mapping[str, float]) -> float:
    """In (0, 1): 1 / (1 + exp(−(bias + Σ weight · signal)))."""
    z = weights["bias"] + sum(weights[name] * value for name, value in asdict(signals).items())
    return 1.0 / (1.0 + math.exp(-z))


# Logistic regression over the candidates of 359 dev questions, then Platt scaling on each question's best one (2026-11-21; see
# docs/decisions/0003): "rules" without a trained reader, "trained" with one.
RULES = {"bias": -9.09, "fit": 4.05, "support": 4.92, "passage": -1.61, "rank": 5.49, "trained": 0.0, "relevance": 0.0}
TRAINED = {
    "bias": -5.09,
    "fit": 2.04,
    "support": 2.0,
    "passage": -0.34,
    "rank": 3.12,
    "trained": 2.59,
    "relevance": -0.7,
}
