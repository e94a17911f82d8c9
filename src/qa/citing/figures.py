"""When two figures say the same: units, rounding, and what 近, 约, 逾, 以上 allow."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto

from qa.records import Period
from qa.text.numbers import NumberMention
from qa.text.numerals import half_width


class Agreement(Enum):
    """How a figure of the draft stands to one of the source."""

    AGREE = auto()
    DISAGREE = auto()
    INCOMPARABLE = auto()  # other things are counted, or the source says too little


_ABOVE = re.compile(r"逾|(?<!不)超过?|突破|余|多$|以上|不少于|不低于|不小于|至少|最低|(?<!不)(?:高于|大于|多于)|之多")
_BELOW = re.compile(
    r"近|不到|不足|不超过|最高|最多|至多|以内|以下|不高于|不多于|不大于|未[满达]|(?<!不)(?:低于|小于|少于)"
)
_ABOUT = re.compile(r"约|左右|大约|上下")
_LIMIT = re.compile(r"最高|最多|不超过|至多|以内|不高于|不多于|以下")

_PEOPLE = frozenset("人 名 位".split())
_TIME = frozenset("年 天 个月 月 周 日 小时 个小时 分钟 秒 岁 个工作日".split())
_GENERIC = frozenset({None, "个"})
_LEAST_MONEY = 10_000
_SYNONYMS = {"个百分点": "百分点", "公里": "千米", "公斤": "千克"}

_MARGIN_ABOVE = Decimal("1.15")
_MARGIN_BELOW = Decimal("0.9")
_MARGIN_ABOUT = Decimal("0.05")
_FINEST_SHARE = Decimal("0.05")
"""Without a qualifier a figure may only be rounded where its last place is at most this share of it (53.2 to 53)."""


def compare(draft: NumberMention, source: NumberMention, written: str) -> Agreement:
    """How ``draft`` (written as ``written``, its numerals alone) stands to ``source``.

    Scales and units are brought together first: 0.05亿元 and 500万元 agree.
    """
    if draft.phone or source.phone:
        same = draft.phone and source.phone and draft.value == source.value
        return Agreement.AGREE if same else Agreement.INCOMPARABLE
    if draft.ordinal != source.ordinal or not _may_agree(draft, source):
        return Agreement.INCOMPARABLE
    ours, theirs = _percent(draft), _percent(source)
    if _values_agree(draft, source, ours, theirs, _last_place(written, ours)):
        return Agreement.DISAGREE if _opposed(draft.qualifier, source.qualifier) else Agreement.AGREE
    if not may_disagree(draft, source):
        return Agreement.INCOMPARABLE
    vague = _ABOVE.search(source.qualifier) and not _ABOVE.search(draft.qualifier)
    if vague and theirs < ours <= theirs * _MARGIN_ABOVE:
        return Agreement.INCOMPARABLE
    return Agreement.DISAGREE


def may_disagree(draft: NumberMention, source: NumberMention) -> bool:
    """Whether the two count the same kind of thing, so that different values exclude each other."""
    ours, theirs = _unit(draft), _unit(source)
    if ours == theirs:
        return True
    if _is_money(draft) and _is_money(source):
        return True
    if ours in _PEOPLE and theirs in _PEOPLE:
        return True
    return (ours in _GENERIC) != (theirs in _GENERIC) and not {ours, theirs} & (_TIME | {"%", "元", "‰"})


def _may_agree(draft: NumberMention, source: NumberMention) -> bool:
    if may_disagree(draft, source):
        return True
    apart = _TIME | {"%", "元", "‰", "百分点"}
    return not ({_unit(draft), _unit(source)} & apart)


def _unit(mention: NumberMention) -> str | None:
    if mention.unit is None and Decimal(0) < mention.value < 1:
        return "%"
    return _SYNONYMS.get(mention.base_unit or "", mention.base_unit)


def _percent(mention: NumberMention) -> Decimal:
    """The value; a bare fraction (三分之一) in per cent."""
    return mention.value * 100 if mention.unit is None and Decimal(0) < mention.value < 1 else mention.value


def _is_money(mention: NumberMention) -> bool:
    return mention.base_unit == "元" or (mention.base_unit is None and mention.value >= _LEAST_MONEY)


def _values_agree(
    draft: NumberMention, source: NumberMention, ours: Decimal, theirs: Decimal, last_place: Decimal
) -> bool:
    if draft.upper is not None:
        return ours == theirs and draft.upper == source.upper
    if source.upper is not None:
        limit = source.upper if _LIMIT.search(draft.qualifier) else theirs
        return ours in (limit, theirs, source.upper)
    if ours == theirs:
        return True
    if any(kind.search(draft.qualifier) and kind.search(source.qualifier) for kind in (_ABOVE, _BELOW, _ABOUT)):
        return False
    if _ABOUT.search(draft.qualifier):
        return abs(ours - theirs) <= max(last_place / 2, ours * _MARGIN_ABOUT)
    if _ABOVE.search(draft.qualifier):
        return ours <= theirs <= ours * _MARGIN_ABOVE
    if _BELOW.search(draft.qualifier):
        return ours * _MARGIN_BELOW <= theirs <= ours
    return abs(ours - theirs) <= last_place / 2 and last_place <= ours * _FINEST_SHARE


def _opposed(draft: str, source: str) -> bool:
    """近 against 逾, 不低于 against 不高于; a figure without a qualifier opposes nothing."""
    above, below = bool(_ABOVE.search(draft)), bool(_BELOW.search(draft))
    return (above and not below and bool(_BELOW.search(source)) and not _ABOVE.search(source)) or (
        below and not above and bool(_ABOVE.search(source)) and not _BELOW.search(source)
    )


def _last_place(written: str, value: Decimal) -> Decimal:
    """What one step of the last written digit is worth: 53.2亿 → 10,000,000; 三万 → 10,000."""
    digits = re.match(r"[\d,]+(?:\.(\d+))?", half_width(written))
    if digits is None:
        scale = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}.get(written[-1:], 1)
        return Decimal(scale)
    numeral = Decimal(digits.group().replace(",", ""))
    scale_of = value / numeral if numeral else Decimal(1)
    return scale_of * Decimal(1).scaleb(-len(digits.group(1) or ""))


_RANGE = re.compile(r"至|到|—|--|–|~|～|―|\d-\d{1,2}[月日]")


def compare_periods(draft: Period, source: Period) -> Agreement:
    """How a date of the draft stands to one of the source.

    The same days agree; so does a coarser date (2月下旬 for 2月21日—25日), and a day within the days of an event. A
    date finer than the source's is more than the source says. Two ranges must be the same.
    """
    if (draft.first, draft.last) == (source.first, source.last):
        return Agreement.AGREE
    ranges = bool(_RANGE.search(draft.text)), bool(_RANGE.search(source.text))
    if not draft.overlaps(source) or all(ranges):
        return Agreement.DISAGREE
    if draft.contains(source):
        return Agreement.AGREE
    if source.contains(draft):
        return Agreement.AGREE if ranges[1] else Agreement.INCOMPARABLE
    return Agreement.DISAGREE
