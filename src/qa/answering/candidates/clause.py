"""Whole clauses for 什么, 为什么, 如何: windows of one to three clauses, and whole sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.numerals import parse_number

_MOST_CLAUSES = 3
_PURPOSES = re.compile(r"为了?(?![此主止何什啥])")
_MOST_PURPOSES = 5  # 为A，B，C，D before who does what
_AS_WHAT = re.compile(r"以(?:什么|啥|何)(?:来)?(?:作为|为|作)(?P<role>[一-鿿]{1,6})")
_SO_MANY = re.compile(
    r"[“「'\"](?P<number>[两二三四五六七八九十])(?P<mark>[一-鿿])[”」'\"](?:的?(?:要求|标准|原则|目标|具体)*(?:是|指|包括|为|有)?(?:什么|啥|哪|[？?]|$))"
)
_LEAST_OF_THEM, _MEMBER_CHARS = 2, 10
_LONGEST_CHARS = 110
_TITLE_PENALTY = 0.3  # an item's title announces what its body says
_COMFORTABLE_CHARS = range(20, 61)  # shorter ones are fragments; longer ones have to be read instead of taken in
_SHORT_COSTS = 0.4  # of the fit, of a clause without any words


def clause_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Windows of clauses inside one sentence; those that read at a glance fit best."""
    found = _in_the_role(question, view)
    for sentence in view.sentences:
        inside = [clause for clause in view.clauses if sentence[0] <= clause[0] and clause[1] <= sentence[1]]
        for first in range(len(inside)):
            most = _MOST_PURPOSES if _PURPOSES.match(view.text, inside[first][0]) else _MOST_CLAUSES
            for count in range(1, min(most, len(inside) - first) + 1):
                start, end = inside[first][0], inside[first + count - 1][1]
                if end - start >= 4 and (count <= _MOST_CLAUSES or end - start <= _LONGEST_CHARS):
                    found.append(Candidate(start, end, _fit(end - start)))
            start, end = inside[first][0], inside[-1][1]  # what a sentence says of its subject comes to its end
            if len(inside) - first > _MOST_CLAUSES and end - start <= _LONGEST_CHARS:
                found.append(Candidate(start, end, _fit(end - start)))
        found.append(Candidate(*_without_stop(view.text, *sentence), _fit(sentence[1] - sentence[0])))
    title = len(view.passage.lead)
    return [each._replace(fit=max(0.05, each.fit - _TITLE_PENALTY)) if each.start < title else each for each in found]


def _in_the_role(question: Question, view: PassageView) -> list[Candidate]:
    """What the passage sets in the role asked for: 建设创新型城市 of 以建设创新型城市为目标 where 以什么为目标 is asked."""
    asked = _AS_WHAT.search(question.text)
    if not asked:
        return []
    told = re.compile(rf"以(?P<what>[^，。；]{{2,60}}?)(?:作为|为|作){re.escape(asked['role'])}")
    return [Candidate(*match.span("what"), 1.0) for match in told.finditer(view.text)]


def members_told(question: Question, view: PassageView) -> list[Candidate]:
    """有场地、有人员、有机制、有成交 for the “四有”, 绿色化、数字化 for the “两化”: so many members that begin or end with the character."""
    told = members_asked_for(question.text)
    return [Candidate(*match.span(), 1.0) for each in told for match in each.finditer(view.text)]


@lru_cache(maxsize=64)  # the same for every candidate of a question
def members_asked_for(text: str) -> tuple[re.Pattern[str], ...]:
    """How the members of a short form are written whose meaning is asked (“四有”要求, “两化”指什么); none where no such is asked."""
    asked = _SO_MANY.search(text)
    number = int(parse_number(asked["number"]) or 0) if asked else 0
    if asked is None or number < _LEAST_OF_THEM:
        return ()
    mark = re.escape(asked["mark"])
    members = (f"{mark}[^、，。；“”]{{1,{_MEMBER_CHARS}}}", f"[^、，。；“”]{{1,{_MEMBER_CHARS}}}?{mark}")
    return tuple(re.compile(rf"{each}(?:”?[、，]“?{each}){{{number - 1}}}") for each in members)


def _fit(chars: int) -> float:
    """1 for a comfortable length, less for shorter and longer ones, 0 from twice the longest comfortable one on."""
    short, long = _COMFORTABLE_CHARS.start, _COMFORTABLE_CHARS.stop - 1
    if chars < short:
        return 1.0 - _SHORT_COSTS * (short - chars) / short
    return max(0.0, 1.0 - max(0, chars - long) / long)


def _without_stop(text: str, start: int, end: int) -> tuple[int, int]:
    return (start, end - 1) if end - start > 1 and text[end - 1] in "。！？" else (start, end)
