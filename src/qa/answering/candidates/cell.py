"""Cells of tables: 指标：地区生产总值；单位：亿元；2024年：6363 answers by itself, though the unit stands in another cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.figure import unit_fit
from qa.answering.tables import Cell, Row, bare, parts_of, rows_of, says_nothing, unit_of
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.normalise import comparable
from qa.text.numbers import find_numbers

_LEAST_LABEL = 2  # characters: 甲 is a row's name that any question holds by chance
_OF_ANOTHER_UNIT = 0.1  # what unit_fit gives a number of another counter
_OF_THE_OTHER = re.compile(r"的?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def cell_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """The figure of the row and the column that the question both names; none where either is not plain."""
    cells = []
    rows = rows_of(view.text)
    named = [sum(map(len, _named(question, row))) for row in rows]
    for row, held in zip(rows, named, strict=True):
        if not held or held < max(named) or _is_another(question, row, rows):
            continue  # 企业 is no row for 高新技术企业, where that has its own
        cell = _asked_column(question, [each for each in row.cells if each.is_measured])
        fit = _fit(question, view, cell, row) if cell else 0.0
        if cell and fit > _OF_ANOTHER_UNIT:
            cells.append((cell, fit))
    if len({cell.value for cell, _ in cells}) > 1:
        return []  # 检测服务 in several rows
    return [Candidate(cell.start, cell.end, fit) for cell, fit in cells]


def _named(question: Question, row: Row) -> list[str]:
    """The labels of the row that the question holds."""
    labels = (bare(each) for each in row.labels)
    return [each for each in labels if len(each) >= _LEAST_LABEL and _holds(comparable(question.text), each)]


def _is_another(question: Question, row: Row, rows: Sequence[Row]) -> bool:
    """Whether the question names another label in a column of the row's: 甲公司 has 研发设计 there, where its 检测服务 is asked for."""
    own = {cell.header: bare(cell.value) for cell in row.cells}
    named = comparable("".join(_named(question, row)))
    return any(
        own.get(cell.header, "") != label and label not in named
        for other in rows
        for cell in other.cells
        if cell.value in other.labels and cell.header in own
        if len(label := bare(cell.value)) >= _LEAST_LABEL and _holds(comparable(question.text), label)
    )


def _asked_column(question: Question, figures: list[Cell]) -> Cell | None:
    """The only column of figures that the question names, or that needs no name (数值, 2024年); never one of another year."""
    asked = {str(year) for each in question.periods for year in (each.first.year, each.last.year)}
    figures = [
        each
        for each in figures
        if not asked or not _YEAR.search(each.header) or asked & set(_YEAR.findall(each.header))
    ]
    if len(figures) == 1 and says_nothing(_YEAR.sub("", bare(figures[0].header))):
        return figures[0]
    text = comparable(question.text)
    named = [
        each for each in figures if all(any(_holds(text, form) for form in forms) for forms in parts_of(each.header))
    ]
    if len(named) > 1:
        return _head_of(named, text)
    return named[0] if named else None


def _head_of(named: Sequence[Cell], text: str) -> Cell | None:
    """Of two columns that the question names as one of the other (成交额的年度目标, 成交额同比增长) the second; ``None`` of columns side by side."""
    places = []
    for cell in named:
        found = [(text.rfind(form), form) for forms in parts_of(cell.header) for form in forms if form in text]
        if not found:  # a column of a year alone
            return None
        start, form = max(found, key=lambda each: (len(each[1]), each[0]))
        places.append((start, start + len(form), cell))
    places.sort(key=lambda each: each[:2])
    joined = all(_OF_THE_OTHER.fullmatch(text, one[1], max(one[1], other[0])) for one, other in pairwise(places))
    return places[-1][2] if joined else None


def _holds(text: str, name: str) -> bool:
    """Whether ``name`` stands in ``text``, its first numeral not being the end of another (2月 of 12月)."""
    return bool(name) and re.search(rf"(?<!\d){re.escape(name)}", text) is not None


def _fit(question: Question, view: PassageView, cell: Cell, row: Row) -> float:
    """How well the unit of the cell, of its header, of its row or above the table (单位：亿元) is the one asked for."""
    numbers = find_numbers(cell.value.lstrip("+-−") + unit_of(view.text, view.passage.lead, row, cell))
    return unit_fit(question, numbers[0]) if len(numbers) == 1 else 0.0
