"""甲、乙营收分别增长1.1倍、4.3倍: the second figure is of the second one, and no answer to a question about the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.candidates.enumeration import items_of
from qa.answering.view import PassageView, Range
from qa.records import Question
from qa.text.numbers import NumberMention

_RESPECTIVELY = re.compile(r"分别|依次|各自")
_BETWEEN_FIGURES = re.compile(r"[、，和与及]|以及|和?[（(][^（()）]{0,20}[）)]、?")
_MARKS = re.compile(r"[，。；：\n]")
_VERB_CHARS = 10  # 分别比上年同期增长


def of_another_item(question: Question, view: PassageView, span: Range) -> str:
    """The item that the number at ``span`` is told of, where the question names another item of that row and not this one; else empty."""
    number = view.number_at(span)
    if number is None:
        return ""
    first, last = view.sentence_of(*span)
    for match in _RESPECTIVELY.finditer(view.text, first, last):
        figures = _row_behind(view, match.end(), last)
        if number not in figures:
            continue
        items = _items_before(view, first, match.start())
        if len(items) != len(figures):
            return ""
        own = items[figures.index(number)]
        others = [item for item in items if item != own]
        asked = [item for item in others if _is_named(question, item, [own])]
        return own if asked and not _is_named(question, own, others) else ""
    return ""


def _row_behind(view: PassageView, at: int, last: int) -> list[NumberMention]:
    """The figures of one row that begins behind 分别: 1.1倍、4.3倍, or 15.2和9亿元."""
    row: list[NumberMention] = []
    for number in view.numbers:
        if not at <= number.start < last:
            continue
        between = view.text[row[-1].end : number.start] if row else view.text[at : number.start]
        if row and not _BETWEEN_FIGURES.fullmatch(between):
            break
        if not row and (len(between) > _VERB_CHARS or _MARKS.search(between)):
            break
        row.append(number)
    return row


def _items_before(view: PassageView, first: int, at: int) -> list[str]:
    """甲集团, 乙集团营收: what 、 and 和 part in the words that lead up to 分别."""
    words = view.text[first:at].rstrip("， ")
    cut = [match.end() for match in _MARKS.finditer(words)]
    words = words[cut[-1] :] if cut else words
    return [words[start:end] for start, end in items_of(words)]


def _is_named(question: Question, item: str, others: Sequence[str]) -> bool:
    """Whether the question holds what sets ``item`` apart from ``others``: its longest run of characters that none of them has."""
    elsewhere = set("".join(others))
    runs = "".join(" " if each in elsewhere else each for each in item).split()
    return bool(runs) and max(runs, key=len) in question.text
