"""The whole is no answer for a part that the text tells by itself, nor what one clause says of its subject an answer for another's:
风电1457万千瓦、光伏583万千瓦 tells 光伏, so that 总装机3126万千瓦 does not.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from qa.answering.asked import GENERIC
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.numbers import NumberMention
from qa.text.places import find_places

_ONE_OF_SEVERAL = re.compile(r"(?:^|[，,：:；;、]|其中)(?P<kind>[一-鿿]{2,6})$")
_NEXT_ONE = re.compile(r"、[一-鿿]{2,6}\d")
_SEGMENT = re.compile(r"[；;]")
_LABELLED = re.compile(
    r"(?:[^，；\d]{0,20}，)?\s*(?P<kind>[一-鿿]{2,12}?)\s?\d[\d.,]*\s?(?P<unit>[一-鿿%]{1,2}?)(?=[、，；。])"
)
_A_SORT = re.compile(r"(?:业|类|领域|系统|部门|方面)$")  # 奖补100万元 of 首次认定的，奖补100万元；…… is none
_SERIES = 3
_NAMED_CHARS = 6  # of what the question names, in a row
_NOUNS = ("n", "j", "l")
_AMONG = re.compile(r"\s*其中")
# Money that goes by a name of its own; another sum is never told by it.
_FUND = re.compile(
    r"助学金|奖学金|公积金|保证金|养老金|低保金|慰问金|救助金|抚恤金|补偿金|违约金|取暖费|伙食费|保险费|学费"
)
_LEVELS = re.compile(r"[市区旗县省]级|国家级?|中央|自治区")


def check_whole(question: Question, view: PassageView, span: Range) -> Verdict:
    """The first of these that tells the number from the one asked for."""
    number = view.number_at(span)
    if number is None or number.ordinal or number.base_unit is None:
        return SOUND
    said = (
        _of_another_fund(question, view, number)
        or _of_one_kind(question, view, number)
        or _kind_told(question, view, number)
        or _of_another_segment(question, view, number)
    )
    return Verdict(AbstainReason.SUBJECT, said) if said else SOUND


def _kind_told(question: Question, view: PassageView, number: NumberMention) -> str:
    """Where kinds are told one by one (甲5万千瓦、乙3万千瓦) and the question names one of them, the figure of a sentence that does not
    speak of it is of something else.
    """
    if re.search(r"各|分别", question.text):
        return ""
    sentence = view.folded[slice(*view.sentence_of(number.start, number.end))]
    for each in view.numbers:
        if each.base_unit != number.base_unit or each.start == number.start or each.ordinal:
            continue
        told = _ONE_OF_SEVERAL.search(view.text, view.sentence_of(each.start, each.end)[0], each.start)
        first, last = view.sentence_of(each.start, each.end)
        begun = "、" in view.folded[max(first, each.start - 7) : each.start]
        if told is None or not (begun or _NEXT_ONE.match(view.folded, each.end, last)):
            continue
        kind = told["kind"]
        if GENERIC.fullmatch(kind) or _LEVELS.search(kind) or find_places(kind):
            continue
        if kind in question.text and kind not in sentence:
            return f"资料中“{kind}”的数字是另一个（{view.slice((each.start, each.end))}）"
    return ""


def _of_one_kind(question: Question, view: PassageView, number: NumberMention) -> str:
    """Of 道路运输业11起、死亡6人；建筑业5起、死亡3人；工矿业4起、死亡3人 no figure is of all, nor of a kind that the question does not name."""
    first, last = view.sentence_of(number.start, number.end)
    bounds = [first, *(each.end() for each in _SEGMENT.finditer(view.text, first, last)), last]
    labelled = [
        (start, match["kind"], match["unit"])
        for start, end in pairwise(bounds)
        if (match := _LABELLED.match(view.text, start, end))
    ]
    own = next((each for each in reversed(labelled) if each[0] <= number.start), None)
    if own is None or own[0] != max(each for each in bounds if each <= number.start):
        return ""
    kind = own[1]
    words = [word.text for word in view.words if len(word.text) > 1 and word.text in kind]
    alike = [each for each in labelled if each[2] == own[2]]
    if (
        len(alike) < _SERIES
        or not _A_SORT.search(kind)
        or find_places(kind)
        or any(each in question.text for each in (kind, *words))
    ):
        return ""
    said = [*question.same.values()]
    return "" if any(kind in each for each in said) else f"资料中的数字只是“{kind}”的"


def _of_another_fund(question: Question, view: PassageView, number: NumberMention) -> str:
    """专项支持经费300万元 is no 助学金, of which its sentence and what stands above it do not speak."""
    asked = _FUND.search(question.text)
    if asked is None or number.base_unit != "元":
        return ""
    sentence = view.folded[slice(*view.sentence_of(number.start, number.end))]
    written = (asked.group(), *question.same.get(asked.group(), ()))
    above = "\n".join((view.passage.lead, *view.passage.heading_path, view.passage.title))
    following = view.text[: number.start].rfind("\n") + 1
    paragraph = view.folded[following : number.start] + sentence + above
    return "" if any(each in paragraph for each in written) else f"资料中这个数字不是“{asked.group()}”的"


def _of_another_segment(question: Question, view: PassageView, number: NumberMention) -> str:
    """Of 甲助学金按……发放；乙贷款发放1.36亿元 the sum is told of 乙, which begins its own part of the sentence; and the whole told before
    其中，甲助学金…… is not told of 甲.
    """
    first, last = view.sentence_of(number.start, number.end)
    begun = max((each.end() for each in _SEGMENT.finditer(view.text, first, number.start)), default=first)
    end = next((each.start() for each in _SEGMENT.finditer(view.text, number.end, last)), last)
    segment = view.folded[begun:end]
    others = [view.folded[first:begun]]
    following = next((each for each in view.sentences if each[0] >= last), None)
    if following and _AMONG.match(view.text, following[0]):
        others.append(_SEGMENT.split(view.folded[slice(*following)])[0])
    named = next((each for other in others if (each := _named_in(question, other))), "")
    if not named:
        return ""
    words = [word.text for word in question.words if len(word.text) > 1 and word.tag[:1] in "nvjlab"]
    if any(word in segment for word in words if not (find_places(word) or GENERIC.fullmatch(word))):
        return ""  # …工作站建站补助10万元；年度评估优秀的再补5万元
    opener = next((word for word in view.words if word.start >= begun and word.text.strip(" 　，,")), None)
    if begun > first and (opener is None or opener.tag[:1] not in _NOUNS):
        return ""  # 目前已完成投资3亿元 goes on with what is told before
    return f"资料中这个数字不是“{named}”的"


def _named_in(question: Question, text: str) -> str:
    """The longest stretch that the question and ``text`` share, where it is long enough to be a name with nothing asked in it."""
    asked = question.text[: question.interrogative[0]] if question.interrogative else question.text
    match = SequenceMatcher(None, asked, text, autojunk=False).find_longest_match()
    shared = asked[match.a : match.a + match.size]
    return shared if len(shared) >= _NAMED_CHARS and re.fullmatch(r"[一-鿿“”]+", shared) else ""
