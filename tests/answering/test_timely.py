"""A question has its time; what is not read by then is not read, and said."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.span_reader import SpanReader
from qa.answering.timely import TimelyReader, notes_of, timely
from qa.assistant import Assistant
from qa.models.reader.manifest import SHIPPED_FOLDER
from qa.records import Passage, Query
from qa.search.understanding import understand
from qa.settings import Settings
from tests.indexing.bigram_library import BigramLibrary

FACT = "全市共引进科技特派员新品种{}个，推广新技术384项，培训农牧民1.2万人次。"


class Clock:
    """Time as the test says: every look at it takes ``step`` seconds."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 100.0, step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader(SHIPPED_FOLDER, most_passages=3)


def library(root: Path) -> BigramLibrary:
    made = BigramLibrary(root)
    for number in range(5):
        made.write(f"简报{number}.txt", f"科技简报\n2020年第{number + 1}期\n\n{FACT.format(556 + number)}\n")
    made.update()
    return made


def asked(made: BigramLibrary, reader: SpanReader, limit: float) -> tuple[tuple[str, ...], str]:
    settings = Settings(corpus=made.corpus, index=made.settings.index, time_limit=limit)

    assistant = Assistant(settings, made.newest, lambda: replace(made.snapshot(), reader=reader))
    result = assistant.ask(Query("引进了多少个新品种？"))
    return result.notes, result.answer.best.text if result.answer.best else ""


def test_a_limit_that_is_crossed_gives_a_partial_result_that_says_so(
    tmp_path: Path, reader: SpanReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = library(tmp_path)
    clock = Clock(step=40)
    monkeypatch.setattr("qa.adapters.span_reader.time", clock)
    monkeypatch.setattr("qa.answering.timely.time", clock)
    notes, text = asked(made, reader, limit=30)
    assert "阅读未完成：超过时限 30 秒，应细读 3 段，读了 0 段" in notes[0]
    assert "QA_TIME_LIMIT" in notes[0]
    assert text == "" or text[:3].isdigit()  # what is answered is still cut from a document
    notes, _ = asked(made, reader, limit=1e-9)
    assert "读了 0 段" in notes[0]
    notes, text = asked(made, reader, limit=100)  # the first passage leaves no doubt: no further one is wanted
    assert notes == ()
    assert text[:3].isdigit()


@pytest.mark.parametrize("limit", [0.0, 1e6])
def test_within_the_limit_or_without_one_nothing_is_said(tmp_path: Path, reader: SpanReader, limit: float) -> None:
    notes, text = asked(library(tmp_path), reader, limit)
    assert notes == ()
    assert text.startswith(("55", "56"))


def test_a_passage_cut_off_between_its_windows_counts_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(ids: np.ndarray, _: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, None]:
        time.sleep(0.02)
        zeros = np.zeros(ids.shape, np.float32)
        return zeros, zeros, np.zeros(1, np.float32), None

    short, long = FACT.format(1), FACT.format(2) * 60
    reader = SpanReader(SHIPPED_FOLDER, network=slow, most_passages=2)
    question = understand("引进了多少个新品种？", JiebaAnalyzer(), date(2026, 1, 1), lambda each: [1.0 for _ in each])
    passages = [Passage(name, 0, len(text), text, title=name) for name, text in (("甲", short), ("乙", long))]
    bounded = timely(reader, limit_s=60)
    assert isinstance(bounded, TimelyReader)
    assert len(bounded.read(question, passages)) == 2
    assert notes_of(bounded) == ()
    clock = Clock(step=0.0)
    clock.now = time.monotonic()
    seen = 0

    def run_out(*arguments: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, None]:
        nonlocal seen
        seen += 1
        clock.now += 10 * (seen == 2)
        return slow(*arguments)

    monkeypatch.setattr("qa.adapters.span_reader.time", clock)
    cut = SpanReader(SHIPPED_FOLDER, network=run_out, most_passages=2).read_until(question, passages, clock.now + 5)
    assert (cut.wanted, cut.unread, len(cut.readings)) == (2, 1, 2)
    assert cut.readings[1].spans == ()
