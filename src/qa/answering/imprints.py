"""What the masthead and the imprint of an official document say in a form of their own: （共印 20 份）, （总 29 期）, 第0355号提案."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa.answering.looked_up import LookedUp
from qa.answering.view import PassageView
from qa.records import Question
from qa.search.periods import document_period, meets
from qa.text.numerals import parse_number
from qa.text.places import place_root

_MANY = r"(?:多少|几)"


class _Form(NamedTuple):
    asked: re.Pattern[str]
    told: re.Pattern[str]


_FORMS = (
    _Form(
        re.compile(
            rf"印(?:刷|制|发|了|的|数)*(?:一共|总共|共|是|为)?(?:有|了)?{_MANY}份|(?:印刷|印制|共印)(?:的)?(?:份数|数量)|印数|印份"
        ),
        re.compile(r"共印\s*(?P<value>\d+\s*份)"),
    ),
    _Form(
        re.compile(rf"总(?:的)?(?:第)?{_MANY}期|总期(?:数|号)|总第{_MANY}"),
        re.compile(r"总\s*(?:第\s*)?(?P<value>\d+\s*期)"),
    ),
    _Form(
        re.compile(
            rf"(?:提案|议案)(?:的?(?:编号|号码)|[^，。？?]{{0,6}}(?:编的?是?|是|为)?第?{_MANY}号)|(?:编号|第?{_MANY}号)(?:的)?(?:提案|议案)"
        ),
        re.compile(r"(?P<value>第\s*\d{3,5}\s*号)\s*(?:提案|议案)?"),
    ),
)
_PROPOSED_BY = re.compile(r"九三学社|民盟|民建|民进|民革|农工党|致公党|台盟|工商联|[一-鿿]{2,4}委员")
_ISSUE = re.compile(r"第\s*(?P<number>[\d一二三四五六七八九十]+)\s*期")
_OF_THE_CITY = re.compile(r"(?:[我本全咱]们?市|市里)")
_NO_OTHER = re.compile(r"为什么|为何|谁|哪[个家位些]")


def told_in_its_form(question: Question, views: Sequence[PassageView]) -> LookedUp | None:
    """The value of the field that is asked for, of the one document that the question means; ``None`` where none is asked for, no passage
    of those found has it, or documents that may be meant differ.
    """
    form = next((each for each in _FORMS if each.asked.search(question.text)), None)
    if form is None or _NO_OTHER.search(question.text):
        return None
    found = [
        LookedUp(view, match.span("value"), "")
        for view in views
        if _is_meant(question, view)
        for match in form.told.finditer(view.text)
    ]
    values = {"".join(each.view.slice(each.place).split()) for each in found}
    return found[0] if len(values) == 1 else None


def _is_its_own(place: str, view: PassageView) -> bool:
    """Whether a place that the question names is the document's own or stands in its title: no bulletin of 鄂尔多斯 is of 达拉特旗."""
    home = place_root(view.passage.region) if view.passage.region else ""
    return _OF_THE_CITY.fullmatch(place) is not None or place_root(place) == home or place in view.passage.context


def _is_meant(question: Question, view: PassageView) -> bool:
    """Whether the document is of the issue, the time and the proposer that the question names; where it names none, any may be meant."""
    above = view.passage.context + view.unspaced
    if any(each.group() not in above for each in _PROPOSED_BY.finditer(question.text)):
        return False
    if not all(_is_its_own(each, view) for each in question.places):
        return False
    issue, own = _ISSUE.search(question.text), _ISSUE.search(view.passage.context)
    if issue and (own is None or parse_number(issue["number"]) != parse_number(own["number"])):
        return False
    told = document_period(view.passage)
    return not question.periods or (told is not None and any(meets(asked, told) for asked in question.periods))
