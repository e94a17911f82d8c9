"""Passages that say the same: reprints and repeated paragraphs, told apart from the same sentence with another figure.

Two passages are the same text when their figures agree one by one and their character trigrams overlap by
:data:`LEAST_OVERLAP` (Jaccard index).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.records import Passage
from qa.text.normalise import comparable, fold

LEAST_OVERLAP = 0.85
_FIGURE = re.compile(r"\d[\d.,]*|[〇零一二三四五六七八九十百千万亿两]+")
_GRAM = 3


def same_texts(passages: Sequence[Passage]) -> list[list[int]]:
    """Positions in ``passages``, grouped by what they say; groups and their members are in the order given.

    A passage joins the first group whose first member says the same, so that likeness does not creep from one to the next.
    """
    groups: list[list[int]] = []
    seen: list[tuple[list[str], frozenset[str]]] = []
    for position, passage in enumerate(passages):
        figures, grams = _said(passage.text)
        for group, (group_figures, group_grams) in zip(groups, seen, strict=True):
            if figures == group_figures and _overlap(grams, group_grams) >= LEAST_OVERLAP:
                group.append(position)
                break
        else:
            groups.append([position])
            seen.append((figures, grams))
    return groups


@lru_cache(maxsize=256)  # passages come up again from question to question
def _said(text: str) -> tuple[list[str], frozenset[str]]:
    return _figures(text), _grams(text)


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(fold(text))


def _grams(text: str) -> frozenset[str]:
    compared = comparable(text)
    return frozenset(compared[at : at + _GRAM] for at in range(max(1, len(compared) - _GRAM + 1)))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
