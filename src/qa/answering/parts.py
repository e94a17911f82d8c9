"""A part of a total is no answer to a question for the total: 科技特派员535人（市级200人，旗区335人）, 其中……."""

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
    return noun if any(not is_named(question, word) for word in apart) else ""


def _open_bracket(text: str, first: int, at: int) -> int:
    """Where the bracket that ``at`` stands in opens, not before ``first``; −1 where there is none."""
    opened = max(text.rfind("（", first, at), text.rfind("(", first, at))
    closed = max(text.rfind("）", first, at), text.rfind(")", first, at))
    return opened if opened > closed else -1


def is_named(question: Question, word: str) -> bool:
    """Whether the question says ``word``, by itself or in other words (市里 for 市级)."""
    return word in question.text or any(
        word in (*question.same.get(each.text, ()), *in_other_words(each.text)) for each in question.words
    )
