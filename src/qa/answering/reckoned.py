"""What would have to be reckoned: a difference, a sum, a multiple, the greatest of several years or the greater of two things is an answer
only where the text tells it itself; one of the figures that it is reckoned from is none."""

from __future__ import annotations

import re
from typing import NamedTuple

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_MORE = r"(?:多|少|高|低|快|慢|增加|增长|减少|下降|提高|上升)"
_NUMERAL = r"[两二三四五六七八九十\d]"


class _Reckoning(NamedTuple):
    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]  # in the sentence that answers


_MOST = r"最(?:多|高|少|低|大|小|快|好|强)"
_RECKONINGS = (
    _Reckoning(
        "相差多少",
        re.compile(
            rf"(?<!占)(?:比|较)(?!例|重|如|赛|较)[^，。？?]{{2,24}}?{_MORE}(?:了|出|出了|了出)?(?:多少|几)(?!倍|番)|相差(?:了|有|大?约)?(?:多少|几|多[大远])|差[了出](?:多少|几)|差距(?:是|有)?多|之差(?:是|为)?(?:多少|几)|差额"
            r"|(?:增长|增加|增|提高|提升|上升|下降|减少|降低|降|上涨|涨)了?(?:多少|几)(?!倍|番)"
        ),
        re.compile(r"比|较|增|升|提高|成长|降|减|差|涨|高于|低于|多出|下滑"),
    ),
    _Reckoning(
        "几倍或几番",
        re.compile(r"(?:几|多少)倍|翻了?几|几番|倍数"),
        re.compile(r"[\d万亿兆百千两二三四五六七八九十]\s*[多余几]?倍|翻[了一两二三四五六七八九十]*番"),
    ),
    _Reckoning(
        "合计",
        re.compile(
            rf"加起来|加在?一[起块]|相加|之和(?:是|为)?多少|加总|(?P<years>[这那近前后]{_NUMERAL}{{1,2}}(?:年|个月)|[两三四五六七八九十]{{1,2}}年|(?<!\d)\d{{1,2}}年(?=[来间里内]))(?:来|间|里|内)?[^，。？?]{{0,14}}(?:合计|总共|一共|总计|累计|共(?!同|建|享))"
        ),
        re.compile(r"合计|共计|总计|累计|(?<!公)共(?![同建享赢青产])|总[数额量]|总投资"),
    ),
    _Reckoning(
        "哪一年最多",
        re.compile(
            rf"(?:哪一?[年月天]|什么时候|何时|几月)[^，。？?]{{0,16}}{_MOST}[？?。\s]*$|{_MOST}的?[^，。？?]{{0,8}}是(?:在)?(?:哪一?[年月天]|什么时候)"
        ),
        re.compile(r"最|峰|首位|第一|历史新"),
    ),
    _Reckoning(
        "哪个更多",
        re.compile(
            r"[和与跟同][^，。？?]{1,14}[，,]?(?:相比|比起来|比较)?[，,]?(?:哪一?[个家项种者]|谁|何者)(?:的?[^，。？?]{0,4})?(?:更|比较)?(?:多|高|少|低|大|小|早|晚|先|快|强|好)(?:一?些|一点)?[？?。\s]*$"
        ),
        re.compile(r"比(?!例|重|如|赛)|高于|低于|多于|少于|超过|大于|小于|更|领先|最"),
    ),
)
_OF_BOTH = re.compile(r"(?:[和与及跟、]|以及)[^，。？?]{2,16}(?:一共|合计|总共|共计|加起来|总计|共(?=有?多少))")


def check_reckoned(question: Question, view: PassageView, span: Range) -> Verdict:
    """What is reckoned from several figures is told in so many words, or not at all."""
    if _OF_BOTH.search(question.text) and (told := _told_before_and_after(view, span)):
        return Verdict(AbstainReason.SUBJECT, f"问的是合计，资料写的是{told}各自的数")
    for each in _RECKONINGS:
        asked = each.asked.search(question.text)
        if asked is None:
            continue
        sentence = view.text[slice(*view.sentence_of(*span))]
        years = asked.groupdict().get("years")
        if years and years.removeprefix("这").removeprefix("那") in sentence:
            continue
        found = each.told.search(sentence)
        at = view.sentence_of(*span)[0] + found.end() if found else -1
        if found is None or (each.name == "几倍或几番" and not span[0] < at <= span[1] + 2):  # 增长到330家，“双倍增”
            return _refused(each.name)
        if each.name == "相差多少" and (told := _told_before_and_after(view, span)):
            return Verdict(AbstainReason.SUBJECT, f"问的是{each.name}，资料只写了{told}")
        if each.name == "相差多少" and not _is_an_amount_of_change(view, span):
            return _refused(each.name)
    return SOUND


def _refused(name: str) -> Verdict:
    return Verdict(AbstainReason.SUBJECT, f"问的是{name}，资料没有直接写出，要由几个数算出来；请分别问各个数")


_GROWS = r"增长|成长|增加|增|扩大|提高|提升|上升|升|下降|降低|降|减少|减|高|低|多|少|涨|幅|速|快|慢|差"
_AMOUNT_OF_CHANGE = re.compile(
    rf"(?:{_GROWS})(?:了|出|达|达到|近|约|超|超过|逾|将近|为|是|约为)*\s*$|(?:{_GROWS})[^，。；\d]{{0,4}}$"
)
_EARLIER_OF_A_ROW = re.compile(r"(?:[\d.,]+\s*[^\d，。；、和]{0,4}[、和])+$")  # 分别增长1.1倍、4.3倍
_LEVEL = re.compile(rf"(?:{_GROWS})(?:到|至|为|达到|到了|至了)[约近超过逾]*\s*$")


def _told_before_and_after(view: PassageView, span: Range) -> str:
    """由132家增长到330家, where ``span`` is one of the two; empty elsewhere."""
    number = view.number_at(span)
    if number is None:
        return ""
    for change in view.changes:
        if change.is_start(number.start) or change.is_end(number.start):
            values = [*change.old, *change.new]
            return f"“由{view.text[values[0][0] : values[-1][1]]}”"
    return ""


def _is_an_amount_of_change(view: PassageView, span: Range) -> bool:
    """Whether the number at ``span`` is by how much something changed: 增加5家, not 增加到45家 nor 45家."""
    number = view.number_at(span)
    if number is None:
        return True
    before = _EARLIER_OF_A_ROW.sub("", view.text[view.clause_of(*span)[0] : number.start])
    return _AMOUNT_OF_CHANGE.search(before) is not None and _LEVEL.search(before) is None
