"""Tables as lines of words: every row carries its header, so that one cell answers a question on its own.

A row of 指标 | 单位 | 2024年 reads 指标：地区生产总值；单位：亿元；2024年：6363. The headers are repeated words of the document;
the marks ： and ； are the only characters that the file does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from qa.ports import SourceLine

MAX_HEADER_CHARS = 40
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[-+−]?[\d,，.]+\s?[%％‰]?")
_SPACED_LABEL = re.compile(r"[\u3400-\u9fff](?: +[\u3400-\u9fff])+ ?[：:]")
_STOP_END = re.compile(r"[：:；;。\s]+$")
_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_COLUMN_WORD = re.compile(
    r"序号|编号|名称|姓名|项目|指标|单位|数[值量额据]|金额|年[份度]|日期|时间|内容|备注|说明|类[别型]|类$|标准|要求|职[务责称]|部门|地区|城市|措施|任务"
    r"|\d{4}年|合计|级别|比[例重]|增[速长幅]|[）)]$|排名|得分|值$|额$|率$|量$|数$"
)
_LABEL_END = ("：", ":")


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """One row as 表头：值；表头：值, empty cells left out; ``""`` for an empty row.

    A cell without a header, or whose header says the same (a merged cell), stands by itself; a row that one cell fills is that
    cell. Line ends inside cells become spaces.
    """
    values = [_plain(cell) for cell in cells]
    if _fills_row(values):
        return values[0]
    parts: list[str] = []
    for index, value in enumerate(values):
        name = _STOP_END.sub("", _plain(header[index])) if index < len(header) else ""
        part = f"{name}：{value}" if name and value and name != value else value
        if part and (not parts or parts[-1] != part):  # a cell merged over columns comes once for each
            parts.append(_STOP_END.sub("", part) or part)
    return "；".join(parts)


def table_lines(
    rows: Sequence[Sequence[str]], header_rows: int | None = None, page: int | None = None
) -> list[SourceLine]:
    """The lines of a table in order, none of them empty; a cell merged over rows or columns stands in each of them.

    ``header_rows`` is how many rows the format marks as header, ``None`` when it marks none: then the first row is the header
    where it looks like one. Rows before the header that one cell fills (表1 主要指标) are lines of their own; headers of several
    rows are joined (2024年 产值). Label and value in turn (发文机关：| 国务院) give a line a pair, a table of one column its cells.
    A header that no row used, as in an empty form, is a line too.
    """
    grid = [row for row in ([_plain(cell) for cell in row] for row in rows) if any(row)]
    captions = 0
    while captions < len(grid) and len(set(grid[captions])) == 1:
        captions += 1
    lines = [SourceLine(row[0], whole=True, page=page) for row in grid[:captions]]
    grid = grid[captions:]
    if not grid:
        return lines
    count = _header_count(grid) if header_rows is None else min(max(0, header_rows - captions), len(grid))
    if count == 0:
        return lines + [line for row in grid for line in _without_header(row, page)]
    header = _joined(grid[:count])
    body = grid[count:]
    used = {index for row in body if not _fills_row(row) for index, cell in enumerate(row) if cell}
    if any(name and index not in used for index, name in enumerate(header)):
        lines.append(SourceLine("；".join(dict.fromkeys(filter(None, header))), whole=True, table=True, page=page))
    texts = ((row_text(header, row), _fills_row(row)) for row in body)
    lines += [SourceLine(text, whole=True, table=not fills, page=page) for text, fills in texts if text]
    return lines


def names_a_column(name: str) -> bool:
    """Whether ``name`` holds a word that columns are named with (序号, 企业数（家）)."""
    return _COLUMN_WORD.search(name) is not None


def _plain(cell: str) -> str:
    return _SPACE.sub(" ", cell).strip()


def _header_count(grid: Sequence[Sequence[str]]) -> int:
    """How many rows name the columns, as far as they look like it.

    A header is several short cells, none a figure, a sentence or a label with a colon. Where one of its cells spans columns, the
    row below that divides it belongs to it. Of two columns the first row is a header only by its words: 项目 | 内容 is one,
    建设单位 | 某公司 is a label with its value.
    """
    names = [cell for cell in grid[0] if cell]
    if len(grid) < 2 or len(set(names)) < 2 or len(names) < len(grid[0]) - 1 or _is_form(grid):
        return 0
    unfit = (
        len(name) > MAX_HEADER_CHARS or _FIGURE.fullmatch(name) or name.endswith(("：", ":", "。")) for name in names
    )
    if any(unfit) or (len(grid[0]) == 2 and not _names_two_columns(grid)):
        return 0
    return 2 if len(grid) > 2 and _divides(grid[0], grid[1]) else 1


def _names_two_columns(grid: Sequence[Sequence[str]]) -> bool:
    """By words that name columns, or because every cell below the second name is a figure and the name is none."""
    figures = len(grid) > 2 and all(_FIGURE.fullmatch(row[1]) for row in grid[1:] if len(row) == 2 and row[1])
    return figures or all(map(names_a_column, grid[0]))


def _divides(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether ``lower`` gives each column of a cell of ``upper`` that spans several its own short name."""
    spanned = [index for index in range(1, len(upper)) if upper[index] and upper[index] == upper[index - 1]]
    if not spanned or len(lower) != len(upper):
        return False
    names = [lower[index] for index in sorted({*spanned, *(index - 1 for index in spanned)})]
    short = all(name and len(name) <= MAX_HEADER_CHARS and not _FIGURE.fullmatch(name) for name in names)
    return short and any(lower[index] != lower[index - 1] for index in spanned) and lower[0] in ("", upper[0])


def _fills_row(row: Sequence[str]) -> bool:
    """Whether one cell is merged over the whole row, as a heading inside a table is."""
    return len(row) > 1 and len(set(row)) == 1


def _is_form(grid: Sequence[Sequence[str]]) -> bool:
    """Whether cells are label and value in turn: labels with a colon stand in the odd columns of most rows."""
    labels = [cell for row in grid for cell in row[::2] if cell]
    return sum(label.endswith(_LABEL_END) for label in labels) * 2 > len(labels)


def _without_header(row: Sequence[str], page: int | None) -> list[SourceLine]:
    """A label with its value a line where labels end with a colon, else one line of the cells."""
    cells = [_closed_label(cell) for cell, _ in groupby(row) if cell]
    if len(row) == 2 == len(cells) and len(cells[0]) <= MAX_HEADER_CHARS and not _FIGURE.fullmatch(cells[0]):
        return [SourceLine(f"{_STOP_END.sub('', cells[0])}：{cells[1]}", whole=True, page=page)]
    if not cells[0].endswith(_LABEL_END):
        return [SourceLine("；".join(cells), whole=True, table=len(cells) > 1, page=page)]
    pairs: list[str] = []
    for cell in cells:
        if pairs and pairs[-1].endswith(_LABEL_END) and not cell.endswith(_LABEL_END):
            pairs[-1] += cell
        else:
            pairs.append(cell)
    filled = [
        pair for pair in pairs if not pair.endswith(_LABEL_END)
    ]  # an empty field says nothing, unless all are empty
    return [SourceLine(pair, whole=True, page=page) for pair in filled or pairs]


def _closed_label(cell: str) -> str:
    """A label without the spaces that stretch it: 索 引 号：."""
    return cell.replace(" ", "") if _SPACED_LABEL.fullmatch(cell) else cell


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(map(len, rows))
    columns = ([row[index] for row in rows if index < len(row) and row[index]] for index in range(width))
    return [" ".join(dict.fromkeys(_GAP.sub("", name) for name in column)) for column in columns]
