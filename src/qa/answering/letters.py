"""口径护栏 of a letter's head: who it is addressed to, and its number."""

from __future__ import annotations

import re

from qa.answering.candidates.contact import DOCUMENT_NUMBER
from qa.answering.candidates.proposal import addressee, asks_for_addressee
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_ASKS_FOR_NUMBER = re.compile(r"(?:发文字号|发文号|文号)(?:是|为|叫)?(?:多少|什么|啥|几号|哪|[？?]|$)")
_BY_ITSELF = re.compile(r"(?:令|公告|通告)\s*$")  # 国务院令第752号 has no other number
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
    if not _ASKS_FOR_NUMBER.search(question.text) or DOCUMENT_NUMBER.search(view.slice(span)):
        return SOUND
    if _BY_ITSELF.search(view.text, 0, span[0]) or _BY_ITSELF.search(view.text, 0, max(0, span[0] - 1)):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "资料中这不是文号")
