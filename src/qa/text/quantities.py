"""One numeral with its scale and unit at a place of a text: 1.7亿元, 340余个, 二十多万户, 百分之五, 三分之二, 半年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qa.text import units
from qa.text.numerals import CHINESE_NUMERAL_CHARACTERS, DIGIT_VALUES, parse_number

SPACES = r"[ \u00a0\u3000]{0,2}"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_CHINESE = rf"[{CHINESE_NUMERAL_CHARACTERS}]+(?:点[{CHINESE_NUMERAL_CHARACTERS}]+)?"
# 千 is part of the unit in 千瓦, 千米, 千克; 百 in 百分点.
_SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦克米伏卡赫帕])|百(?!分))"
_MORE = r"(?:余|多|来(?=[个家人年]))"
NUMERAL = re.compile(
    rf"(?P<part>百分之|千分之)(?P<of>{_ARABIC}|{_CHINESE})"
    rf"|(?P<fraction>{_CHINESE}分之{_CHINESE})"
    rf"|(?P<arabic>{_ARABIC})(?:(?P<mixed>{_SCALE}\d+(?:{_SCALE})?)|{SPACES}(?P<scale>{_SCALE}))?"
    rf"(?:{SPACES}(?P<more>{_MORE}))?(?P<scale2>{_SCALE})?"
    rf"|(?P<chinese>{_CHINESE})(?:{SPACES}(?P<cmore>{_MORE}))?(?P<cscale>万亿|亿|万)?"
    rf"|(?P<half>半)(?=年|天|小时|个月|个小时)"
)
"""Where a number may stand, in half-width text; :func:`quantity` says whether one does."""
_JOINED = re.compile(r"[+×/][\dA-Za-z]|[A-Za-z]")
_AND_A_HALF = re.compile(r"半(?P<span>月|小时)")
_HALF_AFTER = re.compile(r"半(?![年天])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its scale and unit; offsets are half-open.

    ``value`` is scaled; ``number_end`` stands after the numerals, ``end`` after the unit. ``more`` is 余 or 多
    between number and unit. ``counts`` is false where the numeral is a number only with 第 before it (一 in 一体).
    """

    start: int
    number_end: int
    end: int
    value: Decimal
    scale: str = ""
    unit: str | None = None
    more: str = ""
    counts: bool = True

    @property
    def written_unit(self) -> str | None:
        """The unit with its scale: 亿元."""
        return self.scale + (self.unit or "") or None


def quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity at a match of :data:`NUMERAL` in half-width ``text``; ``None`` where there is no number."""
    if match["arabic"]:
        return _arabic(text, match)
    if match["part"] or match["fraction"]:
        return _share(match)
    return _chinese(text, match)


def _share(match: re.Match[str]) -> Quantity | None:
    value = parse_number(match["of"] or match["fraction"])
    if value is None:
        return None
    unit = {"百分之": "%", "千分之": "‰"}.get(match["part"] or "")
    return Quantity(match.start(), match.end(), match.end(), value, unit=unit)


def _arabic(text: str, match: re.Match[str]) -> Quantity | None:
    start = match.start()
    before = text[start - 1] if start else ""
    if before and ((before.isascii() and before.isalnum()) or before in "+/.&×"):
        return None
    number = match["arabic"] + (match["mixed"] or "")
    scale = "" if match["mixed"] else (match["scale"] or "") + (match["scale2"] or "")
    value = parse_number(number + scale)
    if value is None:
        return None
    more, end = match["more"] or "", match.end()
    unit = units.UNIT.match(text, end)
    if more == "多" and unit is None and not match["scale2"]:  # 3多元化
        more, end = "", match.end("more") - 1
    if unit is None and _JOINED.match(text, end):
        return None
    value, end, name = _with_half(text, value, unit, end)
    return Quantity(start, start + len(number), end, value, scale, name, more)


def _chinese(text: str, match: re.Match[str]) -> Quantity | None:
    start, numeral = match.start(), match["chinese"] or match["half"]
    if len(numeral) > 1 and all(c in DIGIT_VALUES for c in numeral):
        return None  # 五六个, 九三学社, 二〇二一
    more, scale = match["cmore"] or "", match["cscale"] or ""
    value = parse_number(numeral + scale)
    if value is None:
        return None
    unit = units.UNIT.match(text, match.end())
    value, end, name = _with_half(text, value, unit, match.end())
    if match["half"]:
        counts = start == 0 or text[start - 1] not in "上下过大多前后一"
    else:
        counts = units.counts_something(text, start, numeral, name, more)
    return Quantity(start, start + len(numeral), end, value, scale, name, more, counts)


def _with_half(text: str, value: Decimal, unit: re.Match[str] | None, end: int) -> tuple[Decimal, int, str | None]:
    """Value, end and name with the unit, and with 半 after it: 3年半, 两个半月."""
    if unit is None:
        return value, end, None
    name: str = unit["unit"]
    if name == "个" and (span := _AND_A_HALF.match(text, unit.end())):
        return value + Decimal("0.5"), span.end(), "个" + span["span"]
    if name in ("年", "个", "倍", "天", "小时") and _HALF_AFTER.match(text, unit.end()):
        return value + Decimal("0.5"), unit.end() + 1, name
    return value, unit.end(), name
