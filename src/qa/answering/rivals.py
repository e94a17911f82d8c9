"""A figure beside another that is expressly told of what the question names: of 公务用车费1516万元、公务接待费327万元、因公出国费30万元 the second
alone tells what 公务接待 cost.
"""

from __future__ import annotations

import re

from qa.answering.asked import GENERIC
from qa.answering.candidates.figure import unit_fit
from qa.answering.support import in_other_words
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question, Word
from qa.text.numbers import NumberMention
from qa.text.places import find_places

_TELLING = frozenset("n ng nz vn b j l i a an eng x v".split())
_NOUNS = frozenset("n ng nz vn b j l i eng".split())
_NOTHING_BETWEEN = re.compile(r"[、，,（()）\s和及与约近达至为]{0,3}")  # 能源21项、1.28亿元: one subject for both
_A_MEASURE_BETWEEN = re.compile(r"[，,][^，。；、其]{1,5}")
_CLAUSE_MARKS = "，。；,;"
_BEHIND = re.compile(r"[^，。；、,;:：（(\d]*")
_SEGMENT = re.compile(r"[；;]")
_SAYS_LITTLE = frozenset("项目 领域 方面 工作 情况 资金 金额 单位 部分 方向 类别 地区 企业 任务".split())
_SUM_ASKED = re.compile(r"各|分别|一共|总共|合计|共计|总[数额量]|累计|(?<!公)共有|现有|目前|达到")
_TIME = re.compile(r"20\d\d|[年月日]|上半年|季度|同比|上年|去年|今年")
_PARTED = re.compile(r"\s*(?:分[一-鿿]{1,6}(?:看|来看)|按[一-鿿]{1,8}(?:分|划分|看)|其中)")
_PARTS = re.compile(r"其中|[。\n]")
_QUOTED_CHARS = 16


def check_rival(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where another figure of the sentence, of a unit that fits as well, is told with all that this one is told with of the question and
    with a noun of it besides, this one is of something else. What the sentence begins with holds for all its figures; what stands right
    before another figure for that one alone.
    """
    words = _telling_words(question)
    number = view.number_at(span)
    if number is None or number.ordinal or number.phone or not words or _SUM_ASKED.search(question.text):
        return SOUND
    fit = unit_fit(question, number)
    first, last = _stretch(view, span)
    row = [each for each in view.numbers if first <= each.number_start < last and not each.ordinal]
    if number not in row or len(row) < 2 or fit <= 0:
        return SOUND
    if any(change.is_start(each.start) or change.is_end(each.start) for change in view.changes for each in row):
        return SOUND  # 由132家、111家，增长到330家、701家: what each is of is told once for both
    zones = {each.number_start: _own(view, row, at, first) for at, each in enumerate(row)}
    own = _said(question, words, zones[number.number_start])
    said = own | _said(question, words, _inherited(view, row, number, zones, first))
    for rival in row:
        if span[0] <= rival.start and rival.end <= span[1]:
            continue  # 8个村、2个社区 tells both
        if rival is number or rival.base_unit != number.base_unit or unit_fit(question, rival) < fit:
            continue
        theirs = _said(question, words, zones[rival.number_start])
        more = theirs - said
        tells = any(word.tag in _NOUNS and word.text not in _SAYS_LITTLE for word in words if word.text in more)
        if not tells and not (more and theirs >= {word.text for word in words}):
            continue
        shared = _inherited(view, row, rival, zones, first)
        if number.end <= rival.start and _PARTS.search(view.text, number.end, rival.start):
            shared += zones[number.number_start]  # a part has all that its total is told with
        there = {each for each in _places(question) if each in zones[number.number_start]}
        if any(each not in zones[rival.number_start] + shared for each in there):
            continue  # 全区共评选108项，我市获奖14项
        if own <= theirs | _said(question, words, shared):
            told = view.text[rival.start : rival.end]
            return Verdict(
                AbstainReason.SUBJECT, f"资料中“{'、'.join(sorted(more))[:_QUOTED_CHARS]}”的数字是另一个（{told}）"
            )
    return SOUND


def _telling_words(question: Question) -> list[Word]:
    """The question's nouns, adjectives and verbs before and behind the asking word, without times, places and what says nothing."""
    return [
        word
        for word in question.words
        if len(word.text) > 1
        and word.tag in _TELLING
        and not GENERIC.fullmatch(word.text)
        and not _TIME.search(word.text)
    ]


def _places(question: Question) -> list[str]:
    """The places that the question names, its own ones (我市) too."""
    return [question.text[each.start : each.end] for each in find_places(question.text)]


def _stretch(view: PassageView, span: Range) -> Range:
    """The sentence of ``span``, with the next one where that parts it (分领域看，……)."""
    first, last = view.sentence_of(*span)
    following = next((each for each in view.sentences if each[0] >= last), None)
    if following and _PARTED.match(view.text[slice(*following)].lstrip()):
        last = following[1]
    return first, last


def _own(view: PassageView, row: list[NumberMention], at: int, first: int) -> str:
    """What stands between the figure before and this one, and the noun right behind it; of 能源21项、1.28亿元 what stands before both."""
    begin = at
    while begin and _is_of_the_same(view, row[begin - 1], row[begin]):
        begin -= 1
    start = row[begin - 1].end if begin else first
    theirs = _BEHIND.match(view.folded, start) if begin else None
    if (
        theirs and theirs.end() < row[at].start
    ):  # 96家企业申报，通过认定71家: what stands up to the mark is of the figure before
        start = theirs.end() if view.text[theirs.end()] in _CLAUSE_MARKS else start
    behind = _BEHIND.match(view.folded, row[at].end)
    if begin == 0 or "。" in view.text[start : row[at].start]:
        start = max(start, view.sentence_of(row[at].start, row[at].end)[0])
    opener = _PARTED.match(view.folded, start)  # 分领域看 holds for all that follows
    return view.folded[opener.end() if opener else start : behind.end() if behind else row[at].end]


def _is_of_the_same(view: PassageView, one: NumberMention, other: NumberMention) -> bool:
    """Whether two figures have one subject: 能源21项、1.28亿元, 涉农技术合同81项，成交额0.94亿元."""
    if _NOTHING_BETWEEN.fullmatch(view.text, one.end, other.start):
        return True
    return one.base_unit != other.base_unit and bool(_A_MEASURE_BETWEEN.fullmatch(view.text, one.end, other.start))


def _inherited(
    view: PassageView, row: list[NumberMention], number: NumberMention, zones: dict[int, str], first: int
) -> str:
    """What holds for ``number`` of what stands before it in its part of the sentence: all but what figures of its own unit are told of, the
    first figure aside.
    """
    begun = max((each.end() for each in _SEGMENT.finditer(view.text, first, number.start)), default=first)
    before = [each for each in row if begun <= each.number_start < number.number_start]
    return "\n".join(
        zones[each.number_start] for at, each in enumerate(before) if at == 0 or each.base_unit != number.base_unit
    )


def _said(question: Question, words: list[Word], zone: str) -> set[str]:
    return {
        word.text
        for word in words
        if any(each in zone for each in (word.text, *question.same.get(word.text, ()), *in_other_words(word.text)))
    }
