"""Exact things in a question (文号, quoted names, long numbers, Latin names) that a passage must hold to the letter."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.records import Passage
from qa.text.normalise import comparable

_EXACT = re.compile(
    r"[一-鿿]{1,10}[\[〔（(【]\s*(?:19|20)\d{2}\s*[\]〕）)】]\s*\d+\s*号"  # 文号
    r"|第\s*\d{3,}\s*号"
    r"|《([^》]{2,60})》"
    r"|[“「『]([^”」』]{2,30})[”」』]"
    r"|\d{5,}"
    r"|\d+\.\d+"
    r"|[A-Za-z][A-Za-z0-9&+\-]{1,30}"
)


def exact_terms(question: str) -> list[str]:
    """What has to be found to the letter, in comparable form, in order, each once."""
    return list(_terms(question))


@lru_cache(maxsize=64)  # asked for each passage that a question finds
def _terms(question: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _EXACT.finditer(question):
        words = comparable(match.group(1) or match.group(2) or match.group())
        if words and words not in found:
            found.append(words)
    return tuple(found)


def exact_share(question: str, passage: Passage) -> float:
    """The share of the question's exact things that stand in the passage or its context, in [0, 1]; 0 when there are none."""
    wanted = _terms(question)
    if not wanted:
        return 0.0
    held = _compared(passage.context, passage.text)
    return sum(words in held for words in wanted) / len(wanted)


@lru_cache(maxsize=1024)  # passages come up again from question to question
def _compared(context: str, text: str) -> str:
    return comparable(f"{context}\n{text}")
