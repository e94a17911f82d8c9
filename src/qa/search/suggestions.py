"""Questions for a first-time visitor: real ones of the evaluation sets about these documents, else the items' own titles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from qa.records import BlockRole, Document, DocumentSummary, Passage

_TYPES = ("fact_number", "fact_person", "fact_org", "fact_date", "list")
_NUMBER = re.compile(r"[13579]\D*$")
"""Ids of the dev half. What is shown to everybody is asked, judged and learnt from; the test half stays out of it."""
_ENUMERATOR = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*")
_QUESTION_CHARS = range(10, 27)
_TITLE_CHARS = range(8, 23)


def suggest(
    documents: Sequence[Document | DocumentSummary], passages: Iterable[Passage], evaluation: Path, limit: int
) -> list[str]:
    """Up to ``limit`` questions, a different kind for each document in turn; the same for the same folders.

    No more of ``passages`` are taken than are needed: there may be very many.
    """
    asked = list(_questions(evaluation))
    questioned = {row[0] for row in asked}
    paths = [document.path for document in documents if document.path in questioned]
    chosen: list[str] = []
    for turn in range(limit if paths else 0):
        path, kind = paths[turn % len(paths)], _TYPES[turn % len(_TYPES)]
        fitting = [question for row_path, row_kind, question in asked if row_path == path and row_kind == kind]
        chosen += [question for question in fitting if question not in chosen][:1]
    leads = (each.lead for each in passages if each.role is BlockRole.BODY and len(each.lead) in _TITLE_CHARS)
    titles = _each_once(_ENUMERATOR.sub("", lead) for lead in leads)
    return [*chosen, *(f"{title}，主要内容是什么？" for title in islice(titles, max(0, limit - len(chosen))))][:limit]


def _each_once(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def _questions(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(path of the evidence, type, question) of plain answerable questions; unreadable files and lines are passed over."""
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            try:
                row = json.loads(line)
                if _NUMBER.search(str(row["id"])) is None:
                    continue
                question, kind, path = str(row["question"]), str(row["type"]), str(row["evidence"][0]["doc"])
            except (ValueError, KeyError, IndexError, TypeError):
                continue
            if kind in _TYPES and row.get("answers") and len(question) in _QUESTION_CHARS and question.endswith("？"):
                yield path, kind, question
