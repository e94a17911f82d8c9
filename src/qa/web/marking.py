"""Text with stretches marked → pieces. Joined, the pieces are the text again, character for character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from qa.text.normalise import Folded, fold_with_map
from qa.web.contexts import Piece, PieceKind

_ORDER = {kind: place for place, kind in enumerate(PieceKind)}


class Mark(NamedTuple):
    """``[start, end)`` of a text, in code points, and why it stands out."""

    start: int
    end: int
    kind: PieceKind


class Anchor(NamedTuple):
    """An element id that begins at a code point of a text."""

    at: int
    id: str


def pieces(text: str, marks: Iterable[Mark] = (), anchors: Iterable[Anchor] = ()) -> tuple[Piece, ...]:
    """``text`` cut at the borders of marks and anchors; where marks overlap the higher :class:`PieceKind` shows.

    Marks that reach beyond the text are clipped.
    """
    inside = [_clip(mark, len(text)) for mark in marks]
    inside = [mark for mark in inside if mark.start < mark.end]
    at: dict[int, list[str]] = defaultdict(list)
    for anchor in anchors:
        at[anchor.at].append(anchor.id)
    cuts = sorted({0, len(text), *at, *(m.start for m in inside), *(m.end for m in inside)})
    made: list[Piece] = []
    for start, end in pairwise(cuts):
        kind = _kind_at(start, inside)
        if made and made[-1].kind == kind and start not in at:
            made[-1] = Piece(made[-1].text + text[start:end], kind, made[-1].anchors)
        else:
            made.append(Piece(text[start:end], kind, tuple(at.get(start, ()))))
    return tuple(made)


def matches(text: str, words: Sequence[str], pieces_of_words: Sequence[str] = ()) -> list[Mark]:
    """Where the words of the question stand in ``text``; of a word that does not, the pieces it is cut into for the index.

    Words and pieces are folded; single characters do not count.
    """
    folded = fold_with_map(text)
    found: list[Mark] = []
    for word in dict.fromkeys(words):
        whole = _occurrences(folded, word)
        parts = () if whole else (piece for piece in pieces_of_words if piece != word and piece in word)
        found += whole or [mark for part in parts for mark in _occurrences(folded, part)]
    return found


def _occurrences(folded: Folded, word: str) -> list[Mark]:
    found: list[Mark] = []
    at = folded.text.find(word) if len(word) > 1 else -1
    while at >= 0:
        end = at + len(word)
        if not _inside_a_number(folded.text, at, end):
            found.append(Mark(*folded.source_span(at, end), PieceKind.MATCH))
        at = folded.text.find(word, end)
    return found


def _inside_a_number(text: str, start: int, end: int) -> bool:
    """Whether a border of ``[start, end)`` would cut a number: 20 is not a match in 2020."""
    return any(0 < border < len(text) and text[border - 1 : border + 1].isdecimal() for border in (start, end))


def _clip(mark: Mark, length: int) -> Mark:
    return Mark(max(mark.start, 0), min(mark.end, length), mark.kind)


def _kind_at(position: int, marks: Sequence[Mark]) -> PieceKind:
    covering = (mark.kind for mark in marks if mark.start <= position < mark.end)
    return max(covering, key=_ORDER.__getitem__, default=PieceKind.PLAIN)
