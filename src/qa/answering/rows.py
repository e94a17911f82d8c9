"""口径护栏 of rows of tables: what stands in another row than the one named, or in a heading of a column, is no answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from qa.answering.labels import Field, fields_of
from qa.answering.tables import bare
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.normalise import comparable

_LEAST_CELLS = 3  # labelled in one line: a row of a table
_LEAST_NAME = 2
_FIGURE = re.compile(r"[-+−]?[\d.,]+\s?[%％‰]?|[-—–－/]+")
_GROUP = re.compile(r"[一-鿿]{1,2}组|[特一二三]等奖")
_ASKS = re.compile(r"[几哪各每]|什么")
_AIM = re.compile(r"目标|任务|计划")


@lru_cache(maxsize=512)
def _rows_of(text: str) -> tuple[tuple[Field, ...], ...]:
    rows: dict[Range, list[Field]] = {}
    for each in fields_of(text):
        rows.setdefault(each.record, []).append(each)
    return tuple(
        tuple(fields)
        for (start, end), fields in rows.items()
        if len(fields) >= _LEAST_CELLS and "\n" not in text[start:end]
    )


def check_row_named(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names a cell of a column (初创组, 二等奖), an answer stands in a row with that very cell; the name of a column is
    no answer.
    """
    rows = _rows_of(view.text)
    row = next((each for each in rows if each[0].record[0] <= span[0] and span[1] <= each[0].record[1]), None)
    if row is None:
        return SOUND
    if any(each.label_start <= span[0] and span[1] <= each.start for each in row):
        return Verdict(AbstainReason.SUBJECT, "资料中这一处只是表头")
    if question.kind is AnswerKind.LIST:
        return SOUND
    asked = comparable(question.text)
    own = {each.label: bare(view.text[each.start : each.end]) for each in row}
    for label, value in own.items():
        rival = _of_another_group(value, asked) or next(
            (each for each in _values_of(rows, label, view.text) if _is_meant(each, value, asked, own)), ""
        )
        if rival:
            return Verdict(AbstainReason.SUBJECT, f"资料中这一行的{label}是“{value}”，不是“{rival}”")
    return SOUND


def _values_of(rows: Sequence[Sequence[Field]], label: str, text: str) -> list[str]:
    """What the other rows of a table have in a column; figures and words of one character name nothing."""
    values = (bare(text[each.start : each.end]) for row in rows for each in row if each.label == label)
    return [each for each in values if len(each) >= _LEAST_NAME and not _FIGURE.fullmatch(each)]


def _is_meant(other: str, value: str, asked: str, own: Mapping[str, str]) -> bool:
    """Whether the question names ``other`` and not the row's own ``value``: 风光发电量 is not the row 发电量, where that has its own."""
    at, own_at = asked.find(other), asked.find(value)
    if at < 0 or other == value or any(other in each for each in own.values()):
        return False
    overlap = own_at < at + len(other) and at < own_at + len(value)
    return own_at < 0 or (overlap and len(value) < len(other))


def _of_another_group(value: str, asked: str) -> str:
    """初创组 of the question, where the row is of 成长组; empty where the question names no other of the sort."""
    if not _GROUP.fullmatch(value) or value in asked:
        return ""
    named = re.search(rf"[一-鿿]{{{len(value) - 1}}}{value[-1]}", asked)
    return named.group() if named and _GROUP.fullmatch(named.group()) and not _ASKS.search(named.group()) else ""


def check_aim(question: Question, view: PassageView, span: Range) -> Verdict:
    """A figure of a table that tells what there is, is no aim (入库目标)."""
    if question.kind is not AnswerKind.NUMBER or not _AIM.search(question.text):
        return SOUND
    row = next((each for each in _rows_of(view.text) if each[0].record[0] <= span[0] < each[0].record[1]), None)
    cell = next((each for each in row or () if each.label_start < span[1] and span[0] < each.end), None)
    if row is None or cell is None:
        return SOUND
    names = [cell.label, view.passage.lead, *view.passage.heading_path[-1:]]
    names += [view.text[each.start : each.end] for each in row]
    if any(map(_AIM.search, names)):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "问的是目标，资料中的表格没有写目标")
