"""Numbers with their units, as official documents write them.

Value, unit, 约/近/超过, ranges, ordinals and telephone numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qa.text import units
from qa.text.dates import find_date_spans
from qa.text.numerals import SCALE_VALUES, half_width, parse_number
from qa.text.quantities import NUMERAL, SPACES, Quantity, quantity

_PHONE = re.compile(r"\(?0\d{2,3}\)?[- ]?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|[48]00-?\d{3}-?\d{4}(?!\d)|\d{7,12}(?!\d)")
_PHONE_BEFORE = re.compile(r"(?:电话|热线|传真|手机|号码)[:：是为]?\s{0,2}$")
_TO = re.compile(rf"{SPACES}(?:-{{1,2}}|—{{1,2}}|–|―|~|～|至|到){SPACES}")
_NUMBERED = re.compile(rf"[第总]{SPACES}$")
_MEETING = re.compile(r"全会|全体会议|会议|集体学习|常务会|局务会|党组")
_NOT_NUMBERS = re.compile(
    r"[〔\[(（【][12]\d{3}[〕\])）】]\s?(?:第\s?)?\d{1,5}\s?号"  # 文号
    r"|(?:(?<=\n)|\A)\s{0,4}[(（]?(?:\d{1,3}[.、)）](?!\d)|[一二三四五六七八九十]{1,3}[、)）])"  # list marks
    r"|(?<!\d)\d{1,2}\s?日(?![之以]?内)"  # the 22日 of 21日和22日
    r"|(?:\d0|[二三四五六七八九]十)年代|\d{1,2}世纪"
    r"|\b(?:GB|ISO|IEC|DB\d*|HJ|NY|JGJ|CJJ|YD)(?:/[A-Z]+)?\s?\d+(?:[.\-—]\d+)*"  # standards
)


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as it stands in a text; all offsets are half-open in that text.

    ``[start, end)`` is everything, qualifier and unit included; ``[number_start, unit_end)`` the number with its unit
    but without qualifiers around it; ``[number_start, number_end)`` the numerals (from the first to the last of a
    range), without the scale where the unit is written with it. ``value`` is scaled exactly: ``1.7亿元`` is 170000000
    with ``unit`` 亿元 and ``base_unit`` 元; ``5%`` and 百分之五 are 5 with ``unit`` %. ``upper`` is the upper end of
    a range (2万到5万元), else ``None``. ``qualifier`` is 近, 约, 不超过, 余, 以上 … as written (before, inside, after
    the number, in this order), else empty. ``ordinal`` is true for 第3次, 3号, 2.0版; ``phone`` for a telephone
    number, which has no unit.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    unit_end: int
    value: Decimal
    unit: str | None = None
    base_unit: str | None = None
    qualifier: str = ""
    ordinal: bool = False
    upper: Decimal | None = None
    phone: bool = False


def find_numbers(text: str) -> list[NumberMention]:
    """The numbers of ``text`` in order, without overlap.

    Left out: dates and years, 文号, standards, list marks (一、 1. （1）), numerals inside words (一体, 统一, 三农,
    万一), digits joined to Latin letters or by + and / (CO2, 5G, 4+8+N). A Chinese numeral counts only with a measure
    word, as an ordinal, or as 百分之….
    """
    half = half_width(text)
    taken = _Taken([*find_date_spans(half), *(m.span() for m in _NOT_NUMBERS.finditer(half))])
    found: list[NumberMention] = []
    position = 0
    while match := NUMERAL.search(half, position):
        start = match.start()
        occupied = taken.end_at(start)
        if occupied is not None:
            position = occupied
            continue
        mention = _phone(half, start) or _mention(half, match, taken)
        if mention is None:
            position = max(match.end("arabic"), match.end("chinese"), match.end("part"), start + 1)
            continue
        found.append(mention)
        position = mention.end
    return found


class _Taken:
    """Stretches that belong to something else; asked in ascending order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def end_at(self, position: int) -> int | None:
        """The end of the stretch that holds ``position``, or ``None``."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= position:
            self._next += 1
        ahead = self._spans[self._next : self._next + 3]
        return max((end for start, end in ahead if start <= position < end), default=None)

    def holds(self, position: int) -> bool:
        """Whether a place a little further on is taken; does not move on."""
        return any(start <= position < end for start, end in self._spans[self._next : self._next + 6])


def _phone(text: str, start: int) -> NumberMention | None:
    before = text[start - 1] if start else ""
    if (before.isascii() and before.isalnum()) or before in tuple(".+"):
        return None
    match = _PHONE.match(text, start - 1 if before == "(" else start) or _PHONE.match(text, start)
    if match is None or not _is_phone(text, match):
        return None
    number = Decimal(re.sub(r"\D", "", match.group()))
    end = match.end()
    return NumberMention(match.start(), end, match.start(), end, end, number, phone=True)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    if _PHONE_BEFORE.search(text, max(0, match.start() - 8), match.start()):
        return True
    following = text[match.end() : match.end() + 1]
    return following != "." and following not in SCALE_VALUES and units.UNIT.match(text, match.end()) is None


def _mention(text: str, match: re.Match[str], taken: _Taken) -> NumberMention | None:
    low = quantity(text, match)
    if low is None:
        return None
    numbered = _NUMBERED.search(text, max(0, low.start - 3), low.start)
    if numbered:
        return _ordinal(low, numbered.start())
    if not low.counts:
        return None
    if low.unit in units.ORDINAL_UNITS or (low.unit == "次" and _MEETING.match(text, low.end)):
        return _ordinal(low, low.start)
    return _counted(text, low, _upper(text, low, taken))


def _counted(text: str, low: Quantity, high: Quantity | None) -> NumberMention:
    last, value = high or low, low.value
    if high is not None and high.scale and not low.scale and low.unit is None:
        scaled = value * (parse_number("一" + high.scale) or 1)
        value = scaled if scaled < high.value else value  # 2到5万元
    start, before = units.qualifier_before(text, low.start)
    suffix = units.SUFFIX.match(text, last.end)
    after = suffix.group() if suffix else ""
    return NumberMention(
        start=start,
        end=last.end + len(after),
        number_start=low.start,
        number_end=last.number_end,
        unit_end=last.end,
        value=value,
        unit=last.written_unit,
        base_unit=last.unit,
        qualifier=before + last.more + after,
        upper=high.value if high else None,
    )


def _ordinal(low: Quantity, start: int) -> NumberMention:
    return NumberMention(
        start, low.end, low.start, low.number_end, low.end, low.value, low.written_unit, low.unit, ordinal=True
    )


def _upper(text: str, low: Quantity, taken: _Taken) -> Quantity | None:
    """The upper end of a range that ``low`` begins: same unit, larger value."""
    to = _TO.match(text, low.end)
    match = NUMERAL.match(text, to.end()) if to else None
    if match is None or taken.holds(match.start()):
        return None
    high = quantity(text, match)
    if high is None or not high.counts or high.value <= low.value:
        return None
    return high if low.unit is None or low.unit == high.unit else None
