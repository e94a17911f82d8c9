"""Words that a question put to a whole library carries and that say nothing about whether a text answers it, and the orders in which
one and the same thing is asked.
"""

from __future__ import annotations

import random
import re

YEAR_RATE, SMALL_WORD_RATE, PLACE_RATE, ORDER_RATE = 0.2, 0.15, 0.2, 0.4
YEARS = range(2018, 2027)
SMALL_WORDS = ("一共", "总共", "合计", "目前", "到底", "大约")
PLACES = ("全市", "我市", "本市", "咱们市", "市里")
_NAMED_YEAR = re.compile(r"[12]\d{3}年|[今去前明当同上]年|年(?:初|底|末|内|度)|“?十[一二三四五]五”?")
_COUNTED = re.compile(r"(?<!第)(?:多少|几(?=[个家项人名位件次条种]))")
_NAMED_PLACE = re.compile(r"[一-鿿]{2}[省市区县旗镇乡州盟]|[全我本各][国省市区县旗]|全国|当地")
_CITY = re.compile(r"(?<![一-鿿])[一-鿿]{2,3}市(?![场民委政级直内区长局])")
_UNIT = r"[个家名项人位件户条次种所篇座台场处]"
_BEFORE_ITS_NOUN = re.compile(
    rf"(?P<before>.*?)(?:[了过出着])?(?:一共|总共|共|约|大约)?多少(?P<unit>{_UNIT})(?P<noun>(?![们均次口])[^\W\d了过在被把是]{{2,7}})"
)
_BEHIND_IT = re.compile(rf"(?P<before>.{{3,}}?)(?:一共|总共|共|累计)?有多少(?P<unit>{_UNIT})")


def asked_of_a_library(question: str, context: str, rng: random.Random) -> str:
    """``question`` now and then with a year or a place before it, where neither it nor ``context`` tells another one (a bulletin's year and
    city stand on its first page alone, and the product compares them by itself), with a small word before the number that is asked for,
    and with this number in another place.

    Right questions and traps get them alike: without that a named year was the mark of a trap (0.1 to 4 % of the right questions held
    one, 2 to 19 % of the traps), and the plain questions of the dev sets, one in six of which names one, were mistrusted. So were places
    (全市建成了多少个星创天地: log odds of −5.1, without 全市 1.5) and orders (建成星创天地多少个: −2.5).
    """
    if rng.random() < ORDER_RATE:
        question = _in_another_order(question, rng)
    if rng.random() < PLACE_RATE and not _NAMED_PLACE.search(question):
        city = _CITY.search(context)
        named = (city.group(), city.group()[:-1]) if city else ()
        question = f"{rng.choice((*PLACES, *named))}{question}"
    if rng.random() < YEAR_RATE and not _NAMED_YEAR.search(question) and not _NAMED_YEAR.search(context):
        question = f"{rng.choice(YEARS)}年{question}"
    counted = _COUNTED.search(question)
    if counted and rng.random() < SMALL_WORD_RATE and not any(word in question for word in SMALL_WORDS):
        at = counted.start()
        question = f"{question[:at]}{rng.choice(SMALL_WORDS)}{question[at:]}"
    return question


def _in_another_order(question: str, rng: random.Random) -> str:
    """引进新品种多少个, 引进新品种的数量 and the like for 引进了多少个新品种; any other question as it is."""
    found = _BEFORE_ITS_NOUN.fullmatch(question)
    if found:
        about, unit = f"{found['before']}{found['noun']}", found["unit"]
    else:
        found = _BEHIND_IT.fullmatch(question)
        if found is None:
            return question
        about, unit = found["before"], found["unit"]
    return about + rng.choice(
        (f"多少{unit}", f"有多少{unit}", f"共多少{unit}", "的数量", "数量", "有多少", "数量是多少")
    )
