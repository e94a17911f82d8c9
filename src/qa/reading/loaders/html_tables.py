"""The grid of a table of a web page: which cell stands in which row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import html as lxml_html

MAX_COLUMNS = 400
MAX_ROWS = 50_000
_MAX_DATA_CELL_CHARS = 400
_LAYOUT_PARTS = frozenset({"table", "h1", "h2", "h3", "h4", "article", "section"})


class Grid(NamedTuple):
    """Cells by row and column, a merged cell in each place that it covers, ``None`` where there is none.

    ``header_rows`` counts the rows that the page marks as header, ``None`` when it marks none. A ``layout`` table places parts
    of a page beside each other and has no rows of data.
    """

    rows: list[list[lxml_html.HtmlElement | None]]
    header_rows: int | None
    layout: bool


def grid_of(table: lxml_html.HtmlElement) -> Grid:
    """The grid of one table; tables inside its cells are parts of the cells."""
    rows: list[list[lxml_html.HtmlElement | None]] = []
    hanging: dict[int, tuple[int, lxml_html.HtmlElement]] = {}  # column → (rows still covered, cell)
    headers = 0
    for row_element in _rows(table)[:MAX_ROWS]:
        row: list[lxml_html.HtmlElement | None] = []
        cells = [cell for cell in row_element if cell.tag in ("td", "th")]
        for cell in cells:
            _hang(row, hanging)
            across, down = _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_ROWS)
            for _ in range(min(across, MAX_COLUMNS - len(row))):
                if down > 1:
                    hanging[len(row)] = (down - 1, cell)
                row.append(cell)
        _hang(row, hanging)
        marked = row_element.getparent().tag == "thead" or (len(cells) > 1 and all(cell.tag == "th" for cell in cells))
        if marked and headers == len(rows):
            headers += 1
        rows.append(row)
    return Grid(rows, headers or None, _is_layout(table, rows))


def is_cut(table: lxml_html.HtmlElement) -> bool:
    """Whether the table has more rows, or more cells in a row, than are read."""
    rows = _rows(table)
    return len(rows) > MAX_ROWS or any(sum(cell.tag in ("td", "th") for cell in row) > MAX_COLUMNS for row in rows)


def _hang(row: list[lxml_html.HtmlElement | None], hanging: dict[int, tuple[int, lxml_html.HtmlElement]]) -> None:
    """Continues ``row`` with the cells of rows above that reach down to it."""
    while len(row) in hanging:
        column = len(row)
        left, cell = hanging.pop(column)
        if left > 1:
            hanging[column] = (left - 1, cell)
        row.append(cell)


def _rows(table: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    found = []
    for part in table:
        if part.tag == "tr":
            found.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in part if row.tag == "tr"]
    return found


def _span(cell: lxml_html.HtmlElement, name: str, bound: int) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), bound) if re.fullmatch(r"\d{1,6}", text) else 1


def _is_layout(table: lxml_html.HtmlElement, rows: list[list[lxml_html.HtmlElement | None]]) -> bool:
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(element.tag in _LAYOUT_PARTS for element in table.iter() if element is not table):
        return True
    cells = {id(cell): cell for row in rows for cell in row if cell is not None}
    return any(
        len(cell.text_content()) > _MAX_DATA_CELL_CHARS and len(cell.findall(".//p")) > 2 for cell in cells.values()
    )
