from __future__ import annotations

import pytest

from qa.reading.loaders.number_forms import written
from qa.text.numerals import parse_number


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCountingThousand", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCounting", "十一"),
        (20, "japaneseCounting", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "taiwaneseCountingThousand", "一千零一十"),
        (10_010, "chineseCountingThousand", "一万零一十"),
        (12, "ideographDigital", "一二"),
        (105, "ideographDigital", "一〇五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (4, "lowerRoman", "iv"),
        (1999, "upperRoman", "MCMXCIX"),
        (27, "upperLetter", "AA"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "ideographTraditional", "乙"),
        (13, "ideographZodiac", "子"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "unheardOf", "5"),
        (0, "chineseCounting", "0"),
        (-3, "upperRoman", "-3"),
        (10**9, "upperRoman", str(10**9)),
    ],
)
def test_forms(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_counting_is_read_back() -> None:
    for number in [*range(1, 1200), 1999, 2010, 9090, 10_000, 10_101, 20_020, 99_999]:
        assert parse_number(written(number, "chineseCountingThousand")) == number
