"""A part of a total is no answer to a question for the total, nor the total for a part, nor one tier for another: 科技特派员535人（市级200人，
旗区335人）, 其中……, 500万元以下的部分不超过30%.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.answering.counted import counted_noun
from qa.answering.support import in_other_words
from qa.answering.view import PassageView, Range
from qa.records import Question
from qa.text.numbers import NumberMention, find_numbers

_OPENED_WITHIN = 2  # characters between a total and the bracket that parts it
_AMONG = "其中"
_ENDS_THE_PARTS = re.compile(r"[；;]")  # 其中甲9名、乙15名；同时选派丙11名
_MARKS = re.compile(r"[，；、。\d]")
_A_RATE = re.compile(r"^对[^，。；]*的|一次性|每(?:家|人|名|个|项|户|亩|头)")
_EXPENSE = "费"
_AMONG_WITHIN = 30  # characters between a total and 其中
_RATES = frozenset({"%", "个百分点", "百分点"})
_UNIT = r"(?:[万亿]?元|万|亿|人|家|年|岁|亩|%)"
_TIER = re.compile(
    rf"\d[\d.,]*\s*{_UNIT}?\s*(?:[（(]含[）)])?\s*(?:以[上下内]|(?:至|到|[—－~～-])\s*\d[\d.,]*\s*{_UNIT})|(?:不?(?:超过|高于|低于|少于|多于|大于|小于|足|满|到))\s*\d[\d.,]*\s*{_UNIT}(?!以)(?=的?(?:部分|那部分|企业|项目|单位|一档))"
)
_ABOVE = re.compile(r"以上|^(?:超过|高于|多于|大于|满|不低于|不少于)")
_BELOW = re.compile(r"以[下内]|^(?:低于|少于|小于|不)")
_A_FIGURE = re.compile(rf"\d[\d.,]*\s*{_UNIT}?")
_LEAST_NOUN = 2
_COUNTERS = frozenset("个 家 项 件 名 人 位 篇 所 户 座 台 条 种".split())
_ALIKE = (frozenset("个 项".split()), frozenset("人 名 位".split()))
_FIGURE = re.compile(r"\d")  # 两个 of 这两个园区 names no total
_ROW_GAP = re.compile(r"[^。；;\n\d]{1,16}")
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
    if noun.endswith("均") or _A_RATE.search(noun):  # 户均 is an average, 对首次认定的企业一次性奖励 a rate: no parts
        return ""
    lacking = [word for word in apart if not _named(question, word)]
    if noun.endswith("的"):  # 长期驻嘎查村开展服务的 is told in other words more often than not
        return noun if 2 * len(lacking) > len(apart) else ""
    return noun if lacking else ""


def _open_bracket(text: str, first: int, at: int) -> int:
    """Where the bracket that ``at`` stands in opens, not before ``first``; −1 where there is none."""
    opened = max(text.rfind("（", first, at), text.rfind("(", first, at))
    closed = max(text.rfind("）", first, at), text.rfind(")", first, at))
    return opened if opened > closed else -1


def _named(question: Question, word: str) -> bool:
    """Whether the question says ``word``, by itself or in other words (市里 for 市级, 接待花了多少 for 接待费)."""
    bare = word.removesuffix(_EXPENSE)
    if len(bare) > 1 and bare in question.text:
        return True
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
    unit = number.base_unit
    if unit in _RATES:  # 成交额986.4亿元，同比增长18.7%，其中输出373.9亿元: the growth is the total's
        levels = [each for each in view.numbers if first <= each.start < number.start and each.base_unit not in _RATES]
        unit = levels[-1].base_unit if levels else unit
    nouns = {
        _noun_right_before(view.text, parted.end(), each.start)
        for each in view.numbers
        if parted.end() <= each.start < last and each.base_unit == unit
    }
    named = [each for each in nouns if len(each) >= _LEAST_NOUN and _says(question, view, each, told)]
    return named[0] if len(named) == 1 else ""


def of_another_total(question: Question, view: PassageView, span: Range) -> tuple[str, str] | None:
    """(total that the number at ``span`` is told of, total that the question names) where they differ: of 申报67项……立项12项，其中重大项目2项
    the 2项 are some of 12, not of 67; 产业化项目16个、中试项目7个、共建项目4个 of 27, which is their sum.
    """
    number = view.number_at(span)
    if number is None or number.base_unit not in _COUNTERS or number.ordinal:
        return None
    first, _ = question.interrogative or (0, 0)
    named = [
        each
        for each in find_numbers(question.text)
        if each.end <= first
        and each.base_unit in _COUNTERS
        and not each.ordinal
        and _FIGURE.search(question.text, each.start, each.end)
    ]
    alike = [each for each in view.numbers if each.base_unit == number.base_unit and not each.ordinal]
    if len(named) != 1 or number not in alike or not _of_one_unit(named[0], number):
        return None
    total = _total_of(view, alike, number)
    if total is None or total.value == named[0].value or named[0].value == number.value:
        return None
    return view.slice((total.start, total.end)), question.text[named[0].start : named[0].end]


def _of_one_unit(one: NumberMention, other: NumberMention) -> bool:
    units = {one.base_unit or "", other.base_unit or ""}
    return len(units) == 1 or any(units <= each for each in _ALIKE)


def _total_of(view: PassageView, alike: Sequence[NumberMention], number: NumberMention) -> NumberMention | None:
    """The total that a number is told as a part of: the last of its unit before 其中, or one before its row that is the sum of that row."""
    first, last = view.sentence_of(number.start, number.end)
    among = view.text.rfind(_AMONG, first, number.start)
    if among >= 0 and not _ENDS_THE_PARTS.search(view.text, among, number.start):
        before = [each for each in alike if first <= each.start and each.end <= among]
        if before:
            return before[-1]
    row = [each for each in alike if first <= each.start < last]
    at = row.index(number)
    low = high = at
    while low and _ROW_GAP.fullmatch(view.text, row[low - 1].end, row[low].start):
        low -= 1
    while high + 1 < len(row) and _ROW_GAP.fullmatch(view.text, row[high].end, row[high + 1].start):
        high += 1
    summed = sum((each.value for each in row[low : high + 1]), Decimal(0))
    before = [each for each in alike if each.end <= row[low].start]
    return next((each for each in reversed(before) if low < high and each.value == summed), None)


def counted_with_others(question: Question, view: PassageView, span: Range) -> str:
    """The count that the sum at ``span`` is told of, where the question names another one that the sentence tells later: 榜单12项，榜额总计1.36亿元，
    揭榜成功8项 tells no 榜额 of the 8项; empty elsewhere.
    """
    number = view.number_at(span)
    first, _ = question.interrogative or (0, 0)
    named = [each for each in find_numbers(question.text) if each.end <= first and each.base_unit in _COUNTERS]
    if number is None or len(named) != 1 or named[0].ordinal or number.base_unit in _COUNTERS:
        return ""
    begin, last = view.sentence_of(*span)
    counts = [each for each in view.numbers if begin <= each.start < last and each.base_unit == named[0].base_unit]
    before = [each for each in counts if each.end <= number.start]
    said = [each for each in counts if each.value == named[0].value]
    if not before or not said or any(each.start < number.start for each in said):
        return ""
    return view.slice((before[-1].start, before[-1].end))


def another_tier(question: Question, view: PassageView, span: Range) -> tuple[str, str] | None:
    """(tier of the number at ``span``, tier asked for) where they differ and the sentence has several: 500万元以下的部分，不超过30%；500万元至
    1000万元的部分，不超过25%.
    """
    asked = _TIER.search("".join(question.text.split()))
    if asked is None:
        return None
    first, last = view.sentence_of(*span)
    at = max(view.text.rfind(mark, first, span[0]) for mark in "；;") + 1
    tiers, own = _tiers(view.text[first:last]), _tiers(view.text[max(first, at) : span[0]])
    alike = _as_written(asked.group())
    return (own[-1], asked.group()) if own and len(tiers) > 1 and alike != _as_written(own[-1]) else None


def _tiers(text: str) -> list[str]:
    return ["".join(each.group().split()) for each in _TIER.finditer(text)]


def _as_written(tier: str) -> str:
    """One form for 1000万元以上 and 超过1000万元, for 500万元以下 and 不超过500万元; a range stays as it is."""
    figures = _A_FIGURE.findall(tier)
    if len(figures) != 1:
        return tier
    return f"{figures[0]}以上" if _ABOVE.search(tier) else f"{figures[0]}以下" if _BELOW.search(tier) else tier


def _noun_right_before(text: str, first: int, at: int) -> str:
    """The words between the last mark and the figure at ``at``."""
    return _BEFORE_A_NOUN.split(text[first:at])[-1].removesuffix("为").removesuffix("达到").removesuffix("达")


def _says(question: Question, view: PassageView, noun: str, told: str) -> bool:
    """Whether the question says ``noun``, or all that sets it apart from what was ``told`` before."""
    if noun in told:
        return False
    apart = {word.text for word in view.words if len(word.text) > 1 and word.text in noun and word.text not in told}
    return noun in question.text or (bool(apart) and all(_named(question, word) for word in apart))
