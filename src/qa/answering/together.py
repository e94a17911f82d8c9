"""A figure told of several together is none of one of them: 包括院士在内的人才36名 tells no 院士, 高校、企业负责人等130人 no 企业负责人, 甲市、乙市合计五成
no 甲市, 招聘会在两校共收到简历378份 neither of the two, and 获奖总数14项 no number of 自然科学奖 where the prizes are told kind by kind.
"""

from __future__ import annotations

import re
from itertools import pairwise

from qa.answering.asked import asked_phrase
from qa.answering.counted import nouns_beside
from qa.answering.universities import universities_in
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.in_order import short_form_in
from qa.text.numbers import NumberMention

_COUNTERS = frozenset("个 家 所 项 件 名 人 位 篇 户 份 座 台 条 种".split())
_SUM = r"(?:合计|共计|总计|总共|一共|累计|(?<!公)共)"
_INCLUDING = re.compile(r"(?:包括|包含|含)(?P<part>[^，。；]{2,24}?)等?在内[^，。；\d]{0,24}$")
_NAMES_THE_WHOLE = re.compile(r"在内|包括|包含|等")
_AND_OTHERS = re.compile(r"等(?:各类|各级|共计?|合计|近|约|超过?|逾|大约|[ 　])*$")
_ITEMS = re.compile(r"[、，,]|以及|[和与及]")
_BETWEEN_ITEMS = re.compile(r"、|以及|[和与及]")
_ITEMS_LOOKED_AT = 5
_TOTAL_BEFORE = re.compile(rf"(?:总[数额量]|{_SUM}(?:获得?|有|得|取得)?)(?:达到?|为|是|有)*\s*(?:近|约|超过?)?$")
_BODIES = re.compile(
    rf"(?:其中|包括|仅)?(?P<names>[一-鿿]{{2,10}}(?:[、和与及][一-鿿]{{2,10}}?)+?)(?P<few>[两二三四五六七八九十](?:校|市|地|家|旗县?区?|县|区|盟|省|国|院|厂|村|镇|个?(?:单位|企业|公司|城市|地区|部门|高校)))?{_SUM}[^，。；\d]{{0,12}}$"
)
_NAMES = re.compile(r"[、与及]|(?<!呼)和(?!林格尔|静)")  # 呼和浩特 and 和林格尔 are one name each
_KIND_OF_PLACE = re.compile(r"(?<=[一-鿿]{2})[省市盟旗县区]$")
_BOTH_PLACES = re.compile(r"两(?:校|所|场|地|院)|清北")
_IN_ALL = re.compile(rf"{_SUM}[^，。；\d]{{0,8}}$")
_LEAST_KINDS = 2


def check_together(question: Question, view: PassageView, span: Range) -> Verdict:
    """The first of these that tells the number of all from that of the one asked for."""
    number = view.number_at(span)
    if number is None or number.ordinal:
        return SOUND
    said = _of_bodies(question, view, number) or _of_both_universities(question, view, number)
    if not said and number.base_unit in _COUNTERS:
        said = (
            _with_what_is_included(question, view, number)
            or _of_all_listed(question, view, number)
            or _of_all_kinds(question, view, number)
        )
    return Verdict(AbstainReason.SUBJECT, said) if said else SOUND


def _with_what_is_included(question: Question, view: PassageView, number: NumberMention) -> str:
    """包括“两院”院士在内的退休高层次人才36名: where the included ones are counted, and not the whole."""
    first, _ = view.clause_of(number.start, number.end)
    told = _INCLUDING.search(view.folded, first, number.start)
    if told is None or _NAMES_THE_WHOLE.search(question.text):
        return ""
    whole = view.folded[told.end("part") : number.start]
    part = _nearest(question, view, told.span("part"))
    of_whole = _nearest(question, view, (told.end("part"), number.start))
    if part is None or (of_whole is not None and of_whole <= part):
        return ""
    return f"资料中的数字是“{whole.lstrip('等在内的')[:16]}”总的，不单是“{told['part']}”的"


def _nearest(question: Question, view: PassageView, place: Range) -> int | None:
    """How far from the asking word the nearest of the words at ``place`` stands in the question; ``None`` where none does."""
    at, _ = question.interrogative or (len(question.text), 0)
    words = {word.text for word in view.words if place[0] <= word.start and word.end <= place[1] and len(word.text) > 1}
    found = [abs(each.start() - at) for word in words for each in re.finditer(re.escape(word), question.text)]
    return min(found, default=None)


def _of_all_listed(question: Question, view: PassageView, number: NumberMention) -> str:
    """高校和企业相关负责人等130余人: all that are listed, of whom the question counts those of one name."""
    first, _ = view.sentence_of(number.start, number.end)
    listed = _AND_OTHERS.search(view.folded, first, number.start)
    head = asked_phrase(question)[-1].text if asked_phrase(question) else ""
    if listed is None or len(head) < 2 or "等" in question.text:
        return ""
    if any(head in noun for noun in nouns_beside(view, (number.number_start, number.unit_end))):
        return ""  # 张三、李四等5名科技特派员
    text = view.folded[first : listed.start()]
    items = [each for each in _ITEMS.split(text) if each][-_ITEMS_LOOKED_AT:]
    last_two = text[text.rfind(items[-2]) :] if len(items) > 1 else ""
    if not last_two or not _BETWEEN_ITEMS.search(last_two):
        return ""
    with_head = [each for each in items if head in each]
    others = [each for each in items[-2:] if head not in each and each[-2:] not in question.text]
    return f"资料中的数字是所列各方合计的，不单是“{head}”的" if with_head and others else ""


def _of_all_kinds(question: Question, view: PassageView, number: NumberMention) -> str:
    """自然科学奖18项、科学技术进步奖108项，我市获奖总数14项: the total is of all kinds that are told one by one."""
    clause, _ = view.clause_of(number.start, number.end)
    first, _ = view.sentence_of(number.start, number.end)
    if not _TOTAL_BEFORE.search(view.folded, clause, number.start):
        return ""
    row = [
        each
        for each in view.numbers
        if first <= each.start < clause and each.base_unit == number.base_unit and not each.ordinal
    ]
    kinds = [next(iter(nouns_beside(view, (each.number_start, each.unit_end))), "") for each in row]
    joined = any("、" in view.folded[one.end : other.start] for one, other in pairwise(row))
    named = [each for each in kinds if each and short_form_in(question.text, each)]
    if len(kinds) < _LEAST_KINDS or not joined or len(named) != 1:
        return ""
    return f"资料中的数字是各类合计的，不单是“{named[0]}”的"


def _of_bodies(question: Question, view: PassageView, number: NumberMention) -> str:
    """呼和浩特市、包头市两市合计占到五成以上: of both, where the question names one of them."""
    first, _ = view.clause_of(number.start, number.end)
    told = _BODIES.search(view.folded, first, number.start)
    if told is None:
        return ""
    names = [_KIND_OF_PLACE.sub("", each) for each in _NAMES.split(told["names"])]
    named = [each for each in names if each in question.text]
    if len(named) != 1 or (told["few"] and told["few"] in question.text):
        return ""
    return f"资料中的数字是“{told['names']}”合起来的"


def _of_both_universities(question: Question, view: PassageView, number: NumberMention) -> str:
    """招聘会上共收到简历378份 of an item on two universities, where the question names one of them."""
    asked = universities_in(question.text)
    if len(asked) != 1 or len(universities_in(view.unspaced)) < 2 or not _BOTH_PLACES.search(view.unspaced):
        return ""
    first, last = view.sentence_of(number.start, number.end)
    if len(universities_in(view.folded[first:last])) == 1:
        return ""  # 北京大学一场共收到210份
    row = [each for each in view.numbers if first <= each.start <= number.start]  # 共收到简历378份，达成协议140人
    summed = any(_IN_ALL.search(view.folded, view.clause_of(each.start, each.end)[0], each.start) for each in row)
    return f"资料中的数字是两校合起来的，没有分开写“{asked[0]}”的" if summed else ""
