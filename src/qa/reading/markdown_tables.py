"""Tables of plain text (| 指标 | 数值 |, or cells that tabs part) in the form that every format's tables have: 表头：值；表头：值."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from qa.reading.lines import Line, Run, join_lines
from qa.reading.markup import close_up
from qa.reading.tabbed_tables import columns_of, header_of

_BAR = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_NOTE = re.compile(r"[注备说单][：:注明位]")


def table_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` with every row of a table written with its header.

    The rule under the header of a markdown table makes it one; that of a tabbed table is known by its words. Repeated headers and the
    marks ： and ； have no place in the source. Rows without a header keep their cells, parted by ；.
    """
    held: list[Line] = []
    for line in lines:
        is_row = line.table and not line.whole
        if held and not (is_row and _of_one_table(held[-1], line)):
            yield from _rewritten(held)
            held = []
        if is_row:
            held.append(line)
        else:
            yield line
    yield from _rewritten(held)


def _of_one_table(row: Line, following: Line) -> bool:
    if row.tabbed or following.tabbed:
        return row.tabbed == following.tabbed and not following.blank_before
    return True


def _rewritten(rows: list[Line]) -> Iterator[Line]:
    if rows and rows[0].tabbed:
        yield from _tabbed_rewritten(rows)
        return
    starts = [at for at in range(1, len(rows) - 1) if rows[at].blank_before and rows[at + 1].rule_before]
    for first, last in pairwise(
        [0, *starts, len(rows)]
    ):  # one table after another, with nothing but an empty line between
        yield from _barred_rewritten(rows[first:last])


def _barred_rewritten(rows: Sequence[Line]) -> Iterator[Line]:
    grid = [_cells(row) for row in rows]
    words = [[cell.text for cell in cells] for cells in grid]
    has_header = len(rows) > 1 and (rows[1].rule_before or header_of(words) == (0, 1))
    header = words[0] if has_header else []
    for row, cells in list(zip(rows, grid, strict=True))[has_header:]:
        yield from _row(header, row, cells)


def _tabbed_rewritten(rows: Sequence[Line]) -> Iterator[Line]:
    grid = [[close_up(cell) for cell in _parted(row, _TAB)] for row in rows]
    width = max(map(len, grid))
    words = [[cell.text for cell in cells] + [""] * (width - len(cells)) for cells in grid]
    captions, count = header_of(words)
    header = columns_of(words[captions : captions + count])
    for number, (row, cells) in enumerate(zip(rows, grid, strict=True)):
        if captions <= number < captions + count:
            continue
        filled = [cell.text for cell in cells if cell.text]
        if number < captions or (len(filled) == 1 and _NOTE.match(filled[0])):
            yield from (replace(line, table=False) for line in _row([], row, cells))
        else:
            yield from _row(header, row, cells)


def _row(header: Sequence[str], row: Line, cells: Sequence[Line]) -> Iterator[Line]:
    pieces: list[tuple[str, Line]] = []
    for index, cell in enumerate(cells):
        if not cell.text:
            continue
        name = header[index] if index < len(header) else ""
        before = ("；" if pieces else "") + (f"{name}：" if name and name != cell.text else "")
        pieces.append((before, cell))
    if pieces:
        yield replace(_joined(pieces), blank_before=row.blank_before, table=True, tabbed=False, whole=True)


def _joined(pieces: list[tuple[str, Line]]) -> Line:
    """One line; unlike :func:`join_lines` the first piece may have words before it."""
    (first, line), *rest = pieces
    head = Line.of((Run(first, None), *line.runs)) if first else line
    return join_lines([("", head), *rest])


def _cells(row: Line) -> list[Line]:
    """The cells between the bars of a row, trimmed, each knowing where its words stood."""
    cells = _parted(row, _BAR)
    if len(cells) > 1 and not cells[0].text:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].text:
        cells = cells[:-1]
    return cells


def _parted(row: Line, mark: re.Pattern[str]) -> list[Line]:
    """What stands between the marks of a row, trimmed."""
    bars = [match.span() for match in mark.finditer(row.text)]
    edges = [(0, 0), *bars, (len(row.text), len(row.text))]
    spans = [(start, end) for (_, start), (end, _) in pairwise(edges)]
    return [row.without([(0, start), (end, len(row.text))]).trimmed() for start, end in spans]
