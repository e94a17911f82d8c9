"""Questions on the invented bulletins that nothing was trained on (every tenth text), each asked of its own text alone.

The texts are many and of one form, so a question is not clear without its text. Half of the texts are there to be looked at, the
others for measuring. ``python -m training.confidence.bulletins FOLDER`` writes them into ``FOLDER/corpus``, a file each; then
``QA_CORPUS=FOLDER/corpus QA_INDEX=FOLDER/index qa index``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.evaluation.evaluation_set import EvaluationQuestion, QuestionType
from training.confidence.written import HALVES
from training.verifier.__main__ import BULLETINS, LONGER_BULLETINS, OTHER_WORDS
from training.verifier.examples import is_kept, passage_key

FILES = (BULLETINS, LONGER_BULLETINS, OTHER_WORDS)


@dataclass(frozen=True)
class BulletinQuestion:
    """A question and the key of the text it is asked of, which is the stem of the file's name as well."""

    asked: EvaluationQuestion
    key: str


def kept_texts() -> dict[str, str]:
    """Key → text of the bulletins that are not trained on."""
    return {passage_key(entry["text"]): entry["text"] for path in FILES for entry in _entries(path)}


def bulletin_questions(half: str) -> Iterator[BulletinQuestion]:
    """The questions on the texts of ``half`` ("fit" or "kept"), file by file."""
    for path in FILES:
        for entry in _entries(path):
            key = passage_key(entry["text"])
            if int(key, 16) // 10 % len(HALVES) != HALVES[half]:
                continue
            for question, words in entry["right"]:
                asked = EvaluationQuestion(key, question, QuestionType.FACT_NUMBER, (words,))
                yield BulletinQuestion(asked, key)
            for question, _ in entry["trap"]:
                yield BulletinQuestion(EvaluationQuestion(key, question, QuestionType.UNANSWERABLE), key)


def _entries(path: Path) -> list[dict[str, Any]]:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [entry for entry in entries if is_kept(entry["text"])]


if __name__ == "__main__":
    corpus = Path(sys.argv[1]) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for key, text in kept_texts().items():
        (corpus / f"{key}.txt").write_text(text, encoding="utf-8")
    print(f"{len(kept_texts())} texts in {corpus}")
