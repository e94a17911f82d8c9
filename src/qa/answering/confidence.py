"""How sure an answer is: a logistic of what speaks for it, fitted on dev halves by ``python -m training.confidence``
(docs/decisions/0003)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from qa.records import AnswerKind


class Signals(NamedTuple):
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
    missing: float = 0.0  # the share of the heaviest question word that the passage lacks
    told: float = 0.0  # the verifier's log odds that the span is told as what is asked for, −8 to 8 as 0 to 1; 0 where it judged nothing
    unread: float = 0.0  # 1 where no network judged the span
    denied: float = 0.0  # how far these log odds are below −4, at −8 all of it: the verifier's word against the span


Weights = Mapping[str, float]
"""A weight for each signal, product of two (``fit*missing``) or either of two (``relevance|support``), a missing one is 0; and ``bias``."""


@dataclass(frozen=True)
class SecondWord:
    """What a second verifier's log odds make of a confidence: 1 / (1 + exp(−(bias + first · logit(confidence) + against · min(log odds, 0)))).

    Its word for an answer counts nothing, its word against one does (docs/decisions/0003).
    """

    bias: float = 0.0
    first: float = 1.0
    against: float = 0.0

    def confidence(self, confidence: float, log_odds: float) -> float:
        """In (0, 1), from a ``confidence`` in (0, 1)."""
        held = min(max(confidence, 1e-9), 1.0 - 1e-9)
        logit = math.log(held / (1.0 - held))
        return 1.0 / (1.0 + math.exp(-(self.bias + self.first * logit + self.against * min(log_odds, 0.0))))


@dataclass(frozen=True)
class Model:
    """Two questions, two sets of weights: which candidate is it (``clause`` for clauses, ``short`` for names, numbers, dates and
    lists), and can the chosen one be trusted (``trust``, calibrated). What tells neighbours apart is not what tells that the library
    is silent.
    """

    clause: Weights
    short: Weights
    trust: Weights
    kinds: Weights = field(default_factory=dict)  # for trust, by :class:`qa.records.AnswerKind`
    second: SecondWord | None = None

    def choice(self, signals: Signals, kind: AnswerKind) -> float:
        """The higher, the sooner it is the answer; compared within one question only."""
        return _weighted(signals, self._of_clauses if kind is AnswerKind.CLAUSE else self._of_short_ones)

    def confidence(self, signals: Signals, kind: AnswerKind) -> float:
        """In (0, 1): 1 / (1 + exp(−(bias + weight of the kind + Σ weight · signal)))."""
        return 1.0 / (1.0 + math.exp(-_weighted(signals, self._of_trust) - self.kinds.get(kind.value, 0.0)))

    @cached_property
    def _of_clauses(self) -> _Terms:
        return _terms(self.clause)

    @cached_property
    def _of_short_ones(self) -> _Terms:
        return _terms(self.short)

    @cached_property
    def _of_trust(self) -> _Terms:
        return _terms(self.trust)


_Terms = list[tuple[float, int, str, int]]
"""Weight, where the signal stands (−1 for none), the mark between it and another one ("" for none), where that stands."""


def _terms(weights: Weights) -> _Terms:
    fields, found = Signals._fields, []
    for name, weight in weights.items():
        one, mark, other = name.partition("*" if "*" in name else "|")
        found.append((weight, -1 if name == "bias" else fields.index(one), mark, fields.index(other) if mark else -1))
    return found


def _weighted(signals: Signals, terms: _Terms) -> float:
    """Σ weight · value, in the order of the weights."""
    total = 0.0
    for weight, one, mark, other in terms:
        value = signals[one] if one >= 0 else 1.0
        if mark:
            second = signals[other]
            value = value * second if mark == "*" else value + second - value * second
        total += weight * value
    return total


def value_of(signals: Signals, name: str) -> float:
    """The signal, the product of two, a + b − a·b for either of two (one is enough), or 1 for ``bias``."""
    return _weighted(signals, _terms({name: 1.0}))


# Printed by `python -m training.confidence`: RULES without a trained reader, TRAINED with one, GENERAL with one on text that is no
# official document: the rules were made for those, elsewhere the network's span is the likelier (docs/decisions/0003).
RULES = Model(
    clause={
        "fit": 8.63,
        "support": 10.56,
        "passage": 0.32,
        "rank": 5.06,
        "slot": 5.40,
        "cue": 4.86,
        "announces": -4.43,
        "focus": 2.13,
        "whole": 0.60,
    },
    short={
        "fit": 9.51,
        "support": 18.31,
        "passage": -0.08,
        "rank": 9.26,
    },
    trust={
        "bias": -10.24,
        "fit": 4.36,
        "support": 4.36,
        "rank": 5.74,
        "fit*missing": -2.61,
    },
    kinds={
        "number": 0.38,
        "date": 1.56,
        "person": 0.92,
        "organisation": -0.36,
        "place": 1.33,
        "name": -0.48,
        "clause": -0.66,
        "list": -0.49,
    },
)
TRAINED = Model(
    clause={
        "fit": 3.83,
        "support": 9.44,
        "passage": -4.00,
        "rank": 4.81,
        "slot": 2.33,
        "cue": 2.81,
        "announces": -2.37,
        "focus": 1.66,
        "whole": -0.63,
        "trained": 4.76,
        "relevance": 0.34,
        "told": 8.31,
        "unread": 1.65,
    },
    short={
        "fit": 5.45,
        "support": 10.19,
        "passage": -0.09,
        "rank": 5.76,
        "trained": 1.76,
        "relevance": 0.25,
        "told": 6.73,
        "unread": 3.35,
    },
    trust={
        "bias": -8.95,
        "fit": 4.24,
        "support": 2.63,
        "rank": 3.94,
        "trained": 1.90,
        "relevance": 0.37,
        "told": 1.93,
        "unread": 0.00,
        "trained|support": 0.00,
        "relevance|support": 0.00,
        "fit*missing": -1.90,
        "denied": -4.13,
    },
    kinds={
        "number": 0.29,
        "date": 0.63,
        "person": 1.19,
        "organisation": 0.18,
        "place": 0.26,
        "name": -0.28,
        "clause": -0.83,
        "list": -0.07,
    },
    second=SecondWord(bias=0.49, first=0.83, against=0.27),  # `python -m training.confidence.second`
)
GENERAL = Model(
    clause={
        "fit": 1.00,
        "support": 1.60,
        "passage": 0.79,
        "rank": 0.77,
        "slot": 2.66,
        "cue": 0.34,
        "announces": 0.85,
        "focus": 0.17,
        "whole": 0.19,
        "trained": 5.85,
        "relevance": 0.45,
        "told": 3.35,
        "unread": -0.17,
    },
    short={
        "fit": 0.65,
        "support": 1.53,
        "passage": 0.99,
        "rank": 0.96,
        "trained": 3.56,
        "relevance": 0.78,
        "told": 3.21,
        "unread": -0.13,
    },
    trust={
        "bias": -3.70,
        "fit": 0.40,
        "support": 0.07,
        "rank": 0.77,
        "trained": 2.26,
        "relevance": 0.07,
        "told": 2.50,
        "unread": 0.00,
        "trained|support": 0.00,
        "relevance|support": 0.00,
        "fit*missing": 0.00,
        "denied": -5.20,
    },
    kinds={
        "number": 0.29,
        "date": -0.12,
        "person": -0.05,
        "organisation": -0.18,
        "place": -0.39,
        "name": -0.42,
        "clause": -0.16,
        "list": 0.10,
    },
)
