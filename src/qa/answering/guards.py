"""口径护栏: what another year, another place, another subject or another row tells is no answer, however well the words fit."""

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
from qa.answering.contacts import check_contact, check_contact_body, check_contact_office
from qa.answering.contrasts import check_contrast
from qa.answering.deadlines import check_deadline
from qa.answering.deeds import check_deed
from qa.answering.dimensions import check_dimension
from qa.answering.divisions import check_division
from qa.answering.events import check_event
from qa.answering.firms import check_firm
from qa.answering.forms import check_form
from qa.answering.governed import check_governed
from qa.answering.grades import check_grade
from qa.answering.intervals import check_interval
from qa.answering.labels import check_label, rank_asked, ranks_in
from qa.answering.letters import check_addressee, check_document_number
from qa.answering.measured import Measured
from qa.answering.modifiers import check_modifier
from qa.answering.name_asked import check_name
from qa.answering.numbered import check_code, check_issue
from qa.answering.offices import check_bare_office, check_office
from qa.answering.own_words import check_own_words
from qa.answering.parties import (
    check_another_project,
    check_attended,
    check_body,
    check_leaders,
    check_part_played,
    check_project,
)
from qa.answering.period import check_period
from qa.answering.plans import check_plan
from qa.answering.ranks import check_rank
from qa.answering.reckoned import check_reckoned
from qa.answering.regions import GRADED, check_home_of, check_told_there, only_elsewhere
from qa.answering.remainders import check_remainder
from qa.answering.repeated import check_repeated
from qa.answering.respectively import of_another_item
from qa.answering.rivals import check_rival
from qa.answering.roles import (
    check_day_role,
    check_helped,
    check_judged,
    check_list,
    check_number_role,
    check_site,
    check_sum,
)
from qa.answering.rows import check_aim, check_row_named
from qa.answering.scope import check_places, check_scope
from qa.answering.sides import check_met, check_side
from qa.answering.sorts import check_sort
from qa.answering.speakers import check_speaker
from qa.answering.spending import check_given, check_spending
from qa.answering.stages import check_stage
from qa.answering.subject import (
    check_award,
    check_counted,
    check_defined,
    check_part,
    check_subject,
)
from qa.answering.tables import is_nameless, is_row_number, row_cell_at, rows_of
from qa.answering.together import check_together
from qa.answering.universities import check_universities
from qa.answering.untold import check_untold
from qa.answering.verdict import SOUND, Verdict
from qa.answering.versions import check_version
from qa.answering.view import PassageView, Range
from qa.answering.whereabouts import (
    check_another_body,
    check_destination,
    check_held_there,
    check_itself,
    check_origin,
    check_sibling,
    check_whole_name,
)
from qa.answering.wholes import check_whole
from qa.answering.worked_on import check_worked_on
from qa.answering.zones import check_zone
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import PlaceMention, find_places, place_root

_EXTREME = re.compile(r"最[多高大强少低小差]|排名?第|居首|第[一二三](?![批期届季次轮产])|倒数|前[三五十]")
_AROUND = re.compile(r"[那这]?(?:周边|一带|附近|周围)")  # 上海周边 may be 长三角
_PAIR = 2  # items that are joined in too many ways to be counted


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
            yield check_body(question, view, span)
            yield check_office(question, view, span)
            yield check_bare_office(question, view, span)
            yield check_doer(question, view, span)
        yield check_form(question, view, span)
        yield check_untold(question, view, span)
        yield check_own_words(question, view, span)
        yield check_firm(question, view, span)
        yield check_deadline(question, view, span)
        yield check_interval(question, view, span)
        yield check_rank(question, view, span)
        yield check_remainder(question, view, span)
        yield check_division(question, view, span)
        yield check_sort(question, view, span)
        yield check_name(question, view, span)
        yield check_contact_office(question, view, span)
        yield check_addressee(question, view, span)
        yield check_document_number(question, view, span)
        yield check_whole_name(question, view, span)
        yield check_award(question, view, span)
        yield check_sibling(question, view, span)
        yield check_itself(question, view, span)
        if question.kind in (AnswerKind.PLACE, AnswerKind.ORGANISATION):
            yield check_site(question, view, span)
        if question.kind is AnswerKind.PLACE:
            yield check_another_body(question, view, span)
            yield check_origin(question, view, span)
            yield check_held_there(question, view, span)
        if question.kind in (AnswerKind.LIST, AnswerKind.CLAUSE):
            yield check_barred(question, view, span)
            yield check_leaders(question, view, span)
            yield check_attended(question, view, span)
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
            yield check_contact_body(question, view, span)
            yield check_sum(question, view, span)
            yield check_list(question, view, span)
            yield check_helped(question, view, span)
            yield self._measured.examine(span)
            yield check_part(question, view, span)
            yield check_together(question, view, span)
            yield check_spending(question, view, span)
            yield check_given(question, view, span)
            yield check_version(question, view, span)
            yield check_rival(question, view, span)
            yield check_modifier(question, view, span)
            yield check_worked_on(question, view, span)
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
        named = [place for place in find_places(text) if not GRADED.match(text, place.start)]
        return [place for place in named if not _AROUND.match(text, place.end)]

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
            check_judged,
            check_destination,
            check_grade,
        )
        return tuple(check(self._question, self._view) for check in checks)

    @cached_property
    def _subject(self) -> Verdict:
        return next((each for each in self._subjects if each.reason), SOUND)


def check_doer(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whoever is named did what is asked about: the part played, the deed, the side, the meeting. It holds of the words that tell it as well
    where no name is found.
    """
    checks = (check_part_played, check_deed, check_side, check_met)
    return next((told for check in checks if (told := check(question, view, span)).reason), SOUND)


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
