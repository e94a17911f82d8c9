"""What something is divided into, and what a bundle (“五大行动”) is made of, is told with the division or the bundle's name: a list that
stands elsewhere in the passage is another."""

from __future__ import annotations

import re

from qa.answering.candidates.bundle import BUNDLE, WHICH, members_before
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_KINDS = frozenset({AnswerKind.LIST, AnswerKind.CLAUSE, AnswerKind.NAME})
_DIVIDES = r"分为|分成|划分为|划为|细分为|分作"
_DIVISION = re.compile(
    rf"(?P<what>[一-鿿\d“”]{{2,12}}?)(?:还|又|共|主要|具体|一共|总共|都|可以?|被)*(?:{_DIVIDES})(?:了|为)?(?:哪|几|什么|啥)"
)
_DIVIDED = re.compile(
    rf"{_DIVIDES}|包[括含]|即|一是|分(?=[一两二三四五六七八九十\d级类档批步期层片])|[一两二三四五六七八九十\d]+\s*(?:大(?=[一-鿿]{{2}})|大?类|种|档|级|型|批|步|期|组|层|阶段|环节|方面|个(?:部分|等级|层次|方面|类别))|(?<![各多])[类种档型](?=[、和及与项，。；）)]|$)"
)
_BEFORE_DIVIDED = re.compile(rf"(?P<what>[一-鿿]{{2,12}}?)(?:共|主要|具体|可)?(?:{_DIVIDES})")


def check_division(question: Question, view: PassageView, span: Range) -> Verdict:
    """The list has to be that of the division, or of the bundle, that is asked about."""
    if question.kind not in _KINDS:
        return SOUND
    first, last = view.sentence_of(*span)
    sentence = view.folded[first:last]
    above = "\n".join((view.passage.lead, *view.passage.heading_path[-1:]))
    before = next((each for each in reversed(view.sentences) if each[1] <= first), (first, first))
    asked = _DIVISION.search(question.text)
    if asked and not _DIVIDED.search(view.folded, before[0], last):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写“{asked['what']}”分为哪些")
    if asked and (other := _divided_otherwise(question, asked, view, span)):
        return Verdict(AbstainReason.SUBJECT, f"资料中这里是“{other}”的分类")
    bundle = BUNDLE.search(question.text)
    if bundle is None or not WHICH.search(question.text, bundle.end()):
        return SOUND
    name = bundle["quoted"] or bundle["bare"]
    near = "".join(f"{view.folded[slice(*before)]}\n{sentence}\n{above}".split())
    if name in view.unspaced and name not in near:
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写“{name}”是哪些")
    if bundle["quoted"]:
        members = members_before(name, view)
        if members and (span[1] <= members[0] or members[1] <= span[0]):
            return Verdict(AbstainReason.SUBJECT, f"资料中“{name}”前面写的才是它的各项")
    return SOUND


def _divided_otherwise(question: Question, asked: re.Match[str], view: PassageView, span: Range) -> str:
    """What the clause of ``span`` says is divided, where that is not what is asked about: 创新项目分为…… where 创业项目 is."""
    told = _BEFORE_DIVIDED.search(view.folded, *view.clause_of(*span))
    if told is None:
        return ""
    first, last = asked.span("what")
    words = [word.text for word in view.analyzer.words(question.text[first:last]) if len(word.text) > 1]
    apart = {each for each in asked["what"] if each not in told["what"]}
    if not words or not apart or any(word in told["what"] for word in words if word not in _COMMON):
        return ""
    own = view.folded[view.sentence_of(*span)[0] : told.start()]
    return "" if asked["what"] in own else told["what"]


_COMMON = frozenset("项目 企业 人员 人才 平台 机构 资金 任务 工作 单位 指标 计划 课题".split())
