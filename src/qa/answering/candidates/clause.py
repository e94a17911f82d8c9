"""Whole clauses for 什么, 为什么, 如何: windows of one to three clauses, and whole sentences."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question

_MOST_CLAUSES = 3
_LONGEST_CHARS = 110
_TITLE_PENALTY = 0.3  # an item's title announces what its body says
_COMFORTABLE_CHARS = 80  # an answer of this length still reads well
_WHY = re.compile(r"为什么|为何|为啥|原因|目的")
_BECAUSE = re.compile(r"为(?!主|了?进)|由于|因|旨在|以便|从而")
_HOW = re.compile(r"如何|怎么|怎样|怎麼|做法|举措|措施")
_BY = re.compile(r"通过|采取|以|借|用|把|将|建立|实行|开展")


def clause_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Windows of clauses inside one sentence; those that read at a glance fit best."""
    found = []
    for sentence in view.sentences:
        inside = [clause for clause in view.clauses if sentence[0] <= clause[0] and clause[1] <= sentence[1]]
        for first in range(len(inside)):
            for count in range(1, min(_MOST_CLAUSES, len(inside) - first) + 1):
                start, end = inside[first][0], inside[first + count - 1][1]
                if end - start >= 4:
                    found.append(Candidate(start, end, _fit(question, view.text[start:end])))
            start, end = inside[first][0], inside[-1][1]  # what a sentence says of its subject comes to its end
            if len(inside) - first > _MOST_CLAUSES and end - start <= _LONGEST_CHARS:
                found.append(Candidate(start, end, _fit(question, view.text[start:end])))
        found.append(Candidate(*_without_stop(view.text, *sentence), _fit(question, view.slice(sentence))))
    title = len(view.passage.lead)
    return [each._replace(fit=max(0.05, each.fit - _TITLE_PENALTY)) if each.start < title else each for each in found]


def _fit(question: Question, words: str) -> float:
    fit = 0.6 + min(len(words), _COMFORTABLE_CHARS) / 300 - max(0, len(words) - _COMFORTABLE_CHARS) / 200
    if _WHY.search(question.text) and _BECAUSE.search(words):
        fit += 0.25
    if _HOW.search(question.text) and _BY.search(words):
        fit += 0.15
    return max(0.05, min(1.0, fit))


def _without_stop(text: str, start: int, end: int) -> tuple[int, int]:
    return (start, end - 1) if end - start > 1 and text[end - 1] in "。！？" else (start, end)
