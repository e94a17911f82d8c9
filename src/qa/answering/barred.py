"""Who may not: 什么样的人不能报名 is answered where the text bars somebody (不得, 不予, 禁止), not where it tells of the matter otherwise."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_ASKED = re.compile(
    r"(?:什么样|哪些|哪几类|哪类|什么|哪种|哪几种|何种|啥样)(?:的)?(?:人员?|情形|情况|企业|单位|项目|对象|考生|机构|行为|东西|车辆?|户)(?:[^，。？?]{0,4})(?:不能|不可以?|不得|不准|不许|不让|无法|不予)"
)
_TOLD = re.compile(r"不得|不能|不可|不准|不许|不予|不再|不属于|禁止|严禁|不接受|不受理|不享受|不纳入|除外|排除|谢绝")
_FOR_CHEATING = re.compile(r"\d\s*年内(?:不|取消|禁)|弄虚作假|取消[^，。；]{0,8}资格")  # a punishment, no condition


def check_barred(question: Question, view: PassageView, span: Range) -> Verdict:
    """What is barred is told with a word that bars."""
    if not _ASKED.search(question.text):
        return SOUND
    sentence = view.text[slice(*view.sentence_of(*span))]
    heading = "\n".join((*view.passage.heading_path[-1:], view.passage.lead))
    if (_TOLD.search(sentence) or _TOLD.search(heading)) and not _FOR_CHEATING.search(sentence):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, "资料中这一处没有写谁不能、什么不行")
