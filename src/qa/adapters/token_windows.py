"""Cuts a text that is longer than a model's window into windows that fit, at sentence ends where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_SENTENCE_END = re.compile(r"[。！？；!?;…\n]+[”’」』）)]*")
_CLAUSE_END = re.compile(r"[，、：,:\s]+")


def windows(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Consecutive pieces of ``text`` that all fit; ``"".join`` of them is ``text``.

    A piece that does not fit is halved: at the sentence end nearest its middle, else at the nearest clause end, else in the
    middle; so the windows are of like length. A single character is never cut, whatever ``fits`` says of it.
    """
    if len(text) < 2 or fits(text):
        return [text]
    cut = _cut(text)
    return windows(text[:cut], fits) + windows(text[cut:], fits)


def _cut(text: str) -> int:
    """Where to halve ``text``; the ends of the text are out of the question, as they would make no progress."""
    middle = len(text) // 2
    for boundary in (_SENTENCE_END, _CLAUSE_END):
        ends: Iterable[int] = (match.end() for match in boundary.finditer(text))
        inner = [end for end in ends if len(text) // 4 <= end <= len(text) * 3 // 4 and 0 < end < len(text)]
        if inner:
            return min(inner, key=lambda end: abs(end - middle))
    return middle
