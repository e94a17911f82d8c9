"""When figures and dates of a draft agree with those of a source."""

from __future__ import annotations

import pytest

from qa.citing.figures import Agreement, compare, compare_periods
from qa.text.dates import find_dates
from qa.text.numbers import NumberMention, find_numbers

AGREE, DISAGREE, INCOMPARABLE = Agreement.AGREE, Agreement.DISAGREE, Agreement.INCOMPARABLE


def number(text: str) -> tuple[NumberMention, str]:
    (mention,) = find_numbers(text)
    return mention, text[mention.number_start : mention.number_end]


@pytest.mark.parametrize(
    ("draft", "source", "expected"),
    [
        # the same, written otherwise
        ("556个", "556个", AGREE),
        ("５５６个", "556个", AGREE),
        ("五百五十六个", "556个", AGREE),
        ("0.05亿元", "500万元", AGREE),
        ("17000万元", "1.7亿元", AGREE),
        ("10万元", "100000元", AGREE),
        ("百分之三十", "30%", AGREE),
        ("1,000人", "1000人", AGREE),
        ("第三次", "第3次", AGREE),
        ("15名", "15位", AGREE),
        ("1000万元", "1000万", AGREE),
        ("2万到5万元", "2万至5万元", AGREE),
        # rounding, with a qualifier and without
        ("逾53亿元", "53.2亿元", AGREE),
        ("超过50亿元", "53.2亿元", AGREE),
        ("近25亿元", "24.82亿元", AGREE),
        ("约53亿元", "53.2亿元", AGREE),
        ("53亿元左右", "53.2亿元", AGREE),
        ("24.8亿元", "24.82亿元", AGREE),
        ("600余个", "600余个", AGREE),
        ("3万户", "近3万户", AGREE),
        ("最高5万元", "2万到5万元", AGREE),
        # another value
        ("565个", "556个", DISAGREE),
        ("53亿元", "54.2亿元", DISAGREE),
        ("2亿元", "1.7亿元", DISAGREE),
        ("逾54亿元", "53.2亿元", DISAGREE),
        ("近24亿元", "24.82亿元", DISAGREE),
        ("超过5600亿元", "超过5000亿元", DISAGREE),
        ("5700元以上", "5000元以上", DISAGREE),
        ("7级左右", "6级左右", DISAGREE),
        ("1700万元", "1.7亿元", DISAGREE),
        ("2万到6万元", "2万到5万元", DISAGREE),
        ("第2次", "第3次", DISAGREE),
        ("338%", "33.8%", DISAGREE),
        ("22．7%", "22．5%", DISAGREE),
        # the same value, the other way round
        ("逾3万户", "近3万户", DISAGREE),
        ("不高于11%", "不低于11%", DISAGREE),
        ("近600个", "600余个", DISAGREE),
        # other things
        ("5%", "5个", INCOMPARABLE),
        ("7年", "7亿元", INCOMPARABLE),
        ("53亿元", "53家", INCOMPARABLE),
        ("第3次", "3次", INCOMPARABLE),
        ("20项", "30户", INCOMPARABLE),
    ],
)
def test_numbers(draft: str, source: str, expected: Agreement) -> None:
    ours, written = number(draft)
    theirs, _ = number(source)
    assert compare(ours, theirs, written) is expected


@pytest.mark.parametrize(
    ("draft", "source", "expected"),
    [
        ("2021年3月25日", "2021年3月25日", AGREE),
        ("二〇二一年三月二十五日", "2021年3月25日", AGREE),
        ("2021-03-25", "2021年3月25日", AGREE),
        ("3月25日", "2021年3月25日", AGREE),
        ("2021年3月", "3月25日", AGREE),
        ("2021年", "3月25日", AGREE),
        ("2月下旬", "2月21日—25日", AGREE),
        ("2月22日", "2月21日—25日", AGREE),
        ("2021年第一季度", "2021年3月25日", AGREE),
        ("2020年", "2021年", DISAGREE),
        ("3月22日", "3月23日", DISAGREE),
        ("2022年3月25日", "3月25日", DISAGREE),
        ("2月20日—25日", "2月21日—25日", DISAGREE),
        ("2018年1月1日至2023年12月31日", "2019年1月1日至2023年12月31日", DISAGREE),
        ("1999年到2005年", "2002年到2005年", DISAGREE),
        ("3月底", "3月初", DISAGREE),
        ("2021年5月", "2021年", INCOMPARABLE),
        ("2021年5月6日", "2021年5月", INCOMPARABLE),
    ],
)
def test_dates(draft: str, source: str, expected: Agreement) -> None:
    (ours,), (theirs,) = find_dates(draft, year=2021), find_dates(source, year=2021)
    assert compare_periods(ours.period, theirs.period) is expected
