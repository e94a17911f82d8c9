"""Start and end logits of one window → candidate spans of the passage, comparable between windows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.models.reader.tokens import Tokens
from qa.models.reader.windows import Window
from qa.records import Judgement

Logits = NDArray[np.float32]

CONSIDERED_BORDERS = 15
JUDGED_BORDERS = 6
WEIGHED_SPANS = 60  # of a passage's best ones
LONGEST_ANSWER_TOKENS = 200
TRIMMED = " \t\r\n\u3000，。；：、！？,;:!?"
SENTENCE_MARKS = frozenset("。！？\n")
CLAUSE_MARKS = frozenset("，；。！？\n")
SENTENCE_PENALTY = 1.0
CLAUSE_PENALTY = 2.0


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Code points ``[start, end)`` of the passage.

    ``log_odds`` = log P(start) + log P(end) − half of the same for "no answer", less what its inner marks cost; above 0
    speaks for the span. Unlike the probabilities it can be compared between windows (on 300 questions of CMRC trial the
    best span over all windows gained .02 to .03 F1 over P(start) · P(end)).
    """

    start: int
    end: int
    log_odds: float


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What one window says: its spans, best first, overlapping ones too; ``margin`` is the best span's mean logit above
    "no answer", ``relevance`` the relevance head's logit; ``judged`` what the verifier says, where it was asked, and ``likeliest``
    the spans that it finds most probable, by its log odds, best first, overlapping ones too.
    """

    spans: tuple[ScoredSpan, ...]
    margin: float
    relevance: float
    judged: Judgement | None = None
    likeliest: tuple[ScoredSpan, ...] = ()


def _log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = logits - logits.max()
    normalised: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum())
    return normalised


@dataclass(frozen=True, slots=True)
class WindowLogits:
    """The networks' output for one window: ``start`` and ``end`` (length,), place 0 = no answer; ``judged`` (length, 3) of the
    verifier: of a span's first token, of its last, and (at place 0) of the whole.
    """

    start: Logits
    end: Logits
    relevance: float
    judged: Logits | None = None


def read_window(window: Window, passage: Tokens, text: str, logits: WindowLogits, short: bool) -> WindowReading:
    """The spans of one window of ``passage``, the tokens of ``text``.

    An answer seldom runs over the end of a sentence, and a ``short`` one (a figure, date or name) not over a clause:
    each such mark inside a span costs ``SENTENCE_PENALTY`` or ``CLAUSE_PENALTY``.
    """
    places = slice(window.head, window.head + window.passage_tokens)
    starts = _log_softmax(np.concatenate([logits.start[:1], logits.start[places]]).astype(np.float64))
    ends = _log_softmax(np.concatenate([logits.end[:1], logits.end[places]]).astype(np.float64))
    nothing = float(starts[0] + ends[0])
    marks, penalty = (CLAUSE_MARKS, CLAUSE_PENALTY) if short else (SENTENCE_MARKS, SENTENCE_PENALTY)
    found: dict[tuple[int, int], float] = {}
    margin = -math.inf
    for first, last in _pairs(starts[1:], ends[1:]):
        score = float(starts[1 + first] + ends[1 + last])
        margin = max(margin, (score - nothing) / 2)
        span = trimmed(text, passage.starts[window.first + first], passage.ends[window.first + last])
        if span[0] < span[1]:
            broken = sum(character in marks for character in text[span[0] : span[1]])
            found[span] = max(found.get(span, -math.inf), score - nothing / 2 - penalty * broken)
    spans = [ScoredSpan(start, end, log_odds) for (start, end), log_odds in found.items()]
    ordered = tuple(sorted(spans, key=_best_first))
    if logits.judged is None:
        return WindowReading(ordered, margin, logits.relevance)
    judged = judgement(window, passage, logits.judged)
    return WindowReading(ordered, margin, logits.relevance, judged, _likeliest(judged, text, marks, penalty))


def _likeliest(judged: Judgement, text: str, marks: frozenset[str], penalty: float) -> tuple[ScoredSpan, ...]:
    found: dict[tuple[int, int], float] = {}
    for first, last in _pairs(np.asarray(judged.opens), np.asarray(judged.closes), JUDGED_BORDERS):
        span = trimmed(text, judged.starts[first], judged.ends[last])
        if span[0] < span[1]:
            broken = sum(character in marks for character in text[span[0] : span[1]])
            log_odds = judged.opens[first] + judged.closes[last] + judged.whole - penalty * broken
            found[span] = max(found.get(span, -math.inf), log_odds)
    return tuple(sorted((ScoredSpan(*span, log_odds) for span, log_odds in found.items()), key=_best_first))


def judgement(window: Window, passage: Tokens, judged: Logits) -> Judgement:
    """The verifier's output (length, 3) for one window, without what stands before the passage's tokens."""
    held = slice(window.first, window.first + window.passage_tokens)
    places = slice(window.head, window.head + window.passage_tokens)
    return Judgement(
        tuple(passage.starts[held]),
        tuple(passage.ends[held]),
        tuple(judged[places, 0].tolist()),
        tuple(judged[places, 1].tolist()),
        float(judged[0, 2]),
    )


def _pairs(
    starts: NDArray[np.float64], ends: NDArray[np.float64], considered: int = CONSIDERED_BORDERS
) -> Iterable[tuple[int, int]]:
    """(first, last) places among the most probable borders, in any order of goodness."""
    firsts = np.argsort(-starts, kind="stable")[:considered].tolist()
    lasts = np.argsort(-ends, kind="stable")[:considered].tolist()
    return ((first, last) for first in firsts for last in lasts if first <= last < first + LONGEST_ANSWER_TOKENS)


def _best_first(span: ScoredSpan) -> tuple[float, int, int]:
    return -span.log_odds, span.start, span.end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and sentence marks at its borders."""
    while start < end and text[end - 1] in TRIMMED:
        end -= 1
    while start < end and text[start] in TRIMMED:
        start += 1
    return start, end


def least_at_risk(spans: Iterable[ScoredSpan]) -> ScoredSpan:
    """Of at least one span, overlapping ones and ones of several windows, the one with the highest expected F1 (in characters) where
    each of them is the answer with its share of the odds, as good as the best one: where many probable spans differ at their borders,
    the likeliest single one is often too short (minimum Bayes risk, Kumar & Byrne 2004).
    """
    among = sorted(spans, key=_best_first)[:WEIGHED_SPANS]
    chances = np.exp([span.log_odds - among[0].log_odds for span in among])
    starts, ends = (np.array([getattr(span, name) for span in among]) for name in ("start", "end"))
    common = np.minimum(ends[:, None], ends) - np.maximum(starts[:, None], starts)
    overlap = 2 * common.clip(min=0) / ((ends - starts)[:, None] + (ends - starts))
    best = among[int(np.argmax(overlap @ chances))]
    return ScoredSpan(best.start, best.end, among[0].log_odds)


def best_apart(spans: Iterable[ScoredSpan], most: int, chosen: Sequence[ScoredSpan] = ()) -> tuple[ScoredSpan, ...]:
    """``chosen``, and of the others at most so many that it makes ``most`` spans that do not overlap, best first (ties: the earlier,
    then the shorter).
    """
    chosen = [*chosen]
    for span in sorted(spans, key=_best_first):
        if len(chosen) == most:
            break
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return tuple(chosen)


def shares(spans: Iterable[ScoredSpan]) -> list[float]:
    """Each span's odds in all odds, those of "no answer" being 1: in [0, 1], in the spans' order."""
    odds = [math.exp(min(60.0, span.log_odds)) for span in spans]
    return [each / (1.0 + sum(odds)) for each in odds]
