"""Dates and periods as official documents write them, resolved to closed ranges of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa.records import Period
from qa.text.numerals import half_width, parse_number

_S = r"\s{0,2}"  # spaces are bounded, so no input is slow
_N = "〇○零Ｏ一二三四五六七八九"
_YEAR = rf"(?:1[5-9]\d\d|2[01]\d\d|[一二][{_N}]{{3}})"
_NEW = rf"(?<![\d{_N}])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY_MARK = rf"{_S}[日号]"
_TO = rf"{_S}(?:-{{1,2}}|—{{1,2}}|–|―|~|～|至|到){_S}"
_RELATIVE = (  # not 写明年限
    r"(?<![以目此当提过今先])(?:今年|去年|前年|(?<![写标注声说载列])明年|后年|本年度?|上年度?|上一年度?|下一年度?)(?!限)"
)
_EDGE = r"初(?![步级次中期心衷始审试稿创])|底(?![线数气层蕴色座特])|末(?!端)"
_PART = rf"上旬|中旬|下旬|{_EDGE}|份"
_YEAR_PART = rf"上半年|下半年|第?[一二三四1-4]季度|前三季度|年?(?:{_EDGE})"
_MONTH_ONLY = rf"{_MONTH}{_S}月(?!{_S}{_DAY}{_DAY_MARK})"
_PLAN = r"(?:十[一二三四五六七八九]|十|[一二三四五六七八九])"

_CALENDAR = re.compile(
    rf"""
    # 2021-03-25
    (?<![\d〔\[])(?P<y>{_YEAR}){_S}[-/.](?P<im>1[0-2]|0?[1-9])[-/.](?P<id>3[01]|[12]\d|0?[1-9])(?!\d)
    # 2021—2023年
  | {_NEW}(?P<from>{_YEAR}){_S}年?{_S}(?:度{_S})?{_TO}(?P<to>{_YEAR}){_S}年(?!{_S}{_MONTH}{_S}月)度?
    # 2023和2024年
  | {_NEW}(?P<listed>{_YEAR})(?={_S}[、和与及]{_S}{_YEAR}{_S}年)
    # 2021年, 2021年上半年, 2021年1—9月, 2021年3月25日, 去年3月5日至8日, 2018年12月30日至2019年1月1日
  | (?:{_NEW}(?P<year>{_YEAR}){_S}年|(?P<relative>{_RELATIVE}))的?
    (?:{_S}(?P<half>{_YEAR_PART})|{_S}度)?
    (?:{_S}(?P<ymfrom>{_MONTH}){_TO}(?P<ymto>{_MONTH_ONLY})
      |的?{_S}(?P<md>{_MONTH}){_S}月(?:{_S}(?P<d>{_DAY}){_DAY_MARK}|(?P<part>{_PART}))?
       (?:{_TO}(?:(?P<y2>{_YEAR}){_S}年{_S})?(?:(?P<m2>{_MONTH}){_S}月{_S})?
          (?:(?P<d2>{_DAY}){_DAY_MARK}|(?<=月)(?P<p2>{_PART})?))?)?
    # 3月22日, 2月21日—25日, 6月30日至7月2日, 3月上旬
  | (?<![\d{_N}.])(?P<m>{_MONTH}){_S}月(?:{_S}(?P<md1>{_DAY}){_DAY_MARK}|(?P<mpart>{_PART}))?
      (?:{_TO}(?:(?P<mm2>{_MONTH}){_S}月{_S})?(?:(?P<md2>{_DAY}){_DAY_MARK}|(?<=月)(?P<mp2>{_PART})?))?
    # 1—3月
  | (?<![\d{_N}.])(?P<mfrom>{_MONTH}){_TO}(?P<mto>{_MONTH_ONLY})
  | {_NEW}(?P<qhalf>上半年|下半年|前三季度|第?[一二三四1-4]季度)
    # “十四五”时期
  | (?P<open>[“"]?)(?<![{_N}十百])(?P<plan>{_PLAN})五(?P<close>[”"]?)(?P<tail>时期|期间|规划|计划|末)?
    """,
    re.VERBOSE,
)
"""One pass over half-width text; the alternatives are tried in this order."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period written in ``[start, end)``. ``period.text`` is the written form."""

    start: int
    end: int
    period: Period


def find_dates(text: str, *, year: int | None = None, today: date | None = None) -> list[DateMention]:
    """The dates and periods of ``text`` in order, without overlap.

    A month or day without a year belongs to ``year`` (``explicit_year`` is then false) and is left out without it;
    今年, 去年, 本年度 are counted from ``today`` (or from ``year`` where that is missing) and left out without both.
    Impossible dates (2月30日) are left out. 年初 is January to March, 年底 November and December, 上旬/初, 中旬,
    下旬/底 the three parts of a month; “十四五” is 2021–2025. After a day or month of a written year (2024年11月18日……。11月22日) a later
    month of the same paragraph is of that year.
    """
    found = []
    told = last_month = end = 0  # of the last month that its year is written with
    for match in _written(text):
        month = match["m"] or match["mfrom"]
        goes_on = told and month and _number(month) >= last_month and "\n" not in text[end : match.start()]
        period = _period(match, told if goes_on else year, today)
        if match["year"] and match["md"]:
            told, last_month, end = _number(match["year"]), _number(match["m2"] or match["md"]), match.end()
            told = _number(match["y2"]) if match["y2"] else told
        if period is not None and period[0] <= period[1]:
            start, end = match.span()
            explicit = bool(match["y"] or match["from"] or match["listed"] or match["year"] or match["plan"])
            found.append(DateMention(start, end, Period(period[0], period[1], text[start:end], explicit)))
    return found


def find_date_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of everything that is written like a date, whether or not its year is known."""
    return [match.span() for match in _written(text)]


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _written(text: str) -> Iterator[re.Match[str]]:
    for match in _CALENDAR.finditer(half_width(text)):
        # Without quotes and without 时期 only 十X五 is a plan: 九五折, 三五个 are not.
        quoted = match["open"] and match["close"]
        if match["plan"] and len(match["plan"]) < 2 and not (match["tail"] or quoted):
            continue
        yield match


def _period(match: re.Match[str], year: int | None, today: date | None) -> tuple[date, date] | None:
    try:
        if match["y"]:
            day = date(int(match["y"]), int(match["im"]), int(match["id"]))
            return day, day
        if match["from"]:
            return date(_number(match["from"]), 1, 1), date(_number(match["to"]), 12, 31)
        if match["listed"]:
            return _part_of_year(_number(match["listed"]), None)
        if match["plan"]:
            return _plan(_number(match["plan"]))
        if match["year"] or match["relative"]:
            base = _number(match["year"]) if match["year"] else _relative_year(match["relative"], year, today)
            return None if base is None else _in_year(match, base)
        return None if year is None else _without_year(match, year)
    except ValueError:  # 2月30日
        return None


def _number(written: str) -> int:
    value = parse_number(written)
    if value is None:
        raise ValueError(written)
    return int(value)


def _relative_year(word: str, year: int | None, today: date | None) -> int | None:
    base = today.year if today is not None else year
    if base is None:
        return None
    if word.startswith("前年"):
        return base - 2
    if word.startswith("后年"):
        return base + 2
    if word.startswith(("去", "上")):
        return base - 1
    return base + 1 if word.startswith(("明", "下")) else base


def _in_year(match: re.Match[str], year: int) -> tuple[date, date]:
    if match["ymfrom"]:
        return date(year, _number(match["ymfrom"]), 1), month_end(year, _number(match["ymto"].removesuffix("月")))
    if not match["md"]:
        return _part_of_year(year, match["half"])
    month = _number(match["md"])
    first, last = _in_month(year, month, match["d"], match["part"])
    if match["m2"] or match["d2"]:
        year2 = _number(match["y2"]) if match["y2"] else year
        last = _in_month(year2, _number(match["m2"]) if match["m2"] else month, match["d2"], match["p2"])[1]
    return first, last


def _without_year(match: re.Match[str], year: int) -> tuple[date, date]:
    if match["qhalf"]:
        return _part_of_year(year, match["qhalf"])
    if match["mfrom"]:
        return date(year, _number(match["mfrom"]), 1), month_end(year, _number(match["mto"].removesuffix("月")))
    month = _number(match["m"])
    first, last = _in_month(year, month, match["md1"], match["mpart"])
    if match["mm2"] or match["md2"]:
        month2 = _number(match["mm2"]) if match["mm2"] else month
        # 12月30日至1月2日 runs into the next year
        last = _in_month(year + (month2 < month), month2, match["md2"], match["mp2"])[1]
    return first, last


def _in_month(year: int, month: int, day: str | None, part: str | None) -> tuple[date, date]:
    if day:
        only = date(year, month, _number(day))
        return only, only
    if part in ("上旬", "初"):
        return date(year, month, 1), date(year, month, 10)
    if part == "中旬":
        return date(year, month, 11), date(year, month, 20)
    first = 21 if part in ("下旬", "底", "末") else 1
    return date(year, month, first), month_end(year, month)


def _part_of_year(year: int, part: str | None) -> tuple[date, date]:
    months = (1, 12)
    if part is not None:
        if part == "前三季度":
            months = (1, 9)
        elif "半年" in part:
            months = (1, 6) if part[0] == "上" else (7, 12)
        elif "季度" in part:
            quarter = _number(part.removeprefix("第").removesuffix("季度"))
            months = (3 * quarter - 2, 3 * quarter)
        else:
            months = (1, 3) if part.endswith("初") else (11, 12)
    return date(year, months[0], 1), month_end(year, months[1])


def _plan(number: int) -> tuple[date, date]:
    """五年规划: the first two ran 1953–1957 and 1958–1962; from the third (1966) on they follow each other."""
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    return date(first, 1, 1), date(first + 4, 12, 31)
