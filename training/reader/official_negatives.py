"""Official questions turned unanswerable: another year, another place, another subject."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from training.reader.examples import Example
from training.reader.negatives import other_years

PLACE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|深圳|广州|武汉|南京|杭州|成都|西安|沈阳|大连|哈尔滨|长春|合肥|石家庄|太原|呼和浩特|包头|鄂尔多斯"
)
PLACES = tuple(PLACE.pattern.split("|"))
YEAR_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d\d年")


def with_year(examples: list[Example], rng: random.Random) -> list[Example]:
    """Questions on passages that name one year alone, with that year put before the question (still answered)."""
    made: list[Example] = []
    for example in examples:
        years = set(YEAR_IN_TEXT.findall(example.context))
        if len(years) == 1 and not YEAR_IN_TEXT.search(example.question):
            (year,) = years
            answers = {example.context[a:b] for a, b in example.spans}
            if not any(year in answer for answer in answers) and rng.random() < 0.8:
                made.append(replace(example, question=f"{year}{example.question}"))
    return made


def other_places(examples: list[Example], rng: random.Random) -> list[Example]:
    """Questions that name a place of their passage, asked about a place that the passage does not name."""
    made: list[Example] = []
    for example in examples:
        match = PLACE.search(example.question)
        if match is not None and match.group() in example.context:
            free = [place for place in PLACES if place not in example.context and place[:2] != match.group()[:2]]
            question = example.question.replace(match.group(), rng.choice(free))
            made.append(replace(example, question=question, spans=(), source="official-other-place"))
    return made


def other_subjects(examples: list[Example], rng: random.Random, most: int) -> list[Example]:
    """Questions of one document asked of a passage of another that shares under a third of their bigrams."""
    made: list[Example] = []
    while len(made) < most:
        asked, shown = rng.choice(examples), rng.choice(examples)
        pairs = {asked.question[i : i + 2] for i in range(len(asked.question) - 1)}
        shared = sum(pair in shown.context for pair in pairs) / len(pairs)
        if 0.1 < shared < 0.35 and asked.source == shown.source:
            made.append(replace(shown, question=asked.question, spans=(), source="official-other-subject"))
    return made


def official_set(answered: list[Example], rng: random.Random) -> list[Example]:
    """Answered questions with some that name their year, and unanswerable ones of the three kinds."""
    dated = with_year(answered, rng)
    years = other_years(dated + answered, rng)
    wrong_year = [replace(example, source="official-other-year") for example in years]
    rng.shuffle(dated)
    rng.shuffle(wrong_year)
    return [
        *answered, *dated[:350], *wrong_year[:450], *other_places(answered, rng)[:250],
        *other_subjects(answered, rng, len(answered) // 14),
    ]  # fmt: skip
