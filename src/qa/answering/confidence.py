"""How sure an answer is: a logistic of what speaks for it, fitted on dev halves by ``python -m training.confidence``
(docs/decisions/0003)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from qa.records import AnswerKind


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a candidate, each in [0, 1]. Those from ``slot`` to ``whole`` are told of clauses alone, else 0."""

    fit: float  # how well its form fits the question
    support: float  # coverage of the question around the span
    passage: float  # coverage of the question in the passage and what stands above it
    rank: float  # the passage's share of the best retrieval score
    slot: float = 0.0  # the words around the asking word stand in or near the span
    cue: float = 0.0  # it tells the relation that is asked for (旨在 where the purpose is)
    announces: float = 0.0  # it tells that something was held or published, not what was said
    focus: float = 0.0  # it holds the noun that is asked for (机制 for 什么机制)
    whole: float = 0.0  # it goes on to the sentence's end
    trained: float = 0.0  # the trained reader's score of the span
    relevance: float = 0.0  # the trained reader's probability that the passage answers


Weights = Mapping[str, float]
"""A weight for each signal, a missing one is 0; and ``bias``."""


@dataclass(frozen=True, slots=True)
class Model:
    """Two questions, two sets of weights: which candidate is it (``clause`` for clauses, ``short`` for names, numbers, dates and
    lists), and can the chosen one be trusted (``trust``, calibrated). What tells neighbours apart is not what tells that the library
    is silent.
    """

    clause: Weights
    short: Weights
    trust: Weights

    def choice(self, signals: Signals, kind: AnswerKind) -> float:
        """The higher, the sooner it is the answer; compared within one question only."""
        return weighted(signals, self.clause if kind is AnswerKind.CLAUSE else self.short)

    def confidence(self, signals: Signals) -> float:
        """In (0, 1): 1 / (1 + exp(−(bias + Σ weight · signal)))."""
        return 1.0 / (1.0 + math.exp(-weighted(signals, self.trust)))


def weighted(signals: Signals, weights: Weights) -> float:
    """bias + Σ weight · signal."""
    return sum(weight if name == "bias" else weight * getattr(signals, name) for name, weight in weights.items())


# Printed by `python -m training.confidence`: RULES without a trained reader, TRAINED with one.
RULES = Model(
    clause={
        "fit": 8.14,
        "support": 7.99,
        "passage": 1.06,
        "rank": 5.43,
        "slot": 5.70,
        "cue": 5.68,
        "announces": -4.52,
        "focus": 3.83,
        "whole": 0.67,
    },
    short={"fit": 8.12, "support": 18.94, "passage": -0.28, "rank": 8.63},
    trust={"bias": -8.59, "fit": 3.98, "support": 2.25, "passage": -0.18, "rank": 5.59},
)
TRAINED = Model(
    clause={
        "fit": 8.60,
        "support": 7.03,
        "passage": 0.58,
        "rank": 4.27,
        "slot": 5.51,
        "cue": 5.71,
        "announces": -4.33,
        "focus": 3.21,
        "whole": 0.73,
        "trained": 2.62,
        "relevance": 2.34,
    },
    short={
        "fit": 7.37,
        "support": 15.26,
        "passage": 0.75,
        "rank": 7.26,
        "trained": 2.40,
        "relevance": 0.75,
    },
    trust={
        "bias": -8.19,
        "fit": 3.80,
        "support": 1.04,
        "passage": 0.69,
        "rank": 4.98,
        "trained": 1.19,
        "relevance": 0.10,
    },
)
