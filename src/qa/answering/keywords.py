"""Bare keywords: a topic is named and nothing is asked, so passages are shown and no answer is claimed."""

from __future__ import annotations

import re

from qa.answering.relations import asks_for_a_relation
from qa.records import AnswerKind, Question

_ASKS = re.compile(r"[?？]|是否|有没有|有无|能否|可否|是不是|[吗呢]$")
MOST_WORDS = 2  # from three words on a row of keywords tells what is wanted (循环经济 三大领域 是指)


def is_bare_keywords(question: Question) -> bool:
    """Whether one or two different words are all there is, and nothing is asked."""
    if question.kind is not AnswerKind.CLAUSE or question.interrogative is not None:
        return False
    if _ASKS.search(question.text):
        return False
    words = {word.text for word in question.words}
    return 0 < len(words) <= MOST_WORDS and not asks_for_a_relation(question.text)
