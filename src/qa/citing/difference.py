"""What differs between two texts: numbers and Latin words are compared whole, Han characters one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from qa.text.normalise import fold_with_map, is_ignored

_TOKEN = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(\s*[%‰])?|[a-z]+|\S", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece that is compared; ``[start, end)`` in the source text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """``a[a_start:a_end]`` stands where ``b[b_start:b_end]`` does; either may be empty. Offsets in the source texts."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def tokens(text: str) -> list[Token]:
    """The pieces of ``text`` in order, folded; white space and marks are left out, except inside numbers (33.8%)."""
    folded = fold_with_map(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(folded.text):
        piece = match.group()
        if match.group(1):
            piece = match.group(1).replace(",", "") + (match.group(2) or "").strip()
        elif is_ignored(piece[0]):
            continue
        found.append(Token(piece, *folded.source_span(match.start(), match.end())))
    return found


def same_words(a: str, b: str) -> bool:
    """Whether two texts agree but for white space and marks; unlike the evaluation's comparison, 33.8 is not 338."""
    return [token.text for token in tokens(a)] == [token.text for token in tokens(b)]


def edits(a: str, b: str) -> list[Edit]:
    """The differences from ``a`` to ``b`` in order; empty when they are the same words.

    Two differences with a single Han character between them are one: 显著 for 明显.
    """
    left, right = tokens(a), tokens(b)
    merged: list[list[int]] = []
    for tag, i, j, k, m in _matcher(left, right).get_opcodes():
        if tag == "equal":
            continue
        if merged and i - merged[-1][1] <= 1 and not left[i - 1].text[0].isascii():
            merged[-1][1::2] = [j, m]
        else:
            merged.append([i, j, k, m])
    return [Edit(*_stretch(left, i, j, len(a)), *_stretch(right, k, m, len(b))) for i, j, k, m in merged]


def similarity(a: str, b: str) -> float:
    """Twice the characters that agree in order over all characters, in [0, 1]; two texts without words are alike."""
    left, right = _chars(tokens(a)), _chars(tokens(b))
    return 2 * agreeing_chars(a, b) / (left + right) if left + right else 1.0


def share_found(a: str, b: str) -> float:
    """The share of the characters of ``a`` that agree with ``b`` in order, in [0, 1]; 1 when ``a`` has no words."""
    return agreeing_chars(a, b) / _chars(tokens(a)) if tokens(a) else 1.0


def agreeing_chars(a: str, b: str) -> int:
    """How many characters of the two texts agree in order."""
    left, right = tokens(a), tokens(b)
    return sum(_chars(left[m.a : m.a + m.size]) for m in _matcher(left, right).get_matching_blocks())


def longest_run(a: str, b: str) -> int:
    """How many characters the longest stretch of words has that stands in both texts."""
    left, right = tokens(a), tokens(b)
    match = _matcher(left, right).find_longest_match()
    return _chars(left[match.a : match.a + match.size])


def _matcher(left: list[Token], right: list[Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [t.text for t in left], [t.text for t in right], autojunk=False)


def _chars(pieces: list[Token]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _stretch(pieces: list[Token], first: int, after: int, length: int) -> tuple[int, int]:
    if first < after:
        return pieces[first].start, pieces[after - 1].end
    position = pieces[first].start if first < len(pieces) else length
    return position, position
