"""Candidates of one passage from both sides: those of the right form, and those the trained reader points at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.asked import nouns_behind
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.contact import asked_form
from qa.answering.candidates.figure import asks_for_a_paper, is_an_article, unit_fit
from qa.answering.candidates.organisation import ORGANISATION
from qa.answering.candidates.person import has_another_office, names_another_office, person_asked_about, person_fit
from qa.answering.candidates.proposal import only_answers
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Question, Reading
from qa.text.dates import find_dates
from qa.text.numbers import find_numbers
from qa.text.places import is_one_place

SAME = 0.6  # from this overlap on, a span of the trained reader is the candidate that rules found
SAME_ELSEWHERE = 1.0  # on text that is no official document, for which the rules were not made: only the very same span
POINTED = 0.25  # a span that only the trained reader found needs this score to be considered
DENIED = -4.0  # log odds below which the verifier speaks against a span; a window that it does not judge has these
LIKELY = 0.5  # and one that only the verifier found this probability
SURE = 8.0  # log odds beyond which more says nothing
_TIME = re.compile(r"[\d０-９年月日号时天周朝代前后初末春夏秋冬晚]|世纪|早上|上午|下午|期间")
_A_DAY = re.compile(r"哪一?天|几月几?[日号]?|几[日号](?!线|楼)|(?<!起止)日期|年月日|何日")
_DAY = re.compile(r"[\d一二三四五六七八九十]\s*[月日号]|[今昨前当同次即]日|[今昨]天|[上中下]旬|[月年][初底末]")
_CHAIN = re.compile(
    r"(?<=[“‘「『（(])[一-鿿A-Za-z0-9]+(?:[+＋][一-鿿A-Za-z0-9]+)+(?=[”’」』）)])"
)  # in quotation marks: elsewhere its ends are open
_MORE_THAN_A_TIME = 6
_OF_TIME = re.compile(r"[\d年月日时天周前后初末底间起止内]|期|至今|以来|当天")
_NUMBERED = re.compile(r"第\s*\d+\s*号|《[^》]*》")  # 第0355号提案 tells no day
_HOW_MANY = re.compile(r"多少|几[个家名项位件次户人种条]")
_AN_AMOUNT = re.compile(
    r"[\d０-９〇零两几半倍各每免不]|首(?!次(?:通过)?认定)|无(?![一-鿿]{1,2}(?:化|型|式|害|人|机|源))|[一二三四五六七八九十百千万亿][多余来]?(?:[一二三四五六七八九十百千万亿]|[^步面是定些方旦直起带体般系批心度])|[一二三四五六七八九十百千万亿]$"
    r"|全[部体额数国市区]|[许众不很]多|多[个名家项位人件次种数]"
)  # what a count is told with at least
_NAMED = frozenset({AnswerKind.NAME, AnswerKind.CLAUSE})
_EVERYBODY = frozenset(
    "我国 我市 我区 全国 全市 全区 自治区 国内 国家 我省 全省".split()
)  # no answer to 填补了哪项空白
_A_THING = re.compile(
    r"(?P<noun>项目|课题|技术|产品|系统|奖项|政策|协议|工程)(?:的)?(?:(?:名称|名字)(?:是|叫)?|叫)(?:什么|啥)"
)  # 清华大学 is the name of no 项目
_NAMES = frozenset({AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE})
_NOBODY_BY_NAME = re.compile(r"院士|教授|专家|(?:项目)?负责人|联系人|签发人|编辑|审核|人员|单位")
_NOBODY = re.compile(r"各|有关|相关|全体|部分")  # 各盟市 names none
_LONGEST_PLACE = 24
_NO_PLACE = re.compile(r"(?:集群|模式|产业|行动|工程|任务|合作|技术)$")
_IN_WHAT_RESPECT = re.compile(
    r"体现|表现|在于|出在|[好差卡难妙丢]在|(?:意义|作用|价值|优势|原因|窍门|难点|区别|不同)[^，。？?]{0,4}在|使劲|发力|什么地方[好差不]"
)  # 体现在哪里 asks for no place
_A_TELEPHONE = re.compile(r"哪个电话|(?<!打)电话(?:号码)?(?:是|[？?]|$)")
_UP_TO_ITS_NOUN = 4
_DEEDS = frozenset("签署 签订 召开 举行 举办 发布 印发 会见 出席 主持 签约".split())
_FROM_ABROAD = re.compile(r"[·•‧A-Za-z]")
_LONGEST_NAMELESS = 12  # 科研院所 may be who is asked for, 清华大学签署深化战略合作协议 not
_WHO = frozenset({AnswerKind.PERSON, AnswerKind.ORGANISATION})
UNTYPED_FIT = {  # the form of a span that only the trained reader found
    AnswerKind.CLAUSE: 0.7,
    AnswerKind.NAME: 0.6,
    AnswerKind.PLACE: 0.5,
    AnswerKind.ORGANISATION: 0.5,
    AnswerKind.LIST: 0.4,
    AnswerKind.PERSON: 0.4,
    AnswerKind.DATE: 0.4,
    AnswerKind.NUMBER: 0.3,
}


def gather(
    question: Question, view: PassageView, typed: Sequence[Candidate], reading: Reading | None, same: float = SAME
) -> list[Candidate]:
    """Every candidate of the passage, in the order of the text, each place once; ``typed`` are those of the right form. A span of the
    trained reader is one of these where they overlap by ``same``.
    """
    found: dict[Range, Candidate] = {}
    noun = _up_to_the_noun(question)
    for each in typed:
        place = _with(noun, view, (each.start, each.end))
        if place not in found or found[place].fit < each.fit:
            found[place] = Candidate(*place, each.fit)
    pointed = [span for span in reading.spans if span.score >= POINTED] if reading else []
    pointed += [span for span in reading.likeliest if span.score >= LIKELY] if reading else []
    for span in pointed:
        place = _with(noun, view, on_word_borders(view, (span.start, span.end)))
        if place[0] < place[1] and not any(overlap(place, other) >= same for other in found):
            fit = UNTYPED_FIT[question.kind] * _of_the_form(question, view, place, same < SAME_ELSEWHERE)
            if fit > 0:
                found[place] = Candidate(*place, fit)
    return sorted(found.values())


def _of_the_form(question: Question, view: PassageView, place: Range, official: bool) -> float:
    """1 where ``place`` has the form asked for: less for a person of another office or label, 0 for a number whose unit is of something
    else, a day without a word for time, an address without its form, a name where the office of one is asked for.
    """
    if question.kind in _NAMED and view.slice(place) in _EVERYBODY:
        return 0.0
    thing = _A_THING.search(question.text) if question.kind in _NAMED else None
    if thing and ORGANISATION.search(view.slice(place)) and thing["noun"] not in view.slice(place):
        return 0.0
    if question.kind in _NAMES and _NOBODY.match(view.slice(place)):
        return 0.0
    form = asked_form(question)
    if form is not None:
        return float(form.search(view.slice(place)) is not None)
    if question.kind is AnswerKind.PLACE and not _is_a_place(question, view, place, official):
        return 0.0
    if person_asked_about(question):
        return float(not official)  # in official documents an office stands right before the name, or behind 任
    if question.kind in _WHO and only_answers(question, view.slice(place)):
        return 0.0
    if question.kind in _WHO and any(word.tag == "nr" and word.text in view.slice(place) for word in question.words):
        return 0.0  # who is named in the question is not who is asked for
    if question.kind is AnswerKind.PERSON:
        if is_one_place(view.slice(place)) or _NOBODY_BY_NAME.fullmatch(view.slice(place)):
            return 0.0
        if not _names_somebody(view, place) and (
            place[1] - place[0] > _LONGEST_NAMELESS or _does(view, place) or _begins_in_between(view, place)
        ):
            return 0.0
        if names_another_office(question, view, place):
            return 0.0
        return (
            0.0 if has_another_office(question, view, place[0]) else min(1.0, 2 * person_fit(question, view, place[0]))
        )
    if question.kind is AnswerKind.DATE:
        form = _DAY if _A_DAY.search(question.text) else _TIME
        words = _NUMBERED.sub("", view.slice(place))
        return float(form.search(words) is not None and not _names_a_thing(words))
    if question.kind is not AnswerKind.NUMBER:
        return 1.0
    words = view.slice(place)
    found = find_numbers(words)
    if not found:
        lacking = _HOW_MANY.search(question.text) and not _AN_AMOUNT.search(words)
        return 0.0 if lacking or asks_for_a_paper(question) or _A_TELEPHONE.search(question.text) else 1.0
    numbers = (each for each in found if not is_an_article(view.text, each, place[0]))
    return 1.0 if any(unit_fit(question, number) > 0 for number in numbers) else 0.0


def _is_a_place(question: Question, view: PassageView, place: Range, official: bool) -> bool:
    """Whether ``place`` may be where something is: not what is done there, and no clause in an official document."""
    if _does(view, place) or _ends_in_a_deed(view, place):
        return False
    if not official or _IN_WHAT_RESPECT.search(question.text):
        return True
    return place[1] - place[0] <= _LONGEST_PLACE and not _NO_PLACE.search(view.slice(place))


def _begins_in_between(view: PassageView, place: Range) -> bool:
    """Whether the first word of ``place`` joins it to others: 对上述事项逐项 is nobody."""
    first = next((word for word in view.words if word.start == place[0]), None)
    return first is not None and first.tag in {"p", "c", "d", "u", "uj"}


def _names_a_thing(words: str) -> bool:
    """Whether more is told than a time: 2024年国民经济和社会发展 is the title of a report."""
    dates = find_dates(words)
    rest = words[dates[-1].end :] if dates else ""
    return len(rest) >= _MORE_THAN_A_TIME and not _OF_TIME.search(rest)


def _names_somebody(view: PassageView, place: Range) -> bool:
    """Whether a person's name stands in ``place``, one from abroad (霍尔·汤玛斯, John) too."""
    words = (word for word in view.words if place[0] <= word.start and word.end <= place[1])
    return _FROM_ABROAD.search(view.slice(place)) is not None or any(word.tag.startswith("nr") for word in words)


def _ends_in_a_deed(view: PassageView, place: Range) -> bool:
    """Whether the last word of ``place`` is a verb: 市政府研究决定 is nowhere."""
    last = next((word for word in view.words if word.end == place[1]), None)
    return last is not None and last.tag == "v" and last.start > place[0]


def _does(view: PassageView, place: Range) -> bool:
    """Whether ``place`` tells what somebody does: 清华大学签署 is nobody."""
    return any(word.text in _DEEDS for word in view.words if place[0] <= word.start and word.end <= place[1])


def _up_to_the_noun(question: Question) -> tuple[str, re.Pattern[str]] | None:
    """The noun that is asked for (机制 of 哪种机制) and what may stand between an answer and it; ``None`` where none is."""
    if question.kind not in _NAMED or question.interrogative is None:
        return None
    nouns = nouns_behind(question, question.interrogative[1])
    if not nouns or len(nouns[-1].text) < 2:
        return None
    noun = nouns[-1].text
    return noun, re.compile(rf"[”’」』）)]?的?[一-鿿]{{0,{_UP_TO_ITS_NOUN}}}?{re.escape(noun)}")


def _with(noun: tuple[str, re.Pattern[str]] | None, view: PassageView, place: Range) -> Range:
    """``place`` up to that noun, where it follows in the same clause: “1+1”协同工作机制 for “1+1” where 哪种机制 is asked."""
    if noun is None or noun[0] in view.slice(place):
        return place
    behind = noun[1].match(view.text, place[1])
    return (place[0], behind.end()) if behind else place


def agreement(reading: Reading, place: Range) -> float:
    """How strongly the trained reader points at ``place``: its best span score times overlap."""
    return max((span.score * overlap((span.start, span.end), place) for span in reading.spans), default=0.0)


def told(reading: Reading | None, place: Range) -> float | None:
    """The verifier's log odds for ``place``, from ±``SURE`` as 0 to 1; ``None`` where it did not judge it."""
    log_odds = reading.log_odds(*place) if reading else None
    return None if log_odds is None else as_share(log_odds)


def as_share(log_odds: float) -> float:
    """−``SURE`` and less as 0, ``SURE`` and more as 1."""
    return (max(-SURE, min(SURE, log_odds)) + SURE) / (2 * SURE)


def denied(share: float | None) -> float:
    """How far the log odds that stand behind ``share`` (:func:`as_share`) are below ``DENIED``: −``SURE`` and less as 1; 0 where nothing
    was judged.
    """
    least = as_share(DENIED)
    return 0.0 if share is None else max(0.0, (least - share) / least)


def overlap(one: Range, other: Range) -> float:
    """Characters in common, as F1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common / (one[1] - one[0] + other[1] - other[0]) if common > 0 else 0.0


def on_word_borders(view: PassageView, place: Range) -> Range:
    """``place`` widened to whole words and whole chains (高校+平台+企业), without marks at its ends."""
    start, end = place
    for chain in _CHAIN.finditer(view.text):
        if chain.start() < end and start < chain.end():
            start, end = min(start, chain.start()), max(end, chain.end())
    for word in view.words:
        if word.start < start < word.end:
            start = word.start
        if word.start < end < word.end:
            end = word.end
    while start < end and view.text[start] in "，。；：、！？ \n":
        start += 1
    while end > start and view.text[end - 1] in "，。；：、！？ \n":
        end -= 1
    return start, end
