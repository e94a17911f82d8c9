"""Bundles that a text names by their number (“两个机构”, 五大行动), and their members where those stand right before the name."""

from __future__ import annotations

import re

from qa.answering.candidates.organisation import LEADING_VERBS
from qa.answering.view import PassageView, Range
from qa.records import Question
from qa.text.numerals import parse_number

_NUMERAL = r"[一两二三四五六七八九十]{1,2}"
BUNDLE = re.compile(
    rf"[“\"「](?P<quoted>{_NUMERAL}(?:大|个|项)?[一-鿿]{{1,6}})[”\"」]|(?P<bare>{_NUMERAL}大[一-鿿]{{2,4}}?)(?=[都分具是指包有各，,])"
)
WHICH = re.compile(
    r"哪(?:些|几|[一两二三四五六七八九十\d])|(?:分别|具体|各)(?:是|指|为)|包[括含](?:什么|啥)|指的?是?什么|(?:是|有)(?:什么|啥)(?:内容)?[？?]"
)
_PARTED = re.compile(r"、|(?<=[一-鿿]{2})[和与及](?=[一-鿿]{2})")


def quoted_bundle(question: Question) -> str:
    """The bundle whose members are asked for (“两个机构”分别是什么), without its marks; empty where there is none."""
    bundle = BUNDLE.search(question.text)
    if bundle is None or not bundle["quoted"] or not WHICH.search(question.text, bundle.end()):
        return ""
    return bundle["quoted"]


def members_before(name: str, view: PassageView) -> Range | None:
    """The members of a quoted bundle where they stand right before it, as many as its numeral says: 碳中和研究院、产学研办公室 of
    推进碳中和研究院、产学研办公室“两个机构”. ``None`` where they do not.
    """
    numeral = re.match(_NUMERAL, name)
    many = parse_number(numeral.group().replace("两", "二")) if numeral else None
    if not many or many < 2:
        return None
    loose = r"\s*".join(map(re.escape, name))
    for match in re.finditer(rf"(?P<members>[^，。；：:“”\"「」（）()]{{4,60}})[“\"「]\s*{loose}\s*[”\"」]", view.text):
        first, last = match.span("members")
        words = [each for each in view.words if first <= each.start < last]
        while words and words[0].text in LEADING_VERBS:
            first = words.pop(0).end
        told = view.text[first:last]
        if many in (told.count("、") + 1, len(_PARTED.split(told))):  # 碳中和研究院 is one
            return first, last
    return None
