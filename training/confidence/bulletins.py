"""Questions on the invented bulletins that no network was trained on (every tenth text).

The texts are many and of one form: those of ``FILES`` are not clear without their text and are asked of it alone, those of
``OF_ALL_TEXTS`` name what they mean. The questions on one half of the texts fit the trust of GENERAL, those on the other measure. ``python -m training.confidence.bulletins FOLDER`` writes them into ``FOLDER/corpus``, a file each; then
``QA_CORPUS=FOLDER/corpus QA_INDEX=FOLDER/index qa index``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.evaluation_set import EvaluationQuestion, QuestionType
from training.confidence.written import HALVES
from training.verifier.__main__ import BULLETINS, LONGER_BULLETINS, OF_A_LIBRARY, OTHER_WORDS
from training.verifier.examples import Judged, passage_key, read_bulletins

FILES = (BULLETINS, LONGER_BULLETINS, OTHER_WORDS)
OF_ALL_TEXTS = (OF_A_LIBRARY,)
"""Questions that name what they mean, so that they can be asked of all the texts at once."""


@dataclass(frozen=True)
class BulletinQuestion:
    """A question and the key of the text it is asked of, which is the stem of the file's name as well."""

    asked: EvaluationQuestion
    key: str


def kept_texts() -> dict[str, str]:
    """Key → text of the bulletins that are not trained on."""
    return {passage_key(each.context): each.context for each in _kept_questions(FILES)}


def bulletin_questions(half: str, files: Sequence[Path] = FILES) -> Iterator[BulletinQuestion]:
    """The questions of ``files`` on the texts of ``half`` ("fit" or "kept"), file by file."""
    for each in _kept_questions(files):
        key = passage_key(each.context)
        if int(key, 16) // 10 % len(HALVES) != HALVES[half]:
            continue
        words = tuple(each.context[slice(*span)] for span in each.right)
        kind = QuestionType.FACT_NUMBER if words else QuestionType.UNANSWERABLE
        yield BulletinQuestion(EvaluationQuestion(key, each.question, kind, words), key)


def _kept_questions(files: Sequence[Path]) -> list[Judged]:
    return [each for path in files for each in read_bulletins(path, kept=True)]


if __name__ == "__main__":
    corpus = Path(sys.argv[1]) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for key, text in kept_texts().items():
        (corpus / f"{key}.txt").write_text(text, encoding="utf-8")
    print(f"{len(kept_texts())} texts in {corpus}")
