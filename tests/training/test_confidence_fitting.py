"""Fitting of trust: products and kinds as columns, and a calibration that keeps the order."""

from __future__ import annotations

import numpy as np
import pytest

from qa.records import AnswerKind
from training.confidence.cases import SIGNALS, Case
from training.confidence.fitting import fit_trust, recalibrated, trust_row

USED = ("fit", "support", "fit*support", "number")


def cases(count: int) -> list[Case]:
    drawn = np.random.default_rng(3)
    made = []
    for number in range(count):
        row = drawn.random(len(SIGNALS))
        right = bool(row[SIGNALS.index("support")] + 0.2 * drawn.standard_normal() > 0.5)
        kind = AnswerKind.NUMBER if number % 2 else AnswerKind.DATE
        made.append(Case(f"Q{number}", kind, True, number % 6, row[None], np.array([right]), np.array([float(right)])))
    return made


def confidence(weights: dict[str, float], case: Case) -> float:
    z = weights["bias"] + trust_row(case, 0, USED) @ np.array([weights[name] for name in USED])
    return float(1 / (1 + np.exp(-z)))


def test_a_row_has_products_and_the_case_s_own_kind() -> None:
    case = cases(2)[1]
    fit, support = (case.signals[0][SIGNALS.index(name)] for name in ("fit", "support"))
    assert trust_row(case, 0, USED) == pytest.approx([fit, support, fit * support, 1.0])
    assert trust_row(cases(2)[0], 0, ("number",)) == pytest.approx([0.0])


def test_trust_tells_right_from_wrong_and_is_a_probability() -> None:
    made = cases(600)
    weights = fit_trust(made, [0] * len(made), USED)
    sure = np.array([confidence(weights, each) for each in made])
    right = np.array([bool(each.holds[0]) for each in made])
    assert sure[right].mean() > sure[~right].mean() + 0.3
    assert sure.mean() == pytest.approx(right.mean(), abs=0.02)


def test_recalibration_keeps_the_order_and_meets_the_new_mixture() -> None:
    made = cases(600)
    right = np.array([bool(each.holds[0]) for each in made])
    weights = fit_trust(made, [0] * len(made), USED)
    counts = [1.0 if each else 0.25 for each in right]
    fitted = recalibrated(weights, made, [0] * len(made), counts)
    before, after = (np.array([confidence(each, case) for case in made]) for each in (weights, fitted))
    assert (np.argsort(before) == np.argsort(after)).all()
    assert np.average(after, weights=counts) == pytest.approx(np.average(right, weights=counts), abs=0.02)
