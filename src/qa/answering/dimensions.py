"""In what it is measured: 95万千瓦 of power is no 万千瓦时 of energy, an amount no 进度."""

from __future__ import annotations

import re

from qa.answering.candidates.figure import PROGRESS
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

# Units of which one is the beginning or the end of the other, and which measure two things.
_APART = (
    ("千瓦", "千瓦时"),
    ("瓦", "瓦时"),
    ("公里", "平方公里"),
    ("米", "平方米", "立方米"),
    ("人", "人次"),
    ("户", "户次"),
    ("家", "家次"),
    ("辆", "辆次", "车次"),
)
_ASKED = re.compile(
    r"(?:多少|几)(?:[十百千万亿]{0,2})(?P<unit>千瓦时|千瓦|平方公里|公里|平方米|立方米|米|人次|户次|家次|辆次|车次)"
)
_RATES = frozenset({"%", "个百分点", "百分点", "成"})


def check_dimension(question: Question, view: PassageView, span: Range) -> Verdict:
    """A figure is told in what the question measures in; how far something has come is told as a share."""
    number = view.number_at(span)
    if number is None or number.ordinal or not number.base_unit:
        return SOUND
    asked = _ASKED.search(question.text)
    wanted = asked["unit"] if asked else ""
    told = number.base_unit
    if wanted and told != wanted and _is_of_another(wanted, told):
        return Verdict(AbstainReason.SUBJECT, f"问的是多少{wanted}，资料中的数字以{told}计")
    if PROGRESS.search(question.text) and told not in _RATES:
        return Verdict(AbstainReason.SUBJECT, "问的是进度，资料中的数字不是百分比")
    return SOUND


def _is_of_another(wanted: str, told: str) -> bool:
    return any(wanted in group and told in group for group in _APART)
