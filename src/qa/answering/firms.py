"""Whose figure: what a clause that begins with one firm tells is of that one, and no answer for another (联禾种业与甲大学的合作期限为3年)."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.organisation import organisations_in
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.in_order import stands_in_order
from qa.text.places import find_places

# What firms are called by for short, their field at the end (联禾种业, 河套面业).
_SHORT = re.compile(
    r"(?![和与跟同及由对给向为])[一-鿿]{2,4}(?:种业|面业|牛业|羊业|乳业|药业|酒业|矿业|煤业|纸业|绒业|牧业|农业|钢铁|重工|食品|能源|化工|生物|股份|集团|电力|智能|电子|环保|新材料)(?![一-鿿]{0,6}(?:产业|领域|行业|企业|局|厅|部|项目|园区))"
)
_FORM = re.compile(
    r"(?:有限|股份|责任|控股|集团|公司|合作社|食品|农业|科技|种业|发展|实业|投资|开发|专业|[（(][^（）()]*[）)])+$"
)
_A_FIRM = re.compile(r"(?:公司|集团|合作社|厂|联合社)$")
_LEADS_IN = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|其中|同时|另外|[，,、：: ▲●◇■]|支持|鼓励|推动|由|对|向|一是|二是|三是|四是)*"
)
_LEAST_CORE = 3
_KINDS = frozenset({AnswerKind.NUMBER, AnswerKind.DATE, AnswerKind.PLACE})


def check_firm(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names a firm and the case of ``span`` begins with another one and does not name the asked one, it is that one's."""
    if question.kind not in _KINDS:
        return SOUND
    firms = _firms_in(view)
    meant = {core for _, name in firms if (core := _core(name)) and core in question.text}
    meant |= {_core(each.group()) for each in _SHORT.finditer(question.text)} - {""}
    if not meant:
        return SOUND
    first, _ = view.sentence_of(*span)
    begun = max(view.text.rfind("；", first, span[0]) + 1, first)
    led = _LEADS_IN.match(view.text, begun)
    head = led.end() if led else begun
    other = next((name for start, name in firms if start == head), "")
    case = view.text[begun : max(span[1], head + len(other))]
    if not other or any(stands_in_order(each, case) for each in meant):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中这里说的是“{other}”，不是所问的那一家")


@lru_cache(maxsize=64)  # the same for every candidate of a passage
def _firms_in(view: PassageView) -> tuple[tuple[int, str], ...]:
    """Where firms stand, and what each is called there, in full or for short."""
    named = [(start, view.text[start:end]) for start, end in organisations_in(view)]
    whole = [(start, name) for start, name in named if _A_FIRM.search(name)]
    return (*whole, *((each.start(), each.group()) for each in _SHORT.finditer(view.text)))


@lru_cache(maxsize=512)
def _core(name: str) -> str:
    """A firm's own name without the place before and the form behind: 塞上葵仁 of 内蒙古塞上葵仁食品有限公司; empty where too little is left."""
    places = [each for each in find_places(name) if each.start == 0]
    own = name[max((each.end for each in places), default=0) :]
    bare = _FORM.sub("", own) if _A_FIRM.search(own) else own
    return bare if len(bare) >= _LEAST_CORE else (own if len(own) >= _LEAST_CORE and own != name else "")
