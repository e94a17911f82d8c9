"""What sort of thing: 用什么催化剂 is told by a passage that speaks of 催化剂, 主攻什么方向 by a sentence that tells what somebody works on."""

from __future__ import annotations

import re

from qa.answering.asked import nouns_behind
from qa.answering.support import held
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_KINDS = frozenset({AnswerKind.CLAUSE, AnswerKind.NAME, AnswerKind.LIST})
_WHICH = re.compile(r"什么|啥|哪一?(?:种|类|款|套|台)|何种")
# Matter and devices are named by what they are, whatever sort they are of: 铜基催化剂, 循环流化床锅炉.
_MATTER = re.compile(r"[剂料药机器仪炉泵酶膜菌苗胶漆]$")
_LEAST_CHARS = 3
_SHARED = 0.3
_FIELD = re.compile(
    r"(?:主攻|研究|攻关|专攻|从事)(?:的)?(?:是)?(?:什么|哪些?|哪个|啥)(?:研究)?(?:方向|领域|专业)?|(?:主攻|研究)(?:方向|领域)(?:是|为)(?:什么|哪)"
)
_WORKS_ON = re.compile(
    r"方向|领域|研究(?!院|所|中心|生|会|机构)|从事|专攻|主攻|擅长|致力|专业|专长|攻关|聚焦|围绕|深耕|研发(?!投入|机构|经费|平台|中心)|攻克|破解"
)


def check_sort(question: Question, view: PassageView, span: Range) -> Verdict:
    """The thing of which the sort is asked has to be spoken of, and what somebody works on to be told as that."""
    if question.kind not in _KINDS:
        return SOUND
    if question.interrogative and _WHICH.search(question.text, *question.interrogative):
        thing = next((word.text for word in nouns_behind(question, question.interrogative[1])), "")
        written = (thing, *question.same.get(thing, ()))
        matter = len(thing) >= _LEAST_CHARS and _MATTER.search(thing)
        if matter and not any(held(each, view.spoken) >= _SHARED for each in written):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{thing}”的相关内容", absent=True)
    if _FIELD.search(question.text) and not _WORKS_ON.search(view.folded[slice(*view.sentence_of(*span))]):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写主攻什么方向")
    return SOUND
