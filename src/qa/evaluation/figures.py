"""Whether two texts that the contract's comparison takes for equal write the same figures.

That comparison drops every mark, so that 1.7亿 equals 17亿, 33.8% equals 338, and 556 is found within 1556个. A wrong figure
is the worst answer there is: such a match is reported as wrong (:attr:`qa.evaluation.outcome.LostStage.FIGURE`).
"""

from __future__ import annotations

import re
import unicodedata

from qa.text.normalise import fold, is_ignored

_PERCENT = "%‰"
_DIGITS = "0123456789〇零一二三四五六七八九十百千"
# A figure goes on in these too: 3 is not the 3 of 3万户.
_NUMERALS = _DIGITS + "万亿"
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
    percent signs, and ``-`` for other marks between two digits; commas between thousands are dropped.
    """
    folded = "".join(char for char in fold(text) if unicodedata.category(char)[0] not in "ZC")
    kept: list[str] = []
    for at, char in enumerate(folded):
        if not is_ignored(char) or char in _PERCENT:
            kept.append(char)
        elif 0 < at < len(folded) - 1 and folded[at - 1].isdigit() and folded[at + 1].isdigit():
            kept.append(_between_digits(folded, at))
    return "".join(kept)


def _between_digits(text: str, at: int) -> str:
    """What is left of the mark at ``at``, which stands between two digits."""
    if _THOUSANDS.match(text, at):
        return ""
    number_before = re.search(r"(\.?)\d+$", text[:at])
    # A second point makes it a date or a section (2021.3.25), whose marks mean nothing.
    single = number_before is not None and not number_before[1] and _DECIMAL.match(text, at) is not None
    return "." if single else "-"


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch neither begins nor ends within a longer figure of ``text``."""
    before = start > 0 and text[start] in _NUMERALS and _goes_on(text[start - 1])
    after = end < len(text) and text[end - 1] in _DIGITS and _goes_on(text[end])
    return not before and not after


def _goes_on(char: str) -> bool:
    return char in _NUMERALS or char in "." or char in _PERCENT
