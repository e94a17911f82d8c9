"""Which body did it: led, organised, handled or developed is told where the text says so; and a bureau that is asked for is no 全区, no
government and no clause."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.organisation import organisations_in
from qa.answering.roles import Role
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, BlockRole, Question
from qa.text.places import is_one_place

_WHICH = r"(?:谁|哪一?(?:[个家些]|几[个家])?[^，。？?]{0,4}?)"
_BODY = r"单位|部门|机构|企业|公司|高校|[处科]室|方"


def _deeds(*rows: tuple[str, str, str]) -> tuple[Role, ...]:
    """由哪个部门牵头, 牵头单位是哪家, 牵头单位."""
    return tuple(
        Role(
            re.compile(
                rf"{_WHICH}(?:来|负责|具体|联合|共同)*(?:{does})|(?:{does})的?(?:{_BODY})(?=是|为|有|叫|[？?\s（(，,]|$)"
            ),
            re.compile(told),
            name,
        )
        for does, told, name in rows
    )


_DEEDS = _deeds(
    ("牵头", r"牵头|负责|主抓|主[办管]|承[办担]|组织|责任|领衔|发起|组长", "牵头"),
    ("承办", r"承[办担]|主办|办理|举办|负责|协办|会办|责任|[我本贵][局委厅院]", "承办"),
    (
        "组织(?!部)",
        r"组织|开展|主办|举[办行]|承办|负责|牵头|实施|公布|评[选审定]|认定|联合|召开|启动|带队|率",
        "组织",
    ),
    (
        "研制|研发|发明",
        r"研制|研发|开发|发明|研究|攻关|自主|联合|共同|牵头|承担|完成|突破|设计|申报|历时|团队|项目单位",
        "研制",
    ),
)
_A_DEPARTMENT = re.compile(r"(?:哪一?(?:个|家)?|什么)(?:部门|单位|局|委办局|机构)")
_A_BUREAU = re.compile(r"哪一?个?(?:局|委办局|[厅委](?!员|托))(?!面|部|域|势)")
_BUREAU = re.compile(r"[局厅委办署队]")
_ASKS_FOR_A_PLACE = re.compile(r"旗区|地区|盟市|区县|城市")
_MARKS = re.compile(r"[，,；;。]")
_CELL_MARK = "|"


def check_deed(question: Question, view: PassageView, span: Range) -> Verdict:
    """A body is an answer for 由谁牵头 where its sentence tells of a lead, and what is no body is none for 哪个部门."""
    if question.kind is not AnswerKind.ORGANISATION:
        return SOUND
    words = view.slice(span).strip()
    if _A_DEPARTMENT.search(question.text) and is_one_place(words) and not _ASKS_FOR_A_PLACE.search(question.text):
        return Verdict(AbstainReason.SUBJECT, f"“{words}”是地方，不是部门或单位")
    if _A_BUREAU.search(question.text) and not _BUREAU.search(words):
        return Verdict(AbstainReason.SUBJECT, f"“{words}”不是所问的那一级部门")
    if _MARKS.search(words) and not any(span[0] <= start and end <= span[1] for start, end in organisations_in(view)):
        return Verdict(AbstainReason.SUBJECT, "资料中这里没有写是哪个单位")
    if view.passage.role is not BlockRole.BODY:
        return SOUND
    sentence = view.folded[slice(*view.sentence_of(*span))]
    zone = view.folded if _CELL_MARK in sentence else sentence
    zone += "".join(view.passage.heading_path[-1:])
    for deed in _deeds_asked(question.text):
        if not deed.told.search(zone):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有写由谁{deed.name}")
    return SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _deeds_asked(text: str) -> tuple[Role, ...]:
    return tuple(deed for deed in _DEEDS if deed.asked.search(text))
