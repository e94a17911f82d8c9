"""The others: besides the two that are told (除这两家外，另外三家叫什么) nothing is told by naming those two."""

from __future__ import annotations

import re

from qa.answering.candidates.enumeration import items_of
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_SMALL = r"(?:[一两二三四五六七八九十几]|\d{1,2})"
_COUNTER = r"[个家项名所位座处种条件户]"
# The others of a number, where those told are not named but pointed at (这两家, 获批的3家).
_ASKED = re.compile(
    rf"除了?[^，。？?]{{0,16}}?{_SMALL}{_COUNTER}[^，。？?]{{0,6}}?(?:之?外|以外)|(?:另外|其余|其他|其它|剩下|余下|剩余)的?{_SMALL}{_COUNTER}"
)
_TOLD = re.compile(r"另外|其余|其他|其它|此外|另有|还有|余下|剩下|除[^，。；]{1,20}外")
_NO_LIST = frozenset({AnswerKind.NUMBER, AnswerKind.DATE})


def check_remainder(question: Question, view: PassageView, span: Range) -> Verdict:
    """Which the others are is told with a word for others, or by naming all of them with those the question names."""
    if question.kind in _NO_LIST or not _ASKED.search(question.text):
        return SOUND
    sentence = view.text[slice(*view.sentence_of(*span))]
    if _TOLD.search(sentence):
        return SOUND
    words = view.slice(span)
    items = [words[start:end] for start, end in items_of(words)]
    if any(each.strip("“”《》 ") in question.text for each in items if len(each) > 1) and len(items) > 1:
        return SOUND  # 甲、乙、丙 where it is asked who the two besides 甲 are
    return Verdict(AbstainReason.SUBJECT, "问的是其余的，资料中没有写")
