"""Dev questions → their candidates with signals, and which of them are right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answering.confidence import Signals
from qa.answering.spans import shown_text
from qa.answering.weighing import Weighed
from qa.evaluation.evaluation_set import EvaluationQuestion
from qa.evaluation.judging import contains_gold, gold_texts
from qa.evaluation.measures.cmrc import f1
from qa.records import AnswerKind, Question

SIGNALS = Signals._fields
FOLDS = 6
_MOST_CHARS, _MOST_TIMES = (
    60,
    2.5,
)  # an answer that holds the gold is a good one up to this length, or as many times the gold's
NEARLY = 0.7  # F1 from which an answer to a written question is right: 1年 for 1年内

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    """One question: ``signals`` (candidates, len(SIGNALS)) of the sound candidates; ``holds`` the gold; ``worth`` of choosing it, in
    [0, 1]. ``times``: how often it counts when weights are fitted. ``fold``: the same for all questions on one section of one document,
    so that no fold learns what it is measured on.

    A candidate is worth something where it holds the gold and is no longer than need be, the more the nearer it is to the gold
    (half for holding it, half F1). In public benchmarks the gold is the words alone: there F1 is all.
    """

    id: str
    kind: AnswerKind
    answerable: bool
    fold: int
    signals: Vector
    holds: Flags
    worth: Vector
    times: int = 1

    @property
    def group(self) -> str:
        return "clause" if self.kind is AnswerKind.CLAUSE else "short"


def max_chars(asked: EvaluationQuestion) -> float:
    """The length up to which an answer that holds the gold is a good one."""
    return max([_MOST_CHARS, *(_MOST_TIMES * len(answer) for answer in asked.answers)])


def case_of(
    asked: EvaluationQuestion, question: Question, weighed: Sequence[Weighed], words_alone: bool = False
) -> Case:
    sound = [each for each in weighed if each.is_sound]
    shown = [shown_text(question, each) for each in sound]
    holds = [asked.answerable and contains_gold(asked, text) for text in shown]
    most = max_chars(asked)
    near = [f1(gold_texts(asked), text) if asked.answerable else 0.0 for text in shown]
    worth = [
        close if words_alone else float(held and len(text) <= most) * (1 + close) / 2
        for held, close, text in zip(holds, near, shown, strict=True)
    ]
    rows = [[getattr(each.signals, name) for name in SIGNALS] for each in sound]
    return Case(
        asked.id,
        question.kind,
        asked.answerable,
        _fold(asked),
        np.array(rows, dtype=float).reshape(len(rows), len(SIGNALS)),
        np.array(holds, dtype=bool),
        np.array(worth, dtype=float),
    )


def _fold(asked: EvaluationQuestion) -> int:
    place = f"{asked.evidence[0].doc} {asked.section}" if asked.evidence else asked.id
    return int(hashlib.sha256(place.encode()).hexdigest(), 16) % FOLDS
