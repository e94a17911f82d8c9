"""Tables as lines of words: every row carries its header, so that one cell answers a question on its own.

A row of 指标 | 单位 | 2024年 reads 指标：地区生产总值；单位：亿元；2024年：6363. The headers are repeated words of the document;
the marks ： and ； are the only characters that the file does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MAX_HEADER_CHARS = 40
MAX_KEY_CHARS = 20
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[-+−]?[\d,，.]+\s?[%％‰]?")
_STOP_END = re.compile(r"[：:；;。\s]+$")


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """One row as 表头：值；表头：值, empty cells left out; ``""`` for an empty row.

    A cell without a header, or whose header says the same (a merged cell), stands by itself. Line ends inside cells become
    spaces.
    """
    parts: list[str] = []
    for index, cell in enumerate(cells):
        value = _plain(cell)
        name = _STOP_END.sub("", _plain(header[index])) if index < len(header) else ""
        part = f"{name}：{value}" if name and value and name != value else value
        if part and (not parts or parts[-1] != part):  # a cell merged over columns comes once for each
            parts.append(_STOP_END.sub("", part) or part)
    return "；".join(parts)


def table_lines(rows: Sequence[Sequence[str]], header_rows: int | None = None) -> list[str]:
    """The lines of a table in order, none of them empty.

    ``header_rows`` is how many rows the format marks as header, ``None`` when it marks none: then the first row is the header
    where it looks like one. Headers of several rows are joined (2024年 产值). A table of one column is its cells, one of label and
    value in turn (发文机关：| 国务院) its pairs. A header that no row used, as in an empty form, is a line of its own.
    """
    grid = [[_plain(cell) for cell in row] for row in rows]
    grid = [row for row in grid if any(row)]
    if not grid:
        return []
    count = _header_count(grid) if header_rows is None else min(header_rows, len(grid))
    if count == 0:
        return [line for row in grid if (line := _keyed(row))]
    header = _joined(grid[:count])
    body = grid[count:]
    lines = [line for row in body if (line := row_text(header, row))]
    used = {index for row in body for index, cell in enumerate(row) if cell}
    if any(name and index not in used for index, name in enumerate(header)):
        lines.insert(0, "；".join(dict.fromkeys(name for name in header if name)))
    return lines


def _plain(cell: str) -> str:
    return _SPACE.sub(" ", cell).strip()


def _header_count(grid: Sequence[Sequence[str]]) -> int:
    """1 when the first row names the columns: several short cells, all different, none a figure, no label with a colon."""
    first = grid[0]
    names = [cell for cell in first if cell]
    if len(grid) < 2 or len(names) < 2 or len(names) < len(first) - 1 or len(set(names)) < len(names):
        return 0
    if any(
        len(name) > MAX_HEADER_CHARS or _FIGURE.fullmatch(name) or name.endswith(("：", ":", "。")) for name in names
    ):
        return 0
    return 0 if _is_form(grid) else 1


def _is_form(grid: Sequence[Sequence[str]]) -> bool:
    """Whether cells are label and value in turn: labels with a colon stand in the odd columns of most rows."""
    labels = [cell for row in grid for cell in row[::2] if cell]
    return sum(label.endswith(("：", ":")) for label in labels) * 2 > len(labels)


def _keyed(row: Sequence[str]) -> str:
    """A row without a header: label：value pairs where labels end with a colon, else its cells."""
    parts: list[str] = []
    cells = [cell for cell, following in pairwise([*row, None]) if cell and cell != following]
    for cell in cells:
        if parts and parts[-1].endswith(("：", ":")):
            parts[-1] += cell
        else:
            parts.append(cell)
    return "；".join(parts)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(map(len, rows))
    columns = ([row[index] for row in rows if index < len(row) and row[index]] for index in range(width))
    return [" ".join(dict.fromkeys(column)) for column in columns]
