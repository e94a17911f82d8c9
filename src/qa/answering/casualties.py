"""Who was hurt is not who died: 造成1人死亡、1人受伤 tells one figure of each, 死亡31人 none of the injured."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_FATES = {
    "死亡": re.compile(r"死亡|遇难|身亡|丧生|死了|去世|罹难"),
    "受伤": re.compile(r"受伤|负伤|[轻重]伤|伤员|伤者|伤了"),
    "失踪": re.compile(r"失踪|失联"),
    "被困": re.compile(r"被困|受困"),
}
_DEAD_AND_HURT = re.compile(r"伤亡|死伤")
_PEOPLE = frozenset("人 名 位".split())
_MARKS = re.compile(r"[，。；、,;：:\n\d]")
_NEAR = 8  # characters between a figure and the word that says what became of them


def check_fate(question: Question, view: PassageView, span: Range) -> Verdict:
    """How many were hurt is told of the hurt: the word stands beside the figure, or at least in its sentence."""
    if _DEAD_AND_HURT.search(question.text):
        return SOUND
    asked = {name for name, words in _FATES.items() if words.search(question.text)}
    number = view.number_at(span)
    if len(asked) != 1 or number is None or number.base_unit not in _PEOPLE:
        return SOUND
    wanted = next(iter(asked))
    before = _MARKS.split(view.text[max(0, number.start - _NEAR) : number.start])[-1]
    behind = _MARKS.split(view.text[number.end : number.end + _NEAR])[0]
    told = _told_in(behind) or _told_in(before)
    sentence = view.text[slice(*view.sentence_of(*span))]
    if told and wanted not in told:
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字是{'、'.join(sorted(told))}的人数，不是{wanted}的")
    if not told and not (_FATES[wanted].search(sentence) or _DEAD_AND_HURT.search(sentence)):
        return Verdict(AbstainReason.SUBJECT, f"资料中的数字不是{wanted}的人数")
    return SOUND


def _told_in(text: str) -> set[str]:
    both = set(_FATES) if _DEAD_AND_HURT.search(text) else set()
    return both or {name for name, words in _FATES.items() if words.search(text)}
