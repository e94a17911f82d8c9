"""Start and end logits of one window → candidate spans of the passage with probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.models.reader.tokens import Tokens
from qa.models.reader.windows import Window

Logits = NDArray[np.float32]

CONSIDERED_BORDERS = 12
LONGEST_ANSWER_TOKENS = 200
TRIMMED = " \t\r\n\u3000，。；：、！？,;:!?"


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Code points ``[start, end)`` of the passage; ``probability`` = P(start) · P(end), with "no answer" as one place."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What one window says: its spans, best first, overlapping ones too; ``margin`` is the best span's log-odds against
    "no answer" (mean of start and end), ``relevance`` the relevance head's logit.
    """

    spans: tuple[ScoredSpan, ...]
    margin: float
    relevance: float


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max()
    normalised: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum())
    return normalised


def read_window(
    window: Window, passage: Tokens, text: str, start: Logits, end: Logits, relevance: float
) -> WindowReading:
    """The spans of one window; ``start`` and ``end`` are (length,) logits of the whole input, place 0 = no answer."""
    places = slice(window.head, window.head + window.passage_tokens)
    if window.passage_tokens == 0:
        return WindowReading((), -float("inf"), relevance)
    starts = _log_softmax(np.concatenate([start[:1], start[places]]).astype(np.float64))
    ends = _log_softmax(np.concatenate([end[:1], end[places]]).astype(np.float64))
    firsts = np.argsort(-starts[1:], kind="stable")[:CONSIDERED_BORDERS]
    lasts = np.argsort(-ends[1:], kind="stable")[:CONSIDERED_BORDERS]
    pairs = [
        (float(starts[1 + first] + ends[1 + last]), int(first), int(last))
        for first in firsts
        for last in lasts
        if first <= last < first + LONGEST_ANSWER_TOKENS
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    if not pairs:
        return WindowReading((), -float("inf"), relevance)
    spans = []
    for score, first, last in pairs:
        begin, stop = passage.starts[window.first + first], passage.ends[window.first + last]
        begin, stop = trimmed(text, begin, stop)
        if begin < stop:
            spans.append(ScoredSpan(begin, stop, float(np.exp(score))))
    margin = (pairs[0][0] - float(starts[0] + ends[0])) / 2
    return WindowReading(tuple(spans), margin, relevance)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and sentence marks at its borders."""
    while start < end and text[end - 1] in TRIMMED:
        end -= 1
    while start < end and text[start] in TRIMMED:
        start += 1
    return start, end


def best_apart(spans: list[ScoredSpan], most: int) -> tuple[ScoredSpan, ...]:
    """At most ``most`` spans that do not overlap, best first (ties: the earlier, then the shorter)."""
    chosen: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda each: (-each.probability, each.start, each.end)):
        if len(chosen) == most:
            break
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return tuple(chosen)
