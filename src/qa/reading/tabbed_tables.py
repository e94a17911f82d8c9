"""Tables that were pasted into plain text: rows of cells that tabs part (from Excel or WPS), or bare bars (序号|任务事项|完成时限).

Tabs also indent paragraphs, align signatures and stand behind labels (主送：, 联系人：), bars part links and headlines. What is taken for
a table therefore has at least two rows that follow each other with the same number of them, and either figures in its columns or a first
row that names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.reading.loaders.tables import MAX_HEADER_CHARS, names_a_column

MIN_ROWS = 2
MAX_CELL_CHARS = 200
_FIGURE = re.compile(r"[-+−]?\d[\d,，.]*\s*(?:[%％‰]|[一-鿿]{0,4})")
_NO_FIGURE = re.compile(r"[-—–－/…]+")
_TIME = re.compile(
    r"(?:(?:19|20)\d\d|\d{1,2})\s?(?:年|月|日|季度|[—–－～~-]).{0,12}|\d{1,2}\s?[月日]份?"
)  # names a row or a column: 2024年, 3月, 1—6月
_YEAR = re.compile(r"(?:19|20)\d\d")
_TAB = re.compile(r"\t")
_BAR = re.compile(r"(?<!\\)\|")
_IS_MARKDOWN = re.compile(r"\s*\|")
_LABEL = re.compile(r"(?!其中)[^：:\s\d][^：:]{0,11}[：:]")
_LIST_OF_CONTENTS = re.compile(
    r"(?:第[一-鿿\d]{1,4}[章节编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])"
)

Grid = Sequence[Sequence[str]]


def tabbed_rows(source: str, lines: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Where the rows of tables begin in ``source``, whose ``lines`` are half-open spans in order."""
    return _rows_parted(source, lines, _TAB) if "\t" in source else frozenset()


def barred_rows(source: str, lines: Iterable[tuple[int, int]]) -> frozenset[int]:
    """As :func:`tabbed_rows`, of tables without bars at their ends and without a rule; where these are, markdown tells a table."""
    return _rows_parted(source, lines, _BAR) if "|" in source else frozenset()


def _rows_parted(source: str, lines: Iterable[tuple[int, int]], mark: re.Pattern[str]) -> frozenset[int]:
    found: set[int] = set()
    block: list[tuple[int, list[str]]] = []
    for start, end in lines:
        line = source[start:end]
        row = mark.split(line) if line.strip() and (mark is _TAB or not _IS_MARKDOWN.match(line)) else [line]
        if block and not _goes_on(block[0][1], row):
            found.update(_rows_of(block))
            block = []
        if len(row) > 1:
            block.append((start, row))
    found.update(_rows_of(block))
    return frozenset(found)


def _goes_on(first: Sequence[str], row: Sequence[str]) -> bool:
    """Whether ``row`` has as many cells as the ``first`` one; empty cells at its end may have lost their marks."""
    begins = bool(row[0]) and not row[0][0].isspace()
    return 1 < len(row) <= len(first) and (len(row) == len(first) or (len(first) > 2 and begins))


def _rows_of(block: Sequence[tuple[int, Sequence[str]]]) -> Iterable[int]:
    return [start for start, _ in block] if _is_table([row for _, row in block]) else []


def _is_table(rows: Grid) -> bool:
    grid = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in grid if sum(map(bool, row)) > 1]
    cells = [cell for row in filled for cell in row if cell]
    if len(filled) < MIN_ROWS or any(len(cell) > MAX_CELL_CHARS or cell.endswith(("。", "；")) for cell in cells):
        return False
    labelled = sum(any(map(_LABEL.match, row)) for row in filled)
    if 2 * labelled >= len(filled) or _is_list_of_contents(filled):
        return False
    _, header = header_of(grid)
    figures = sum(any(is_figure(cell) for cell in row[1:]) for row in filled)
    return header > 0 or 2 * figures > len(filled)


def _is_list_of_contents(rows: Grid) -> bool:
    """Whether headings stand before the numbers of their pages."""
    if any(len(row) != 2 or not row[1].isdecimal() for row in rows):
        return False
    return 2 * sum(_LIST_OF_CONTENTS.match(row[0]) is not None for row in rows) > len(rows)


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, with or without its unit, or the dash that stands for none; 2024年 and 3月 hold none."""
    return (_FIGURE.fullmatch(cell) is not None and not _TIME.fullmatch(cell)) or bool(_NO_FIGURE.fullmatch(cell))


def header_of(grid: Grid) -> tuple[int, int]:
    """(rows before the header, rows of the header: 0 to 2) of a table's trimmed cells.

    Before the header stand rows that one cell fills (表1 …, 单位：万元) or labels with what they say (填报单位：甲局, 日期：1月6日).
    """
    captions = 0
    while captions < len(grid) and stands_apart(grid[captions]):
        captions += 1
    rows = grid[captions:]
    if len(rows) < MIN_ROWS or not _may_name_columns(rows[0], rows[0][0]):
        return captions, 0
    # A cell over several columns is pasted as one with words and empty ones; the row below divides it.
    divided = [index for index in range(1, len(rows[0])) if not rows[0][index]]
    first = 0 if not rows[0][0] else 1
    if divided and len(rows) > 2 and divided[0] > first and _divides(rows[0], rows[1], divided):
        return captions, 2 if _tells_figures(rows[2:]) or _names_columns(rows[1]) else 0
    if len([cell for cell in rows[0][1:] if not cell]) > 0:
        return captions, 0
    return captions, 1 if _tells_figures(rows[1:]) or _names_columns(rows[0]) else 0


def stands_apart(row: Sequence[str]) -> bool:
    """Whether a row is none of the table's, but a line about it."""
    filled = [cell for cell in row if cell]
    return len(filled) <= 1 or all(map(_LABEL.match, filled))


def columns_of(header: Grid) -> list[str]:
    """The names of the columns: those of two rows joined, the upper one holding for the empty cells after it."""
    if not header:
        return []
    upper = list(header[0])
    if len(header) == 1:
        return upper
    for index in range(1, len(upper)):
        if not upper[index] and index < len(header[1]) and header[1][index]:
            upper[index] = upper[index - 1]
    lower = [*header[1], *[""] * (len(upper) - len(header[1]))]
    return [" ".join(dict.fromkeys(filter(None, pair))) for pair in zip(upper, lower, strict=False)]


def _may_name_columns(row: Sequence[str], first: str) -> bool:
    names = [cell for cell in row if cell]
    years = not first or (not is_figure(first) and names_a_column(first))  # 2023 and 2024 above columns of figures
    return len(set(names)) > 1 and all(
        len(name) <= MAX_HEADER_CHARS
        and not name.endswith(("：", ":", "。"))
        and (not is_figure(name) or (years and _YEAR.fullmatch(name) is not None))
        for name in names
    )


def _divides(upper: Sequence[str], lower: Sequence[str], empty: Sequence[int]) -> bool:
    if len(lower) < len(upper) or lower[0] not in ("", upper[0]) or not all(lower[index] for index in empty):
        return False
    names = [cell for cell in lower if cell]
    return all(len(name) <= MAX_HEADER_CHARS and (not is_figure(name) or _YEAR.fullmatch(name)) for name in names)


def _tells_figures(rows: Grid) -> bool:
    """Whether most rows hold a figure behind a first cell that is none, or behind the number of the row."""
    filled = [row for row in rows if sum(map(bool, row)) > 1]
    return bool(filled) and 2 * sum(any(is_figure(cell) for cell in row[1:]) for row in filled) > len(filled)


def _names_columns(row: Sequence[str]) -> bool:
    names = [cell for cell in row if cell]
    return 2 * sum(names_a_column(name) for name in names) >= len(names)
