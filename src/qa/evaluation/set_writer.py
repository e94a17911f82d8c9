"""Adding questions to an evaluation set, one line at a time, without touching what stands in the file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion


def line_of(question: EvaluationQuestion) -> str:
    """The question as a line of the contract's format, without the line end."""
    value = {
        "id": question.id,
        "question": question.question,
        "type": question.type.value,
        "answers": question.answers,
        "evidence": [{"doc": each.doc, "quote": each.quote} for each in question.evidence],
        "list": question.list,
        "section": question.section,
        "note": question.note,
    }
    return json.dumps(value, ensure_ascii=False)


def next_id(ids: Iterable[str], prefix: str = "N") -> str:
    """``N001`` … after the highest number that an id with this prefix has."""
    numbers = [int(found[1]) for id in ids if (found := re.fullmatch(rf"{re.escape(prefix)}(\d+)", id))]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def append_question(path: Path, question: EvaluationQuestion, taken: Iterable[str]) -> EvaluationQuestion:
    """Append the question under the next free id and return it so; ``taken`` are the ids in use.

    The line is on the disk when this returns. Raises :class:`UsageError` when the file cannot be written.
    """
    numbered = replace(question, id=question.id or next_id(taken))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        # A file that somebody saved without a last line end would otherwise swallow the new line into its last.
        gap = "\n" if before and not before.endswith(b"\n") else ""
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(gap + line_of(numbered) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError(f"写不了评测集：{path}", reason=error.strerror or str(error), hint="检查文件夹权限") from error
    return numbered
