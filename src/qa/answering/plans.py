"""What is planned is no result, nor a result the aim: 力争突破65亿元, 任务书要求3000亩 and 不少于4次 tell nothing that was done, 入库112家 of a
report no aim.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.tables import row_cell_at
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.numbers import NumberMention

_PLAN_ASKED = re.compile(
    r"目标|计划|规划|力争|争取|预计|预期|打算|拟|将|要(?!求)|安排|任务|展望|未来|到20\d\d年|十[四五六]五"
)
_PLANNED = re.compile(r"力争|争取(?!到)|确保[^，。；]{0,10}(?:达到|突破|完成)|计划(?=新|引|培|建|实|选|完|登|达)|打算")
# Where the plan ends and a deed begins: 计划新认定150家，前两批共申报228家，第一批通过评审73家.
_A_DEED_FOLLOWS = re.compile(r"[；;]|已|[，,][^，,；;。]{0,8}?(?:共(?=[申征收受登完实签发推立])|目前|截至|实际)")
_AIM = r"(?:目标|任务|计划)(?:任务)?(?:数|值|指标)?"
_AIM_ASKED = re.compile(rf"{_AIM}(?:是|为|有|定(?:了|在|为|的)?|下达了?|设(?:了|为)?)*(?:是)?(?:多少|几)")
# 打算做到多少家: what there is already is no answer
_AIMED_AT = re.compile(
    r"(?:打算|力争|争取|计划|准备|目标是?)[^，。？?]{0,8}?(?:做|达|发展|增加|增长|提高|突破|完成|实现|培育|增)[到成至]?了?[^，。？?到了]{0,4}(?:多少|几)"
)
_AIM_TOLD = re.compile(
    r"目标|任务|计划|力争|争取|确保|预期|预计|拟(?!认定|录用|聘|入选|立项|推荐|授|建)|安排|打算|规划|将|(?<![主重需摘纪])要(?!求|素|点|闻|件)|突破|到20\d\d年"
)
_AT_LEAST = re.compile(r"不(?:少|低)于|以上|左右")
_OF_AIMS = re.compile(r"目标|任务|计划|安排|打算|要点|方案|规划|思路|下一步|重点工作")
_DONE_ASKED = re.compile(
    r"实际|实绩|真正|到岗|报到|已经?(?!经)[^，。？?]{0,8}(?:多少|几)|(?:完成|建成|到位|搞|办|开展|实现|落实)了(?:多少|几)"
)
_REALLY = re.compile(r"实际|实绩|真正|到岗|报到")
_ONLY_PLANNED = re.compile(r"计划|任务书|要求|目标|拟(?![定订])|力争|争取|确保|规划|概算|估算|总投资|预算|预计")
_DONE = re.compile(r"已|实际|到位|(?<!计划)(?<!目标)(?<!任务)(?<!预计)完成(?!总)|了")
_ITSELF_BEFORE = re.compile(r"(?:目标|任务|计划)(?:数|值)?[（(]\s*$")
_ITSELF_BEHIND = re.compile(r"[）)]?的(?:全年|年度|年初|预期|既定)?(?:目标|任务|计划)")
_MEASURED_AGAINST = re.compile(r"完成|实现|超过|超出|高于|低于|不及|未达")


class _Asks(NamedTuple):
    plan: bool
    aim: bool
    done: bool
    really: bool


def check_plan(question: Question, view: PassageView, span: Range) -> Verdict:
    """The number has to be told as what is asked for: an aim, or what came of it."""
    number = view.number_at(span)
    said = _against(_asks(question.text), view, number) if number is not None and not number.ordinal else ""
    return Verdict(AbstainReason.SUBJECT, said) if said else SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asks(text: str) -> _Asks:
    plan, aim, done, really = (each.search(text) for each in (_PLAN_ASKED, _AIM_ASKED, _DONE_ASKED, _REALLY))
    aim = aim or _AIMED_AT.search(text)
    return _Asks(plan is not None, aim is not None, done is not None, really is not None)


def _against(asks: _Asks, view: PassageView, number: NumberMention) -> str:
    if asks.aim:
        return "" if _is_told_as_an_aim(view, number) else "问的是目标，资料中的数字是结果"
    if asks.done and (_is_only_planned(view, number) or (asks.really and _is_at_least(view, number))):
        return "问的是实际完成的数，资料中的数字是计划或要求"
    if asks.plan:
        return ""
    return "资料中的数字是目标，不是结果" if _is_an_aim(view, number) or _is_the_aim_itself(view, number) else ""


def _is_told_as_an_aim(view: PassageView, number: NumberMention) -> bool:
    place = (number.number_start, number.unit_end)
    if row_cell_at(view.text, place) is not None or any(map(_OF_AIMS.search, view.passage.heading_path)):
        return True
    clause, sentence = view.clause_of(*place), view.sentence_of(*place)
    before = view.text[sentence[0] : number.number_start]
    behind = view.text[number.unit_end : clause[1]]
    return bool(_AIM_TOLD.search(before) or _AT_LEAST.search(number.qualifier) or _AIM_TOLD.search(behind))


def _is_an_aim(view: PassageView, number: NumberMention) -> bool:
    """力争突破65亿元, up to where the sentence tells of a deed."""
    before = view.text[view.sentence_of(number.start, number.end)[0] : number.start]
    plan = list(_PLANNED.finditer(before))
    return bool(plan) and not _A_DEED_FOLLOWS.search(before[plan[-1].end() :])


def _is_the_aim_itself(view: PassageView, number: NumberMention) -> bool:
    """2800家 of 超额完成2800家的年度计划, 1100家 of 完成年度目标（1100家）的79%."""
    first, last = view.sentence_of(number.start, number.end)
    before = view.text[first : number.start]
    if _ITSELF_BEFORE.search(before):
        return True
    behind = _ITSELF_BEHIND.match(view.text, number.end, last)
    return behind is not None and _MEASURED_AGAINST.search(re.split("[，,；;]", before)[-1]) is not None


def _is_only_planned(view: PassageView, number: NumberMention) -> bool:
    """任务书要求建设3000亩, 计划总投资12.6亿元: what its clause tells of is no deed."""
    before = view.text[view.clause_of(number.start, number.end)[0] : number.start]
    return _ONLY_PLANNED.search(before) is not None and not _DONE.search(before)


def _is_at_least(view: PassageView, number: NumberMention) -> bool:
    """开展互访不少于4次 sets how many there have to be."""
    first, last = view.clause_of(number.start, number.end)
    return _AT_LEAST.search(number.qualifier) is not None and not _DONE.search(view.text, first, last)
