"""Rows and cells of a table of Word, and which row is its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_HEADER_CELL = 16


def cells(row: Element) -> list[Element]:
    """The cells of ``row`` in order, without those of tables inside them."""
    return [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row]


def cell_words(cell: Element) -> str:
    """All words of a cell on one line."""
    return "".join(t.text or "" for t in cell.iter(_W + "t")).strip()


def has_digit(words: str) -> bool:
    """Whether there is a figure in ``words``."""
    return any(character.isdigit() for character in words)


def header_of(rows: list[Element]) -> list[str]:
    """The words of the header cells, where the first row is a header: marked so, or short labels over rows of figures."""
    if len(rows) < 2:
        return []
    words = [cell_words(cell) for cell in cells(rows[0])]
    marked = rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None
    labels = all(len(each) <= _LONGEST_HEADER_CELL and each[-1:] not in "。；" for each in words if each)
    figures = any(has_digit(cell_words(cell)) for cell in cells(rows[1])[1:])
    return words if len(words) > 1 and (marked or (labels and figures)) else []
