"""Of what a measure is told: 粮食播种面积226.8万亩 is no 玉米播种面积, nor 农林牧渔业总产值 the 产值 of 设施蔬菜."""

from __future__ import annotations

import re

from qa.answering.support import held
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_MEASURE = (
    r"(?:播种|种植|建筑|占地|造林|经营)面积|面积|总?产量|单产|总?产值|增加值|销售(?:收入|额)|营业(?:收入|额)|收入|利润|成交额|交易额|合同额|进出口额|存栏量?|出栏量?"
    r"|总?装机(?:容量|规模)?|发电量|产能|保有量|完成率|覆盖率|合格率|机收率|利用率"
)
_ASKED = re.compile(
    rf"(?P<of>[一-鿿]{{2,10}}?)的?(?P<measure>{_MEASURE})(?:是|有|为|达到?|共|大概|大约)*(?:多少|几|多[大高]|[？?\s]*$)"
)
_TOLD = re.compile(
    rf"(?P<of>[一-鿿]{{2,10}}?)的?(?P<measure>{_MEASURE})(?:稳定在|达到?|为|是|约|近|超过?|突破|实现|完成|仅)*\s*$"
)
_SAYS_LITTLE = frozenset(
    "全市 全区 全旗 全县 全盟 我市 我旗 全国 自治区 总 年 全年 累计 实现 完成 预计 达到 其中 落实 年末 农作物".split()
)
_NOUNS = frozenset("n nr nz nrt ng j l ns nt vn".split())  # 玉米 is tagged as a name


def check_modifier(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the noun before the measure in the question stands nowhere in the figure's clause, and another one stands before the same measure
    there, the figure is of that one.
    """
    number = view.number_at(span)
    asked = _ASKED.search(question.text)
    if number is None or number.ordinal or asked is None:
        return SOUND
    first, last = view.clause_of(number.start, number.end)
    told = _TOLD.search(view.folded, first, number.start)
    if told is None or not _same_measure(asked["measure"], told["measure"]):
        return SOUND
    end = asked.start("measure")
    wanted = next(
        (word for word in reversed(question.words) if word.end in (end, end - 1) and word.tag in _NOUNS), None
    )
    at = told.start("measure")
    own = next((word for word in reversed(view.words) if word.end in (at, at - 1) and word.tag in _NOUNS), None)
    if wanted is None or own is None or own.text in _SAYS_LITTLE or wanted.text in _SAYS_LITTLE:
        return SOUND
    clause = view.folded[first:last]
    same = (wanted.text, *question.same.get(wanted.text, ()))
    if own.text in question.text or any(held(each, clause) > 0 or any(c in own.text for c in each) for each in same):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{own.text}”的，不是“{wanted.text}”的")


def _same_measure(one: str, other: str) -> bool:
    """播种面积 and 面积, 产值 and 总产值."""
    return one in other or other in one
