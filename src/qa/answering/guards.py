"""口径护栏: a figure of another year, another place or another issue is no answer, however well the words fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from qa.answering.barred import check_barred
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.cell import cell_candidates
from qa.answering.candidates.enumeration import how_many_asked, items_of
from qa.answering.candidates.figure import range_behind
from qa.answering.casualties import check_fate
from qa.answering.contacts import check_contact, check_contact_office
from qa.answering.contrasts import check_contrast
from qa.answering.dimensions import check_dimension
from qa.answering.events import check_event
from qa.answering.forms import check_form
from qa.answering.governed import check_governed
from qa.answering.labels import check_label, rank_asked, ranks_in
from qa.answering.letters import check_addressee, check_document_number
from qa.answering.measured import Measured
from qa.answering.name_asked import check_name
from qa.answering.numbered import check_code, check_issue
from qa.answering.offices import check_bare_office, check_office
from qa.answering.parties import (
    check_another_project,
    check_body,
    check_leaders,
    check_part_played,
    check_project,
    check_speaker,
)
from qa.answering.plans import check_plan
from qa.answering.reckoned import check_reckoned
from qa.answering.regions import GRADED, check_home_of, check_told_there, only_elsewhere
from qa.answering.repeated import check_repeated
from qa.answering.respectively import of_another_item
from qa.answering.rivals import check_rival
from qa.answering.roles import (
    asks_when_published,
    check_day_role,
    check_helped,
    check_list,
    check_number_role,
    check_site,
    check_sum,
)
from qa.answering.rows import check_aim, check_row_named
from qa.answering.sides import check_met, check_side
from qa.answering.stages import check_stage
from qa.answering.subject import (
    check_award,
    check_counted,
    check_defined,
    check_part,
    check_subject,
)
from qa.answering.tables import is_nameless, is_row_number, row_cell_at, rows_of, years_of_cell
from qa.answering.universities import check_universities
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.answering.whereabouts import (
    check_another_body,
    check_held_there,
    check_itself,
    check_origin,
    check_sibling,
    check_whole_name,
)
from qa.answering.wholes import check_whole
from qa.answering.zones import check_zone
from qa.records import AbstainReason, AnswerKind, Period, Question
from qa.search.periods import document_period, meets
from qa.text.dates import DateMention, find_dates
from qa.text.places import PlaceMention, Scope, find_places, place_root, province_of

_BESIDE_CHARS = 3
_DAYS_OF_A_MONTH = 31
_CHANGES = re.compile(r"增|减|升|降|提高|涨|多|少|高|低|快|慢|翻")
_ASKS_TO_COMPARE = re.compile(r"[^\d]*[比较](?:19|20)\d\d年[^\d]*")  # names no other year
_PART_OF_A_YEAR = re.compile(r"[上下]半年|季度")
_RUN_OF_MONTHS = re.compile(r"\d\s?(?:-{1,2}|—{1,2}|–|~|～|至|到)\s?\d{1,2}\s?月(?!\s?\d)|[上下]半年|季度")
_EXTREME = re.compile(r"最[多高大强少低小差]|排名?第|居首|第[一二三](?![批期届季次轮产])|倒数|前[三五十]")
_TITLE_ABOVE = re.compile(
    r"《[^》]*?(?P<year>20\d\d)年(?!\d)[^》]*(?:公报|报告|总结|要点|通报|公告|公示|预算|决算|计划|年报)[^》]*》"
)
_ASKS_WHY = re.compile(r"为什么|为何|为啥|原因|怎么会")
_CAUSE_BEFORE = re.compile(r"原因(?:是|为|在于|[：:])|由于|得益于|主要(?:是|系)")
_WHOLE_NAME = 3  # characters of a county with 县 or 旗
_PAIR = 2  # items that are joined in too many ways to be counted
_MONTHS = re.compile(r"\d\s?月")
_WITHIN_A_YEAR = re.compile(r"[月日号季]|半年")


class Guard:
    """What speaks against candidates of one passage; what holds of the whole passage is looked at once for all of them."""

    def __init__(self, question: Question, view: PassageView) -> None:
        self._question = question
        self._view = view
        self._home = place_root(view.passage.region) if view.passage.region else ""

    def examine(self, span: Range) -> Verdict:
        """The first thing that speaks against ``span``: its period, then its place, then its subject."""
        return next((verdict for verdict in self._verdicts(span) if verdict.reason), SOUND)

    def _verdicts(self, span: Range) -> Iterator[Verdict]:
        question, view = self._question, self._view
        counts = question.kind is AnswerKind.NUMBER
        if question.periods:
            yield check_period(question, view, span)
        yield self._places_spoken_of
        yield self._home_of
        yield check_told_there(question, self._asked_places, view, span, self._home)
        if counts:
            yield check_scope(question, self._asked_places, view, span, self._home)
            yield check_zone(question, view, span)
            yield check_another_project(question, view, span)
        yield self._subject
        yield check_code(question, view, span)
        yield check_label(question, view, span)
        yield check_row_named(question, view, span)
        yield check_aim(question, view, span)
        yield check_reckoned(question, view, span)
        if counts:
            yield check_plan(question, view, span)
        yield check_extreme(question, view, span)
        yield check_contrast(question, view, span)
        yield check_repeated(question, view, span)
        if question.kind in (AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.LIST):
            yield check_part_played(question, view, span)
            yield check_body(question, view, span)
            yield check_office(question, view, span)
            yield check_bare_office(question, view, span)
            yield check_side(question, view, span)
            yield check_met(question, view, span)
        yield check_form(question, view, span)
        yield check_name(question, view, span)
        yield check_contact_office(question, view, span)
        yield check_addressee(question, view, span)
        yield check_document_number(question, view, span)
        yield check_whole_name(question, view, span)
        yield check_award(question, view, span)
        yield check_sibling(question, view, span)
        yield check_itself(question, view, span)
        if question.kind is AnswerKind.PLACE:
            yield check_site(question, view, span)
            yield check_another_body(question, view, span)
            yield check_origin(question, view, span)
            yield check_held_there(question, view, span)
        if question.kind in (AnswerKind.LIST, AnswerKind.CLAUSE):
            yield check_barred(question, view, span)
            yield check_leaders(question, view, span)
            yield check_speaker(question, view, span)
        if question.kind is AnswerKind.DATE:
            yield check_day_role(question, view, span)
        if self._how_many > _PAIR:
            yield check_items(view, span, self._how_many)
        if counts:
            yield check_dimension(question, view, span)
            yield check_fate(question, view, span)
            yield check_stage(question, view, span)
            yield check_governed(question, view, span)
            yield check_number_role(question, view, span)
            yield check_contact(question, view, span)
            yield check_sum(question, view, span)
            yield check_list(question, view, span)
            yield check_helped(question, view, span)
            yield self._measured.examine(span)
            yield check_part(question, view, span)
            yield check_rival(question, view, span)
            yield check_whole(question, view, span)
            yield check_row(question, view, span)
            yield check_cell(view, span, lambda: self._cells)
            yield check_title(question, view, span)

    @property
    def elsewhere(self) -> str:
        """In Chinese, where the item is about another city than the document's own and the question names no place; else empty."""
        city = "" if self._asked_places else only_elsewhere(self._view, self._home)
        return f"这条资料说的是{city}的情况，不是{self._home}的" if city else ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether the item is about another city or province than the document's own."""
        return only_elsewhere(self._view, self._home) != ""

    @property
    def missing(self) -> frozenset[str]:
        """What of the question's places, issues, names and counted things neither the passage nor what stands above it speaks of,
        each as :attr:`Verdict.detail` tells it.
        """
        return frozenset(
            each.detail for each in (self._places_spoken_of, self._home_of, *self._subjects) if each.absent
        )

    @cached_property
    def _asked_places(self) -> list[PlaceMention]:
        text = self._question.text
        return [place for place in find_places(text) if not GRADED.match(text, place.start)]

    @cached_property
    def _how_many(self) -> int:
        return how_many_asked(self._question) if self._question.kind in (AnswerKind.LIST, AnswerKind.CLAUSE) else 0

    @cached_property
    def _measured(self) -> Measured:
        return Measured(self._question, self._view)

    @cached_property
    def _places_spoken_of(self) -> Verdict:
        return check_places(self._question, self._asked_places, self._view, self._home)

    @cached_property
    def _cells(self) -> list[Candidate]:
        return cell_candidates(self._question, self._view)

    @cached_property
    def _home_of(self) -> Verdict:
        return check_home_of(self._question, self._view)

    @cached_property
    def _subjects(self) -> tuple[Verdict, ...]:
        checks = (
            check_issue,
            check_subject,
            check_universities,
            check_counted,
            check_defined,
            check_event,
            check_project,
        )
        return tuple(check(self._question, self._view) for check in checks)

    @cached_property
    def _subject(self) -> Verdict:
        return next((each for each in self._subjects if each.reason), SOUND)


def check_row(question: Question, view: PassageView, span: Range) -> Verdict:
    """Of 甲、乙分别增长1.1倍、4.3倍 the second figure is no answer for 甲."""
    item = of_another_item(question, view, span)
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{item}”的") if item else SOUND


def check_cell(view: PassageView, span: Range, asked: Callable[[], Sequence[Candidate]]) -> Verdict:
    """A figure of a table is an answer for its own row and its own column alone."""
    cell = row_cell_at(view.text, span)
    if cell is None and is_row_number(view.text, span):
        return Verdict(AbstainReason.SUBJECT, "资料中的数字是表格里的序号")
    if cell is None:
        nameless = is_nameless(view.text, span)
        return Verdict(AbstainReason.SUBJECT, "资料中的数字在表格里，没有写明是什么的数") if nameless else SOUND
    if any(each.start < span[1] and span[0] < each.end for each in asked()):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是表格里另一格的：{cell.header}")


def check_extreme(question: Question, view: PassageView, span: Range) -> Verdict:
    """Which row of a table has the most takes all of them to tell, and a passage may hold but some; which has a rank, where a column tells
    the ranks, that row alone.
    """
    rank, ranks = rank_asked(question.text), ranks_in(view.text)
    if rank and ranks:
        row = ranks.get(rank)
        if row is not None and row[0] <= span[0] and span[1] <= row[1]:
            return SOUND
        if rank_asked(view.slice(view.sentence_of(*span))) != rank:
            return Verdict(AbstainReason.SUBJECT, f"资料中的表格没有说这是第{rank}名的")
    if not _EXTREME.search(question.text) or not any(
        row.start < span[1] and span[0] < row.end for row in rows_of(view.text)
    ):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "要比较表格各行的数字才知道，资料没有直接写出；请看表格本身")


def check_title(question: Question, view: PassageView, span: Range) -> Verdict:
    """最高可获10万元 of a title is no answer where the body tells 5万到10万元."""
    told = range_behind(question, view, span)
    return Verdict(AbstainReason.SUBJECT, f"标题只写了上限，正文写的是“{told}”") if told else SOUND


def check_items(view: PassageView, span: Range, asked: int) -> Verdict:
    """Who asks for six (具体是哪六个) is not told three."""
    told = len(items_of(view.slice(span)))
    return Verdict(AbstainReason.SUBJECT, f"问的是{asked}项，资料中这里列了{told}项") if told < asked else SOUND


# --------------------------------------------------------------------------------------------------------------- period


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
    earlier = [each for each in dates if each.end <= span[0]]
    if earlier:
        return earlier[-1].period
    return view.item_date.period if view.item_date else document_period(view.passage)


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
    if of_document and not any(each.period.explicit_year for each in inside):
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


# ---------------------------------------------------------------------------------------------------------------- place


def check_places(question: Question, asked: Sequence[PlaceMention], view: PassageView, home: str) -> Verdict:
    """Every place the question names must be spoken of; 我市 and the document's own city are one."""
    if not asked:
        return SOUND
    names = {place.name for place in view.places}
    foreign = only_elsewhere(view, home)
    speaks_of_province = any(place.scope is Scope.PROVINCE and not place.name for place in view.places)
    for place in asked:
        if foreign and (place.name == home or (not place.name and place.scope is not Scope.NATION)):
            return Verdict(AbstainReason.REGION, f"资料中说的是{foreign}，不是{_written(question, place)}")
        written = _written(question, place)  # 未组建的为化德县: where a name begins no mark tells
        known = not place.name or place.name in names or place.name == home
        known = known or (len(written) >= _WHOLE_NAME and written[-1] in "县旗" and written in view.spoken)
        if not known and not (speaks_of_province and place.name == province_of(home)):
            return Verdict(AbstainReason.REGION, f"资料中没有{_written(question, place)}的相关内容", absent=True)
    return SOUND


def _written(question: Question, place: PlaceMention) -> str:
    return question.text[place.start : place.end]


def check_scope(
    question: Question, asked: Sequence[PlaceMention], view: PassageView, span: Range, home: str
) -> Verdict:
    """A number must be of the scope asked for: its own is the last place before it in its clause (2020年度全区共评选…18项,
    我市获奖总数14项), without one the document's. 全区 and 自治区 are the province that the document's city lies in.
    """
    if question.kind is not AnswerKind.NUMBER or not asked:
        return SOUND
    wanted = {_level(place, home) for place in asked}
    first, _ = view.clause_of(*span)
    told = view.text[first : span[0]]
    before = _levels(_AMONG.sub("", told), home)
    if before and not wanted & before:
        return Verdict(AbstainReason.REGION, f"资料中的数字属于另一个范围（{told.strip()[:20]}……）")
    sentence = _BESIDE_OTHERS.sub("", view.folded[view.sentence_of(*span)[0] : first])
    subject = [place for place in find_places(sentence) if not GRADED.match(sentence, place.start)]
    if not before and subject and wanted <= _WIDE and _level(subject[-1], home) == "city":
        return Verdict(
            AbstainReason.REGION,
            f"资料中的数字属于另一个范围（{sentence[subject[-1].start : subject[-1].end + 10]}……）",
        )
    wider = subject and not subject[-1].name and _level(subject[-1], home) in _WIDER_THAN_COUNTY
    if (
        not before and wider and all(each.scope is Scope.COUNTY for each in asked)
    ):  # 全市……，投入强度1.07% is no banner's
        return Verdict(
            AbstainReason.REGION,
            f"资料中的数字属于另一个范围（{sentence[subject[-1].start : subject[-1].end + 10]}……）",
        )
    clause = _levels(view.text[slice(*view.clause_of(*span))].replace("中国", "全国"), home) & _WIDE
    if len(wanted) > 1 and clause and wanted & _WIDE and not wanted & clause:
        return Verdict(AbstainReason.REGION, f"资料中说的不是{_written(question, asked[0])}")
    if home and wanted == {"city"} and _is_of_the_province(view, home):
        return Verdict(
            AbstainReason.REGION, f"资料中说的是{province_of(home) or '全区'}，不是{_written(question, asked[0])}"
        )
    wider = all(_WIDER.match(question.text, place.start) for place in asked)
    if home and wider and not before and not wanted & _levels(f"{view.background}\n{view.text[: span[0]]}", home):
        return Verdict(AbstainReason.REGION, f"资料中的数字是{home}的，不是{_written(question, asked[0])}的")
    return SOUND


def _is_of_the_province(view: PassageView, home: str) -> bool:
    """Whether an item tells what the region's offices do, and names nothing of the own city."""
    levels = {_level(place, home) for place in view.item_places if not GRADED.match(view.item, place.start)}
    return levels <= _WIDE and _ITS_OFFICES.search(view.item) is not None and not _OWN_OFFICES.search(view.item)


_BESIDE_OTHERS = re.compile(r"(?:跻身|进入|位居|位列|保持|排名?|升至|居|列|在|占|入选)(?:了)?(?:全区|全国|自治区|全市)")
_ITS_OFFICES = re.compile(r"自治区[一-鿿]{0,8}(?:厅|委|局|政府|办公室)|《[^》]*自治区|内蒙古日报")
_OWN_OFFICES = re.compile(
    r"(?<![一-鿿])市|(?<=[，。、由向对是与和到在])市(?=[一-鿿])|市(?:委|政府|科技局|直|级|长)|旗区"
)
_AMONG = re.compile(
    r"在(?:全区|全国|自治区|全市|我区)(?:率先|首|前列|排|居|位)|居(?:全区|全国|全市)"
)  # 在自治区率先推出30条: whose they are is not said

_WIDER = re.compile(
    r"全国|我国|全区|我区|本区|全省|我省|本省"
)  # not 自治区, which gives, asks and holds meetings as well


_WIDE = frozenset({"nation", "province"})
_WIDER_THAN_COUNTY = _WIDE | {"city"}


def _levels(told: str, home: str) -> set[str]:
    return {_level(place, home) for place in find_places(told) if not GRADED.match(told, place.start)}


def _level(place: PlaceMention, home: str) -> str:
    """A name for the scope of a mention: the same for 我市 and the own city, for 全区 and the own province."""
    if place.name and place.name == home:
        return "province" if place.scope is Scope.PROVINCE else "city"  # 全区 of a document of the region is the region
    if place.name and place.name == province_of(home):
        return "province"
    return place.name or place.scope.name.lower()
