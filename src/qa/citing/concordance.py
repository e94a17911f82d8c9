"""All documents in their comparable form, so that words can be found again wherever they stand, exactly or nearly.

Exact occurrences are found by substring search. The nearest stretch is found by voting: every character pair that
the words share with the corpus votes for the place where the words would begin, rare pairs with more weight; the
best places are then aligned. Index: (n,) uint64 pair codes in ascending order with (n,) int64 positions; about 16
bytes a character.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from qa.records import Document, Span
from qa.text.normalise import Folded, comparable, comparable_with_map, is_ignored

_SEPARATOR = "\x00"
_MAX_PAIR_POSTINGS = 5000
"""A pair more frequent than this says nothing about the place and would cost time."""
_CANDIDATES = 6
_MAX_REMEMBERED = 200_000
_UNSEEN = 0.5
_MAX_ALIGNED_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of a document with how alike its words are, in [0, 1] (see :func:`Concordance.nearest`)."""

    span: Span
    similarity: float


class Concordance:
    """The words of ``documents``. Building is linear; some thousand passages take about a second."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._folded: tuple[Folded, ...] = tuple(comparable_with_map(document.text) for document in documents)
        self._text = _SEPARATOR.join(folded.text for folded in self._folded)
        self._by_id = {document.id: document for document in documents}
        self._starts: list[int] = []
        position = 0
        for folded in self._folded:
            self._starts.append(position)
            position += len(folded.text) + 1
        codes = _codes(self._text)
        order = np.argsort(codes, kind="stable")
        self._rarity: dict[str, float] = {}
        self._pairs = codes[order]
        self._positions = order.astype(np.int64)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self._documents

    def document(self, document_id: str) -> Document:
        """Raises :class:`KeyError` for an id that is not among the documents."""
        return self._by_id[document_id]

    def text(self, span: Span) -> str:
        """The words at ``span``, cut from its document."""
        return self._by_id[span.document_id].text[span.start : span.end]

    def cuts_number(self, span: Span) -> bool:
        """Whether ``span`` begins or ends inside a number."""
        text = self._by_id[span.document_id].text
        return _splits_number(text, span.start) or _splits_number(text, span.end)

    def rarity(self, pair: str) -> float:
        """How much two characters in a row say, in (0, 1): the more documents hold them, the less."""
        if pair not in self._rarity:
            if len(self._rarity) >= _MAX_REMEMBERED:
                self._rarity.clear()
            code = _codes(pair)
            low, high = np.searchsorted(self._pairs, [code[0], code[0] + np.uint64(1)])
            # Two characters that no document joins often only stand where the writer put other words together.
            self._rarity[pair] = 1.0 / math.log2(2.0 + float(high - low)) if high > low else _UNSEEN
        return self._rarity[pair]

    def occurrences(self, words: str, limit: int = 20) -> list[Span]:
        """Where ``words`` stand, white space and marks not counted, in document order; at most ``limit``."""
        compared = comparable(words)
        found: list[Span] = []
        position = self._text.find(compared) if compared else -1
        while position >= 0 and len(found) < limit:
            found.append(self._span(position, position + len(compared)))
            position = self._text.find(compared, position + 1)
        return found

    def nearest(self, words: str, count: int = 3) -> list[Stretch]:
        """The stretches most like ``words``, best first, ties by place; empty when no two characters are shared.

        ``similarity`` is twice the characters that agree in order over the characters of both, all in comparable
        form. Words longer than 2,000 characters are looked for by their first 2,000.
        """
        compared = comparable(words)[:_MAX_ALIGNED_CHARS]
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(compared)
        found: dict[tuple[int, int], float] = {}
        for place in self._places(compared):
            aligned = self._align(matcher, place, len(compared))
            if aligned is not None:
                found[aligned[:2]] = max(aligned[2], found.get(aligned[:2], 0.0))
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [Stretch(self._span(*place), likeness) for place, likeness in ranked[:count]]

    def _places(self, compared: str) -> list[int]:
        """Where ``compared`` would begin, by votes, best first."""
        votes: list[NDArray[np.int64]] = []
        weights: list[NDArray[np.float64]] = []
        for offset, code in enumerate(_codes(compared)):
            low, high = np.searchsorted(self._pairs, [code, code + np.uint64(1)])
            if 0 < high - low <= _MAX_PAIR_POSTINGS:
                votes.append(self._positions[low:high] - offset)
                weights.append(np.full(high - low, 1.0 / np.log2(2.0 + high - low)))
        if not votes:
            return []
        # Places closer together than a quarter of the words are one place: insertions shift the votes.
        width = max(4, len(compared) // 4)
        bins = (np.concatenate(votes) + len(compared)) // width
        tally = np.bincount(bins, weights=np.concatenate(weights))
        smoothed = tally + np.append(tally[1:], 0.0)
        best = np.argsort(-smoothed, kind="stable")[:_CANDIDATES]
        return [int(place) * width - len(compared) for place in best if smoothed[place] > 0]

    def _align(self, matcher: SequenceMatcher[str], place: int, length: int) -> tuple[int, int, float] | None:
        """The best stretch near ``place``, as offsets in the joined text, with its similarity."""
        margin = max(8, length // 2)
        document = max(0, bisect_right(self._starts, max(0, place + length // 2)) - 1)
        floor = self._starts[document]
        ceiling = floor + len(self._folded[document].text)
        low, high = max(floor, place - margin), min(ceiling, place + length + 2 * margin)
        matcher.set_seq1(self._text[low:high])
        blocks = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
        run = _best_run(blocks, length)
        if run is None:
            return None
        first, last, agreeing = run
        start = self._extended(low + blocks[first][0], -1, blocks[first][1], floor)
        end = self._extended(low + sum(blocks[last][::2]), 1, length - sum(blocks[last][1:]), ceiling)
        return start, end, 2 * agreeing / (length + end - start)

    def _extended(self, position: int, step: int, unmatched: int, limit: int) -> int:
        """``position`` moved over what stands where the unmatched end of the words would, within the sentence.

        It never stays inside a number.
        """
        while position != limit and not self._stop_between(position, step):
            beyond = self._text[position - (step < 0)]
            inside_number = beyond.isdigit() and self._text[position - (step > 0)].isdigit()
            if unmatched <= 0 and not inside_number:
                break
            position, unmatched = position + step, unmatched - 1
        return position

    def _stop_between(self, position: int, step: int) -> bool:
        """Whether the source has a sentence's end between the comparable characters around ``position``."""
        document = bisect_right(self._starts, position - (step > 0)) - 1
        folded, origin = self._folded[document], self._starts[document]
        index = position - origin
        if not 0 < index < len(folded.text):
            return True
        between = self._documents[document].text[folded.starts[index - 1] + 1 : folded.starts[index]]
        return any(mark in between for mark in "。！？；\n")

    def _span(self, start: int, end: int) -> Span:
        """Comparable ``[start, end)`` of the joined text as a span of its document, without marks at its ends."""
        document = bisect_right(self._starts, start) - 1
        origin = self._starts[document]
        return source_words(self._documents[document], self._folded[document], start - origin, end - origin)


def _codes(text: str) -> NDArray[np.uint64]:
    """(len - 1,) uint64: every two neighbouring code points as one number; document borders match nothing."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    return (points[:-1] << np.uint64(21)) | points[1:]


_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "[": "]",
}


def _splits_number(text: str, position: int) -> bool:
    digits_before = re.search(r"\d[.．]?$", text[max(0, position - 2) : position])
    return bool(digits_before and re.match(r"[.．]?\d|\s?[%％‰]", text[position : position + 2]))  # 2.2 is not 2.2%


def source_words(document: Document, folded: Folded, start: int, end: int) -> Span:
    """The words of ``document`` that gave ``folded.text[start:end]`` (not empty), without the marks around them.

    A percent sign and the other half of brackets and quotes stay.
    """
    first, after = folded.source_span(start, end)
    return Span(document.id, *_with_its_marks(document.text, first, after, folded.starts[end - 1] + 1))


def _with_its_marks(text: str, start: int, end: int, shortest: int) -> tuple[int, int]:
    while end > shortest and is_ignored(text[end - 1]):
        end -= 1
    if text[end - 1].isdigit() and text[end : end + 1] in ("%", "％", "‰"):
        end += 1
    for opening, closing in _PAIRS.items():
        missing = text.count(opening, start, end) - text.count(closing, start, end)
        if missing > 0 and text.startswith(closing, end):
            end += 1
        elif missing < 0 and start and text[start - 1] == opening:
            start -= 1
    return start, end


def _best_run(blocks: list[tuple[int, int, int]], length: int) -> tuple[int, int, int] | None:
    """First and last of the matching blocks (a, b, size) that together are most like words of ``length`` characters,
    and how many characters of theirs agree."""
    best: tuple[int, int, int] | None = None
    best_score = 0.0
    for i in range(len(blocks)):
        agreeing = 0
        for j in range(i, len(blocks)):
            agreeing += blocks[j][2]
            score = 2 * agreeing / (length + blocks[j][0] + blocks[j][2] - blocks[i][0])
            if score > best_score:
                best, best_score = (i, j, agreeing), score
    return best
