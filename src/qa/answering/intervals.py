"""How long and how often: a day of the calendar (2月21日—25日, of which 25日) is no length of time, nor is anything an interval that is not
told as coming again (每两年, 一年一次, 定期)."""

from __future__ import annotations

import re

from qa.answering.candidates.figure import is_window
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_HOW_OFTEN = re.compile(
    r"(?:多长时间|多久|[每隔]*(?:几|多少)个?(?:年|月|天|周|季度|小时))[^，。？?]{0,8}?一(?:次|回|轮|届|换|评|报|查|检)|(?:周期|频[率次])(?:是|为)?(?:多|几|什么|怎)"
)
_AGAIN = re.compile(
    r"每(?![家项名人户位村户])|周期|定期|隔|逐[年月季周日]|按(?:年度?|季度?|月度?|周|日)|常态化|一[年月周季日]一|半年|(?:[一两二三四五六七八九十]|\d+)\s*个?(?:年|月|周|季度?|天|日|小时)[^，。；]{0,6}[一两二三\d]\s*(?:次|届|轮|回|评|换|检)|年度(?:评价|考核|评估|检查|报告|审计)"
)
_HOW_LONG = re.compile(r"(?:几|多少)个?(?:天|日|月|小时|钟头|分钟|星期|礼拜)(?!前|份)|多长时间|多久|历时多|时长")
_CALENDAR_DAY = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
_DAY = re.compile(r"\d{1,2}\s*[日号]")
_OF_A_MONTH = re.compile(r"\d\s*月\s*(?:\d{1,2}\s*[日号]?\s*(?:至|到|-{1,2}|[—－–―～~]{1,2})\s*)?$")


def check_interval(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where it is asked how long or how often, a day of the calendar is no answer; how often is told with a word for that."""
    if question.kind not in (AnswerKind.NUMBER, AnswerKind.DATE):
        return SOUND
    often = _HOW_OFTEN.search(question.text)
    if often and not _AGAIN.search(view.folded[slice(*view.sentence_of(*span))]):
        return Verdict(AbstainReason.SUBJECT, "问的是多久一次，资料中没有写")
    if question.kind is AnswerKind.NUMBER and (often or _HOW_LONG.search(question.text)) and _is_a_day(view, span):
        return Verdict(AbstainReason.SUBJECT, "问的是多长时间，资料中这是一个日期")
    return SOUND


def _is_a_day(view: PassageView, span: Range) -> bool:
    """Whether ``span`` is a day of the calendar, or that of a period's end."""
    words = view.slice(span).strip()
    if is_window(words):
        return False
    if _CALENDAR_DAY.fullmatch(words):
        return True
    return _DAY.fullmatch(words) is not None and _OF_A_MONTH.search(view.text, 0, span[0]) is not None
