"""An answer without what the question says itself: 锣鼓经是… where 锣鼓经是什么 is asked, …的方式 where 什么方式 is."""

from __future__ import annotations

import re

from qa.answering.asked import nouns_behind
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Question
from qa.text.dates import find_dates

_ABOUT = re.compile(
    r"(?:主要)?(?:[（(][^）)\n]{0,60}[）)][，,]?)?(?:是一[个种座所]位于|是位于|位于|又名|又称|也称|亦称|别称|是指|指的是|是|指(?!的)|为(?!了)|乃|系|叫做|叫|有|包括|可?达|：)"
)
_LEADS = re.compile(r"位于|[由为呈是在](?![于此了，。；])|于(?=\d)")
_SHORT = frozenset(
    {AnswerKind.NAME, AnswerKind.ORGANISATION, AnswerKind.PLACE, AnswerKind.DATE}
)  # no person: 由 may be a surname
_UNFRAMED = frozenset({AnswerKind.NUMBER, AnswerKind.LIST})
_WHY = re.compile(r"为(?:什么|啥|何)")  # not 归类为什么科
_IN_WHAT_WAY = re.compile(r"为(?:什么|啥|何)|怎|如何|什么样|哪样")
_OF_TIME = re.compile(r"[年月日代世纪]|^[（(]")
_WHO = re.compile(r"谁|哪一?[位个名]人?")
_TITLE = re.compile(r"[家人员手帝师士授理统相儒者生徒妹弟兄姐]$")
_GREAT = re.compile(r".{0,2}大[帝儒臣将]")  # segmentation takes 吴大帝 for a name
_OF_NAMES = frozenset({"nr", "nrt", "nrfg", "eng", "nz", "ns"})
_HONORIFIC = re.compile(r"(?<=[一-鿿]{2})(?:女士|先生|同志)$")
_JOINS = re.compile(r"(?:[，,]?(?:[而所来以的和并因为]))+$")
_LEAST, _SHARED = 2, 3
_SHORT_CHARS, _MORE_THAN_A_TIME = 24, 4


def bared(question: Question, view: PassageView, span: Range) -> Range:
    """``span`` without its subject and copula where the question names that subject, without a preposition before a name, and without the
    noun or verb behind it that the question has behind its asking word. At least two characters stay.
    """
    place = span
    for step in (
        _day_alone,
        _behind_its_subject,
        _within_its_frame,
        _behind_a_preposition,
        _before_what_is_asked,
        _name_alone,
    ):
        narrower = step(question, view, place)
        place = narrower if narrower[1] - narrower[0] >= _LEAST else place
    return place


def _day_alone(question: Question, view: PassageView, span: Range) -> Range:
    """2008年7月19日 of 2008年7月19日随着10号线一期工程通车 where the span tells but one time."""
    if question.kind is not AnswerKind.DATE:
        return span
    words = view.slice(span)
    dates = find_dates(words)
    if len(dates) != 1 or not dates[0].period.explicit_year:
        return span
    beside = (words[: dates[0].start] + words[dates[0].end :]).strip()
    if len(beside) < _MORE_THAN_A_TIME or _OF_TIME.search(beside):  # 乾隆十八年（1753年）, 1880年代
        return span
    return span[0] + dates[0].start, span[0] + dates[0].end


def _behind_its_subject(question: Question, view: PassageView, span: Range) -> Range:
    """锣鼓经是大陆的记谱方法 from 大陆 on: what the question begins with is told again."""
    asked = question.interrogative
    what = question.text[: asked[0]] if asked else question.text
    words = view.slice(span)
    for at in range(len(what) - 1):
        shared = 0
        while at + shared < len(what) and shared < len(words) and what[at + shared] == words[shared]:
            shared += 1
        if shared >= _SHARED or (shared >= _LEAST and at + shared >= len(what) - 3):
            about = _ABOUT.match(words, shared) or _ABOUT.match(words, shared - 1)
            if about and len(words) - about.end() >= _LEAST:
                return span[0] + about.end(), span[1]
    return span


def _within_its_frame(question: Question, view: PassageView, span: Range) -> Range:
    """任务式设计 of 以任务式设计为导向 where 以什么为导向 is asked: what stands where the question has its asking word."""
    asked = question.interrogative
    if asked is None or question.kind in _UNFRAMED or _IN_WHAT_WAY.match(question.text, asked[0]):
        return span
    words = view.slice(span)
    nouns = nouns_behind(question, asked[1])
    behind = nouns[-1].end if nouns else asked[1]
    before = next((word for word in reversed(question.words) if word.end == asked[0]), None)
    after = next((word for word in question.words if word.start >= behind), None)
    left = before.text if before is not None else question.text[max(0, asked[0] - 1) : asked[0]]
    first = words.find(left) if len(left) > 1 or left in "以由将因被靠" else -1
    first = first + len(left) if first >= 0 else -1
    verb = after.text if after is not None and after.start - behind <= 1 and (after.tag == "v" or first > 0) else ""
    last = words.find(verb, max(first, _LEAST)) if len(verb) > 1 else -1
    if last > 0 and (first > 0 or not view.passage.is_official):  # 数字化改造 for 往哪方面改造
        within = _without_joint(view, (span[0] + max(first, 0), span[0] + last))
        return within if _is_balanced(view.slice(within)) else span
    told = before is not None and before.tag[:1] == "v" and len(left) > 1
    if told and first > 0 and "，" not in words[:first] and words[first : first + 1] not in "，。；了过":
        return span[0] + first, span[1]
    return span


def _is_balanced(words: str) -> bool:
    """Whether every mark that opens is closed."""
    return all(words.count(one) == words.count(other) for one, other in ("（）", "《》", "“”", "「」", "()"))


def _without_joint(view: PassageView, span: Range) -> Range:
    joint = _JOINS.search(view.slice(span))
    return (span[0], span[0] + joint.start()) if joint else span


def _behind_a_preposition(question: Question, view: PassageView, span: Range) -> Range:
    """由九巴 from 九巴 on, where 由什么公司 is asked or a name is."""
    lead = _LEADS.match(view.text, *span)
    if lead is None:
        return span
    asked = question.interrogative
    repeated = False
    if asked is not None:
        repeated = question.text[: asked[0] + 1].rstrip("什何哪谁多几").endswith(lead.group())
        if repeated and _WHY.match(question.text, asked[0]) and not nouns_behind(question, asked[1]):
            return span
    if repeated or (question.kind in _SHORT and _begins_a_word(view, lead.end())):
        return lead.end(), span[1]
    return span


def _before_what_is_asked(question: Question, view: PassageView, span: Range) -> Range:
    """专家打分 of 专家打分的方式 where 什么方式 is asked, 煤炭学报 of 煤炭学报发表 where 在什么杂志发表 is."""
    if question.interrogative is None:
        return span
    words = view.slice(span)
    nouns = nouns_behind(question, question.interrogative[1])
    if not nouns or len(words) > _SHORT_CHARS:
        return span
    noun = next((word.text for word in nouns if len(word.text) > 1 and words.endswith("的" + word.text)), "")
    if noun:
        return span[0], span[1] - len(noun) - 1
    verb = next((word.text for word in question.words if word.start == nouns[-1].end and word.tag[:1] == "v"), "")
    return (span[0], span[1] - len(verb)) if len(verb) > 1 and words.endswith(verb) else span


def _name_alone(question: Question, view: PassageView, span: Range) -> Range:
    """江口寿史 of 日本漫画家江口寿史 where who it is is asked."""
    if question.kind is not AnswerKind.PERSON or not _WHO.search(question.text):
        return span
    honorific = _HONORIFIC.search(view.slice(span))
    if honorific:
        span = (span[0], span[0] + honorific.start())
    inside = [word for word in view.words if span[0] <= word.start and word.end <= span[1]]
    at = len(inside)
    while at and inside[at - 1].tag in _OF_NAMES and not _GREAT.fullmatch(inside[at - 1].text):
        at -= 1
    if 0 < at < len(inside) and inside[-1].end == span[1] and _TITLE.search(inside[at - 1].text):
        return inside[at].start, span[1]
    return span


def _begins_a_word(view: PassageView, at: int) -> bool:
    return not any(word.start < at < word.end for word in view.words)
