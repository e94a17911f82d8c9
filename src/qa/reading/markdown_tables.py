"""Tables of markdown (| 指标 | 数值 |) in the form that every format's tables have: 表头：值；表头：值."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from qa.reading.lines import Line, Run, join_lines

_BAR = re.compile(r"(?<!\\)\|")


def table_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` with every row of a markdown table written with its header; the rule under the header makes it one.

    Repeated headers and the marks ： and ； have no place in the source. Rows without a header keep their cells, parted by ；.
    """
    held: list[Line] = []
    for line in lines:
        if line.table and not line.whole:
            held.append(line)
            continue
        yield from _rewritten(held)
        held = []
        yield line
    yield from _rewritten(held)


def _rewritten(rows: list[Line]) -> Iterator[Line]:
    has_header = len(rows) > 1 and rows[1].rule_before
    header = [cell.text for cell in _cells(rows[0])] if has_header else []
    for row in rows[1:] if has_header else rows:
        pieces: list[tuple[str, Line]] = []
        for index, cell in enumerate(_cells(row)):
            if not cell.text:
                continue
            name = header[index] if index < len(header) else ""
            before = ("；" if pieces else "") + (f"{name}：" if name and name != cell.text else "")
            pieces.append((before, cell))
        if pieces:
            yield replace(_joined(pieces), blank_before=row.blank_before, table=True, whole=True)


def _joined(pieces: list[tuple[str, Line]]) -> Line:
    """One line; unlike :func:`join_lines` the first piece may have words before it."""
    (first, line), *rest = pieces
    head = Line.of((Run(first, None), *line.runs)) if first else line
    return join_lines([("", head), *rest])


def _cells(row: Line) -> list[Line]:
    """The cells between the bars of a row, trimmed, each knowing where its words stood."""
    bars = [match.span() for match in _BAR.finditer(row.text)]
    if not bars:
        return [row.trimmed()]
    edges = [(0, 0), *bars, (len(row.text), len(row.text))]
    spans = [(start, end) for (_, start), (end, _) in pairwise(edges)]
    cells = [row.without([(0, start), (end, len(row.text))]).trimmed() for start, end in spans]
    if not row.text[: bars[0][0]].strip():
        cells = cells[1:]
    if not row.text[bars[-1][1] :].strip():
        cells = cells[:-1]
    return cells
