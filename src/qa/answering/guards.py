"""口径护栏: a figure of another year, another place or another issue is no answer, however well the words fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.subject import check_counted, check_defined, check_limit, check_part, check_subject
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Period, Question
from qa.search.periods import meets
from qa.text.dates import DateMention
from qa.text.places import PlaceMention, Scope, find_places, place_root, province_of

_BESIDE_CHARS = 3
_ISSUE = re.compile(
    r"第\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>期|次(?!落|到|来|在|进|出|成|被|举|开|获|入|上|有)|届|号|批)"
)


def examine(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whether ``span`` is of the question's period, place and issue."""
    for verdict in (
        check_period(question, view, span),
        check_place(question, view, span),
        check_issue(question, view),
        check_subject(question, view),
        check_counted(question, view),
        check_defined(question, view),
        check_limit(question, view, span),
        check_part(question, view, span),
    ):
        if verdict.reason:
            return verdict
    return SOUND


def missing_in(question: Question, view: PassageView) -> frozenset[str]:
    """What of the question's places, issues, names and counted things neither the passage nor what stands above it speaks of, each
    as :attr:`Verdict.detail` tells it.
    """
    checks = (
        check_place(question, view, (0, 0)),
        check_issue(question, view),
        check_subject(question, view),
        check_counted(question, view),
        check_defined(question, view),
    )
    return frozenset(each.detail for each in checks if each.absent)


# --------------------------------------------------------------------------------------------------------------- period


def period_of(view: PassageView, span: Range) -> Period | None:
    """The period that holds for ``span``: the last written before it in its sentence (but not one that something is compared with:
    从2021年初77家增长至279家 tells 279家 of now), else after it in its clause, else the last before in the passage, else the
    document's date."""
    sentence, clause = view.sentence_of(*span), view.clause_of(*span)
    before = [
        each
        for each in view.dates
        if sentence[0] <= each.start and each.end <= span[0] and not _only_compared(view.text, each, span)
    ]
    if before:
        return before[-1].period
    beside = [each for each in view.dates if clause[0] <= each.start < clause[1]]
    if beside:
        return beside[0].period
    earlier = [each for each in view.dates if each.end <= span[0]]
    if earlier:
        return earlier[-1].period
    day = view.passage.date
    return Period(day, day) if day else None


def _only_compared(text: str, date: DateMention, span: Range) -> bool:
    compared = text[max(0, date.start - 1) : date.start] in {"从", "由", "比", "较", "自"}
    return compared and span[0] - date.end > _BESIDE_CHARS


def check_period(question: Question, view: PassageView, span: Range) -> Verdict:
    if not question.periods:
        return SOUND
    sentence = view.sentence_of(*span)
    inside = [each for each in view.dates if sentence[0] <= each.start < sentence[1]]
    own = period_of(view, span)
    told = [own] if own is not None else []
    if question.kind is AnswerKind.DATE:
        told += [each.period for each in inside]
    years = {period.first.year for period in told}
    day = view.passage.date
    if day and not any(each.period.explicit_year for each in inside):
        told.append(Period(day, day))
    if any(meets(asked, each) for asked in question.periods for each in told):
        return SOUND
    asked = "、".join(dict.fromkeys(period.text for period in question.periods if period.text))
    written = "、".join(str(year) for year in sorted(years)) or "其他时期"
    return Verdict(
        AbstainReason.PERIOD,
        f"问的是{asked or '另一时期'}，资料中是{written}年的内容" if years else f"资料中没有{asked}的内容",
    )


# ---------------------------------------------------------------------------------------------------------------- place


def check_place(question: Question, view: PassageView, span: Range) -> Verdict:
    """Every place the question names must be spoken of, and a figure must be of the scope asked for.

    我市 and the document's own city are one; 全区 and 自治区 are the province it lies in.
    """
    asked = [place for place in find_places(question.text) if not _GRADED.match(question.text, place.start)]
    if not asked:
        return SOUND
    home = place_root(view.passage.region) if view.passage.region else ""
    told = find_places(f"{view.background}\n{view.folded}")
    names = {place.name for place in told}
    speaks_of_province = any(place.scope is Scope.PROVINCE and not place.name for place in told)
    for place in asked:
        known = not place.name or place.name in names or place.name == home
        if not known and not (speaks_of_province and place.name == province_of(home)):
            return Verdict(
                AbstainReason.REGION, f"资料中没有{question.text[place.start : place.end]}的相关内容", absent=True
            )
    if question.kind is AnswerKind.NUMBER:
        return _check_scope(question, asked, view, span, home)
    return SOUND


# 自治区重点实验室4家: whose grade, not where.
_GRADED = re.compile(r"自治区(?:级|重点|党委|政府|[^，。、]{0,6}[厅局委])")


def _check_scope(
    question: Question, asked: Sequence[PlaceMention], view: PassageView, span: Range, home: str
) -> Verdict:
    """A number's own scope is the last place before it in its clause (2020年度全区共评选…18项, 我市获奖总数14项)."""
    wanted = {_level(place, home) for place in asked}
    first, _ = view.clause_of(*span)
    told = view.text[first : span[0]]
    before = [_level(place, home) for place in find_places(told) if not _GRADED.match(told, place.start)]
    if len(wanted) == 1 and before and not wanted & set(before):
        of = view.text[first : span[0]].strip()[:20]
        return Verdict(AbstainReason.REGION, f"资料中的数字属于另一个范围（{of}……）")
    wider = all(_WIDER.match(question.text, place.start) for place in asked)
    if home and wider and not before and not wanted & _levels_above(view, span, home):
        return Verdict(AbstainReason.REGION, f"资料中的数字是{home}的，不是{asked[0].name or _scope_word(asked[0])}的")
    return SOUND


_WIDER = re.compile(
    r"全国|我国|全区|我区|本区|全省|我省|本省"
)  # not 自治区, which gives, asks and holds meetings as well


def _scope_word(place: PlaceMention) -> str:
    """A scope word as a reader would say it."""
    return {Scope.NATION: "全国", Scope.PROVINCE: "全区（省）", Scope.CITY: "全市"}.get(place.scope, "所问地方")


def _levels_above(view: PassageView, span: Range, home: str) -> set[str]:
    """The scopes told before ``span`` in its passage or above it: a city's document means the city where it names none."""
    told = f"{view.background}\n{view.text[: span[0]]}"
    return {_level(place, home) for place in find_places(told) if not _GRADED.match(told, place.start)}


def _level(place: PlaceMention, home: str) -> str:
    """A name for the scope of a mention: the same for 我市 and the own city, for 全区 and the own province."""
    if place.name and place.name == home:
        return "city"
    if place.name and place.name == province_of(home):
        return "province"
    return place.name or place.scope.name.lower()


# ---------------------------------------------------------------------------------------------------------------- issue


def check_issue(question: Question, view: PassageView) -> Verdict:
    """第5期, 第3次, 第0355号 in the question must stand in the passage or above it."""
    held = re.sub(r"\s", "", f"{view.background}\n{view.folded}")
    for match in _ISSUE.finditer(question.text):
        written = re.sub(r"\s", "", match.group())
        if written not in held and f"{match['number']}{match['unit']}" not in held:
            return Verdict(AbstainReason.SUBJECT, f"资料中没有{written}的内容", absent=True)
    return SOUND
