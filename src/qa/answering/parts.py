"""A part of a total is no answer to a question for the total, nor the total for a part, nor one tier for another: 科技特派员535人（市级200人，
旗区335人）, 其中……, 500万元以下的部分不超过30%.
"""

from __future__ import annotations

import re

from qa.answering.counted import counted_noun
from qa.answering.support import in_other_words
from qa.answering.view import PassageView, Range
from qa.records import Question

_OPENED_WITHIN = 2  # characters between a total and the bracket that parts it
_AMONG = "其中"
_ENDS_THE_PARTS = re.compile(r"[；;]")  # 其中甲9名、乙15名；同时选派丙11名
_MARKS = re.compile(r"[，；、。\d]")
_AMONG_WITHIN = 30  # characters between a total and 其中
_TIER = re.compile(
    r"\d[\d.,]*\s*(?:[万亿]?元|万|亿|人|家|年|岁|亩|%)?\s*(?:[（(]含[）)])?\s*(?:以[上下内]|(?:至|到|[—－~～-])\s*\d[\d.,]*\s*(?:[万亿]?元|万|亿|人|家|年|岁|亩|%))"
)
_LEAST_NOUN = 2
_PARTED = re.compile(r"其中[：:]?|[（(]")
_SUM_ASKED = re.compile(r"一共|总共|合计|共计|总[数额量]|(?<!公)共有")
_BEFORE_A_NOUN = re.compile(r"[，。；、：:,;（(\s]|其中|\d|[和与及]")


def part_of_a_total(question: Question, view: PassageView, span: Range) -> str:
    """What the number at ``span`` counts, where that is a part of a total beside it and the question does not name what sets the part
    apart; otherwise empty. In doubt it is no part.
    """
    number = view.number_at(span)
    if number is None or number.base_unit is None:
        return ""
    first, _ = view.sentence_of(*span)
    opened, among = _open_bracket(view.text, first, number.number_start), view.text.rfind(_AMONG, first, span[0])
    if among >= 0 and _ENDS_THE_PARTS.search(view.text, among, span[0]):
        among = -1
    begun, within = (opened, _OPENED_WITHIN) if opened >= 0 else (among, _AMONG_WITHIN)
    if begun < 0:
        return ""
    totals = [
        each
        for each in view.numbers
        if first <= each.start and 0 <= begun - each.unit_end <= within and each.base_unit == number.base_unit
    ]
    if not totals:
        return ""
    noun = counted_noun(view, (number.number_start, number.unit_end))
    beside = view.folded[among + len(_AMONG) : number.start]
    if among == begun and not _MARKS.search(beside):  # 其中吸纳技术成交额: all of it, not the counted 技术成交额
        noun = beside
    total = totals[-1]
    of_total = view.folded[view.clause_of(total.start, total.end)[0] : total.start]
    apart = {word.text for word in view.words if len(word.text) > 1 and word.text in noun and word.text not in of_total}
    if noun.endswith("均"):  # 户均 is an average, no part
        return ""
    return noun if any(not _named(question, word) for word in apart) else ""


def _open_bracket(text: str, first: int, at: int) -> int:
    """Where the bracket that ``at`` stands in opens, not before ``first``; −1 where there is none."""
    opened = max(text.rfind("（", first, at), text.rfind("(", first, at))
    closed = max(text.rfind("）", first, at), text.rfind(")", first, at))
    return opened if opened > closed else -1


def _named(question: Question, word: str) -> bool:
    """Whether the question says ``word``, by itself or in other words (市里 for 市级)."""
    return word in question.text or any(
        word in (*question.same.get(each.text, ()), *in_other_words(each.text)) for each in question.words
    )


def part_asked_for(question: Question, view: PassageView, span: Range) -> str:
    """The part that the question names, in its words or others, where the number at ``span`` is the total that it is told with
    (采购总额248.60万元，其中货物类58.60万元、服务类190.00万元); empty where it names none, several, or a sum.
    """
    number = view.number_at(span)
    if number is None or _SUM_ASKED.search(question.text):
        return ""
    first, last = view.sentence_of(*span)
    parted = _PARTED.search(view.text, number.unit_end, last)
    if parted is None:
        return ""
    told = view.text[first : number.start]
    nouns = {
        _noun_right_before(view.text, parted.end(), each.start)
        for each in view.numbers
        if parted.end() <= each.start < last and each.base_unit == number.base_unit
    }
    named = [each for each in nouns if len(each) >= _LEAST_NOUN and _says(question, view, each, told)]
    return named[0] if len(named) == 1 else ""


def another_tier(question: Question, view: PassageView, span: Range) -> tuple[str, str] | None:
    """(tier of the number at ``span``, tier asked for) where they differ and the sentence has several: 500万元以下的部分，不超过30%；500万元至
    1000万元的部分，不超过25%.
    """
    asked = _TIER.search("".join(question.text.split()))
    if asked is None:
        return None
    first, last = view.sentence_of(*span)
    at = max(view.text.rfind(mark, first, span[0]) for mark in "；;") + 1
    tiers, own = _tiers(view.text[first:last]), _tiers(view.text[max(first, at) : span[1]])
    return (own[-1], asked.group()) if own and len(tiers) > 1 and asked.group() not in own else None


def _tiers(text: str) -> list[str]:
    return ["".join(each.group().split()) for each in _TIER.finditer(text)]


def _noun_right_before(text: str, first: int, at: int) -> str:
    """The words between the last mark and the figure at ``at``."""
    return _BEFORE_A_NOUN.split(text[first:at])[-1].removesuffix("为").removesuffix("达到").removesuffix("达")


def _says(question: Question, view: PassageView, noun: str, told: str) -> bool:
    """Whether the question says ``noun``, or all that sets it apart from what was ``told`` before."""
    if noun in told:
        return False
    apart = {word.text for word in view.words if len(word.text) > 1 and word.text in noun and word.text not in told}
    return noun in question.text or (bool(apart) and all(_named(question, word) for word in apart))
