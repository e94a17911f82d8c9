"""Pages of printed lines → the lines of a source, with what the page layout tells of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from qa.ports import SourceLine
from qa.reading import shapes
from qa.reading.loaders.page_layout import PageLine

WIDE_GAP_SIZES = 0.6
"""White above a line, beyond what lines of the page usually have, that parts paragraphs."""


def source_lines(pages: Iterable[tuple[int, Sequence[PageLine]]]) -> Iterator[SourceLine]:
    """The lines of (page number, lines) in order; a line that only the column's width broke goes on the one before, also from
    page to page.
    """
    before: PageLine | None = None
    for number, lines in pages:
        usual = median(line.gap for line in lines) if lines else 0.0
        for index, line in enumerate(lines):
            wide = index > 0 and line.gap > usual + WIDE_GAP_SIZES
            goes_on = before is not None and not wide and _goes_on(before, line)
            yield SourceLine(
                line.text,
                continues=goes_on,
                blank_before=wide or index == 0,
                indented=line.indented and not goes_on,
                page=number,
            )
            before = line


def _goes_on(before: PageLine, line: PageLine) -> bool:
    if "  " in before.text or "  " in line.text:  # fields and cells stand for themselves
        return False
    return before.goes_on_in(line) and not shapes.begins_apart(line.text) and not shapes.is_apart(before.text)


def pages_named(numbers: Sequence[int]) -> str:
    """``[2, 3, 4, 7]`` as 第 2–4、7 页."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [f"{first}–{last}" if last > first else str(first) for first, last in runs[:12]]
    return f"第 {'、'.join(shown)}{' 等' if len(runs) > 12 else ''} 页"
