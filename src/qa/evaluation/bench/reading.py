"""The reader by itself: the right paragraph is given, and only the span is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.errors import UsageError
from qa.evaluation.bench.squad_file import Paragraph
from qa.evaluation.measures.bootstrap import Interval, interval
from qa.evaluation.measures.cmrc import exact_match, f1
from qa.evaluation.measures.measure import Array, mean
from qa.ports import Progress, Reader
from qa.records import Passage, Question, Result

Understand = Callable[[str], Question]


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """EM and F1 (CMRC 2018's rules) with the paragraph given, over ``count`` questions."""

    em: float
    f1: float
    em_interval: Interval
    f1_interval: Interval
    count: int


def as_one_span(result: Result) -> Result:
    """``result`` with a list as the one stretch of the source that it is cut from: these benchmarks' gold is always one stretch."""
    return replace(result, answer=replace(result.answer, items=()))


def read_given_paragraphs(
    reader: Reader, understand: Understand, paragraphs: Sequence[Paragraph], progress: Progress | None = None
) -> ReadingResult:
    """The reader's best span in the given paragraph against the gold answers; no span counts as wrong, and so does a question
    that cannot be asked (the trial part of CMRC 2018 has an empty one).
    """
    import numpy as np

    scores: list[tuple[float, float]] = []
    total = sum(len(paragraph.questions) for paragraph in paragraphs)
    for paragraph in paragraphs:
        passage = Passage(paragraph.path, 0, len(paragraph.text), paragraph.text)
        for question in paragraph.questions:
            text = _best_span(reader, understand, question.question, passage)
            scores.append((exact_match(question.answers, text), f1(question.answers, text)))
            if progress is not None:
                progress(len(scores), total)
    rows: Array = np.array(scores)
    em_interval, f1_interval = interval(rows[:, :1], mean), interval(rows[:, 1:], mean)
    assert em_interval is not None
    assert f1_interval is not None
    return ReadingResult(float(rows[:, 0].mean()), float(rows[:, 1].mean()), em_interval, f1_interval, len(scores))


def _best_span(reader: Reader, understand: Understand, question: str, passage: Passage) -> str:
    try:
        asked = understand(question)
    except UsageError:
        return ""
    spans = reader.read(asked, [passage])[0].spans
    return passage.text[spans[0].start : spans[0].end] if spans else ""
