"""Everyday words → what official documents write for them: who asks says 头一回评上, the bulletin 首次认定.

The words are general knowledge of the language (``everyday.txt``: what may be said = what is then written), written by language model
helpers that saw no document, no question and no code of this project; some lines are older. They are looked for beside the words of the
question and count as said where they stand; no guard takes them for the same thing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import islice

_MOST_WRITTEN = 3  # for one word: more of them drown the others in the lexical search


def official_words(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, written)`` for each everyday word of ``text``, the longest first at each place, and each of what documents write
    for it.
    """
    table, longest = _written_for()
    found: list[tuple[int, int, str]] = []
    start = 0
    while start < len(text):
        if text[start] in "年月日号" and text[:start][-1:].isdigit():  # 2023年头一回 says nothing of a 年头
            start += 1
            continue
        end = next(
            (end for end in range(min(len(text), start + longest), start + 1, -1) if text[start:end] in table), 0
        )
        found += [(start, end, written) for written in table[text[start:end]]] if end else []
        start = end or start + 1
    return found


@cache
def _written_for() -> tuple[dict[str, tuple[str, ...]], int]:
    """What is written for each word, and how long the longest word is."""
    table = {}
    for line in files("qa.search").joinpath("everyday.txt").read_text(encoding="utf-8").splitlines():
        said, written = (half.split() for half in line.split("="))
        for each in said:
            table[each] = tuple(islice((word for word in written if word != each), _MOST_WRITTEN))
    return table, max(map(len, table))
