"""From the parameters of an address to a :class:`qa.records.Query`, with refusals that say what would be right."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from qa.errors import UsageError
from qa.records import Filters, Query
from qa.settings import Settings

MAX_PASSAGES = 50

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?")


def read_query(parameters: Mapping[str, str], settings: Settings) -> Query:
    """The question, its filters and how many passages are wanted; whether the question is one, the assistant says.

    Raises :class:`UsageError` when a filter or the number cannot be read.
    """
    return Query(read_question(parameters.get("q", "")), read_filters(parameters), _read_count(parameters, settings))


def read_question(text: str) -> str:
    """``text`` trimmed, with control characters (a pasted line break, a NUL) as single spaces."""
    return _CONTROLS.sub(" ", text).strip()


def read_filters(parameters: Mapping[str, str]) -> Filters:
    """The filters; an empty parameter limits nothing. Raises :class:`UsageError` for a period that cannot be read."""
    first = read_day(parameters.get("from", ""), name="from", last=False)
    last = read_day(parameters.get("to", ""), name="to", last=True)
    if first and last and first > last:
        raise UsageError(f"时间范围颠倒：从 {first} 到 {last}", reason="起始晚于截止", hint="对调起止时间")
    return Filters(
        first=first,
        last=last,
        section=parameters.get("section", "").strip() or None,
        kind=parameters.get("kind", "").strip() or None,
        document_id=parameters.get("document", "").strip() or None,
    )


def read_day(text: str, *, name: str, last: bool) -> date | None:
    """The first day of ``2021``, ``2021-03`` or ``2021-03-25``, or the last one when ``last``; ``None`` for no text."""
    text = text.strip()
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year = int(found[1])
        month = int(found[2]) if found[2] else (12 if last else 1)
        day = int(found[3]) if found[3] else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise UsageError(
            f"看不懂时间 {name}={text[:40]}",
            reason="不是一个日期",
            hint="写成 2021、2021-03 或 2021-03-25",
        ) from error


def _read_count(parameters: Mapping[str, str], settings: Settings) -> int:
    text = parameters.get("k", "").strip()
    if not text:
        return settings.top_k
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MAX_PASSAGES:
        raise UsageError(f"段落数 k={text[:40]} 无效", reason=f"应为 1 到 {MAX_PASSAGES} 的整数", hint="改正参数 k")
    return int(text)
