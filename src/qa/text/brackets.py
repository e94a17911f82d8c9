"""Which stretches of a text stand between a pair of quotes or brackets."""

from __future__ import annotations

import re

PAIRS = dict(zip("“‘「『《〈（(【〔[", "”’」』》〉）)】〕]", strict=True))
_OPENERS = {closer: opener for opener, closer in PAIRS.items()}
_MARK = re.compile("[" + re.escape("".join((*PAIRS, *_OPENERS))) + "]")


def protected_spans(text: str, start: int, end: int, max_chars: int) -> list[tuple[int, int]]:
    """Outermost pairs inside ``text[start:end]`` with at most ``max_chars`` characters between them, in order.

    Each span is half-open and holds both marks. An opener without its closer, or a closer alone, protects nothing. A
    pair that is too long gives way to the pairs inside it. Linear in ``end - start``.
    """
    open_marks: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for match in _MARK.finditer(text, start, end):
        position, mark = match.start(), match.group()
        if mark in PAIRS:
            open_marks.append((mark, position))
        elif any(opener == _OPENERS[mark] for opener, _ in open_marks[-8:]):
            opener, opened = open_marks.pop()
            while opener != _OPENERS[mark]:
                opener, opened = open_marks.pop()
            if position - opened - 1 <= max_chars:
                while found and found[-1][0] > opened:
                    found.pop()
                found.append((opened, position + 1))
    return found
