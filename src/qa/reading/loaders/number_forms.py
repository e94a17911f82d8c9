"""Numbers as Word writes them: 一百零一, 壹, IV, ①, 甲 (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_MAX_NUMBER = 99_999
_DIGITS = "〇一二三四五六七八九"
_COUNTING = ("零一二三四五六七八九", "十百千万")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(number: int, form: str) -> str:
    """``number`` in one of Word's number formats (ECMA-376, ST_NumberFormat); Arabic for those not known here."""
    if not 0 < number <= _MAX_NUMBER:
        return str(number)
    write = _FORMS.get(form)
    return write(number) if write else str(number)


def chinese(number: int, digits: str = _COUNTING[0], units: str = _COUNTING[1]) -> str:
    """一百零一; 十一 without the leading 一."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = chinese(low, digits, units) if low else ""
        if low and low < 1000:
            rest = digits[0] + (digits[1] if 10 <= low < 20 else "") + rest
        return chinese(high, digits, units) + units[3] + rest
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + (units[place - 1] if place else "")
            zero = False
        else:
            zero = True
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)  # A … Z, AA, BB


def _enclosed(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _counting(number: int) -> str:
    return chinese(number)


def _legal(number: int) -> str:
    return chinese(number, *_LEGAL)


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
        ),
        _counting,
    ),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
        lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _legal),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "ideographEnclosedCircle": _enclosed("㈠", 10),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "numberInDash": lambda number: f"- {number} -",
}
