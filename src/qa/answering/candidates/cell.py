"""Cells of tables: 指标：地区生产总值；单位：亿元；2024年：6363 answers by itself, though the unit stands in another cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.figure import unit_fit
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.numbers import find_numbers

_CELL = re.compile(r"(?P<header>[^；：\n]{1,60})：(?P<value>[^；\n]*)(?:；|$)")
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
_UNIT_LINE = re.compile(r"(?:(?<=\n)|\A|[（(])\s*单位[：:]\s*([^\s；）)]{1,8})[）)]?\s*(?=\n)")
_BRACKETED = re.compile(r"\s*[（(](?:单位[：:])?([^（）()]{1,8})[）)]")
_LEAST_LABEL = 2  # characters: 甲 is a row's name that any question holds by chance
_OF_ANOTHER_UNIT = 0.1  # what unit_fit gives a number of another counter


class _Cell(NamedTuple):
    header: str
    value: str
    start: int
    end: int


def cell_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """The figure of the row and the column that the question both names; none where either is not plain."""
    found = []
    for start, end in _lines(view.text):
        cells = [
            _Cell(match["header"].strip(), match["value"].strip(), *match.span("value"))
            for match in _CELL.finditer(view.text, start, end)
        ]
        figures = [cell for cell in cells if _FIGURE.fullmatch(cell.value)]
        if len(cells) < 2 or not figures or not _names_row(question, cells):
            continue
        cell = _asked_column(question, figures)
        fit = _fit(question, view, cell, cells) if cell else 0.0
        if cell and fit > _OF_ANOTHER_UNIT:
            start = view.text.index(cell.value, cell.start, cell.end)
            found.append(Candidate(start, start + len(cell.value), fit))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _names_row(question: Question, cells: list[_Cell]) -> bool:
    """Whether the question holds the name of the row: a cell with words that is no unit."""
    named = [each for each in cells if not _FIGURE.fullmatch(each.value) and not _UNIT_COLUMN.fullmatch(each.header)]
    return any(len(each.value) >= _LEAST_LABEL and each.value in question.text for each in named)


def _asked_column(question: Question, figures: list[_Cell]) -> _Cell | None:
    """The one column of figures, or the only one whose header the question names."""
    if len(figures) == 1:
        return figures[0]
    named = [each for each in figures if _BRACKETED.sub("", each.header) in question.text]
    return named[0] if len(named) == 1 else None


def _fit(question: Question, view: PassageView, cell: _Cell, cells: list[_Cell]) -> float:
    """How well the unit of the cell, of its header, of its row or above the table (单位：亿元) is the one asked for."""
    units = [match[1] for match in _BRACKETED.finditer(cell.header)]
    units += [each.value for each in cells if _UNIT_COLUMN.fullmatch(each.header)]
    units += [match[1] for match in _UNIT_LINE.finditer(view.text, 0, cell.start)][-1:]
    numbers = find_numbers(cell.value + (units[0] if units and not cell.value.endswith("%") else ""))
    return unit_fit(question, numbers[0]) if len(numbers) == 1 else 0.0
