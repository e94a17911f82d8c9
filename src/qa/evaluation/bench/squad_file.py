"""A file in SQuAD's form, as the benchmarks publish it → documents, passages and evaluation questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.bench.benchmarks import Benchmark, part_named
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the questions asked of it; it becomes the file ``path`` of the benchmark's corpus."""

    path: str
    text: str
    questions: tuple[EvaluationQuestion, ...]


def find_file(benchmark: Benchmark, folder: Path, part: str | None = None) -> Path:
    """The file of the benchmark's part (the first one for ``None``) in the folder. Raises :class:`UsageError` saying where to
    download it and under which licence.
    """
    part = part_named(benchmark, part)
    for name in benchmark.parts[part]:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(
        f"{folder} 里没有 {benchmark.title} 的数据（{part}）",
        reason=f"找过 {'、'.join(benchmark.parts[part])}",
        hint=f"从 {benchmark.home} 下载（{benchmark.licence}），放进该文件夹",
    )


def read_squad_file(path: Path, limit: int | None = None) -> list[Paragraph]:
    """The paragraphs, the first ``limit`` of them if given. Raises :class:`UsageError` when the file is of another
    form.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = []
        for number, (text, asked) in enumerate(_paragraphs(data), start=1):
            if limit is not None and number > limit:
                break
            found.append(_paragraph(f"{number:05d}.txt", text, asked, str(path)))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"不是 SQuAD 格式的数据：{path}", reason=f"{type(error).__name__}: {error}") from error
    if not any(paragraph.questions for paragraph in found):
        raise UsageError(f"数据里没有题目：{path}")
    return found


def spread(paragraphs: Sequence[Paragraph], most: int | None) -> list[Paragraph]:
    """The paragraphs with only ``most`` of their questions left, taken at even distances over all of them; ``None``: all."""
    total = sum(len(paragraph.questions) for paragraph in paragraphs)
    if most is None or most >= total:
        return list(paragraphs)
    chosen = {number * total // most for number in range(most)}
    numbers = count()
    return [
        replace(paragraph, questions=tuple(each for each in paragraph.questions if next(numbers) in chosen))
        for paragraph in paragraphs
    ]


def _paragraphs(data: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for article in data["data"]:
        for paragraph in article["paragraphs"]:
            yield paragraph["context"], paragraph["qas"]


def _paragraph(path: str, text: str, asked: list[dict[str, Any]], source: str) -> Paragraph:
    questions = []
    for item in asked:
        answers = tuple(dict.fromkeys(answer["text"] for answer in item["answers"]))
        if not answers:
            continue
        start = int(item["answers"][0]["answer_start"])
        quote = _sentence_with(text, start, start + len(answers[0]))
        evidence = (Evidence(path, quote),)
        questions.append(
            EvaluationQuestion(
                str(item["id"]), item["question"], QuestionType.DEFINITION_OR_CONTENT, answers, evidence, file=source
            )
        )
    return Paragraph(path, text, tuple(questions))


def _sentence_with(text: str, start: int, end: int) -> str:
    """The sentence, or the neighbouring sentences, that hold ``text[start:end]``."""
    touched = [(first, last) for first, last in sentences(text) if first < end and last > start]
    return text[touched[0][0] : touched[-1][1]] if touched else text[start:end]
