"""Conditional logit for the choice among candidates, logistic regression for the trust in the chosen one; both cross-validated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from qa.answering.confidence import Signals, value_of
from qa.records import AnswerKind
from training.confidence.cases import FOLDS, SIGNALS, Case, Vector

GROUPS = ("clause", "short")
L2 = {"clause": 1.0, "short": 0.3}  # on weights of standardised signals
TRUST_L2 = 0.5


def fit_choice(cases: Sequence[Case], used: Sequence[str], l2: float) -> Vector:
    """Weights (len(SIGNALS),) that maximise the expected worth of the chosen candidate; 0 for signals not in ``used``.

    P(i) = exp(w·x_i) / Σ exp(w·x_j); loss = −Σ log Σ worth·P + l2·|w|² over standardised signals.
    """
    columns = [SIGNALS.index(name) for name in used]
    learnt = [
        (case.signals[:, columns], case.worth, case.times)
        for case in cases
        if case.worth.any() and case.worth.min() < 1
    ]
    spread = np.concatenate([signals for signals, *_ in learnt]).std(axis=0)
    alive = spread > 1e-6
    scale = np.where(alive, spread, 1.0)

    def loss(weights: Vector) -> tuple[float, Vector]:
        total, gradient = l2 * float(weights @ weights), 2 * l2 * weights
        for signals, worth, times in learnt:
            scaled = signals / scale * alive
            odds = scaled @ weights
            odds = np.exp(odds - odds.max())
            share = odds / odds.sum()
            hit = share * worth
            total -= times * float(np.log(hit.sum() + 1e-12))
            gradient -= times * ((hit / (hit.sum() + 1e-12) - share) @ scaled)
        return total, gradient

    best = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x
    weights = np.zeros(len(SIGNALS))
    weights[columns] = best / scale * alive
    return weights


def fit_trust(cases: Sequence[Case], chosen: Sequence[int], used: Sequence[str]) -> dict[str, float]:
    """Weights and bias of the probability that the chosen candidate holds the gold, unanswerable questions included.

    Logistic regression on standardised signals with a light L2. What speaks for a candidate never lowers the probability, and what
    is missing never raises it: without these bounds signals that tell nearly the same got weights of opposite signs.
    """
    known = [at for at, pick in enumerate(chosen) if pick >= 0]
    signals = np.array([trust_row(cases[at], chosen[at], used) for at in known])
    right = np.array([cases[at].holds[chosen[at]] for at in known], dtype=float)
    times = np.array([float(cases[at].times) for at in known])
    middle, spread = signals.mean(axis=0), signals.std(axis=0)
    alive = spread > 1e-6
    scale = np.where(alive, spread, 1.0)
    scaled = (signals - middle) / scale * alive

    def loss(weights: Vector) -> tuple[float, Vector]:
        z = scaled @ weights[1:] + weights[0]
        miss = times * (1 / (1 + np.exp(-z)) - right)
        total = float(times @ (np.logaddexp(0, z) - right * z) + TRUST_L2 * weights[1:] @ weights[1:])
        return total, np.concatenate([[miss.sum()], miss @ scaled + 2 * TRUST_L2 * weights[1:]])

    free, up, down = (None, None), (0.0, None), (None, 0.0)
    kinds = {kind.value for kind in AnswerKind}
    bounds = [
        free,
        *(
            free if name in kinds else down if "missing" in name or name in ("unread", "denied") else up
            for name in used
        ),
    ]
    best = minimize(loss, np.zeros(len(used) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    plain = best[1:] / scale * alive
    return {"bias": float(best[0] - plain @ middle), **{n: float(w) for n, w in zip(used, plain, strict=True)}}


def trust_row(case: Case, pick: int, used: Sequence[str]) -> Vector:
    """What ``used`` names of candidate ``pick``: signals, products, either of two, kinds (1 for the case's own)."""
    signals = Signals(*case.signals[pick])
    kinds = {kind.value: float(case.kind is kind) for kind in AnswerKind}
    return np.array([kinds[name] if name in kinds else value_of(signals, name) for name in used])


def recalibrated(
    weights: dict[str, float], cases: Sequence[Case], chosen: Sequence[int], counts: Sequence[float]
) -> dict[str, float]:
    """The same order with confidence fitted to cases that count otherwise (Platt: z → a·z + b)."""
    known = [at for at, pick in enumerate(chosen) if pick >= 0]
    z = np.array([_trust(weights, cases[at], chosen[at]) for at in known])
    right = np.array([cases[at].holds[chosen[at]] for at in known], dtype=float)
    count = np.array([counts[at] for at in known])

    def loss(ab: Vector) -> float:
        fitted = ab[0] * z + ab[1]
        return float(count @ (np.logaddexp(0, fitted) - right * fitted))

    a, b = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return {name: float(a * weight + (b if name == "bias" else 0.0)) for name, weight in weights.items()}


def _trust(weights: dict[str, float], case: Case, pick: int) -> float:
    used = [name for name in weights if name != "bias"]
    return weights["bias"] + float(trust_row(case, pick, used) @ np.array([weights[name] for name in used]))


def told(weights: dict[str, float], case: Case, pick: int) -> float:
    """The confidence in candidate ``pick`` by ``weights``."""
    return float(1 / (1 + np.exp(-_trust(weights, case, pick))))


def choose(cases: Sequence[Case], used: dict[str, Sequence[str]], further: Sequence[Case] = ()) -> list[int]:
    """The candidate of each case (−1: it has none) that weights fitted on the other folds, and on ``further``, choose."""
    chosen = [-1] * len(cases)
    for group in GROUPS:
        for fold in range(FOLDS):
            learnt = [case for case in cases if case.group == group and case.fold != fold]
            learnt += [case for case in further if case.group == group]
            weights = fit_choice(learnt, used[group], L2[group])
            for at, case in enumerate(cases):
                if case.group == group and case.fold == fold and len(case.signals):
                    chosen[at] = int(np.argmax(case.signals @ weights))
    return chosen


def trusted(cases: Sequence[Case], chosen: Sequence[int], used: Sequence[str], counts: Sequence[float]) -> Vector:
    """The confidence of each case's chosen candidate by weights that were fitted on the other folds; 0 where there is none. ``counts``
    as for :func:`recalibrated`; for the weights themselves every case counts one.
    """
    sure = np.zeros(len(cases))
    for fold in range(FOLDS):
        learnt = [at for at, case in enumerate(cases) if case.fold != fold]
        picked = [chosen[at] for at in learnt]
        among = [cases[at] for at in learnt]
        weights = recalibrated(fit_trust(among, picked, used), among, picked, [counts[at] for at in learnt])
        for at, case in enumerate(cases):
            if case.fold == fold and chosen[at] >= 0:
                sure[at] = told(weights, case, chosen[at])
    return sure
