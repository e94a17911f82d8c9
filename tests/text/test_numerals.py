from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.numerals import half_width, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("556", "556"),
        ("1,000", "1000"),
        ("1，000", "1000"),
        ("１２．５", "12.5"),
        ("1.7亿", "170000000"),
        ("3万", "30000"),
        ("3万5千", "35000"),
        ("3亿5000万", "350000000"),
        ("1.7万亿", "1700000000000"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("一百二", "120"),
        ("三万五", "35000"),
        ("二千零二十一", "2021"),
        ("一万零五十", "10050"),
        ("一万二千三百", "12300"),
        ("十二万三千四百五十六亿", "12345600000000"),
        ("二〇二一", "2021"),
        ("一九八一", "1981"),
        ("两百", "200"),
        ("廿三", "23"),
        ("三点一四", "3.14"),
        ("半", "0.5"),
        ("百分之二十", "0.2"),
        ("20%", "0.2"),
        ("8.5‰", "0.0085"),
        ("四分之三", "0.75"),
        ("第三", "3"),
        ("第 10", "10"),
        ("-5", "-5"),
        ("零", "0"),
    ],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1.5点3",
        "半点五",
        "",
        "一体",
        "三农",
        "万",
        "亿",
        "十四五",
        "123,45",
        "第",
        "十百",
        "3个",
        "甲",
        "--5",
        "1/0分之",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """The usual spelling of 0 … 99,999,999, written independently of the parser."""
    if number == 0:
        return "零"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = in_chinese(low) if low else ""
        return in_chinese(high) + "万" + ("零" if low and low < 1000 else "") + rest
    spelled, gap = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spelled += ("零" if gap and spelled else "") + DIGITS[digit] + mark
            gap = False
        else:
            gap = True
    return spelled


@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse_number(in_chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_and_full_width_digits_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_number(full_width) == number


@given(st.text())
def test_half_width_keeps_every_offset(text: str) -> None:
    assert len(half_width(text)) == len(text)


@given(st.text(alphabet="零一二三十百千万亿两第半点分之.%,1０廿负-", max_size=12))
def test_nothing_makes_it_fail(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()
