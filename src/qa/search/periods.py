"""Does a passage speak of the question's time?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from qa.records import Passage, Period
from qa.text.dates import find_dates

_YEAR_IN_TITLE = re.compile(r"(?<![\d—–－~～至到-])(?P<year>(?:19|20)\d\d)年(?![—–－~～至到来前-]|以[来前后])")
_DONE_AND_PLANNED = re.compile(
    r"(?P<done>20\d\d)年[^《》]*?(?:总结|情况|回顾|执行|结果|通报|报告)[^《》]*?(?P<planned>20\d\d)年[^《》]*?(?:计划|安排|要点|打算|思路|草案|预算|任务)"
)
_OF_PLANS = re.compile(r"计划|安排|打算|要点|思路|草案|重点任务|重点工作|下一步|目标")


def document_period(passage: Passage) -> Period | None:
    """When the passage's document speaks: the one year that the innermost heading names (一、2024年工作回顾 of a report of January
    2025), else of a title for what was done and what is planned (2023年工作总结和2024年工作计划) the later year under a heading of
    plans and the earlier one elsewhere, else the one year of its title (2018年国务院政府工作报告; 2023年工作总结, which is signed in
    January of 2024), else its day.
    """
    year = _year_of_heading(passage) or _year_done_or_planned(passage) or _only_year(passage.title)
    if passage.date and year in (0, passage.date.year):
        return Period(passage.date, passage.date)
    return Period(date(year, 1, 1), date(year, 12, 31)) if year else None


def _only_year(text: str) -> int:
    years = {int(match["year"]) for match in _YEAR_IN_TITLE.finditer(text)}
    return years.pop() if len(years) == 1 else 0


def _year_of_heading(passage: Passage) -> int:
    return next(filter(None, map(_only_year, reversed(passage.heading_path))), 0)


def _year_done_or_planned(passage: Passage) -> int:
    title = _DONE_AND_PLANNED.search(passage.title)
    if title is None:
        return 0
    return int(title["planned" if any(map(_OF_PLANS.search, passage.heading_path)) else "done"])


@lru_cache(maxsize=1024)  # passages come up again from question to question
def periods_in(text: str, year: int | None, today: date | None) -> tuple[Period, ...]:
    """The periods written in ``text``, whose month and day without a year belong to ``year``."""
    return tuple(mention.period for mention in find_dates(text, year=year, today=today))


_PART_OF_YEAR = re.compile(r"[上下]半年|年[初中底末]")


def meets(asked: Period, told: Period) -> bool:
    """Whether a told period answers an asked one. A month, a day or a half asked without a year (6月下旬, 下半年) is meant in the told year."""
    if not asked.explicit_year and "年" not in _PART_OF_YEAR.sub("", asked.text):
        try:
            year = told.first.year
            asked = Period(asked.first.replace(year=year), asked.last.replace(year=year), asked.text)
        except ValueError:  # 29 February in a common year
            return False
    return asked.overlaps(told)


def speaks_of(passage: Passage, wanted: Sequence[Period]) -> bool | None:
    """Whether any period in the passage, its lead or its document's date meets a wanted one; ``None`` when none is wanted."""
    if not wanted:
        return None
    own = document_period(passage)
    written = periods_in(f"{passage.lead}\n{passage.text}", own.first.year if own else None, passage.date)
    if own:
        written = (*written, own)
    return any(meets(asked, told) for asked in wanted for told in written)
