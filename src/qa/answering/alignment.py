"""How the words around a place in a passage line up with the words around the question's asking word.

推动建立什么机制 asks for what stands behind 推动建立 and before 机制: question words close to the asking word should stand close to
the answer. Distances are counted in characters, with marks as hurdles: a comma is wider than a letter, a full stop wider still.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from qa.answering.support import in_other_words, word_weights
from qa.answering.view import PassageView, Range
from qa.records import Question

_HURDLES = {"、": 3.0, "，": 6.0, ",": 6.0, "；": 12.0, ";": 12.0, "：": 4.0, ":": 4.0, "。": 30.0, "\n": 40.0}
_REACH_CHARS = 10.0  # at this distance a word counts 1/e of what it counts inside
_SLOT_WORDS = 2.0  # at this distance (in words) from the asking word a question word counts 1/e
_IN_OTHER_WORDS = 0.8
_IN_PART = 0.5  # of a word whose character pairs alone stand there


class Alignment:
    """One question against one passage; offsets are those of the passage's text."""

    def __init__(self, question: Question, view: PassageView) -> None:
        self._question = question
        self._view = view
        self._weights = _shares([a * b for a, b in zip(word_weights(question), self._to_slot(), strict=True)])
        self._places = [self._places_of(word.text) for word in question.words]

    def slot(self, span: Range) -> float:
        """The share of the question's weight that stands in or near ``span``, in [0, 1]: words nearer the asking word weigh more, and
        the nearer they stand the more they count.
        """
        way = self._way
        got = 0.0
        for weight, places in zip(self._weights, self._places, strict=True):
            best = 0.0
            for start, end, worth in places:
                if worth <= best:
                    continue
                far = (
                    way[span[0]] - way[end]
                    if end <= span[0]
                    else way[start] - way[span[1]]
                    if start >= span[1]
                    else 0.0
                )
                best = max(best, worth * math.exp(-max(0.0, far) / _REACH_CHARS))
            got += weight * best
        return got

    @cached_property
    def most(self) -> float:
        """What :meth:`slot` is at most: every word of the question that the passage holds, in the span itself."""
        return sum(
            weight * max((worth for *_, worth in places), default=0.0)
            for weight, places in zip(self._weights, self._places, strict=True)
        )

    def _to_slot(self) -> list[float]:
        words, asking = self._question.words, self._question.interrogative
        if asking is None:
            return [1.0] * len(words)
        before = [word for word in words if word.end <= asking[0]]
        return [
            math.exp(-(len(before) - 1 - at if at < len(before) else at - len(before)) / _SLOT_WORDS)
            for at in range(len(words))
        ]

    def _places_of(self, word: str) -> list[tuple[int, int, float]]:
        text = self._view.folded
        found = [(*place, 1.0) for place in _all(word, text)]
        others = (*self._question.same.get(word, ()), *in_other_words(word))
        found += [(*place, _IN_OTHER_WORDS) for other in others for place in _all(other, text)]
        if not found and len(word) > 2:
            pairs = [word[at : at + 2] for at in range(len(word) - 1)]
            found = [(*place, _IN_PART) for pair in pairs for place in _all(pair, text)]
        return found

    @cached_property
    def _way(self) -> list[float]:
        """The length of the way from the beginning of the text to each place in it, hurdles included."""
        return [0.0, *accumulate(_HURDLES.get(character, 1.0) for character in self._view.text)]


def _shares(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total if total else 0.0 for weight in weights]


def _all(word: str, text: str) -> list[Range]:
    found = []
    at = text.find(word)
    while at >= 0:
        found.append((at, at + len(word)))
        at = text.find(word, at + 1)
    return found
