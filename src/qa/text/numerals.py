"""Numerals, Arabic and Chinese, as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

DIGIT_VALUES = dict(zip("零〇○Ｏ一二两三四五六七八九", (0, 0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
DIGIT_VALUES.update(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
SCALE_VALUES = dict(zip("十百千万亿", (10, 100, 1000, 10**4, 10**8), strict=True))
SCALE_VALUES.update(zip("拾佰仟萬億", (10, 100, 1000, 10**4, 10**8), strict=True))
CHINESE_NUMERAL_CHARACTERS = "".join(DIGIT_VALUES) + "".join(SCALE_VALUES) + "廿卅"

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％＋－，／", "0123456789.%+-,/")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SIGN = {"-": -1, "负": -1, "+": 1}
_PARTS_OF = re.compile(r"(?P<denominator>[^分]+)分之(?P<numerator>.+)")
_MAX_NUMERAL_CHARS = 40


def half_width(text: str) -> str:
    """``text`` with full-width digits, point, percent, signs and comma in half width; the length never changes."""
    return text.translate(_HALF_WIDTH)


def parse_number(text: str) -> Decimal | None:
    """The exact value of a numeral that fills ``text``, or ``None``.

    Reads ``1,000``, ``１２．５``, ``1.7亿``, ``3万5千``, ``一万二千三百``, ``二〇二一``, ``三万五`` (35000), ``半``,
    ``百分之二十`` and ``20%`` (both 0.2), ``三分之一`` (28 digits), ``第三`` and ``第3`` (3). White space is ignored.
    """
    numeral = re.sub(r"\s", "", half_width(text))
    if not numeral or len(numeral) > _MAX_NUMERAL_CHARS:
        return None
    value = _value(numeral)
    return value if value is None or value != value.to_integral_value() else Decimal(int(value))


def _value(numeral: str) -> Decimal | None:
    if not numeral:
        return None
    if numeral[0] == "第":
        return _plain(numeral[1:])
    if numeral[0] in _SIGN:
        value = _value(numeral[1:]) if numeral[1:2] not in _SIGN else None
        return None if value is None else value * _SIGN[numeral[0]]
    if numeral[-1] in "%‰":
        value = _plain(numeral[:-1])
        return None if value is None else value / (100 if numeral[-1] == "%" else 1000)
    fraction = _PARTS_OF.fullmatch(numeral)
    if fraction is None:
        return _plain(numeral)
    denominator, numerator = _plain(fraction["denominator"]), _plain(fraction["numerator"])
    return None if not denominator or numerator is None else numerator / denominator


def _plain(numeral: str) -> Decimal | None:
    if not numeral:
        return None
    if numeral == "半":
        return Decimal("0.5")
    if "点" in numeral:
        whole, _, places = numeral.partition("点")
        return _with_places(whole, places)
    if len(numeral) > 1 and all(c in DIGIT_VALUES for c in numeral) and "两" not in numeral:
        return Decimal("".join(str(DIGIT_VALUES[c]) for c in numeral))
    return _with_scales(numeral)


def _with_places(whole: str, places: str) -> Decimal | None:
    """三点一四, 一点七亿."""
    scale = ""
    while places and places[-1] in SCALE_VALUES:
        scale, places = places[-1] + scale, places[:-1]
    value = _plain(whole)
    if value is None or value != value.to_integral_value():
        return None  # 1.5点3
    if not places or not all(c in DIGIT_VALUES for c in places):
        return None
    digits = "".join(str(DIGIT_VALUES[c]) for c in places)
    result = Decimal(f"{int(value)}.{digits}")
    for mark in scale:
        result *= SCALE_VALUES[mark]
    return result


def _with_scales(numeral: str) -> Decimal | None:
    """Sections up to 万 and 亿, the usual way: 一亿三千万, 3万5千, 1.7亿, 两百."""
    total = section = Decimal(0)
    current: Decimal | None = None
    last_scale, zero_before = 0, False
    position = 0
    while position < len(numeral):
        mark = numeral[position]
        arabic = _ARABIC.match(numeral, position)
        if arabic or mark in DIGIT_VALUES or mark in "廿卅":
            if current:
                return None
            zero_before = zero_before or mark in "零〇○Ｏ"
            current = _unit_value(arabic.group() if arabic else mark)
            if mark in "廿卅":
                section, current, last_scale = section + (current or 0), None, 10
            position = arabic.end() if arabic else position + 1
            continue
        scale = SCALE_VALUES.get(mark)
        if scale is None:
            return None
        if scale >= 10**4:
            section += current or 0
            if not (section or total):
                return None
            total = (total + section) * scale if scale > 10**4 or not total else total + section * scale
            section = Decimal(0)
        elif not current and section and not zero_before:
            return None  # 十百, 百千
        else:
            section += (current or Decimal(1)) * scale
        current, last_scale, zero_before = None, scale, False
        position += 1
    if current is not None and last_scale >= 100 and not zero_before and numeral[-1] in DIGIT_VALUES:
        current *= last_scale // 10  # 三万五, 一百二
    return total + section + (current or 0)


def _unit_value(digits: str) -> Decimal:
    if digits == "廿":
        return Decimal(20)
    if digits == "卅":
        return Decimal(30)
    if digits in DIGIT_VALUES:
        return Decimal(DIGIT_VALUES[digits])
    return Decimal(digits.replace(",", ""))
