from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import Period
from qa.text.dates import find_date_spans, find_dates, month_end

TODAY = date(2025, 6, 1)


def found(text: str, year: int | None = 2021, today: date | None = TODAY) -> list[str]:
    return [f"{m.period.first}..{m.period.last}" for m in find_dates(text, year=year, today=today)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年", ["2021-01-01..2021-12-31"]),
        ("２０２１年", ["2021-01-01..2021-12-31"]),
        ("2020年度", ["2020-01-01..2020-12-31"]),
        ("2021年3月", ["2021-03-01..2021-03-31"]),
        ("2021年3月25日", ["2021-03-25..2021-03-25"]),
        ("2021 年 3 月 25 日", ["2021-03-25..2021-03-25"]),
        ("二〇二一年三月", ["2021-03-01..2021-03-31"]),
        ("二○○四年一月十六日", ["2004-01-16..2004-01-16"]),
        ("一九八一年五月二十三日", ["1981-05-23..1981-05-23"]),
        ("3月22日", ["2021-03-22..2021-03-22"]),
        ("2月21日—25日", ["2021-02-21..2021-02-25"]),
        ("6月26日至27日", ["2021-06-26..2021-06-27"]),
        ("6月26日—7月2日", ["2021-06-26..2021-07-02"]),
        ("12月30日至1月2日", ["2021-12-30..2022-01-02"]),
        ("2018年12月30日至2019年1月1日", ["2018-12-30..2019-01-01"]),
        ("1997年1月7日至11日", ["1997-01-07..1997-01-11"]),
        ("3月上旬", ["2021-03-01..2021-03-10"]),
        ("2021年3月中旬", ["2021-03-11..2021-03-20"]),
        ("2月下旬", ["2021-02-21..2021-02-28"]),
        ("2020年4月底前", ["2020-04-21..2020-04-30"]),
        ("7月初", ["2021-07-01..2021-07-10"]),
        ("从2021年初77家", ["2021-01-01..2021-03-31"]),
        ("2020年底", ["2020-11-01..2020-12-31"]),
        ("2025年，初步建成", ["2025-01-01..2025-12-31"]),
        ("2025年初步建成", ["2025-01-01..2025-12-31"]),
        ("2021年上半年", ["2021-01-01..2021-06-30"]),
        ("下半年", ["2021-07-01..2021-12-31"]),
        ("第一季度", ["2021-01-01..2021-03-31"]),
        ("2021年三季度", ["2021-07-01..2021-09-30"]),
        ("前三季度", ["2021-01-01..2021-09-30"]),
        ("1—3月", ["2021-01-01..2021-03-31"]),
        ("2022年1-9月", ["2022-01-01..2022-09-30"]),
        ("2021年3月至5月", ["2021-03-01..2021-05-31"]),
        ("2021—2023年", ["2021-01-01..2023-12-31"]),
        ("2016年至2020年", ["2016-01-01..2020-12-31"]),
        ("2023和2024年", ["2023-01-01..2023-12-31", "2024-01-01..2024-12-31"]),
        ("2023年和2024年", ["2023-01-01..2023-12-31", "2024-01-01..2024-12-31"]),
        ("今年", ["2025-01-01..2025-12-31"]),
        ("去年3月", ["2024-03-01..2024-03-31"]),
        ("前年", ["2023-01-01..2023-12-31"]),
        ("明年", ["2026-01-01..2026-12-31"]),
        ("本年度", ["2025-01-01..2025-12-31"]),
        ("比上年增长", ["2024-01-01..2024-12-31"]),
        ("“十四五”时期", ["2021-01-01..2025-12-31"]),
        ("“十三五”", ["2016-01-01..2020-12-31"]),
        ("“八五”计划", ["1991-01-01..1995-12-31"]),
        ("“一五”时期", ["1953-01-01..1957-12-31"]),
        ("2021-03-25", ["2021-03-25..2021-03-25"]),
        ("2021/3/25", ["2021-03-25..2021-03-25"]),
        ("2021.3.25", ["2021-03-25..2021-03-25"]),
        ("2021年的3月22日", ["2021-03-22..2021-03-22"]),
        # not dates
        ("2月30日", []),
        ("2021年2月29日", []),
        ("13月", []),
        ("历时7年", []),
        ("三个月", []),
        ("国办发〔2018〕71号", []),
        ("以前年度", []),
        ("过去年代", []),
        ("打九五折", []),
        ("三五个人", []),
        ("2024年11月18日开会。11月22日再开会", ["2024-11-18..2024-11-18", "2024-11-22..2024-11-22"]),
        ("2024年11月18日开会。\n11月22日再开会", ["2024-11-18..2024-11-18", "2021-11-22..2021-11-22"]),
        ("2020年12月31日止。1月5日开会", ["2020-12-31..2020-12-31", "2021-01-05..2021-01-05"]),
        ("", []),
    ],
)
def test_find_dates(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_without_a_year_month_and_day_are_left_out() -> None:
    assert found("3月22日", year=None, today=None) == []
    assert find_date_spans("3月22日") == [(0, 5)]


def test_relative_years_fall_back_to_the_documents_year() -> None:
    assert found("今年", year=2021, today=None) == ["2021-01-01..2021-12-31"]
    assert found("今年", year=None, today=None) == []


def test_the_written_form_and_whether_the_year_was_written() -> None:
    text = "去年“十四五”开局，2021 年 3 月 25 日和3月22日"
    mentions = find_dates(text, year=2021)
    assert [m.period.text for m in mentions] == ["去年", "“十四五”", "2021 年 3 月 25 日", "3月22日"]
    assert [m.period.explicit_year for m in mentions] == [False, True, True, False]
    assert all(text[m.start : m.end] == m.period.text for m in mentions)


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day: date) -> None:
    for form in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}.{day.month}.{day.day}",
    ):
        (mention,) = find_dates(form)
        assert mention.period == Period(day, day, form)


@given(st.text(alphabet="2021年3月25日至—-/.上下半季度初底末今去明十四五一二“”和、 \n期间号", max_size=60))
def test_spans_are_apart_and_periods_in_order(text: str) -> None:
    mentions = find_dates(text, year=2021, today=TODAY)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert mention.period.first <= mention.period.last
        assert text[mention.start : mention.end] == mention.period.text


def test_month_end() -> None:
    assert month_end(2024, 2) == date(2024, 2, 29)
    assert month_end(2021, 12) == date(2021, 12, 31)
