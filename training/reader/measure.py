"""How good a reader is: spans on CMRC, relevance on near passages, and both on official documents kept aside."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.adapters.span_reader import SpanReader
from qa.evaluation.measures.cmrc import exact_match, f1
from qa.models.reader.manifest import RelevanceScale
from training.reader.examples import EvaluationQuestion, Example

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SpanScores:
    """Means over ``questions`` of exact match and F1 by CMRC 2018's rules."""

    questions: int
    exact_match: float
    f1: float


def span_scores(reader: SpanReader, questions: Sequence[EvaluationQuestion]) -> SpanScores:
    """Each question on its own paragraph, the best span taken whatever the relevance (as CMRC asks)."""
    exact: list[float] = []
    overlap: list[float] = []
    for question in questions:
        (reading,) = reader.read_texts(question.question, [question.context])
        text = "".join(question.context[span.start : span.end] for span in reading.spans[:1])
        exact.append(exact_match(question.answers, text))
        overlap.append(f1(question.answers, text))
    return SpanScores(len(exact), float(np.mean(exact)), float(np.mean(overlap)))


def as_evaluation(examples: Sequence[Example]) -> list[EvaluationQuestion]:
    """Answered examples as questions with their gold texts."""
    return [
        EvaluationQuestion(str(number), example.question, example.context,
                           tuple(example.context[a:b] for a, b in example.spans))
        for number, example in enumerate(examples)
        if example.spans
    ]  # fmt: skip


def evidence_of(reader: SpanReader, pairs: Sequence[tuple[str, str]]) -> Floats:
    """(n, 2): the span margin and the relevance logit of each (question, passage), of its most relevant window."""
    rows = np.empty((len(pairs), 2))
    for number, (question, text) in enumerate(pairs):
        (readings,) = reader.window_readings([question], [text])
        best = max(readings or (), key=lambda reading: reading.margin + reading.relevance)
        rows[number] = best.margin, best.relevance
    return rows


def area_under_curve(scores: Floats, answered: NDArray[np.bool_]) -> float:
    """Probability that an answering pair scores above a non-answering one (ties count half)."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = int(answered.sum())
    negative = len(answered) - positive
    return float((ranks[answered].sum() - positive * (positive + 1) / 2) / (positive * negative))


def fit_scale(evidence: Floats, answered: NDArray[np.bool_]) -> RelevanceScale:
    """Logistic regression of "answers" on (margin, relevance logit).

    The two say nearly the same, so one may come out negative; it is then left out, since more evidence must never lower
    the relevance.
    """
    weights = _logistic(evidence, answered)
    if min(weights[1:]) < 0:
        kept = int(np.argmax(weights[1:]))
        alone = _logistic(evidence[:, kept : kept + 1], answered)
        weights = np.zeros(3)
        weights[0], weights[1 + kept] = alone
    return RelevanceScale(*(round(float(weight), 4) for weight in weights))


def _logistic(evidence: Floats, answered: NDArray[np.bool_], rounds: int = 50, ridge: float = 1e-3) -> Floats:
    """(1 + columns,) bias and weights by Newton's method."""
    design = np.column_stack([np.ones(len(evidence)), evidence])
    weights: Floats = np.concatenate([[0.0], np.full(evidence.shape[1], 0.1)])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (chance - answered) + ridge * weights
        curvature = design.T @ (design * (chance * (1 - chance))[:, None]) + ridge * np.eye(len(weights))
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


@dataclass(frozen=True)
class RelevanceScores:
    """Area under the curve of margin, head, and the calibrated scale; accuracy at one half; mean squared error."""

    pairs: int
    margin_auc: float
    head_auc: float
    scale_auc: float
    accuracy: float
    brier: float


def relevance_scores(evidence: Floats, answered: NDArray[np.bool_], scale: RelevanceScale) -> RelevanceScores:
    """Scores of ``scale`` on pairs of which ``answered`` says whether the passage answers."""
    chance = np.array([scale.probability(margin, head) for margin, head in evidence])
    return RelevanceScores(
        len(answered), area_under_curve(evidence[:, 0], answered), area_under_curve(evidence[:, 1], answered),
        area_under_curve(chance, answered), float(np.mean((chance > 0.5) == answered)),
        float(np.mean((chance - answered) ** 2)),
    )  # fmt: skip


def sample(questions: Sequence[EvaluationQuestion], most: int, seed: int = 1) -> list[EvaluationQuestion]:
    """All, or ``most`` drawn with a fixed seed, in their own order."""
    if most >= len(questions):
        return list(questions)
    kept = sorted(random.Random(seed).sample(range(len(questions)), most))
    return [questions[number] for number in kept]


def standard_error(rate: float, count: int) -> float:
    """Of a mean of 0/1 outcomes."""
    return math.sqrt(rate * (1 - rate) / count)
