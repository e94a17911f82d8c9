"""The trained extractive reader on onnxruntime."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.adapters.onnx_session import open_session, processors
from qa.errors import ModelError
from qa.models.reader.manifest import NETWORK_FILE, SHIPPED_FOLDER, VOCABULARY_FILE, RelevanceScale, read_manifest
from qa.models.reader.spans import WindowLogits, WindowReading, best_apart, read_window, shares
from qa.models.reader.tokens import ReaderTokenizer, read_vocabulary
from qa.models.reader.windows import Window, windows
from qa.records import AnswerKind, PartialReading, Passage, Question, Reading, SpanCandidate

MOST_SPANS = 5
SHORT_ANSWERS = frozenset(
    {AnswerKind.NUMBER, AnswerKind.DATE, AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE, AnswerKind.NAME}
)

Logits = NDArray[np.float32]
Network = Callable[[NDArray[np.int64], NDArray[np.int64]], tuple[Logits, Logits, Logits]]
"""(ids, segments), both (1, length) → start logits, end logits (1, length) and relevance logits (1,)."""


class SpanReader:
    """Reads passages with the network in ``folder``; implements :class:`qa.ports.Reader`.

    A span's score is its share of the odds of all spans of the passage and of "no answer"; a passage's relevance is the
    calibrated probability that it answers (the larger one where it takes several windows). Deterministic for one folder
    and one machine. ``network`` runs in place of the folder's own (comparison with the trained original, tests). Raises
    :class:`qa.errors.ModelError` when the folder is missing, damaged, or cannot be run.
    """

    def __init__(
        self,
        folder: Path = SHIPPED_FOLDER,
        threads: int = 1,
        most_spans: int = MOST_SPANS,
        network: Network | None = None,
        most_passages: int = 10,
    ) -> None:
        self._manifest = read_manifest(folder)
        try:
            self._tokenizer = ReaderTokenizer(read_vocabulary(folder / VOCABULARY_FILE))
        except ValueError as error:
            raise ModelError("阅读模型的词表不可用", reason=str(error), hint="重新安装本软件") from error
        self._network = network or _open_network(folder / NETWORK_FILE, threads)
        self._most_spans = most_spans
        self._most_passages = most_passages
        # A window a thread: nothing is padded, and the scale of 8-bit activations is that of one window alone.
        self._pool = ThreadPoolExecutor(max_workers=processors(), thread_name_prefix="reader")

    @property
    def name(self) -> str:
        """The network's name as its manifest gives it."""
        return self._manifest.name

    @property
    def fingerprint(self) -> str:
        """Hash of weights, vocabulary and calibration."""
        return self._manifest.fingerprint

    @property
    def scale(self) -> RelevanceScale:
        """How margin and relevance logit become a probability."""
        return self._manifest.scale

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order; offsets of its spans count code points of the passage's text.

        Only the first ``most_passages`` are read; the others come back as empty readings.
        """
        return list(self.read_until(question, passages, math.inf).readings)

    def read_until(self, question: Question, passages: Sequence[Passage], deadline: float) -> PartialReading:
        """As :meth:`read`, but no window is begun after ``deadline`` (``time.monotonic()``); a passage of which a window is
        missing counts as unread."""
        texts = [passage.text for passage in passages[: self._most_passages]]
        found = self.window_readings(question.text, texts, question.kind in SHORT_ANSWERS, deadline)
        readings = [Reading(0.0) if each is None else self._reading(each) for each in found]
        readings += [Reading(0.0)] * (len(passages) - len(texts))
        return PartialReading(tuple(readings), wanted=len(texts), unread=found.count(None))

    def read_texts(self, question: str, texts: Sequence[str], kind: AnswerKind | None = None) -> list[Reading]:
        """The same for bare texts; without ``kind`` answers of any length are expected."""
        found = self.window_readings(question, texts, kind in SHORT_ANSWERS)
        return [self._reading(readings or []) for readings in found]

    def window_readings(
        self, question: str, texts: Sequence[str], short: bool = False, deadline: float = math.inf
    ) -> list[list[WindowReading] | None]:
        """What the network says of each window of each text, uncalibrated; an empty list for a blank text, ``None`` for one
        of which a window would have been begun after ``deadline`` (``time.monotonic()``).

        ``short``: the answer is a figure, date or name rather than a clause.
        """
        asked = self._tokenizer.encode(question)
        passages = [self._tokenizer.encode(text) for text in texts]
        jobs = [
            (number, window)
            for number, passage in enumerate(passages)
            if len(passage)
            for window in windows(asked, passage)
        ]
        readings: list[list[WindowReading] | None] = [[] for _ in texts]
        run = partial(self._run, deadline=deadline)
        for (number, window), logits in zip(jobs, self._pool.map(run, (window for _, window in jobs)), strict=True):
            whole = readings[number]
            if logits is None or whole is None:
                readings[number] = None
            else:
                whole.append(read_window(window, passages[number], texts[number], logits, short))
        return readings

    def _run(self, window: Window, deadline: float) -> WindowLogits | None:
        if time.monotonic() > deadline:
            return None
        ids = np.array([window.ids], dtype=np.int64)
        segments = np.zeros(ids.shape, dtype=np.int64)
        segments[0, window.head :] = 1
        start, end, relevance = self._network(ids, segments)
        return WindowLogits(start[0], end[0], float(relevance[0]))

    def _reading(self, readings: list[WindowReading]) -> Reading:
        if not readings:
            return Reading(0.0)
        scale = self._manifest.scale
        relevance = max(scale.probability(each.margin, each.relevance) for each in readings)
        chosen = best_apart((span for each in readings for span in each.spans), self._most_spans)
        spans = (SpanCandidate(span.start, span.end, share) for span, share in zip(chosen, shares(chosen), strict=True))
        return Reading(relevance, tuple(spans))


def _open_network(path: Path, threads: int) -> Network:
    try:
        session = open_session(path, threads)
    except Exception as error:
        raise ModelError("阅读模型无法载入", reason=str(error), hint="重新安装本软件") from error

    def run(ids: NDArray[np.int64], segments: NDArray[np.int64]) -> tuple[Logits, Logits, Logits]:
        start, end, relevance = session.run(["start", "end", "relevance"], {"ids": ids, "segments": segments})
        return start, end, relevance

    return run
