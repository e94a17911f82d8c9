"""Whether two texts that the contract's comparison takes for equal write the same figures.

That comparison drops every mark, so that 1.7亿 equals 17亿, 33.8% equals 338, and 556 is found within 1556个. A wrong figure
is the worst answer there is: such a match is reported as wrong (:attr:`qa.evaluation.outcome.LostStage.FIGURE`).
"""

from __future__ import annotations

import re
import unicodedata

from qa.text.normalise import fold, is_ignored

_PERCENT = "%‰"
_ARABIC = "0123456789"
# A figure goes on in these: 3 is not the 3 of 3万户.
_MULTIPLES = "十百千万亿"
_CHINESE = "〇零一二三四五六七八九" + _MULTIPLES
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"\.(?=\d+(?!\.?\d))")


def same_figures(text: str, answer: str) -> bool:
    """Whether ``text`` holds ``answer`` with decimal points and percent signs as they are, and not cut from a longer figure.

    To be asked where ``comparable(answer) in comparable(text)`` already.
    """
    within, wanted = with_figures(text), with_figures(answer)
    starts = (at for at in range(len(within) - len(wanted) + 1) if within.startswith(wanted, at))
    return any(_whole(within, at, at + len(wanted)) for at in starts)


def with_figures(text: str) -> str:
    """The comparison form of ``text`` (:func:`qa.text.normalise.comparable`) with what parts figures left in: a decimal point,
    percent signs, and ``-`` for other marks between two numerals; commas between thousands are dropped.
    """
    folded = "".join(char for char in fold(text) if unicodedata.category(char)[0] not in "ZC")
    kept: list[str] = []
    for at, char in enumerate(folded):
        if not is_ignored(char) or char in _PERCENT:
            kept.append(char)
        elif 0 < at < len(folded) - 1 and _numeral(folded[at - 1]) and _numeral(folded[at + 1]):
            kept.append(_between_digits(folded, at))
    return "".join(kept)


def _numeral(char: str) -> bool:
    return char in _ARABIC or char in _CHINESE


def _between_digits(text: str, at: int) -> str:
    """What is left of the mark at ``at``, which stands between two numerals."""
    if text[at - 1] in _ARABIC and _THOUSANDS.match(text, at):
        return ""
    number_before = re.search(r"(\.?)\d+$", text[:at])
    # A second point makes it a date or a section (2021.3.25), whose marks mean nothing.
    single = number_before is not None and not number_before[1] and _DECIMAL.match(text, at) is not None
    return "." if single else "-"


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch neither begins nor ends within a longer figure of ``text``."""
    before = start > 0 and _one_figure(text[start - 1], text[start])
    after = end < len(text) and _one_figure(text[end - 1], text[end])
    return not before and not after


def _one_figure(char: str, following: str) -> bool:
    """Whether two neighbouring characters belong to one figure: 55, 二十, 3万, 万5, 1. and .5, 8%; not 2一 (CO2一步法)."""
    if char in _ARABIC:
        return following in _ARABIC or following in _MULTIPLES or following in f".{_PERCENT}"
    if following in _ARABIC:
        return char in ".万亿"
    return char in _CHINESE and following in _CHINESE
