"""The reader by itself: the right paragraph is given, and only the span is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.evaluation.bench.squad_file import Paragraph
from qa.evaluation.measures.bootstrap import Interval, interval
from qa.evaluation.measures.cmrc import exact_match, f1
from qa.evaluation.measures.measure import Array, mean
from qa.ports import Progress, Reader
from qa.records import Passage, Question

Understand = Callable[[str], Question]


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """EM and F1 (CMRC 2018's rules) with the paragraph given, over ``count`` questions."""

    em: float
    f1: float
    em_interval: Interval
    f1_interval: Interval
    count: int


def read_given_paragraphs(
    reader: Reader, understand: Understand, paragraphs: Sequence[Paragraph], progress: Progress | None = None
) -> ReadingResult:
    """The reader's best span in the given paragraph against the gold answers; no span counts as wrong."""
    import numpy as np

    scores: list[tuple[float, float]] = []
    total = sum(len(paragraph.questions) for paragraph in paragraphs)
    for paragraph in paragraphs:
        passage = Passage(paragraph.path, 0, len(paragraph.text), paragraph.text)
        for question in paragraph.questions:
            reading = reader.read(understand(question.question), [passage])[0]
            best = reading.spans[0] if reading.spans else None
            text = "" if best is None else paragraph.text[best.start : best.end]
            scores.append((exact_match(question.answers, text), f1(question.answers, text)))
            if progress is not None:
                progress(len(scores), total)
    rows: Array = np.array(scores)
    em_interval, f1_interval = interval(rows[:, :1], mean), interval(rows[:, 1:], mean)
    assert em_interval is not None
    assert f1_interval is not None
    return ReadingResult(float(rows[:, 0].mean()), float(rows[:, 1].mean()), em_interval, f1_interval, len(scores))
