"""The trained extractive reader on onnxruntime."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.adapters.onnx_session import open_session, processors
from qa.errors import ModelError
from qa.models.reader.manifest import (
    LOWER_FILE,
    NETWORK_FILE,
    SECOND_FILE,
    SHIPPED_FOLDER,
    VERIFIER_FILE,
    VOCABULARY_FILE,
    RelevanceScale,
    read_manifest,
)
from qa.models.reader.spans import (
    WindowLogits,
    WindowReading,
    best_apart,
    judgement,
    least_at_risk,
    read_window,
    shares,
)
from qa.models.reader.tokens import ReaderTokenizer, read_vocabulary
from qa.models.reader.windows import Window, window_around, windows
from qa.records import AnswerKind, PartialReading, Passage, Question, Reading, SpanCandidate
from qa.text.bodies import tells_its_deeds

MOST_SPANS = 5
MOST_LIKELY = 3
WORTH_JUDGING = 0.005  # of the reader's relevance: below it a window is not judged, its stretches have the log odds
NOT_WORTH_IT = -4.0
MOST_MIDDLES = 16  # windows judged alone whose hidden states are kept for the second verifier, 150 kB each
JUDGED_TOKENS = 96  # of the window around a stretch that is judged alone
SHORT_ANSWERS = frozenset(
    {AnswerKind.NUMBER, AnswerKind.DATE, AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE, AnswerKind.NAME}
)

Logits = NDArray[np.float32]
Hidden = NDArray[np.float32]
"""(1, length, dim)."""
Network = Callable[[NDArray[np.int64], NDArray[np.int64]], tuple[Logits, Logits, Logits, Hidden | None]]
"""(ids, segments), both (1, length) → start logits, end logits (1, length), relevance logits (1,), and, where stretches are to be
judged, the hidden states that the verifier reads on from.
"""


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
        opened = _open(folder, threads)
        self._network, self._judge, self._judge_again = network or opened.read, opened.judge, opened.judge_again
        # Both verifiers read on from the same states, one shortly after the other.
        self._middle = lru_cache(MOST_MIDDLES)(lambda ids, head: opened.begin(*_inputs(ids, head)))
        self._most_spans = most_spans
        self.most_passages = most_passages
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
        texts = [passage.text for passage in passages[: self.most_passages]]
        short = question.kind in SHORT_ANSWERS
        asked = [_asked_of(question, passage) for passage in passages[: self.most_passages]]
        found = self.window_readings(asked, texts, short, deadline)
        readings = [Reading(0.0) if each is None else self._reading(each, short) for each in found]
        readings += [Reading(0.0)] * (len(passages) - len(texts))
        return PartialReading(tuple(readings), wanted=len(texts), unread=found.count(None))

    def read_texts(self, question: str, texts: Sequence[str], kind: AnswerKind | None = None) -> list[Reading]:
        """The same for bare texts; without ``kind`` answers of any length are expected."""
        short = kind in SHORT_ANSWERS
        return [
            self._reading(readings or [], short)
            for readings in self.window_readings([question] * len(texts), texts, short)
        ]

    def window_readings(
        self, questions: Sequence[str], texts: Sequence[str], short: bool = False, deadline: float = math.inf
    ) -> list[list[WindowReading] | None]:
        """What the network says of each window of each text, uncalibrated; ``questions`` holds the one asked of each text. An empty
        list for a blank text, ``None`` for one of which a window would have been begun after ``deadline`` (``time.monotonic()``).

        ``short``: the answer is a figure, date or name rather than a clause.
        """
        asked = {each: self._tokenizer.encode(each) for each in dict.fromkeys(questions)}
        passages = [self._tokenizer.encode(text) for text in texts]
        jobs = [
            (number, window)
            for number, passage in enumerate(passages)
            if len(passage)
            for window in windows(asked[questions[number]], passage)
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

    def judge(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """What the verifier says of the text around ``place``, in one window; as :meth:`qa.ports.Verifier.judge`."""
        return self._judged(_asked_of(question, passage), passage.text, place, self._judge)

    def judge_again(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        """What the second verifier says of the same window; as :meth:`qa.ports.Verifier.judge_again`."""
        return self._judged(_asked_of(question, passage), passage.text, place, self._judge_again)

    def second_log_odds(self, question: str, text: str, place: tuple[int, int]) -> float | None:
        """What the second verifier says of the half-open ``place`` of a bare text; ``None`` where no token stands there."""
        return self._judged(question, text, place, self._judge_again).log_odds(*place)

    def _judged(self, asked: str, text: str, place: tuple[int, int], judge: Callable[[Hidden], Logits]) -> Reading:
        question, tokens = self._tokenizer.encode(asked), self._tokenizer.encode(text)
        first, last = bisect_right(tokens.ends, place[0]), bisect_left(tokens.starts, place[1]) - 1
        if first > last:
            return Reading(0.0)
        window = window_around(question, tokens, first, last, JUDGED_TOKENS)
        middle = self._middle(tuple(window.ids), window.head)
        return Reading(0.0, judged=(judgement(window, tokens, judge(middle)[0]),))

    def _run(self, window: Window, deadline: float) -> WindowLogits | None:
        if time.monotonic() > deadline:
            return None
        ids, segments = _inputs(window.ids, window.head)
        start, end, relevance, middle = self._network(ids, segments)
        found = WindowLogits(start[0], end[0], float(relevance[0]))
        if middle is None:
            return found
        if self._manifest.scale.probability(0.0, found.relevance) >= WORTH_JUDGING:
            return replace(found, judged=self._judge(middle)[0])
        judged = np.zeros((len(window.ids), 3), np.float32)
        judged[0, 2] = NOT_WORTH_IT
        return replace(found, judged=judged)

    def _reading(self, readings: list[WindowReading], short: bool) -> Reading:
        if not readings:
            return Reading(0.0)
        scale = self._manifest.scale
        relevance = max(scale.probability(each.margin, each.relevance) for each in readings)
        spans = [span for each in readings for span in each.spans]
        first = [least_at_risk(spans)] if spans and not short else []
        chosen = best_apart(spans, self._most_spans, first)
        given = (SpanCandidate(span.start, span.end, share) for span, share in zip(chosen, shares(chosen), strict=True))
        judged = tuple(each.judged for each in readings if each.judged is not None)
        likely = best_apart((span for each in readings for span in each.likeliest), MOST_LIKELY)
        likeliest = tuple(SpanCandidate(span.start, span.end, _probability(span.log_odds)) for span in likely)
        return Reading(relevance, tuple(given), judged, likeliest)


def _asked_of(question: Question, passage: Passage) -> str:
    """The question in the words that are put to the networks for ``passage``."""
    its_deeds = tells_its_deeds(question.actor_name, passage.issuer, passage.kind, passage.heading_path)
    return question.said_as(passage.text, its_deeds)


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))


def _inputs(tokens: Sequence[int], head: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(ids, segments), both (1, length)."""
    ids = np.array([tokens], dtype=np.int64)
    segments = np.zeros(ids.shape, dtype=np.int64)
    segments[0, head:] = 1
    return ids, segments


class _Networks(NamedTuple):
    read: Network
    begin: Callable[[NDArray[np.int64], NDArray[np.int64]], Hidden]
    judge: Callable[[Hidden], Logits]
    judge_again: Callable[[Hidden], Logits]


def _open(folder: Path, threads: int) -> _Networks:
    """The reader's lower layers, and what reads on from them: its upper ones and the two verifiers."""
    from onnxruntime import InferenceSession

    names = (LOWER_FILE, NETWORK_FILE, VERIFIER_FILE, SECOND_FILE)
    try:
        lower, upper, verifier, second = (open_session(folder / name, threads) for name in names)
    except Exception as error:
        raise ModelError("阅读模型无法载入", reason=str(error), hint="重新安装本软件") from error

    def begin(ids: NDArray[np.int64], segments: NDArray[np.int64]) -> Hidden:
        middle: Hidden = lower.run(["middle"], {"ids": ids, "segments": segments})[0]
        return middle

    def read(ids: NDArray[np.int64], segments: NDArray[np.int64]) -> tuple[Logits, Logits, Logits, Hidden]:
        middle = begin(ids, segments)
        start, end, relevance = upper.run(["start", "end", "relevance"], {"middle": middle})
        return start, end, relevance, middle

    def judge(network: InferenceSession, middle: Hidden) -> Logits:
        judged: Logits = network.run(["judged"], {"middle": middle})[0]
        return judged

    return _Networks(read, begin, partial(judge, verifier), partial(judge, second))
