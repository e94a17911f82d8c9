"""A long item cut into parts of even length at sentence ends."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from qa.text.sentences import clauses, sentences

TARGET_PART_CHARS = 260
MAX_PART_CHARS = 350
MIN_PART_CHARS = 100
_ENUMERATED = re.compile(r"(?:[一二三四五六七八九十]{1,2}(?:是|要)|首先|其次|再次|最后|第[一二三四五六七八九十]，)")

_CUT_AT_PARAGRAPH, _CUT_AT_ENUMERATION, _CUT_AT_SENTENCE, _CUT_INSIDE_ENUMERATION = 0.0, 0.05, 0.15, 0.4
"""What a cut costs before a paragraph, before 二是…, before another sentence, and between 一是 and the last …是
outside of these.
"""


def split_parts(
    text: str, start: int, end: int, paragraph_starts: Sequence[int] = (), rows: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """Half-open spans that hold every visible character of ``text[start:end]``, each at most :data:`MAX_PART_CHARS`
    long.

    An item up to that length is one part. Longer ones are cut at sentence ends so that the parts are about equally
    long and cuts fall before paragraphs, then before 一是/二是, rather than elsewhere. A sentence without end is cut
    at its clauses, at last anywhere. ``rows`` are spans of table rows, ascending: one that fits into a part is never cut.
    """
    if end - start <= MAX_PART_CHARS:
        return [(start, end)]
    units = [piece for a, b in sentences(text[start:end]) for piece in _pieces(text, start + a, start + b)]
    if rows:
        units = _with_whole_rows(units, [row for row in rows if row[1] - row[0] <= MAX_PART_CHARS])
    count = math.ceil((end - start) / MAX_PART_CHARS)
    ideal = max(min((end - start) / count, MAX_PART_CHARS), min(TARGET_PART_CHARS, MAX_PART_CHARS))
    costs = _cut_costs(text, units, frozenset(paragraph_starts))
    return _best_parts(units, costs, ideal)


def _with_whole_rows(units: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The units, with those that share a row as one."""
    starts = [start for start, _ in rows]
    merged: list[tuple[int, int]] = []
    last = -1
    for start, end in units:
        place = bisect_right(starts, start) - 1
        inside = place if place >= 0 and start < rows[place][1] else -1
        if inside >= 0 and inside == last:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
        last = inside
    return merged


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, or the clause groups of one that is too long for a part."""
    if end - start <= MAX_PART_CHARS:
        return [(start, end)]
    cuts = [*(start + a for a, _ in clauses(text[start:end])[1:]), end]
    pieces: list[tuple[int, int]] = []
    position, last = start, start
    for cut in cuts:
        while cut - position > MAX_PART_CHARS:
            stop = last if last > position else position + MAX_PART_CHARS
            pieces.append((position, stop))
            position = last = stop
        last = cut
    if position < end:
        pieces.append((position, end))
    return [piece for piece in pieces if not text[piece[0] : piece[1]].isspace()]


def _cut_costs(text: str, units: Sequence[tuple[int, int]], paragraph_starts: frozenset[int]) -> list[float]:
    """The cost of cutting before each unit."""
    enumerated = [bool(_ENUMERATED.match(text, start)) for start, _ in units]
    first = enumerated.index(True) if True in enumerated else len(units)
    last = len(units) - 1 - enumerated[::-1].index(True) if True in enumerated else -1
    fits = first < last and units[last][1] - units[first][0] <= MAX_PART_CHARS
    costs = []
    for index, (start, _) in enumerate(units):
        inside = first < index <= last
        if start in paragraph_starts:
            costs.append(_CUT_AT_PARAGRAPH)
        elif enumerated[index] and not (inside and fits):
            costs.append(_CUT_AT_ENUMERATION)
        else:
            costs.append(_CUT_INSIDE_ENUMERATION if inside else _CUT_AT_SENTENCE)
    return costs


def _best_parts(units: Sequence[tuple[int, int]], costs: Sequence[float], ideal: float) -> list[tuple[int, int]]:
    """The cheapest way to group ``units``: squared distance of every part from the ideal length, and the cost of its
    cut.
    """
    best = [0.0] + [math.inf] * len(units)
    previous = [0] * (len(units) + 1)
    for stop in range(1, len(units) + 1):
        for first in range(stop - 1, -1, -1):
            length = units[stop - 1][1] - units[first][0]
            if length > MAX_PART_CHARS and first < stop - 1:
                break
            uneven = ((length - ideal) / ideal) ** 2 + (0.5 if length < MIN_PART_CHARS else 0.0)
            cost = best[first] + uneven + (costs[first] if first else 0.0)
            if cost < best[stop]:
                best[stop], previous[stop] = cost, first
    parts: list[tuple[int, int]] = []
    stop = len(units)
    while stop:
        parts.append((units[previous[stop]][0], units[stop - 1][1]))
        stop = previous[stop]
    return parts[::-1]
