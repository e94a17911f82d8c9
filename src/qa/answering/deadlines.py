"""Deadlines: the day by which something has to be done is told as one (3月31日前, 截至, 最迟). A day on which something was held, signed or
begun is none, nor is the year a plan looks ahead to a day by which papers have to be in."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.figure import is_window
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, BlockRole, Question

_ASKED = re.compile(
    r"最[迟晚](?:是|要|得|应|须|必须|在|到|于)*(?:哪|什么时|何|几[月号日])|最后期限|截止(?:的|到|至)?(?:时间|日期|日|是|为|哪|什么时|何|几|[？?]|$)"
    r"|哪一?[年月天日](?:底|末)?(?:之|以)?前|(?:什么时候|何时)(?:之|以)?前|(?:办理|办结|答复|整改|完成|报名|申报|公示|提交)(?:的)?[时期]限"
)
_LIMIT = re.compile(
    r"截[止至]|[时期]限|最[迟晚]|不[晚迟]于|到期|期满|有效期|结束|[年月日号底末周](?:之|以)?前(?!夕|后)|之前|以前|止(?:[，。；）)]|$)|[至到]\s*(?:20\d\d\s*年|\d{1,2}\s*[月日号]|[今明本]年|年底|月底)"
    r"|\d\s*(?:个?工作)?[日天]内|(?:下班|\d\s*[时点]|\d[:：]\d{2})\s*(?:之|以)?前|务必|[请须应]当?[于在]"
)
_NO_LIMIT = re.compile(r"(?<![\d])日前|目前|此前|提前|当前|年前")  # 日前 is some days ago
_DONE_BY = re.compile(r"(?:完成|收官|建成|投产|实现|清零)(?!了)")
# What a body did, or held, in some days: the last of them is no day by which anything has to be done.
_HELD = re.compile(r"举[行办]|召开|开幕|赴|率队|带队|率团|考察|调研|走访|会见|座谈|参加|出席|启程|访问|[宣推]介会|洽谈")
_ASKS_HOW_LONG_HELD = re.compile(r"结束|闭幕|持续|开到")
# Each procedure that has a deadline, as it is asked for and as it is told.
_PROCEDURES = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (r"报到(?!哪|几|什么)|到岗|入职|上岗|到任", r"报到|到岗|入职|上岗|到任"),
        (r"征求[^，。？?]{0,6}意见|反馈意见|意见反馈", r"征求|反馈|征集|提出[^，。；]{0,8}意见|意见[^稿见]"),
        (r"答复|办结|回复|办理", r"答复|办结|回复|办理|\d\s*(?:个?工作)?[日天月]内"),
        (r"转[^，。？?]{0,4}正式|正式(?:协议|合同)|签[^，。？?]{0,6}(?:协议|合同)", r"正式|签[订署约]|合同|转正"),
        (r"缴费|缴纳|交费|汇款", r"缴|交费|汇款|付款"),
        (
            r"报名|申报|提交|报送|申请",
            r"报名|申报|提交|报送|报至|上报|报(?=[^告道刊酬])|申请|受理|征集|交至?|材料|截[止至]|发送",
        ),
        (r"公示", r"公示|异议"),
    )
)
_ASKS_FOR_A_YEAR = re.compile(r"哪一?年|几年")
_WHOLE_MONTH = 31  # days
_TERM = re.compile(r"(?:最后|截止|办理|办结|报名|申报|答复|整改|完成)的?(?:期限|时限|时间|日期)(?:是|为)?[？?。\s]*$")
_LENGTH = re.compile(r"[\d一二两三四五六七八九十]\s*(?:个(?:工作日|自然日|月|季度)|[天周])|长期|不限|为期")


def check_deadline(question: Question, view: PassageView, span: Range) -> Verdict:
    """A deadline is told with a word that says so, of the procedure that is asked about, and to the day or the month."""
    if question.kind is AnswerKind.CLAUSE:
        return Verdict(AbstainReason.SUBJECT, "资料中没有写期限") if _lacks_a_term(question, view, span) else SOUND
    if question.kind is not AnswerKind.DATE or not _asks(question.text):
        return SOUND
    first, last = view.sentence_of(*span)
    sentence = view.folded[first:last]
    window = is_window(view.slice(span))
    if not (window or _tells_a_limit(view, span)):
        return Verdict(AbstainReason.SUBJECT, "问的是最迟到什么时候，资料中的时间不是期限")
    if window and _HELD.search(sentence) and not _LIMIT.search(view.folded, span[1], last):
        return Verdict(AbstainReason.SUBJECT, "资料中这是活动的时间，不是所问的期限")
    named = next((told for asked, told in _PROCEDURES if asked.search(question.text)), None)
    if named is None or view.passage.role is not BlockRole.BODY:
        return SOUND
    period = next((each.period for each in view.dates if each.start < span[1] and span[0] < each.end), None)
    by_year = _ASKS_FOR_A_YEAR.search(question.text)
    if period is not None and not by_year and (period.last - period.first).days > _WHOLE_MONTH and not window:
        return Verdict(AbstainReason.SUBJECT, "资料中的年份是目标的，不是所问的期限")
    above = "\n".join((view.passage.lead, *view.passage.heading_path, view.passage.title))
    before = next((each for each in reversed(view.sentences) if each[1] <= first), (first, first))
    others = any(told.search(sentence) for _, told in _PROCEDURES if told is not named)
    if others and not named.search(view.folded[before[0] : last] + above):
        return Verdict(AbstainReason.SUBJECT, "资料中这是别的事情的期限")
    return SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asks(text: str) -> bool:
    return _ASKED.search(text) is not None and not _ASKS_HOW_LONG_HELD.search(text)


def _lacks_a_term(question: Question, view: PassageView, span: Range) -> bool:
    """Whether a term is asked for (整改完成时限), and ``span`` tells neither a limit nor a length of time."""
    words = _NO_LIMIT.sub("　", view.slice(span))
    return _TERM.search(question.text) is not None and not any(
        each.search(words) for each in (_LIMIT, _LENGTH, _DONE_BY)
    )


def _tells_a_limit(view: PassageView, span: Range) -> bool:
    """Whether the sentence of ``span`` says that it is a limit; 完成 says so in its own clause alone (2025年12月完成)."""
    first, last = view.sentence_of(*span)
    if _LIMIT.search(_NO_LIMIT.sub("　", view.folded[first:last])):
        return True
    return _DONE_BY.search(view.folded[slice(*view.clause_of(*span))]) is not None
