"""口径护栏 of the period: a figure of another year, or of a part of it, is no answer, however well the words fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.roles import asks_when_published
from qa.answering.tables import years_of_cell
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Period, Question
from qa.search.periods import document_period, meets
from qa.text.dates import DateMention, find_dates

_BESIDE_CHARS = 3
_DAYS_OF_A_MONTH = 31
_CHANGES = re.compile(r"增|减|升|降|提高|涨|多|少|高|低|快|慢|翻")
_ASKS_TO_COMPARE = re.compile(r"[^\d]*[比较](?:19|20)\d\d年[^\d]*")  # names no other year
_PART_OF_A_YEAR = re.compile(r"[上下]半年|季度")
_RUN_OF_MONTHS = re.compile(r"\d\s?(?:-{1,2}|—{1,2}|–|~|～|至|到)\s?\d{1,2}\s?月(?!\s?\d)|[上下]半年|季度")
_TITLE_ABOVE = re.compile(
    r"《[^》]*?(?P<year>20\d\d)年(?!\d)[^》]*(?:公报|报告|总结|要点|通报|公告|公示|预算|决算|计划|年报)[^》]*》"
)
_YEAR_SAID = re.compile(
    r"(?:[会说讲提里上][^，。？?]{0,4}[说讲出]|的(?:说法|要求|部署|讲话|介绍|安排)|指出|强调|表示|提出|希望)[，,：:]?[^。？?]{0,30}哪一?年"
)
_SAID_THEN = re.compile(
    r"\d\s?[年月日号](?:份)?[^，。？?\d]{0,10}(?:说过|说起|发布消息|发布的消息|通报过?说?|披露|报道说?|公布说)[，,：:]"
)
_ASKS_WHY = re.compile(r"为什么|为何|为啥|原因|怎么会")
_CAUSE_BEFORE = re.compile(r"原因(?:是|为|在于|[：:])|由于|得益于|主要(?:是|系)")
_MONTHS = re.compile(r"\d\s?月")
_WITHIN_A_YEAR = re.compile(r"[月日号季]|半年")


def period_of(view: PassageView, span: Range, dates: Sequence[DateMention] | None = None) -> Period | None:
    """The period that holds for ``span``: the last written before it in its sentence (but not one that something is compared with:
    从2021年初77家增长至279家 tells 279家 of now), else after it in its clause, else the last before in the passage, else the
    one that the item begins with, else the document's date or the year of its title. ``dates`` are those of the passage, where they are not to be ``view.dates``."""
    sentence, clause = view.sentence_of(*span), view.clause_of(*span)
    dates = view.dates if dates is None else dates
    before = [
        each
        for each in dates
        if sentence[0] <= each.start and each.end <= span[0] and not _only_compared(view.text, each, span)
    ]
    # 7月13日发布消息，我市29家企业跻身全区2020年度研发投入100强: the year of the clause itself
    years = [each.period for each in dates if span[1] <= each.start < clause[1] and not _is_short(each.period)]
    if before and years and before[-1].start < clause[0] and _is_short(before[-1].period):
        return years[0]
    if before:
        return before[-1].period
    beside = [each for each in dates if clause[0] <= each.start < clause[1]]
    if beside:
        return beside[0].period
    again = _year_told_where_repeated(view, span, dates)
    if again is not None:
        return again
    earlier = [each for each in dates if each.end <= span[0]]
    if earlier:
        return earlier[-1].period
    return view.item_date.period if view.item_date else document_period(view.passage)


def _year_told_where_repeated(view: PassageView, span: Range, dates: Sequence[DateMention]) -> Period | None:
    """The year of the one clause of the passage that tells the same figure of the same thing again, where the sentence of ``span`` tells no date:
    我市29家企业跻身全区研发投入100强 above an item is of 2020年度 if …我市29家企业跻身全区2020年度研发投入100强 stands in it.
    """
    number = view.number_at(span)
    if number is None or number.unit in _UNITS_OF_A_PART:
        return None
    counted = _figure_with_noun(view, number.start)
    first, last = view.sentence_of(*span)
    for other in view.numbers:
        if first <= other.start < last or counted is None or _figure_with_noun(view, other.start) != counted:
            continue
        clause = view.clause_of(other.start, other.end)
        years = [each.period for each in dates if clause[0] <= each.start < clause[1] and _is_whole_year(each.period)]
        if len(years) == 1 and years[0].explicit_year:
            return years[0]
    return None


_FIGURE_CHARS = 12
_UNITS_OF_A_PART = frozenset({"%", "‰"})


def _figure_with_noun(view: PassageView, start: int) -> str | None:
    """The figure at ``start`` with its unit and the two characters behind it, without white space (29家企业); ``None`` where no noun follows."""
    found = re.match(r"[\d.,]+[万亿]?[一-鿿]{3}", "".join(view.text[start : start + 2 * _FIGURE_CHARS].split()))
    return found.group() if found else None


def _only_compared(text: str, date: DateMention, span: Range) -> bool:
    compared = text[max(0, date.start - 1) : date.start] in {"从", "由", "比", "较", "自"}
    changed = _CHANGES.search(text, date.end, span[0])  # 比2023年减少5.26万元: what it was then is not told
    return compared and (changed is not None or span[0] - date.end > _BESIDE_CHARS)


def check_period(question: Question, view: PassageView, span: Range) -> Verdict:
    if not question.periods:
        return SOUND
    titled = _year_of_the_title(view) if question.kind is AnswerKind.DATE and asks_when_published(question.text) else 0
    if titled and (asked_years := {each.first.year for each in question.periods if _is_whole_year(each)}):
        told_there = (each.period for each in view.dates if each.start < span[1] and span[0] < each.end)
        if titled in asked_years or any(  # 2024年统计公报 is published in 2025
            each.explicit_year and meets(asked, each) for each in told_there for asked in question.periods
        ):
            return SOUND
        return Verdict(AbstainReason.SUBJECT, f"资料是{titled}年的，问的是{min(asked_years)}年的")
    if (of_table := _period_of_table(question, view, span)) is not None:
        return of_table
    if _is_said_then(question, view):
        return SOUND
    sentence = view.sentence_of(*span)
    why = question.kind is AnswerKind.CLAUSE and _ASKS_WHY.search(question.text) is not None
    dates = [each for each in view.dates if not (why and _is_of_the_cause(view, each))]
    inside = [each for each in dates if sentence[0] <= each.start < sentence[1]]
    own = period_of(view, span, dates)
    told = [own] if own is not None else []
    if (
        question.kind is not AnswerKind.NUMBER
    ):  # a figure is of one period, a name or a clause of all that its sentence tells
        told += [each.period for each in inside]
        if not inside and view.item_date:
            told.append(view.item_date.period)
    if _ASKS_TO_COMPARE.fullmatch(question.text):  # 比2023年减少多少
        told += [each.period for each in inside if each.end <= span[0] and _only_compared(view.text, each, span)]
    years = {period.first.year for period in told}
    of_document = document_period(view.passage)
    elsewhere = not inside and own is not None and own == _year_told_where_repeated(view, span, dates)
    if of_document and not elsewhere and not any(each.period.explicit_year for each in inside):
        told.append(of_document)
    if question.kind is AnswerKind.NUMBER and own is not None and _is_whole_year(own) and not _is_a_rule(view, span):
        part = next((each for each in question.periods if _PART_OF_A_YEAR.search(each.text)), None)
        if part and own.first.year == part.first.year:
            return Verdict(AbstainReason.PERIOD, f"问的是{part.text}，资料中的数字是全年的")
    if question.kind is AnswerKind.NUMBER and own and _RUN_OF_MONTHS.search(own.text) and not _is_whole_year(own):
        whole = next((each for each in question.periods if each.explicit_year and _is_whole_year(each)), None)
        if whole and own.first.year == whole.first.year:
            return Verdict(AbstainReason.PERIOD, f"问的是{whole.text}全年，资料中的数字是{own.text}的")
    on_a_day = question.kind is AnswerKind.CLAUSE and all(each.explicit_year for each in question.periods)
    days = [each.period for each in inside] or ([view.item_date.period] if view.item_date else [])
    days = [each for each in days if _is_short(each)]
    if any(
        meets(asked, each) and not (on_a_day and asked.first == asked.last and _is_whole_year(each))
        for asked in _of_the_year_named(question.periods)
        for each in told
        if not days or not _is_short(asked) or any(meets(asked, day) for day in days)
    ):
        return SOUND
    if of_document is None and not told and _told_without_a_year(question, view, span):
        return SOUND
    asked = "、".join(dict.fromkeys(period.text for period in question.periods if period.text))
    if not years:
        return Verdict(AbstainReason.PERIOD, f"资料中没有{asked}的内容")
    written = "、".join(f"{year}年" for year in sorted(years))
    if days and not any(period.explicit_year for period in question.periods):
        written = "、".join(dict.fromkeys("".join(day.text.split()) for day in days))
    return Verdict(AbstainReason.PERIOD, f"问的是{asked or '另一时期'}，资料中是{written}的内容")


def _is_said_then(question: Question, view: PassageView) -> bool:
    """Whether the question's period is when something was said, of a document of that time, and a later year is asked for (2021年6月的会上说，
    哪一年建成): the year told is another one.
    """
    said = _YEAR_SAID if question.kind is AnswerKind.DATE else _SAID_THEN
    if not said.search(question.text):
        return False
    told = document_period(view.passage)
    days = [each.period for each in view.dates] + ([told] if told else [])
    return any(meets(asked, each) for asked in question.periods for each in days)


def _is_of_the_cause(view: PassageView, date: DateMention) -> bool:
    """Whether a date is of what is named as the cause: 2023年 of 下降的主要原因是2023年有一笔大额合同 is not when it fell."""
    first, _ = view.sentence_of(date.start, date.end)
    return _CAUSE_BEFORE.search(view.text, first, date.start) is not None


def _period_of_table(question: Question, view: PassageView, span: Range) -> Verdict | None:
    """What the year of a table (表1 2022年各旗区……, or its column's or row's own) says of a figure in it: that holds, whatever year the
    document is of. ``None`` where the table tells no year, or a part of one is asked for.
    """
    if question.kind not in (AnswerKind.NUMBER, AnswerKind.CLAUSE):
        return None
    asked = {each.first.year for each in question.periods if each.first.year == each.last.year}
    years = years_of_cell(view, span) if asked else frozenset()
    if not years:
        return None
    if not asked & years:
        written = "、".join(f"{year}年" for year in sorted(years))
        return Verdict(
            AbstainReason.PERIOD, f"问的是{question.periods[0].text or min(asked)}，资料中的表格是{written}的"
        )
    return SOUND if all(map(_is_whole_year, question.periods)) and len(years) == 1 else None


def _year_of_the_title(view: PassageView) -> int:
    """The year that the document is about by its title; 0 where its title tells none."""
    title = _TITLE_ABOVE.match(view.passage.context)
    return int(title["year"]) if title else 0


def _is_whole_year(period: Period) -> bool:
    return (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 12, 31)


def _of_the_year_named(periods: Sequence[Period]) -> list[Period]:
    """Of 2023年汛期（6至9月） the year alone: months beside a year are months of that year, not of any."""
    year = any(each.explicit_year and _is_whole_year(each) for each in periods)
    return [each for each in periods if each.explicit_year or not (year and _MONTHS.search(each.text))]


def _is_a_rule(view: PassageView, span: Range) -> bool:
    """Whether the number tells what is given (最高补助800万元), which holds the year through."""
    return re.search(r"补助|补贴|资助|奖励|标准|不超过", view.slice(view.clause_of(*span))) is not None


def _is_short(period: Period) -> bool:
    """Whether it is a day, a part of a month or a month: where a sentence tells one, its year is that of something else (2月17日，2022年度
    民主生活会 was not on 7月2日).
    """
    return (period.last - period.first).days < _DAYS_OF_A_MONTH


def _told_without_a_year(question: Question, view: PassageView, span: Range) -> bool:
    """Whether a month, a day or a quarter that nobody gives a year to (截至9月底 in a document without a date) is the one asked for."""
    for asked in question.periods:
        if asked.explicit_year or not _WITHIN_A_YEAR.search(asked.text):
            continue
        told = period_of(view, span, find_dates(view.text, year=asked.first.year))
        if told is not None and meets(asked, told):
            return True
    return False
