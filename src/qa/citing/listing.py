"""Figures of a list that belong, one by one, to the nouns of a list before them: 甲、乙由132家、111家，增长到330家、701家."""

from __future__ import annotations

import re

from qa.citing.marked_text import MarkedText
from qa.text.numbers import NumberMention

_JOINT = re.compile(r"\s*(?:[、和与及]|以及)\s*")
_NOUNS = re.compile(
    r"(?P<nouns>[^，。；：、\d]{2,16}(?:[、和与及][^，。；：、\d]{2,16}?)+)(?:的?数量)?(?:分别|各自)?(?:由|从|达到|达|为|是|有|增长到|增至|占)\s*$"
)


def listed_beside(text: MarkedText, number: NumberMention) -> list[tuple[str, NumberMention]]:
    """(noun, its figure) of the list that ``number`` stands in; empty where it stands in none, or nouns and figures do not match."""
    start, end = text.sentence_at(number.start)
    runs = _runs([n for n in text.numbers if start <= n.start < end], text.text)
    own = next((run for run in runs if number in run), [])
    for run in runs:
        if len(own) < 2 or len(run) != len(own) or run[0].start > number.start:
            continue
        before = _NOUNS.search(text.text[start : run[0].start])
        nouns = re.split(r"[、和与及]", before["nouns"]) if before else []
        if len(nouns) == len(own):
            return list(zip(nouns, own, strict=True))
    return []


def _runs(numbers: list[NumberMention], text: str) -> list[list[NumberMention]]:
    """Figures side by side."""
    runs: list[list[NumberMention]] = []
    for number in numbers:
        if runs and _JOINT.fullmatch(text[runs[-1][-1].end : number.start]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
