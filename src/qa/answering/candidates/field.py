"""Values of labelled fields: 受理部门：甲科 answers 受理部门是哪个 by itself, a row of a table where the question names what else stands in it."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.labels import asked_field, fields_of, is_of_it
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

_BARE_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")  # its unit stands elsewhere: candidates.cell
_NAMES = re.compile(r"[^\d（(]*[^\d（(\s，,、：:]")  # before a telephone
_BODY = re.compile(r"[一-鿿（）]{2,}[局厅委办室科处股部院所站会]|[一-鿿（）]{2,}(?:中心|公司)")
_TALK = re.compile(r"[，。！？]|各位|大家")  # 主持人：各位记者，大家好
_LONGEST_CHARS = 80  # a longer value tells more than what its label asks for


def field_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """The value of the field that is asked for; none where several stand there and the question does not tell which."""
    asked = asked_field(question, view)
    if asked is None or question.kind is AnswerKind.LIST:
        return []
    fields = [each for each in fields_of(view.text) if each.label in asked.labels]
    fields = [each for each in fields if is_of_it(question, view, asked, each)]
    if len({each.record for each in fields}) != 1 or len({each.label for each in fields}) != 1:
        return []
    found = []
    for each in fields:
        value = view.text[each.start : each.end]
        name = _NAMES.match(value) if question.kind is AnswerKind.PERSON else None
        end = each.start + name.end() if name else each.end
        if question.kind is AnswerKind.ORGANISATION and each.label.endswith("人"):
            body = _BODY.match(value)
            found += [Candidate(each.start, each.start + body.end(), 1.0)] if body else []
            continue
        if name and _TALK.search(name.group()):
            continue
        if not _BARE_FIGURE.fullmatch(value) and end - each.start <= _LONGEST_CHARS:
            found.append(Candidate(each.start, end, 1.0))
    return found
