"""The rules: a figure, a day, a person in office, a list. Each takes a sentence and proposes what can be asked of
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qa.evaluation.evaluation_set import QuestionType
from qa.evaluation.propose.phrasing import Sentence, question_from, quote_around
from qa.text.dates import find_dates
from qa.text.numbers import NumberMention, find_numbers
from qa.text.numerals import parse_number

# Only the hundred most frequent surnames: a rule that takes any two characters for a name proposes rubbish.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文边付"
)
_OFFICE = "局长|书记|厅长|主任|市长|部长|院长|旗长|区长|主席|校长|总经理|董事长"
_PERSON = re.compile(
    rf"(?P<office>[\u4e00-\u9fa5（）()]{{2,16}}?(?:{_OFFICE}))(?P<name>[{_SURNAMES}][\u4e00-\u9fa5]{{1,2}})"
    r"(?=[，。、；（]|主持|出席|率|带|表示|指出|强调|宣读|前往|参加|在|到|会见|与|陪同|介绍|致辞|讲|作|建议|一行|等|$)"
)
_OFFICE_LEAD = re.compile(r"^(?:.*(?:会同|会见了?|陪同|邀请|对此|[由和与及]))?(?=.{2})")
_LIST = re.compile(
    r"(?P<items>(?:[^，。；、：:“”（）\d\s]{2,20}、){2,}[^，。；、：:“”（）\d\s]{2,20}?)[等这]?\s*"
    r"(?P<count>\d+|[二三四五六七八九十]+)\s*(?P<class>(?:个|大|类|项|家|种|方面)[\u4e00-\u9fa5]{0,4})"
)
# What opens the list belongs to the sentence, not to its first item.
_LIST_LEAD = re.compile(r"^.*(?:包括|分为|涉及|按照|围绕|聚焦|依托|覆盖|涵盖|重点抓好)")
_QUOTED = re.compile(r"[“”‘’]")
LONGEST_TOPIC = 14


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a sentence answers."""

    question: str
    type: QuestionType
    answers: tuple[str, ...]
    quote: str
    list: bool = False


def figures(sentence: Sentence) -> Iterator[Draft]:
    """引进新品种556个 → 引进新品种多少个？"""
    text = sentence.text
    mentions = find_numbers(text)
    for start, end in sentence.clauses:
        inside = [each for each in mentions if start <= each.start and each.end <= end]
        # With a second figure in the clause the question would copy an answer or ask for two.
        if len(inside) != 1 or not _countable(inside[0], text):
            continue
        mention = inside[0]
        asked = "多少" + (mention.unit if mention.unit and mention.unit not in "%‰" else "")
        year = sentence.year_before(mention.start)
        question = question_from(sentence, text[start : mention.start], asked, text[mention.end : end], year=year)
        if question is not None:
            answers = (text[mention.number_start : mention.unit_end], text[mention.start : mention.end])
            quote = quote_around(sentence, start, end)
            yield Draft(question, QuestionType.FACT_NUMBER, tuple(dict.fromkeys(answers)), quote)


def _countable(mention: NumberMention, text: str) -> bool:
    """Whether the figure measures something: no rank, no telephone, no set phrase (“四个面向”, 一个, 三年行动)."""
    if mention.ordinal or mention.phone or not mention.unit or mention.unit in ("年", "校", "条"):
        return False
    quoted = _QUOTED.search(text[max(0, mention.start - 1) : mention.end + 1])
    return quoted is None and mention.value > 1


def days(sentence: Sentence) -> Iterator[Draft]:
    """3月17日，自治区科技厅召开…会 → 自治区科技厅召开…会是在哪一天？"""
    text = sentence.text
    year = sentence.passage.date.year if sentence.passage.date is not None else None
    spans = sentence.clauses
    for mention in find_dates(text, year=year):
        if mention.period.first != mention.period.last:
            continue
        following = next(((start, end) for start, end in spans if end > mention.end), None)
        if following is None or any(start < mention.start < end for start, end in spans):
            continue
        start, end = max(following[0], mention.end), following[1]
        question = question_from(sentence, text[start:end], "是在哪一天")
        if question is not None:
            written = text[mention.start : mention.end]
            yield Draft(question, QuestionType.FACT_DATE, (written,), quote_around(sentence, mention.start, end))


def people(sentence: Sentence) -> Iterator[Draft]:
    """自治区科技厅厅长孙俊青 → 自治区科技厅厅长是谁？"""
    for match in _PERSON.finditer(sentence.text):
        office = _OFFICE_LEAD.sub("", match["office"])
        question = question_from(sentence, office, "是谁")
        if question is not None:
            quote = quote_around(sentence, *match.span())
            yield Draft(question, QuestionType.FACT_PERSON, (match["name"],), quote)


def lists(sentence: Sentence) -> Iterator[Draft]:
    """按照甲、乙、丙等3个类型 → …的3个类型是哪些？"""
    for match in _LIST.finditer(sentence.text):
        items = tuple(_LIST_LEAD.sub("", match["items"]).split("、"))
        if parse_number(match["count"]) != len(items):
            continue
        counted = f"{match['count']}{match['class']}".replace(" ", "")
        lead = sentence.passage.lead
        topic = lead if lead and len(lead) <= LONGEST_TOPIC else sentence.passage.section
        question = question_from(sentence, topic, f"中的{counted}是哪些")
        if question is not None:
            yield Draft(question, QuestionType.LIST, items, quote_around(sentence, *match.span()), list=True)


RULES: dict[str, Callable[[Sentence], Iterator[Draft]]] = {
    "figure": figures,
    "day": days,
    "person": people,
    "list": lists,
}
