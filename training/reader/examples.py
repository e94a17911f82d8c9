"""Question-passage pairs with the span that answers, and the public sets they are read from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc


@dataclass(frozen=True)
class Example:
    """A question about ``context``; ``spans`` are its answers, half-open in code points; empty: not answered there."""

    question: str
    context: str
    spans: tuple[tuple[int, int], ...]
    source: str


@dataclass(frozen=True)
class EvaluationQuestion:
    """A question of a measured set with every gold answer text."""

    identifier: str
    question: str
    context: str
    answers: tuple[str, ...]


def _paragraphs(path: Path) -> Iterator[dict[str, object]]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        yield from article["paragraphs"]


def read_squad(path: Path, source: str, simplify: bool = False) -> list[Example]:
    """Examples of a SQuAD-form file; ``simplify`` turns traditional into simplified Chinese (offsets unchanged).

    Answers whose offset does not hold their text are dropped; raises ``ValueError`` if simplifying changes a length.
    """
    convert = opencc.OpenCC("t2s").convert if simplify else str
    examples: list[Example] = []
    for paragraph in _paragraphs(path):
        original = str(paragraph["context"])
        context = convert(original)
        if len(context) != len(original):
            raise ValueError(f"{path.name}: simplifying changed a length")
        for entry in paragraph["qas"]:  # type: ignore[attr-defined]
            spans = {
                (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                for answer in entry["answers"]
                if original[answer["answer_start"] :].startswith(answer["text"]) and answer["text"]
            }
            if spans:
                examples.append(Example(convert(entry["question"]), context, tuple(sorted(spans)), source))
    return examples


def read_evaluation(path: Path) -> list[EvaluationQuestion]:
    """Every question of a CMRC file with its gold answers."""
    return [
        EvaluationQuestion(
            entry["id"], entry["question"], str(paragraph["context"]), tuple(a["text"] for a in entry["answers"])
        )
        for paragraph in _paragraphs(path)
        for entry in paragraph["qas"]  # type: ignore[attr-defined]
    ]
