"""What the question says itself is no answer to it: 53.2亿元研发经费里企业出了多少 is not answered by 53.2亿元, nor 苏州签的协议 by 苏州."""

from __future__ import annotations

import re

from qa.answering.candidates.person import OFFICE, person_asked_about
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Period, Question
from qa.text.numbers import NumberMention, find_numbers
from qa.text.places import is_one_place, place_root

_A_CHOICE = re.compile(r"还是|或者?(?!许)|是不是|是否|有没有|[吗么][？?]?$|对不对|哪一?[个家项]更")
_A_PERSON = "人"
_PERSONS = frozenset("人 名 位".split())  # 130多名参会者: 130余人
_NAMED = frozenset({AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE})
_HOLDER_WITHIN = 24  # characters from an office to the name of who holds it, further offices between them
_FURTHER_OFFICES = re.compile(rf"(?:、[^，。；：、\n]{{0,12}}?{OFFICE.pattern})*\s*")


def check_repeated(question: Question, view: PassageView, span: Range) -> Verdict:
    """A figure, a day, a place or a body that the question names, and the office of a person that it names, tell nothing new; unless one
    of several that it names is asked for (北京还是上海). Names are compared in official documents alone: elsewhere the thing asked about is now
    and then called after its answer (夏威夷监督吸蜜鸟 lives on 夏威夷).
    """
    kind = question.kind
    if _A_CHOICE.search(question.text):
        return SOUND
    said = ""
    if kind is AnswerKind.NUMBER:
        said = _figure_asked_with(question, view, span)
    elif kind is AnswerKind.DATE:
        said = _day_asked_with(question, view, span)
    elif kind in _NAMED and view.passage.is_official:
        said = _name_asked_with(question, view, span)
    return Verdict(AbstainReason.SUBJECT, f"“{said}”是问题里已经说到的，资料中没有写到所问的内容") if said else SOUND


def _figure_asked_with(question: Question, view: PassageView, span: Range) -> str:
    told = [each for each in find_numbers(view.slice(span)) if not each.ordinal and each.base_unit and each.value != 1]
    named = {_value(each) for each in find_numbers(question.text) if not each.ordinal}
    return view.slice(span) if told and all(_value(each) in named for each in told) else ""


def _value(number: NumberMention) -> tuple[object, ...]:
    unit = _A_PERSON if number.base_unit in _PERSONS else number.base_unit
    return number.value, number.upper, unit


def _day_asked_with(question: Question, view: PassageView, span: Range) -> str:
    told = next((each.period for each in view.dates if each.start < span[1] and span[0] < each.end), None)
    if told is None or not any(_holds(told, each) for each in question.periods):
        return ""
    return view.slice(span)


def _holds(told: Period, asked: Period) -> bool:
    """Whether ``told`` is ``asked`` or a longer time around it, which tells no more."""
    if not asked.explicit_year:
        try:
            first, last = (each.replace(year=told.first.year) for each in (asked.first, asked.last))
        except ValueError:  # 29 February in a common year
            return False
        return told.first <= first and last <= told.last
    return told.first <= asked.first and asked.last <= told.last


def _name_asked_with(question: Question, view: PassageView, span: Range) -> str:
    name = "".join(view.slice(span).split())
    if _bare(name) in _bare(question.text) or (is_one_place(name) and place_root(name) in question.text):
        return name
    if question.kind is AnswerKind.PERSON and not person_asked_about(question):
        return _office_of_one_named(question, view, span)
    return ""


def _bare(name: str) -> str:
    return name.replace("人民政府", "政府")


def _office_of_one_named(question: Question, view: PassageView, span: Range) -> str:
    """市委副书记、代市长 of 市委副书记、代市长杜汇良 is nobody else where 杜汇良 is named; empty for what is no office."""
    words = view.slice(span)
    if not OFFICE.search(words) or OFFICE.split(words)[-1]:
        return ""
    behind = _FURTHER_OFFICES.match(view.text, span[1], span[1] + _HOLDER_WITHIN)
    at = behind.end() if behind else span[1]
    holders = (word.text for word in question.words if word.tag == "nr" and len(word.text) > 1)
    return words if any(view.text.startswith(each, at) for each in holders) else ""
