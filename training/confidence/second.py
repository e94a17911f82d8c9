"""``python -m training.confidence.second``: how far the second verifier's word lowers a confidence (``SecondWord``).

Asks the dev halves, ``eval/ordos-8.jsonl`` and ``-9`` (dev halves too) and the looked-at half of the other wordings without abstaining,
and fits the three numbers on what was answered. GENERAL has none: on the kept bulletins it gained next to nothing (docs/decisions/0003).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from qa.adapters.span_reader import SpanReader
from qa.answering.confidence import TRAINED, SecondWord
from qa.bootstrap import open_assistant
from qa.evaluation.evaluation_set import EvaluationQuestion
from qa.evaluation.judging import contains_gold
from qa.evaluation.set_reader import read_evaluation_set
from qa.records import Query
from qa.settings import Settings

ROOT = Path(__file__).parents[2]
NEAR_TRAPS = 2.0
"""How often a question of the sets beside what is told counts: there are few of them."""


class Heard(NamedTuple):
    """An answer: the confidence in it before the second verifier was heard, its log odds, whether it is right, how often it counts."""

    confidence: float
    log_odds: float
    right: bool
    answerable: bool
    times: float


def own_questions() -> Iterator[tuple[EvaluationQuestion, float]]:
    """The dev halves, those beside what is told, and the wordings that were looked at, with how often each counts."""
    sets = [ROOT / "eval" / f"ordos{number}.jsonl" for number in ("", *(f"-{n}" for n in range(2, 8)))]
    near = [ROOT / "eval" / f"ordos-{number}.jsonl" for number in (8, 9)]
    for paths, times in ((sets, 1.0), (near, NEAR_TRAPS), ([ROOT / "eval" / "variants" / "fit.jsonl"], 1.0)):
        yield from ((each, times) for each in read_evaluation_set(paths, "dev"))


def heard(asked: Iterable[tuple[EvaluationQuestion, float]]) -> Iterator[Heard]:
    """What is answered, with both words."""
    settings = replace(Settings.from_environment(), reader="trained", abstain_below=0.0)
    assistant, reader = open_assistant(settings), SpanReader()
    for number, (each, times) in enumerate(asked, 1):
        query = Query(each.question)
        answer = assistant.ask(query).answer
        if number % 100 == 0:
            print(number, file=sys.stderr, flush=True)
        if answer.best is None:
            continue
        text, start = answer.best.passage.text, answer.best.span.start - answer.best.passage.start
        place = (start, start + answer.best.span.end - answer.best.span.start)
        log_odds = reader.second_log_odds(assistant.understand(query).said_as(text), text, place)
        if log_odds is not None:
            first = before(answer.best.confidence, log_odds, TRAINED.second)
            yield Heard(first, log_odds, each.answerable and contains_gold(each, answer.text), each.answerable, times)


def before(confidence: float, log_odds: float, word: SecondWord | None) -> float:
    """The confidence that ``word`` made ``confidence`` of."""
    if word is None:
        return confidence
    logit = math.log(confidence / (1 - confidence))
    return 1 / (1 + math.exp(-(logit - word.bias - word.against * min(log_odds, 0.0)) / word.first))


def fit(found: list[Heard]) -> SecondWord:
    """How much the second word counts, by right answers and answered traps alone, and then how sure all answers are (Platt).

    Of wrong answers to questions that have one the second verifier knows little: with them its word would count half as much, and
    less where it matters.
    """
    held = np.clip([each.confidence for each in found], 1e-6, 1 - 1e-6)
    logits, against = np.log(held / (1 - held)), np.minimum([each.log_odds for each in found], 0.0)
    right, times = np.array([each.right for each in found], float), np.array([each.times for each in found])
    told_apart = np.array([each.right or not each.answerable for each in found])
    _, first, second = _logistic(np.array([logits, against]), right, times * told_apart)
    bias, scale = _logistic((first * logits + second * against)[None], right, times)
    return SecondWord(*(round(float(value), 2) for value in (bias, scale * first, scale * second)))


def _logistic(columns: np.ndarray, right: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Bias and weights, none of which is negative."""

    def loss(weights: np.ndarray) -> float:
        z = weights[0] + weights[1:] @ columns
        return float(times @ (np.logaddexp(0, z) - right * z))

    start = np.array([0.0, *(1.0 for _ in columns)])
    bounds = [(None, None), *((0.0, None) for _ in columns)]
    return np.asarray(minimize(loss, start, bounds=bounds).x)


def refused(found: list[Heard], word: SecondWord | None, lost: float) -> float:
    """The share of the answered traps that are refused where ``lost`` of the right answers are."""
    sure = np.array([word.confidence(each.confidence, each.log_odds) if word else each.confidence for each in found])
    right, trap = np.array([each.right for each in found]), np.array([not each.answerable for each in found])
    return float((sure[trap] < np.quantile(sure[right], lost)).mean())


def main() -> None:
    found = list(heard(own_questions()))
    word = fit(found)
    print(
        f"{len(found)} answers, {sum(each.right for each in found)} right, {sum(not each.answerable for each in found)} traps"
    )
    for lost in (0.02, 0.03, 0.06):
        before_it, with_it = refused(found, None, lost), refused(found, word, lost)
        print(f"traps refused at {lost:.0%} of the right ones: {before_it:.3f} -> {with_it:.3f}")
    print(word)


if __name__ == "__main__":
    main()
