"""Titles that were set over several lines, joined into one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.reading import shapes
from qa.reading.lines import Line, join_lines

MAX_TITLE_LINES = 5
MIN_TITLE_CHARS = 12
MAX_TITLE_LINE_CHARS = 45
_TITLE_WORDS = re.compile(
    r"关于|印发|转发|批转|的(?:决议|决定|通知|意见|报告|规定|办法|方案|批复|复函|函|通报|公告|通告|答复|答复函)$"
)


def join_titles(lines: Iterable[Line]) -> list[Line]:
    """``lines`` with every title of several lines (国务院办公厅关于… / …的通知) as one line."""
    given = list(lines)
    joined: list[Line] = []
    position = 0
    while position < len(given):
        count = _title_lines(given, position)
        joined.append(join_lines([("", line) for line in given[position : position + count]]))
        position += count
    return joined


def _title_lines(lines: Sequence[Line], first: int) -> int:
    """How many lines from ``first`` on make up one title; 1 when that line is none or is whole by itself."""
    text = ""
    for count, line in enumerate(lines[first : first + MAX_TITLE_LINES], start=1):
        if not _may_be_title(line) or line.heading != lines[first].heading or (count > 1 and line.rule_before):
            return 1
        text += line.text
        if shapes.ends_with_kind(text) and len(text) >= MIN_TITLE_CHARS and _TITLE_WORDS.search(text):
            return count
    return 1


def _may_be_title(line: Line) -> bool:
    return (
        len(line.text) <= MAX_TITLE_LINE_CHARS
        and not line.table
        and not shapes.PROSE_MARK.search(line.text)
        and not shapes.begins_apart(line.text)
    )
