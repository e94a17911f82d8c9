"""Lines joined into paragraphs where a page break or a hard wrap cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from qa.reading import shapes
from qa.reading.lines import Line, join_lines

MIN_BROKEN_LINE_CHARS = 20
"""A line shorter than this, unless it ends with ， or 、, was ended by its author, not by the page."""
MAX_HEADING_CHARS = 45
MIN_WRAPPED_PAIRS = 5
MAX_WRAPPED_LINE_CHARS = 60
WRAP_TOLERANCE_COLUMNS = 4
_OPENERS = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」", "〔": "〕"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_BRACKETS = re.compile("[" + re.escape("".join([*_OPENERS, *_CLOSERS])) + "]")
_ENUMERATION = re.compile(r"[一二三四五六七八九]是")
_OPENS_PARAGRAPH = re.compile(
    r"(?:[12]\d{3}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日|近日|日前|近年来|近期|为[了深贯落进全加]|据|本报|记者|各位|同志们|现将|根据|按照"
)
_PRIVATE_END = re.compile(r"[\s\ue000-\uf8ff]+$")
_LETTER_END, _LETTER_START = re.compile(r"[A-Za-z,.;:]$"), re.compile(r"[A-Za-z]")
_TAIL_CHARS = 80


def join_paragraphs(lines: Iterable[Line]) -> list[Line]:
    """Paragraphs, each as one :class:`Line`; a line goes to the one before when that was plainly not finished."""
    given = list(lines)
    width = wrap_width(given)
    if width is not None:  # each printed line was made a paragraph, as converters from PDF do
        given = [replace(line, whole=False) if line.whole and not line.table else line for line in given]
    paragraphs: list[_Paragraph] = []
    for line in given:
        if paragraphs and paragraphs[-1].goes_on_in(line, width):
            paragraphs[-1].add(line)
        else:
            paragraphs.append(_Paragraph(line))
    return [join_lines(paragraph.pieces) for paragraph in paragraphs]


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Columns a line (a Chinese character takes two) when the whole text is hard-wrapped, else ``None``.

    Hard-wrapped means: many lines that follow each other without an empty line end inside a sentence and have about the
    same width, and hardly any line is wider.
    """
    widths = Counter(_columns(a) for a, b in pairwise(lines) if _may_be_wrapped(a, b))
    total = sum(widths.values())
    if total < MIN_WRAPPED_PAIRS:
        return None
    width = max(widths, key=lambda columns: (sum(widths[n] for n in range(columns - 3, columns + 1)), columns))
    near = sum(widths[n] for n in range(width - WRAP_TOLERANCE_COLUMNS, width + 3))
    wider = sum(_columns(line) > width + WRAP_TOLERANCE_COLUMNS for line in lines)
    return width if near >= 0.6 * total and wider <= 0.05 * len(lines) else None


def _may_be_wrapped(line: Line, following: Line) -> bool:
    if following.blank_before or following.indented or line.table or shapes.ends_sentence(line.text):
        return False
    return 2 * MIN_BROKEN_LINE_CHARS <= _columns(line) <= 2 * MAX_WRAPPED_LINE_CHARS


def _columns(line: Line) -> int:
    """The width of a line, the indent of a paragraph's first line included."""
    return sum(1 if character < "\u2000" else 2 for character in line.text) + 4 * line.indented


class _Paragraph:
    """A paragraph while its lines are gathered; every question about it takes constant time."""

    def __init__(self, line: Line) -> None:
        self.pieces = [("", line)]
        self._open_marks: Counter[str] = Counter()
        self._tail = ""
        self._chars = 0
        self._has_stop = self._has_prose_mark = False
        self._note(line)

    def add(self, line: Line) -> None:
        """Takes ``line`` in; Latin words keep a space between them."""
        separator = " " if _LETTER_END.search(self._tail) and _LETTER_START.match(line.text) else ""
        self.pieces.append((separator, line))
        self._has_stop = self._has_stop or self._tail.endswith("。")
        self._note(line)

    def _note(self, line: Line) -> None:
        for mark in _BRACKETS.findall(line.text):
            if mark in _OPENERS:
                self._open_marks[mark] += 1
            elif self._open_marks[_CLOSERS[mark]]:
                self._open_marks[_CLOSERS[mark]] -= 1
        self._tail = _PRIVATE_END.sub("", (self._tail + line.text)[-_TAIL_CHARS:])
        self._chars += len(line.text)
        self._has_stop = self._has_stop or "。" in line.text[:-1]
        self._has_prose_mark = self._has_prose_mark or shapes.PROSE_MARK.search(line.text) is not None

    def goes_on_in(self, line: Line, width: int | None) -> bool:
        """Whether ``line`` is the rest of this paragraph; ``width`` is that of a hard-wrapped text."""
        if line.continues:
            return True
        if line.whole or self._first.whole:
            return False
        if line.heading or self._first.heading or line.rule_before or line.table or self._first.table or line.indented:
            return False
        unclosed = +self._open_marks
        if _begins_apart(line) or (len(self.pieces) == 1 and shapes.is_apart(self._tail) and not unclosed):
            return False
        last_chars = len(self.pieces[-1][1].text)
        if width is not None and not line.blank_before and self._fills(width):
            return not self._is_title_like
        if shapes.ends_sentence(self._tail):
            return False
        if any(_OPENERS[mark] in line.text for mark in unclosed):
            return line.blank_before or self._chars >= MIN_BROKEN_LINE_CHARS or self._first.text.startswith("（")
        if self._tail.endswith(("，", "、", ",")):
            return True
        if last_chars < MIN_BROKEN_LINE_CHARS or not self._has_prose_mark:
            return False
        return self._is_cut_prose(line) and _reads_on(line)

    def _fills(self, width: int) -> bool:
        return _columns(self.pieces[-1][1]) >= width - WRAP_TOLERANCE_COLUMNS

    @property
    def _first(self) -> Line:
        return self.pieces[0][1]

    @property
    def _is_title_like(self) -> bool:
        return self._chars < MAX_WRAPPED_LINE_CHARS and not self._has_prose_mark

    def _is_cut_prose(self, line: Line) -> bool:
        """Whether this is prose that a page cut before ``line``, not a title or heading without a stop."""
        if self._has_stop:
            return True
        is_heading = self._chars <= MAX_HEADING_CHARS and shapes.numbering(self._first.text) is not None
        return line.blank_before and not is_heading and _OPENS_PARAGRAPH.match(line.text) is None


def _reads_on(line: Line) -> bool:
    """Whether ``line`` reads as the middle of a sentence: it is prose, or it is short and ends the sentence."""
    if _ENUMERATION.match(line.text) or not shapes.PROSE_MARK.search(line.text):
        return False
    if len(line.text) < MIN_BROKEN_LINE_CHARS:
        return shapes.ends_sentence(line.text) and line.text[-1] not in "：:"
    return True


def _begins_apart(line: Line) -> bool:
    return shapes.begins_apart(line.text) or (bool(line.bold) and line.bold[0][0] == 0)
