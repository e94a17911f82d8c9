"""Which of several kinds of one thing a figure is told of: 对备案的中试基地……另给予50万元 is no reward of a 技术转移机构, 首次认定的，奖补50万元 none
for 整体迁入, 先进个人……每人6000元 none for a 先进集体.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.support import stretch_around
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question


class _Kind(NamedTuple):
    """One of a class: how a question calls it, how a document does."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _kinds(*members: str | tuple[str, str]) -> tuple[_Kind, ...]:
    pairs = (each if isinstance(each, tuple) else (each, each) for each in members)
    return tuple(_Kind(re.compile(asked), re.compile(told)) for asked, told in pairs)


# What a rule gives, asks for or counts, kind by kind: who asks for one and reads another is misled.
_CLASSES: tuple[tuple[_Kind, ...], ...] = (
    _kinds(
        "重点实验室",
        "中试基地",
        "技术转移(?:示范)?机构",
        "技术创新中心",
        "工程(?:技术)?研究中心",
        "企业技术中心",
        "众创空间",
        "孵化器",
        "星创天地",
        "大学科技园",
        "院士(?:专家)?工作站",
        "博士后[^，。；]{0,4}工作站",
        "新型研发机构",
    ),
    _kinds(
        ("高新技术企业|(?<!提)高企", "高新技术企业|(?<!提)高企"),
        ("科技型中小企业|科小", "科技型中小企业|科小"),
        ("(?:科技)?领军企业", "领军企业"),
        "独角兽",
        "瞪羚",
        "专精特新",
        "规模?以?上(?:工业)?企业|规上",
    ),
    _kinds(
        (r"首次(?:被)?(?:认定|评)|(?:头一[回次]|第一次)[^，。？?]{0,4}(?:认定|评)", "首次(?:通过)?认定"),
        (r"(?:重新|再次)(?:被)?(?:认定|评)|复审", "重新认定|再次认定|复审"),
        (
            r"迁入|迁[到来至]|(?<!运)搬[^，。？?]{0,2}[到来进至]",
            "迁入|迁至|迁到",
        ),
    ),
    _kinds("先进集体|先进单位", "先进个人|先进工作者"),
    _kinds("一等奖", "二等奖", "三等奖", "特等奖"),
    _kinds("非税收入", "(?<!非)税收(?:收入)?(?!优惠|政策|减免)", "一般公共预算收入", "政府性?基金(?:预算)?收入"),
    _kinds(("户籍", "户籍"), ("常住", "常住"), ("流动人口", "流动人口")),
    _kinds(("城镇居民", "城镇(?:常住)?居民"), ("农村牧?区?(?:居民)?|农牧民", "农村|农牧民")),
)
_RECOGNISED = next(members for members in _CLASSES if any(each.told.search("首次认定") for each in members))[:2]
_RECOGNISED_AT_ALL = re.compile(r"认定")
_JOINED = re.compile(r"[^，。；;]{0,6}(?:、|以及|[和与及或])[^，。；;、]{0,8}$")
_IN_TURN = re.compile(r"分别|依次")
_SEGMENT = re.compile(r"[；;]")


def check_governed(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names one kind alone, the number must not be told of another: of the kinds beside it, else of the last one before it
    in its part of the sentence (up to ；), else in the sentence.
    """
    number = view.number_at(span)
    if number is None:
        return SOUND
    for members, asked in _asked(question.text):
        told = _governing(members, view, (number.number_start, number.unit_end))
        if not told and (said := _of_every_kind(members[asked], view, (number.number_start, number.unit_end))):
            return Verdict(AbstainReason.SUBJECT, said)
        if told and asked not in {at for at, _ in told}:
            return Verdict(AbstainReason.SUBJECT, f"资料中的数字说的是“{'、'.join(name for _, name in told)}”")
    return SOUND


def _of_every_kind(kind: _Kind, view: PassageView, place: Range) -> str:
    """Why 全年共认定1294家 is no number of 首次认定: nothing there says which of those recognised; empty where something does."""
    if kind not in _RECOGNISED or not _RECOGNISED_AT_ALL.search(view.folded, *stretch_around(view, place)):
        return ""
    above = "\n".join((view.passage.lead, *view.passage.heading_path))
    told = kind.told.search(view.folded, *view.sentence_of(*place)) or kind.told.search(above)
    return "" if told else "资料中的数字是全部认定的，没有分首次、重新"


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asked(text: str) -> list[tuple[tuple[_Kind, ...], int]]:
    """The classes that the question names exactly one member of, with that member."""
    found = []
    for members in _CLASSES:
        named = [at for at, each in enumerate(members) if each.asked.search(text)]
        if len(named) == 1:
            found.append((members, named[0]))
    return found


def _governing(members: tuple[_Kind, ...], view: PassageView, place: Range) -> list[tuple[int, str]]:
    """The members that the number at ``place`` is told of, several where they are joined; empty where none is, or where it is one of
    several figures that follow each other in turn (分别).
    """
    first, text = view.sentence_of(*place)[0], view.folded
    if view.changed_subject(place[0]) or _IN_TURN.search(text, view.clause_of(*place)[0], place[0]):
        return []
    beside = _told(members, text, *stretch_around(view, place))
    if beside:
        return [(at, name) for _, _, at, name in beside]
    begun = max((each.end() for each in _SEGMENT.finditer(text, first, place[0])), default=first)
    for start in dict.fromkeys((begun, first)):
        if _IN_TURN.search(text, start, place[0]):
            return []
        told = _told(members, text, start, place[0])
        if told:
            return _with_joined(text, told)
    return []


def _told(members: tuple[_Kind, ...], text: str, first: int, last: int) -> list[tuple[int, int, int, str]]:
    """Start, end, member and words of each that ``text`` tells between, in order."""
    return sorted(
        (match.start(), match.end(), at, match.group())
        for at, each in enumerate(members)
        for match in each.told.finditer(text, first, last)
    )


def _with_joined(text: str, told: list[tuple[int, int, int, str]]) -> list[tuple[int, str]]:
    """The last one, and those that are joined to it (众创空间、孵化器)."""
    row = [told[-1]]
    for each in reversed(told[:-1]):
        if not _JOINED.fullmatch(text, each[1], row[0][0]):
            break
        row.insert(0, each)
    return [(at, name) for _, _, at, name in row]
