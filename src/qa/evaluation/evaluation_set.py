"""Evaluation sets: JSON Lines whose gold is a document and its words, never a passage id, so that re-splitting does
not break it.

The format is the contract's; :mod:`qa.evaluation.set_reader` reads it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

from qa.errors import UsageError

Half = Literal["dev", "test"]
HALVES: tuple[Half, ...] = ("dev", "test")


class QuestionType(StrEnum):
    """What kind of question it is; the contract's ten."""

    FACT_NUMBER = "fact_number"
    FACT_DATE = "fact_date"
    FACT_PERSON = "fact_person"
    FACT_ORG = "fact_org"
    DEFINITION_OR_CONTENT = "definition_or_content"
    LIST = "list"
    PARAPHRASE_HARD = "paraphrase_hard"
    TIME_QUALIFIED = "time_qualified"
    BROKEN_TEXT = "broken_text"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the answer stands: the document's path inside the corpus (with ``/``) and its words."""

    doc: str
    quote: str


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """One line of an evaluation set.

    ``answers`` are alternatives, any of which is right; for a ``list`` question they are the items, all of which are
    wanted. No answers: the corpus does not hold it and the right result is to abstain. ``file`` and ``line`` say where
    it was read.
    """

    id: str
    question: str
    type: QuestionType
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    list: bool = False
    section: str | None = None
    note: str | None = None
    file: str = ""
    line: int = 0

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    @property
    def place(self) -> str:
        """``file 第 n 行``, for messages."""
        return f"{self.file} 第 {self.line} 行"

    @property
    def half(self) -> Half | None:
        """``dev`` for an odd number at the end of the id, ``test`` for an even one, ``None`` without a number."""
        number = re.search(r"(\d+)\D*$", self.id)
        return None if number is None else HALVES[1 - int(number[1]) % 2]


def require_documents(questions: Iterable[EvaluationQuestion], paths: Iterable[str]) -> None:
    """Check that every evidence names a document of the corpus; ``paths`` are the documents' paths inside it.

    Raises :class:`UsageError` with the file and line, the name, and the nearest name there is.
    """
    known = sorted(set(paths))
    for question in questions:
        for evidence in question.evidence:
            if evidence.doc not in known:
                near = get_close_matches(evidence.doc, known, n=1, cutoff=0.5)
                raise UsageError(
                    f"{question.place}：资料中没有文档“{evidence.doc}”（{question.id}）",
                    reason=f"资料共 {len(known)} 个文档" + (f"，最接近的是“{near[0]}”" if near else ""),
                    hint="改正 evidence 里的 doc（写资料文件夹内的路径），或把文档放进资料文件夹后运行 qa index",
                )


def fingerprint_of(questions: Iterable[EvaluationQuestion]) -> str:
    """``sha256:…`` of what is asked and what counts as right, whatever the order of the lines, the notes or the file
    names.
    """
    lines = sorted(
        json.dumps(
            [q.id, q.question, q.type, q.answers, [[e.doc, e.quote] for e in q.evidence], q.list], ensure_ascii=False
        )
        for q in questions
    )
    return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()
