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
        "fit": 8.87,
        "support": 10.50,
        "passage": 0.30,
        "rank": 5.03,
        "slot": 5.55,
        "cue": 4.84,
        "announces": -4.42,
        "focus": 2.07,
        "whole": 0.70,
    },
    short={"fit": 9.07, "support": 18.59, "passage": -0.19, "rank": 9.10},
    trust={"bias": -9.18, "fit": 4.12, "support": 4.58, "passage": -2.37, "rank": 6.18},
)
TRAINED = Model(
    clause={
        "fit": 3.26,
        "support": 5.03,
        "passage": -0.48,
        "rank": 3.76,
        "slot": 4.66,
        "cue": 3.35,
        "announces": -2.7,
        "focus": 1.55,
        "whole": 1.27,
        "trained": 3.43,
        "relevance": 1.87,
    },
    short={"fit": 7.48, "support": 12.23, "passage": 2.22, "rank": 5.65, "trained": 2.93, "relevance": 1.0},
    trust={
        "bias": -10.32,
        "fit": 4.9,
        "support": 2.62,
        "passage": -0.89,
        "rank": 6.29,
        "trained": 0.64,
        "relevance": 0.82,
    },
)
