"""At which stage of a selection a figure is told: 申报67项 is no answer to how many were 立项, nor 立项12项 to how many were 申报."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.numbers import NumberMention

_NOT_A_DEED = r"(?!书|通知|指南|材料|条件|单位|时间|系统|日期|截止|要求|部门|人|表|函|流程|指标|资金|财政|经费|补)"
# What is asked with, what is told with, of each stage, from the first to the last; a later one lets fewer through.
_STAGES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(asked), re.compile(told))
    for name, asked, told in (
        (
            "申报",
            rf"申报{_NOT_A_DEED}(?!成功|下来|获批|认定|的?(?:通过|批))|报名(?!费)|(?<![汇填通播])报了|(?<![汇填通播])[上呈]?报[了]?(?:上去|上来)|往上报|征集|申请{_NOT_A_DEED}",
            rf"申报{_NOT_A_DEED}|报名(?!费)|征集|受理|申请{_NOT_A_DEED}|上报|报送|收到|参赛",
        ),
        ("形式审查", r"(?:形式|资格)审查", r"(?:形式|资格)审查"),
        (
            "通过评审",
            r"(?<![没未不])(?<![没未不][通经])[通经]?过(?:了|的)?[^，。？?]{0,6}评审|评审[^，。？?]{0,2}(?:通过|合格)|过审",
            r"[通经]过[^，。；]{0,6}评审|评审[^，。；]{0,2}(?:通过|合格)",
        ),
        ("现场考察", r"(?:现场|实地)考察", r"(?:现场|实地)考察"),
        (
            "推荐",
            r"推荐(?!单位|人|部门|函|表|[^，。？?]{0,10}的)",
            r"推荐(?!单位|人|部门|函|表)",
        ),
        (
            "认定",
            r"立项|认定(?!标准|办法|条件)|获批|入选|评上|授权(?!书)|批下来",
            r"立项|认定(?!标准|办法|条件|工作)|获批|入选|授权(?!书)|确定|评定|命名|批准|评为|评出",
        ),
    )
)
_APPLIED_FOR = re.compile(r"(申[报请])(?:了|的)?[^，。？?]{0,12}?(?:认定|立项|授权)")  # 申报高新技术企业认定 is 申报
_COUNTED = frozenset("个 家 项 件 名 人 位 篇 所 批 座 户".split())
_BY_HOW_MUCH = re.compile(r"(?:减少|增加|下降|净增)(?:了|约|近|超)?\s*$")  # 比拟申报数减少1家 is no number of 申报
# 我市自治区重点实验室增至5家: how many there are by now, of whatever year; no number of those that were 申报 or 获批 at one time
_BY_NOW = re.compile(r"(?:增|升|扩大|壮大)(?:加|长)?(?:至|到)(?:了)?\s*(?:近|约|超过?)?$")
_BY_NOW_ASKED = re.compile(
    r"目前|现[有在]|如今|累计|总共|一共|(?<!公)共有|总[数量]|合计|增[至长加]|达到|已经?|手里|手上"
)
_MARKS = re.compile(r"[，,；;。？?！!]")
_AMONG = re.compile(r"^\s*(?:其中|分别)")


def check_stage(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question asks at one stage, a number whose clause tells others, and not this one, is no answer. 其中 goes on with the stage
    of the clause before it; a figure of which no stage is told is no number of 申报.
    """
    asked = _asked(question)
    number = view.number_at(span)
    if not asked or number is None or number.ordinal or number.base_unit not in _COUNTED:
        return SOUND
    told = _told(view, (number.number_start, number.unit_end))
    if asked not in told and _BY_NOW.search(view.text, 0, number.start):
        if _BY_NOW_ASKED.search(question.text):
            return SOUND
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是增加之后的总数，不是“{asked}”的")
    if not told and asked == _STAGES[0][0] and not _says_anywhere(asked, view, span):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写这是“{asked}”的数")
    if not told and (rival := _told_beside(asked, view, number)):
        return Verdict(AbstainReason.SUBJECT, f"资料中“{asked}”的数字是另一个（{rival}）")
    if not told or asked in told:
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{'、'.join(told)}”的，不是“{asked}”的")


def _told_beside(asked: str, view: PassageView, number: NumberMention) -> str:
    """Another number of the unit in the sentence that is told at the stage itself (通过认定7家 beside 有效期内23家); empty where there is none."""
    first, last = view.sentence_of(number.number_start, number.unit_end)
    for each in view.numbers:
        if (
            each == number
            or not first <= each.number_start < last
            or each.base_unit != number.base_unit
            or each.ordinal
        ):
            continue
        if _BY_HOW_MUCH.search(view.text, first, each.start):
            continue
        if asked in _told(view, (each.number_start, each.unit_end)):
            return view.text[each.start : each.end]
    return ""


def _asked(question: Question) -> str:
    """The stage that is asked for: the first behind the asking word in its clause, else the last before it; empty where there is none."""
    return _asked_in(question.text, question.interrogative) if question.interrogative else ""


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asked_in(text: str, interrogative: tuple[int, int]) -> str:
    text = _APPLIED_FOR.sub(lambda match: match.group(1) + "　" * (len(match.group()) - 2), text)
    first, last = interrogative
    end = next((each.start() for each in _MARKS.finditer(text, last)), len(text))
    start = max((each.end() for each in _MARKS.finditer(text, 0, first)), default=0)
    behind = [
        (each.start(), name)
        for name, asked, _ in _STAGES
        for each in asked.finditer(text[:end])
        if each.start() >= last
    ]
    before = [
        (each.start(), name)
        for name, asked, _ in _STAGES
        for each in asked.finditer(text[:first])
        if start <= each.start()
    ]
    return min(behind)[1] if behind else max(before)[1] if before else ""


def _told(view: PassageView, place: Range) -> list[str]:
    """The stages of the clause of the number at ``place``, up to the next number; where it has none and is told of as a part (其中), those
    of the clauses before it.
    """
    first, last = view.clause_of(*place)
    following = min((each.number_start for each in view.numbers if place[1] <= each.number_start < last), default=last)
    preceding = max((each.unit_end for each in view.numbers if first <= each.number_start < place[0]), default=first)
    own = list(_in(view.text[preceding : place[0]])) or list(_in(view.text[place[1] : following]))
    if own:
        return own
    if preceding > first and (before := list(_in(view.text[first:preceding]))):
        return before[-1:]
    begun = view.sentence_of(*place)[0]
    if _AMONG.search(view.text[first : place[0]]):
        return list(_in(view.text[begun:first]))[-1:]
    return []


def _in(text: str) -> Iterator[str]:
    """The stages that ``text`` tells, in its order, each once."""
    found = sorted((each.start(), name) for name, _, told in _STAGES for each in told.finditer(text))
    yield from dict.fromkeys(name for _, name in found)


def _says_anywhere(stage: str, view: PassageView, span: Range) -> bool:
    """Whether the sentence, or what stands above it, tells of the stage."""
    told = next(each for name, _, each in _STAGES if name == stage)
    sentence = view.text[slice(*view.sentence_of(*span))]
    return told.search(sentence) is not None or told.search(view.background) is not None
