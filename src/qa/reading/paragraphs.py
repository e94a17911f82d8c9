"""Lines joined into paragraphs where a page break or a hard wrap cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.reading import shapes
from qa.reading.lines import Line

MIN_BROKEN_LINE_CHARS = 20
"""A line shorter than this, unless it ends with ， or 、, was ended by its author, not by the page."""
MAX_HEADING_CHARS = 45
MAX_TITLE_LINES = 5
_TITLE_WORDS = re.compile(r"关于|印发|转发|批转|的(?:决议|决定|通知|意见|报告|规定|办法|方案|批复|函|通报|公告|通告)")
MIN_WRAPPED_PAIRS = 5
MAX_WRAPPED_LINE_CHARS = 60
_OPENERS = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」", "〔": "〕"}
_STARTS_APART = re.compile(r"【|——|附件|附：|附表|[▲●■◆★•]|\|")
_ENUMERATION = re.compile(r"[一二三四五六七八九]是")
_OPENS_PARAGRAPH = re.compile(
    r"(?:[12]\d{3}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日|近日|日前|近年来|近期|为[了深贯落进全加]|据|本报|记者|各位|同志们|现将|根据|按照"
)
_PRIVATE_END = re.compile(r"[\s\ue000-\uf8ff]+$")
_LETTER_END, _LETTER_START = re.compile(r"[A-Za-z,.;:]$"), re.compile(r"[A-Za-z]")


def join_paragraphs(lines: Iterable[Line]) -> list[Line]:
    """Paragraphs, each as one :class:`Line`; a line is joined to the one before when that one was plainly not
    finished.
    """
    given = list(lines)
    width = wrap_width(given)
    joined: list[Line] = []
    last_piece_chars = 0
    for line in given:
        before = joined[-1] if joined else None
        if before is not None and continues(before, line, last_piece_chars, width):
            separator = " " if _LETTER_END.search(before.text) and _LETTER_START.match(line.text) else ""
            joined[-1] = before.joined(line, separator)
        else:
            joined.append(line)
        last_piece_chars = len(line.text)
    return joined


def join_titles(lines: Iterable[Line]) -> list[Line]:
    """The lines with titles that were set over several lines (关于…  /  …的通知) joined into one."""
    given = list(lines)
    joined: list[Line] = []
    position = 0
    while position < len(given):
        count = _title_lines(given, position)
        title = given[position]
        for line in given[position + 1 : position + count]:
            title = title.joined(line)
        joined.append(title)
        position += count
    return joined


def _title_lines(lines: Sequence[Line], first: int) -> int:
    """How many lines from ``first`` on make up one title; 1 when that line is none or is whole by itself."""
    text = ""
    for count, line in enumerate(lines[first : first + MAX_TITLE_LINES], start=1):
        if not _may_be_title(line) or line.heading != lines[first].heading or (count > 1 and line.rule_before):
            return 1
        text += line.text
        if shapes.ends_with_kind(text) and len(text) >= MIN_BROKEN_LINE_CHARS and _TITLE_WORDS.search(text):
            return count
    return 1


def _may_be_title(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= MAX_HEADING_CHARS
        and not shapes.PROSE_MARK.search(text)
        and not _begins_apart(line)
        and not line.table
    )


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Characters a line when the whole text is hard-wrapped, else ``None``.

    Hard-wrapped means: many lines that follow each other without an empty line, end inside a sentence, and have about
    the same length.
    """
    lengths = Counter(
        len(a.text)
        for a, b in pairwise(lines)
        if not b.blank_before and not b.indented and not a.table and not shapes.ends_sentence(a.text)
        and MIN_BROKEN_LINE_CHARS <= len(a.text) <= MAX_WRAPPED_LINE_CHARS
    )  # fmt: skip
    total = sum(lengths.values())
    if total < MIN_WRAPPED_PAIRS:
        return None
    width = max(lengths, key=lambda length: (sum(lengths[n] for n in range(length - 2, length + 1)), length))
    near = sum(lengths[n] for n in range(width - 3, width + 2))
    longer = sum(len(line.text) > width + 3 for line in lines)
    return width if near >= 0.6 * total and longer <= 0.05 * len(lines) else None


def continues(before: Line, line: Line, last_piece_chars: int, width: int | None) -> bool:
    """Whether ``line`` is the rest of the paragraph ``before``.

    ``last_piece_chars`` is the length of the source line that ``before`` ends with.
    """
    if line.heading or before.heading or line.rule_before or line.table or before.table or line.indented:
        return False
    text = _PRIVATE_END.sub("", before.text)
    if _begins_apart(line) or (shapes.is_apart(text) and not _unclosed(text)):
        return False
    if width is not None and not line.blank_before and last_piece_chars >= width - 2:
        return not _is_title_like(text)
    if shapes.ends_sentence(text):
        return False
    if _unclosed(text) and any(_OPENERS[mark] in line.text for mark in _unclosed(text)):
        return line.blank_before or len(text) >= MIN_BROKEN_LINE_CHARS
    if text[-1] in "，、,":
        return True
    if last_piece_chars < MIN_BROKEN_LINE_CHARS or not shapes.PROSE_MARK.search(text):
        return False
    return _is_cut_prose(text, line) and _goes_on(line)


def _is_cut_prose(text: str, line: Line) -> bool:
    """Whether ``text`` is prose that a page cut, not a title or heading without a stop."""
    if "。" in text[:-1]:
        return True
    is_heading = len(text) <= MAX_HEADING_CHARS and shapes.numbering(text) is not None
    return line.blank_before and not is_heading and _OPENS_PARAGRAPH.match(line.text) is None


def _goes_on(line: Line) -> bool:
    """Whether ``line`` reads as the middle of a sentence: it is prose, or it is short and ends the sentence."""
    if _ENUMERATION.match(line.text) or not shapes.PROSE_MARK.search(line.text):
        return False
    if len(line.text) < MIN_BROKEN_LINE_CHARS:
        return shapes.ends_sentence(line.text) and line.text[-1] not in "：:"
    return True


def _begins_apart(line: Line) -> bool:
    text = line.text
    if _STARTS_APART.match(text) or shapes.is_apart(text) or (line.bold and line.bold[0][0] == 0):
        return True
    return shapes.numbering(text) is not None


def _is_title_like(text: str) -> bool:
    return len(text) < MAX_WRAPPED_LINE_CHARS and shapes.PROSE_MARK.search(text) is None


def _unclosed(text: str) -> list[str]:
    """Opening marks of ``text`` that it does not close."""
    return [opener for opener, closer in _OPENERS.items() if text.count(opener) > text.count(closer)]
