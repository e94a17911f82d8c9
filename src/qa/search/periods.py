"""Does a passage speak of the question's time?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from qa.records import Passage, Period
from qa.text.dates import find_dates


@lru_cache(maxsize=1024)  # passages come up again from question to question
def periods_in(text: str, document_date: date | None) -> tuple[Period, ...]:
    """The periods written in ``text``; month and day without a year belong to the document's year."""
    year = document_date.year if document_date else None
    return tuple(mention.period for mention in find_dates(text, year=year, today=document_date))


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
    written = periods_in(f"{passage.lead}\n{passage.text}", passage.date)
    if passage.date:
        written = (*written, Period(passage.date, passage.date))
    return any(meets(asked, told) for asked in wanted for told in written)
