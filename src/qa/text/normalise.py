"""Texts made comparable, with the way back: every folded character knows the source character it came from.

Folding goes cluster by cluster (a character with the combining marks after it), so offsets always lead back exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_CLUSTER_WITH_MARKS = re.compile(r".[\u0300-\u036f\u3099\u309a\u20d0-\u20ff]+", re.DOTALL)
_IGNORED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts[i]`` is the offset in the source of the character that gave ``text[i]``.

    ``starts`` has ``len(text) + 1`` entries: the last one is the source's length, so the half-open folded span ``[a,
    b)`` is the source span ``[starts[a], starts[b])`` or a little more where one source character gave several.
    """

    text: str
    starts: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that gave ``text[start:end]`` (half-open); empty for an empty span."""
        if start >= end:
            return self.starts[start], self.starts[start]
        last, following = self.starts[end - 1], end
        while following < len(self.text) and self.starts[following] == last:
            following += 1
        return self.starts[start], self.starts[following] if self.starts[following] > last else last + 1


class _FoldTable(dict[str, str]):
    """NFKC and lower case of single characters, filled as characters are met."""

    def __missing__(self, character: str) -> str:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
        self[character] = folded
        return folded


class _ComparableTable(dict[str, str]):
    """Like :class:`_FoldTable`, with white space, invisible characters and punctuation dropped."""

    def __missing__(self, character: str) -> str:
        folded = "".join(c for c in _FOLD[character] if not is_ignored(c))
        self[character] = folded
        return folded


_FOLD = _FoldTable()
_COMPARABLE = _ComparableTable()


def is_ignored(character: str) -> bool:
    """Whether a comparison passes over this character: white space, control or format character, or punctuation
    (``*`` is).
    """
    category = unicodedata.category(character)
    return category[0] == "P" or category in _IGNORED_CATEGORIES


def fold(text: str) -> str:
    """``text`` in NFKC and lower case. One character stays one wherever Unicode allows; see :func:`fold_with_map`
    otherwise.
    """
    if text.isascii():
        return text.lower()
    return "".join(_map_pieces(text, _FOLD)[0])


def fold_in_place(text: str, folding: Callable[[str], str] = fold) -> str:
    """``text`` folded by ``folding``, one character for one, so that offsets hold in both: what would become several characters
    (…, ℃, ㎡, Ⅱ) stays as it is.
    """
    folded = folding(text)
    if len(folded) == len(text) and not _CLUSTER_WITH_MARKS.search(text):  # marks join: one less might hide one more
        return folded
    single = {character: made for character in set(text) if len(made := folding(character)) == 1}
    return "".join(single.get(character, character) for character in text)


def fold_with_map(text: str) -> Folded:
    """:func:`fold` with the source offset of every folded character."""
    return _with_map(text, _FOLD)


def comparable(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, without white space, asterisks and punctuation.

    This is the comparison of the evaluation format; ``33.8%`` becomes ``338``, so numbers are compared elsewhere by
    value.
    """
    return "".join(_map_pieces(text, _COMPARABLE)[0])


def comparable_with_map(text: str) -> Folded:
    """:func:`comparable` with the source offset of every kept character."""
    return _with_map(text, _COMPARABLE)


def _with_map(text: str, table: dict[str, str]) -> Folded:
    pieces, offsets = _map_pieces(text, table)
    joined = "".join(pieces)
    if offsets is None and len(joined) == len(text) and all(len(piece) == 1 for piece in pieces):
        return Folded(joined, tuple(range(len(text) + 1)))
    starts: list[int] = []
    for offset, piece in zip(offsets if offsets is not None else range(len(pieces)), pieces, strict=True):
        starts.extend([offset] * len(piece))
    starts.append(len(text))
    return Folded(joined, tuple(starts))


def _map_pieces(text: str, table: dict[str, str]) -> tuple[list[str], list[int] | None]:
    """The folded form of every cluster, and the clusters' offsets (``None`` when each is one character)."""
    if _CLUSTER_WITH_MARKS.search(text) is None:
        return list(map(table.__getitem__, text)), None
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _CLUSTER_WITH_MARKS.finditer(text):
        for offset in range(position, match.start()):
            pieces.append(table[text[offset]])
            offsets.append(offset)
        pieces.append("".join(table[c] for c in unicodedata.normalize("NFKC", match.group())))
        offsets.append(match.start())
        position = match.end()
    for offset in range(position, len(text)):
        pieces.append(table[text[offset]])
        offsets.append(offset)
    return pieces, offsets
