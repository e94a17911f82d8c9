"""Reading within a time: what is not read when the time is up stays unread, and whoever asked is told."""

from __future__ import annotations

import time
from collections.abc import Sequence

from qa.ports import Reader, TimedReader, Verifier
from qa.records import Passage, Question, Reading


class TimelyReader:
    """A reader over another one that stops when the time is up; for one question, then thrown away.

    Of ``limit_s`` seconds ``spent_s`` were spent before. ``wanted`` and ``unread`` count passages of all its readings.
    """

    def __init__(self, reader: TimedReader, limit_s: float, spent_s: float = 0.0) -> None:
        self._reader = reader
        self._limit_s = limit_s
        self._deadline = time.monotonic() + limit_s - spent_s
        self.wanted = self.unread = 0

    @property
    def name(self) -> str:
        """The name of the reader that reads."""
        return self._reader.name

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        """As :meth:`qa.ports.Reader.read`; a passage that was not reached in time has an empty reading."""
        done = self._reader.read_until(question, passages, self._deadline)
        self.wanted += done.wanted
        self.unread += done.unread
        return list(done.readings)

    @property
    def most_passages(self) -> int:
        """Those of the reader that reads; none to speak of where it cannot tell."""
        return self._reader.most_passages if isinstance(self._reader, Verifier) else 0

    def judge(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """As :meth:`qa.ports.Verifier.judge`; one short window, whatever the time. Nothing where the reader cannot judge."""
        return self._reader.judge(question, passage, place) if isinstance(self._reader, Verifier) else Reading(0.0)

    def judge_again(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """As :meth:`judge`, by :meth:`qa.ports.Verifier.judge_again`."""
        return (
            self._reader.judge_again(question, passage, place) if isinstance(self._reader, Verifier) else Reading(0.0)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """In one Chinese line that reading was not completed; none where it was."""
        if not self.unread:
            return ()
        read = self.wanted - self.unread
        return (
            f"阅读未完成：超过时限 {self._limit_s:g} 秒，应细读 {self.wanted} 段，读了 {read} 段，答案只依据已读的部分；"
            "稍后重问，或调大 QA_TIME_LIMIT",
        )


def timely(reader: Reader, limit_s: float, spent_s: float = 0.0) -> Reader:
    """``reader``, bounded where it can be and ``limit_s`` is more than 0."""
    return TimelyReader(reader, limit_s, spent_s) if limit_s > 0 and isinstance(reader, TimedReader) else reader


def notes_of(reader: Reader) -> tuple[str, ...]:
    """What a reader made by :func:`timely` has to say."""
    return reader.notes if isinstance(reader, TimelyReader) else ()
