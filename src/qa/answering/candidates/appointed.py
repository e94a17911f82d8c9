"""Offices told behind a name: 张三任市科技局局长, 任命张三为市科技局局长, and of a life's course 1992年4月，任区长."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView, Range
from qa.records import Question

_SELF = r"(?:担|出|兼|现|历|时|就|接|调|改|转|升|新)任|(?<![责主信委胜重留聘离现兼])任(?![务期何由性意免命教课])|当选|被选|署理|(?<=[，、又])兼(?![并容顾备职])"
_BY_OTHERS = r"任命|聘任|聘请|受聘|选举|推选|提拔|拔擢|提升"
_BECOMES = re.compile(
    rf"(?:{_SELF})(?:了|过)?为?|(?:{_BY_OTHERS})[^，。；;：:\n]{{0,12}}?[为任]|(?:^|[，。；;、\s])[升迁擢拜改](?:为|任)"
)
_NO_LONGER = re.compile(r"免去|不再|辞去|卸任|离任|拒绝|未")
_ONCE = re.compile(r"曾|历任|原任|时任")
_ASKS_FOR_NOW = re.compile(r"现任|现在|目前|如今|眼下|这会儿")
_END = re.compile(r"[（(][^）)\n]*[）)]|[，。；;\n]")
_SHORTEST, _LONGEST = 2, 60
_GOES_ON = 0.8  # the fit where the sentence leaves out whose course it tells


def appointments(question: Question, name: str, view: PassageView, is_person: Callable[[str], bool]) -> list[Candidate]:
    """The offices that ``name`` is told to have taken up; ``is_person`` tells of a word whether it may be another's name."""
    return list(_appointments(question, name, view, is_person))


def _appointments(
    question: Question, name: str, view: PassageView, is_person: Callable[[str], bool]
) -> Iterator[Candidate]:
    others = [word for word in view.words if word.tag.startswith("nr") and word.text != name and is_person(word.text)]
    for verb in _BECOMES.finditer(view.text):
        named = view.text.rfind(name, 0, verb.end())
        if named < 0 or any(named < other.start < verb.end() for other in others):
            continue
        sentence = view.sentence_of(verb.end() - 1, verb.end())
        clause = view.text[view.clause_of(verb.start(), verb.start() + 1)[0] : verb.end()]
        if _NO_LONGER.search(clause) or (_ASKS_FOR_NOW.search(question.text) and _ONCE.search(clause)):
            continue
        place = (verb.end(), _end_of(view.text, verb.end()))
        if _SHORTEST <= place[1] - place[0] <= _LONGEST:
            yield Candidate(*_trimmed(view.text, place), 1.0 if named >= sentence[0] else _GOES_ON)


def _end_of(text: str, start: int) -> int:
    """Where the clause ends, commas in brackets aside (代区长（1993年3月当选区长）)."""
    for mark in _END.finditer(text, start):
        if mark.end() - mark.start() == 1:
            return mark.start()
    return len(text)


def _trimmed(text: str, place: Range) -> Range:
    start, end = place
    while start < end and text[start] in " 　“":
        start += 1
    return start, end
