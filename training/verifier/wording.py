"""Words that a question put to a whole library carries and that say nothing about whether a text answers it."""

from __future__ import annotations

import random
import re

YEAR_RATE, SMALL_WORD_RATE = 0.2, 0.15
YEARS = range(2018, 2027)
SMALL_WORDS = ("一共", "总共", "合计", "目前", "到底", "大约")
_NAMED_YEAR = re.compile(r"[12]\d{3}年|[今去前明当同上]年|年(?:初|底|末|内|度)|“?十[一二三四五]五”?")
_COUNTED = re.compile(r"(?<!第)(?:多少|几(?=[个家项人名位件次条种]))")


def asked_of_a_library(question: str, context: str, rng: random.Random) -> str:
    """``question`` now and then with a year before it, where neither it nor ``context`` tells one (a bulletin's year stands on its first
    page alone, and the product compares it by itself), and with a small word before the number that is asked for.

    Right questions and traps get them alike: without that a named year was the mark of a trap (0.1 to 4 % of the right questions held
    one, 2 to 19 % of the traps), and the plain questions of the dev sets, one in six of which names one, were mistrusted.
    """
    if rng.random() < YEAR_RATE and not _NAMED_YEAR.search(question) and not _NAMED_YEAR.search(context):
        question = f"{rng.choice(YEARS)}年{question}"
    counted = _COUNTED.search(question)
    if counted and rng.random() < SMALL_WORD_RATE and not any(word in question for word in SMALL_WORDS):
        at = counted.start()
        question = f"{question[:at]}{rng.choice(SMALL_WORDS)}{question[at:]}"
    return question
