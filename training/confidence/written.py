"""Questions written for the verifier on the documents that it was not trained on, asked of a library of these documents.

The evaluation sets' dev halves are what rules and guards were made on; these documents nobody looked at. Every second written span fits
weights, the others are kept for measuring.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.evaluation_set import EvaluationQuestion, QuestionType
from training.reader.official_text import read_official
from training.verifier.__main__ import PASSAGE_CHARS, WRITTEN
from training.verifier.examples import passage_key

HALVES = {"fit": 0, "kept": 1}


@dataclass(frozen=True)
class WrittenQuestion:
    """A question with ``span``, the words that answer it, or, where ``asked`` has no answer, those of ``passage`` that only look so."""

    asked: EvaluationQuestion
    span: str
    passage: str


def written_questions(half: str) -> Iterator[WrittenQuestion]:
    """The questions of ``half`` ("fit" or "kept"), in the order of the file; data from ``$QA_SHARED/data``."""
    data = Path(os.environ.get("QA_SHARED", "../shared")) / "data" / "official-documents"
    held = {passage_key(each.text): each.text for each in read_official(data, PASSAGE_CHARS) if each.held_out}
    lines = (json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines())
    on_held = [line for line in lines if line["passage"] in held]
    for number, line in enumerate(on_held):
        if number % len(HALVES) != HALVES[half]:
            continue
        text = held[line["passage"]]
        span = text[slice(*line["span"])]
        for kind, questions in (("right", line["right"]), ("trap", line["trap"])):
            for question in questions:
                # The fold goes by the id: all questions on one passage have the same.
                asked = (
                    EvaluationQuestion(line["passage"], question, QuestionType.FACT_NUMBER, (span,))
                    if kind == "right"
                    else EvaluationQuestion(line["passage"], question, QuestionType.UNANSWERABLE)
                )
                yield WrittenQuestion(asked, span, text)
