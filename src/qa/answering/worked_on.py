"""What was repaired or inspected is not what there is: 全市改造日光温室3.2万亩，其中甲旗0.4万亩 tells no 日光温室 of 甲旗 as a whole."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_DEEDS = r"改造(?!资金|经费|补|专项)|维修|修缮|拆除|整治|翻新|翻修|检修|抽检|抽查|巡查|排查|清查|淘汰|更换"
_WORKED_ON = re.compile(_DEEDS)
_ALREADY_THERE = re.compile(r"有|达|累计|存量|总(?:面积|数|量)|建成|完成|投|资|[；。]")
_IN_WORDS = re.compile(rf"{_DEEDS}|[改修拆治查翻检换]|任务|淘汰|资|钱|元")
_HOW_MANY_THERE_ARE = re.compile(r"有(?:多少|几)|(?:面积|数量|总数|规模)(?:是|有|为|达)?(?:多少|多大|几|[？?\s]*$)")


def check_worked_on(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where it is asked how many there are, a number that a verb of repair or inspection governs is of a part of them."""
    number = view.number_at(span)
    if number is None or number.ordinal or _IN_WORDS.search(question.text):
        return SOUND
    if not _HOW_MANY_THERE_ARE.search(question.text):
        return SOUND
    first, _ = view.sentence_of(number.start, number.end)
    deed = next(reversed(list(_WORKED_ON.finditer(view.text, first, number.start))), None)
    if deed is None or _ALREADY_THERE.search(view.text, deed.end(), number.start):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{deed.group()}”的，不是总共有的")
