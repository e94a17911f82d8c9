"""口径护栏 of a letter's head: who it is addressed to, and its number."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.contact import DOCUMENT_NUMBER
from qa.answering.candidates.proposal import addressee, asks_for_addressee
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_ASKS_FOR_NUMBER = re.compile(r"(?:发文字号|发文号|文号)(?:是|为|叫)?(?:多少|什么|啥|几号|哪|[？?]|$)")
_TITLE_BEFORE = re.compile(r"《(?P<title>[^《》]+)》\s*[（(][^（）()《》]*$")
_A_DOCUMENT = re.compile(r"办法|规定|细则|条例|通知|意见|方案|规划|措施|公告|公示|决定|政策|指南|制度|纪要|报告|函")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BY_ITSELF = re.compile(r"(?:令|公告|通告)\s*$")  # 国务院令第752号 has no other number
_TITLE_CHARS = 80
_QUOTED_TITLE = re.compile(r"《([^《》]+)》")
_NO_ANSWER_OF = (AnswerKind.DATE, AnswerKind.PLACE)


def check_addressee(question: Question, view: PassageView, span: Range) -> Verdict:
    """Who a letter answers is whom it is addressed to (九三学社：), not who signs it."""
    if question.kind in _NO_ANSWER_OF or not asks_for_addressee(question):
        return SOUND
    line = addressee(view)
    if line is not None and line[0] < span[1] and span[0] < line[1]:
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "资料中这不是主送单位")


def check_document_number(question: Question, view: PassageView, span: Range) -> Verdict:
    """A 文号 names who issues, the year and the number (鄂府发〔2024〕56号): 第0355号 of a proposal is none."""
    if not _asks_for_number(question.text):
        return SOUND
    if DOCUMENT_NUMBER.search(view.slice(span)):
        other = _title_before(view, span)
        if other and _A_DOCUMENT.search(question.text) and not _is_named(other, question.text):
            return Verdict(AbstainReason.SUBJECT, f"资料中这是《{other}》的文号")
        return SOUND
    if _BY_ITSELF.search(view.text, 0, span[0]) or _BY_ITSELF.search(view.text, 0, max(0, span[0] - 1)):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "资料中这不是文号")


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asks_for_number(text: str) -> bool:
    return _ASKS_FOR_NUMBER.search(text) is not None


def _title_before(view: PassageView, span: Range) -> str:
    """The title that the number in brackets at ``span`` belongs to (《甲办法》（甲发〔2019〕31号）); empty where none stands there."""
    told = _TITLE_BEFORE.search(view.text, max(0, span[0] - _TITLE_CHARS), span[0])
    return told["title"] if told else ""


def _is_named(title: str, text: str) -> bool:
    """Whether the question names that document, be it without 试行 or by the end of its title."""
    bare = _IN_BRACKETS.sub("", title)
    at = 0
    for each in bare:  # 通辽市甲办法 for 通辽市科技局甲办法: its characters in order
        at = text.find(each, at) + 1
        if not at:
            break
    if quoted := _QUOTED_TITLE.findall(text):
        return at > 0 or any(bare.endswith(_IN_BRACKETS.sub("", each)) for each in quoted)
    asked = re.search(rf"[^《》，。？?的]*(?:{_A_DOCUMENT.pattern})", text)
    return at > 0 or (asked is not None and asked.group() in bare)
