"""An answer without what the question says itself: 锣鼓经是… where 锣鼓经是什么 is asked, …的方式 where 什么方式 is."""

from __future__ import annotations

import re

from qa.answering.asked import nouns_behind
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Question

_IS = r"(?:是指|指的是|是|指(?!的)|为|乃|系|叫做|叫|有|包括|：)"
_SAID_OF = re.compile(
    r"^(?P<what>.{2,30}?)(?:的(?:意思|含义|定义))?(?:主要)?(?:是指|指的是|是|指|为|叫|有|属于)(?:一?[个种])?(?:什么|啥|哪|谁|怎)"
)
_ABOUT = re.compile(rf"(?:主要)?(?:[（(][^）)\n]{{0,60}}[）)])?(?P<is>{_IS})")
_LEADS = re.compile(r"位于|[由为呈是在](?![于此了，。；])|于(?=\d)")
_SHORT = frozenset(
    {AnswerKind.NAME, AnswerKind.ORGANISATION, AnswerKind.PLACE, AnswerKind.DATE}
)  # no person: 由 may be a surname
_WHY = re.compile(r"为(?:什么|啥|何)")  # not 归类为什么科
_LEAST = 2
_SHORT_CHARS = 24


def bared(question: Question, view: PassageView, span: Range) -> Range:
    """``span`` without its subject and copula where the question names that subject, without a preposition before a name, and without the
    noun or verb behind it that the question has behind its asking word. At least two characters stay.
    """
    start, end = span
    start = _behind_its_subject(question, view, (start, end))
    start = _behind_a_preposition(question, view, (start, end))
    end = _before_what_is_asked(question, view, (start, end))
    return (start, end) if end - start >= _LEAST else span


def _behind_its_subject(question: Question, view: PassageView, span: Range) -> int:
    asked = _SAID_OF.search(question.text)
    words = view.slice(span)
    if asked is None:
        return span[0]
    what = asked["what"]
    for at in range(len(what) - 1):
        if words.startswith(what[at:]):
            about = _ABOUT.match(words, len(what) - at)
            return span[0] + about.end() if about and len(words) - about.end() >= _LEAST else span[0]
    return span[0]


def _behind_a_preposition(question: Question, view: PassageView, span: Range) -> int:
    """由九巴 from 九巴 on, where 由什么公司 is asked or a name is."""
    lead = _LEADS.match(view.text, *span)
    if lead is None or span[1] - lead.end() < _LEAST:
        return span[0]
    asked = question.interrogative
    repeated = False
    if asked is not None:
        repeated = question.text[: asked[0] + 1].rstrip("什何哪谁多几").endswith(lead.group())
        if repeated and _WHY.match(question.text, asked[0]) and not nouns_behind(question, asked[1]):
            return span[0]
    return lead.end() if repeated or (question.kind in _SHORT and _begins_a_word(view, lead.end())) else span[0]


def _before_what_is_asked(question: Question, view: PassageView, span: Range) -> int:
    if question.interrogative is None:
        return span[1]
    words = view.slice(span)
    nouns = nouns_behind(question, question.interrogative[1])
    if not nouns or len(words) > _SHORT_CHARS:
        return span[1]
    noun = next((word.text for word in nouns if len(word.text) > 1 and words.endswith("的" + word.text)), "")
    if noun:
        return span[1] - len(noun) - 1
    verb = next((word.text for word in question.words if word.start == nouns[-1].end and word.tag[:1] == "v"), "")
    return span[1] - len(verb) if len(verb) > 1 and words.endswith(verb) else span[1]


def _begins_a_word(view: PassageView, at: int) -> bool:
    return not any(word.start < at < word.end for word in view.words)
