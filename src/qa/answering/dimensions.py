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
# What is asked for, and the units that it is never told in: 12.4万亩 is no 产量, 46万吨 no 面积.
_NEVER_IN = (
    (
        re.compile(r"(?:产量|总产(?!值)|单产|产了)[^，。？?]{0,4}(?:多少|几|[？?\s]*$)"),
        frozenset("亩 公顷 平方米 家 户 人".split()),
    ),
    (re.compile(r"面积[^，。？?]{0,4}(?:多少|几|多大|[？?\s]*$)"), frozenset("吨 斤 公斤 千克 家 户 人 元".split())),
)
# Of one herd, forest or fleet: how many there are is not how many were sold, and told of each side by itself.
_SIDES = (("存栏", "出栏"), ("进口", "出口"), ("流入", "流出"))
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
    for measure, units in _NEVER_IN:
        if measure.search(question.text) and told in units:
            return Verdict(AbstainReason.SUBJECT, f"所问的不以{told}计，资料中的数字是另一项")
    if side := _other_side(question, view, (number.number_start, number.unit_end)):
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{side}”的")
    if PROGRESS.search(question.text) and told not in _RATES:
        return Verdict(AbstainReason.SUBJECT, "问的是进度，资料中的数字不是百分比")
    return SOUND


def _other_side(question: Question, view: PassageView, place: Range) -> str:
    """Which side the number is told of (存栏), where the question asks for the other one alone (出栏); empty elsewhere."""
    first, last = view.clause_of(*place)
    for sides in _SIDES:
        asked = [each for each in sides if each in question.text]
        if len(asked) != 1:
            continue
        before = [(view.text.rfind(each, first, place[0]), each) for each in sides]
        at, nearest = max(before)
        if at < 0:  # 26.9万头出栏
            behind = [(found, each) for each in sides if (found := view.text.find(each, place[1], last)) >= 0]
            nearest = min(behind)[1] if behind else ""
        if nearest and nearest != asked[0]:
            return nearest
    return ""


def _is_of_another(wanted: str, told: str) -> bool:
    return any(wanted in group and told in group for group in _APART)
