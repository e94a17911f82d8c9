"""Questions on other people's documents: what is asked of a library that is silent on it.

The unanswerable questions of the evaluation sets are near misses (another year, another place), which guards see. Most questions that
a library cannot answer are on something it does not speak of at all; trust has to be fitted on such ones too.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

from qa.evaluation.evaluation_set import EvaluationQuestion, QuestionType
from training.reader.examples import Example, read_squad
from training.reader.official_questions import make_questions
from training.reader.official_text import read_official

OFFICIAL, GENERAL = 300, 60
SEED = 11
_LEAST_CHARS = 3  # a gold answer this long that stands in the library may answer there


def foreign_questions(corpus: Path) -> list[EvaluationQuestion]:
    """Questions made by rule from the official documents of ``$QA_SHARED/data`` and questions of CMRC 2018 train, none of whose answers
    stands in ``corpus``; always the same ones.
    """
    data, rng = Path(os.environ.get("QA_SHARED", "../shared")) / "data", random.Random(SEED)
    official = make_questions(read_official(data / "official-documents"), rng)
    general = read_squad(data / "cmrc2018" / "train.json", "cmrc")
    held = "".join(
        _bare(path.read_text("utf-8", errors="ignore")) for path in sorted(corpus.iterdir()) if path.is_file()
    )
    drawn = _drawn(official, OFFICIAL, held, rng) + _drawn(general, GENERAL, held, rng)
    return [EvaluationQuestion(f"F{n}", text, QuestionType.UNANSWERABLE) for n, text in enumerate(drawn)]


def _drawn(examples: list[Example], most: int, held: str, rng: random.Random) -> list[str]:
    silent = [each for each in examples if each.spans and not _stands(each, held)]
    return [each.question for each in rng.sample(silent, min(most, len(silent)))]


def _stands(example: Example, held: str) -> bool:
    answer = _bare(example.context[slice(*example.spans[0])])
    return len(answer) >= _LEAST_CHARS and answer in held


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
