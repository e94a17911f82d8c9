"""Sentences and clauses by rule, as half-open spans of the text they were found in.

A text is one paragraph a line (as ``Document.text`` is), so a newline always ends a sentence. A semicolon does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.text.brackets import protected_spans

Spans = list[tuple[int, int]]

CLOSERS = "”’」』》〉）)】〕]"
_STOP = re.compile(
    r"(?:[。！？!?｡]+|…+|(?<=[\u3400-\u9fff”’）)」』%％])\.(?=\s|$)|(?<=[a-z]{2})\.(?=\s+[A-Z\u3400-\u9fff]))"
    r"[。！？!?…]*([" + re.escape(CLOSERS) + r"]*)"
)
# 的/等/和 … after 「？”」 go on with the same sentence: 回答“怎么办？”的问题
_CONTINUES = re.compile(r"[ \u3000]*[，,、；;：:。的地等和与及或之]")
_CLAUSE_MARK = re.compile(r"[，,；;：:。！？!?…｡]+")

MAX_QUOTED_SENTENCE_CHARS = 160
"""A quotation up to this long is never cut; a longer one (a whole speech) is cut at its own stops."""
MAX_QUOTED_CLAUSE_CHARS = 60


def sentences(text: str) -> Spans:
    """Spans of the sentences of ``text`` in order, trimmed of white space; together they hold every visible
    character.

    。！？ and …… end one, with the closing quotes and brackets after them; a newline does. Nothing is cut inside a
    pair of quotes or brackets of at most :data:`MAX_QUOTED_SENTENCE_CHARS` characters.
    """
    found: Spans = []
    for start, end in paragraphs(text):
        inside = protected_spans(text, start, end, MAX_QUOTED_SENTENCE_CHARS)
        position = start
        for cut in _sentence_ends(text, start, end, inside):
            found.extend(_trimmed(text, position, cut))
            position = cut
        found.extend(_trimmed(text, position, end))
    return found


def clauses(text: str) -> Spans:
    """Spans of the clauses of ``text`` in order, trimmed, each without the mark (，；：。！？) that closes it.

    Marks inside numbers (1,000; 10:30) and inside brackets, 《》 and quotes do not cut.
    """
    found: Spans = []
    for start, end in paragraphs(text):
        inside = protected_spans(text, start, end, MAX_QUOTED_CLAUSE_CHARS)
        position = start
        for match in _CLAUSE_MARK.finditer(text, start, end):
            if _within(inside, match.start()) or _between_digits(text, match.start(), match.end()):
                continue
            found.extend(_trimmed(text, position, match.start()))
            position = match.end()
            while position < end and text[position] in CLOSERS:
                position += 1
        found.extend(_trimmed(text, position, end))
    return [(a, b) for a, b in found if any(c.isalnum() for c in text[a:b])]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the lines of ``text``, without the newlines; empty lines are left out."""
    position = 0
    while position <= len(text):
        newline = text.find("\n", position)
        end = len(text) if newline < 0 else newline
        if end > position:
            yield position, end
        position = end + 1


def _sentence_ends(text: str, start: int, end: int, inside: Spans) -> Iterator[int]:
    straight_quotes, counted = 0, start
    for match in _STOP.finditer(text, start, end):
        position = match.start()
        straight_quotes += text.count('"', counted, position)
        counted = position
        quote = _enclosing(inside, position)
        if quote is not None and match.end() < quote[1]:
            continue
        closed = match.end(1) > match.start(1)
        if match.group().startswith("…"):
            if _CONTINUES.match(text, match.end()):
                continue
        elif closed and quote is not None and _CONTINUES.match(text, match.end()):
            continue
        closes_straight = straight_quotes % 2 == 1 and text.startswith('"', match.end())
        yield match.end() + closes_straight


def _enclosing(spans: Spans, position: int) -> tuple[int, int] | None:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][1] <= position:
            low = middle + 1
        else:
            high = middle
    return spans[low] if low < len(spans) and spans[low][0] <= position else None


def _within(spans: Spans, position: int) -> bool:
    return _enclosing(spans, position) is not None


def _between_digits(text: str, start: int, end: int) -> bool:
    return end - start == 1 and start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()


def _trimmed(text: str, start: int, end: int) -> Spans:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []
