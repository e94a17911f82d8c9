"""Headings without a number, where the form of the text or of its type tells them: bold lines, 一是… on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.reading import shapes
from qa.reading.clean import Paragraph

BOLD_RANK = 20
"""Below every numbered heading: a bold line divides the text of the clause that it stands in."""
SECTION_RANK = -5
"""Of a line between paragraphs in a text without 第一章 and 一、."""
ENUMERATED_RANK = 6
MAX_HEADING_CHARS = 30
MAX_ENUMERATED_CHARS = 45
MIN_SECTIONS = 2
MIN_PROSE_CHARS = 60
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}是")
_NO_HEADING = re.compile(r"[，。；！？：;!?、]|^(?:各位|同志|附件|附表|注|来源|来自)|^[—－\-·•●]|第.{1,8}页$")
_TOP_RANKS = frozenset({1, 2, 3, 4, 5})


def unnumbered_headings(paragraphs: Sequence[Paragraph], first: int, last: int, apart: set[int]) -> dict[int, int]:
    """Index of a paragraph in ``[first, last)`` → its rank; ``apart`` are signatures and the like, which are no headings.

    Only for formats that delimit their paragraphs: in plain text a short line may be anything.
    """
    body = [index for index in range(first, last) if index not in apart]
    if not any(paragraphs[index].line.whole for index in body):
        return {}
    enumerated = [index for index in body if _is_enumerated(paragraphs, index, last)]
    found = {index: ENUMERATED_RANK for index in enumerated if len(enumerated) > 1}
    found |= {index: BOLD_RANK for index in body if _is_bold_line(paragraphs, index, last)}
    marks = (shapes.numbering(paragraphs[index].text) for index in body)
    if not any(mark is not None and mark.rank in _TOP_RANKS for mark in marks):
        sections = [index for index in body if _is_section(paragraphs, index, last)]
        if len(sections) >= MIN_SECTIONS:
            found |= dict.fromkeys(sections, SECTION_RANK)
    return found


def _is_short_title(paragraph: Paragraph) -> bool:
    line = paragraph.line
    return (
        line.whole
        and not line.table
        and 2 <= len(line.text) <= MAX_HEADING_CHARS
        and _NO_HEADING.search(line.text) is None
        and shapes.numbering(line.text) is None
        and not shapes.is_apart(line.text)
    )


def _is_bold_line(paragraphs: Sequence[Paragraph], index: int, last: int) -> bool:
    line = paragraphs[index].line
    whole = bool(line.bold) and line.bold[0][0] == 0 and sum(b - a for a, b in line.bold) >= len(line.text) - 1
    return whole and _is_short_title(paragraphs[index]) and index + 1 < last and not paragraphs[index + 1].line.table


def _is_enumerated(paragraphs: Sequence[Paragraph], index: int, last: int) -> bool:
    line = paragraphs[index].line
    short = line.whole and len(line.text) <= MAX_ENUMERATED_CHARS and not shapes.ends_sentence(line.text)
    return short and _ENUMERATED.match(line.text) is not None and index + 1 < last


def _is_section(paragraphs: Sequence[Paragraph], index: int, last: int) -> bool:
    """A short line between two paragraphs of prose."""
    if not _is_short_title(paragraphs[index]) or index + 1 >= last or index == 0:
        return False
    before, after = paragraphs[index - 1].text, paragraphs[index + 1].text
    return shapes.ends_sentence(before) and len(after) >= MIN_PROSE_CHARS and shapes.ends_sentence(after)
