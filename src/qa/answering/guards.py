"""口径护栏: a figure of another year, another place or another issue is no answer, however well the words fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Period, Question
from qa.search.periods import meets

_HOME = re.compile(r"我市|全市|本市|我们市|咱们市")
_PROVINCE = re.compile(r"自治区|全区|我区|全省|我省|内蒙古?")
_NATION = re.compile(r"全国|我国|国家|中国|国内")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|地区|盟|省|市|县|旗|区)$")
_ISSUE = re.compile(r"第\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>期|次|届|号|批)")
_WITHOUT_HOME = re.compile(r"^(?:中国|北京时间)$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is ``None`` when nothing speaks against the span; ``detail`` says in Chinese what does."""

    reason: AbstainReason | None = None
    detail: str = ""


SOUND = Verdict()


def examine(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whether ``span`` is of the question's period, place and issue."""
    for verdict in (check_period(question, view, span), check_place(question, view, span), check_issue(question, view)):
        if verdict.reason:
            return verdict
    return SOUND


# --------------------------------------------------------------------------------------------------------------- period


def period_of(view: PassageView, span: Range) -> Period | None:
    """The period that holds for ``span``: the last written before it in its sentence, else after it in its clause, else the last
    before in the passage, else the document's date."""
    sentence, clause = view.sentence_of(*span), view.clause_of(*span)
    before = [each for each in view.dates if sentence[0] <= each.start and each.end <= span[0]]
    if before:
        return before[-1].period
    beside = [each for each in view.dates if clause[0] <= each.start < clause[1]]
    if beside:
        return beside[0].period
    earlier = [each for each in view.dates if each.end <= span[0]]
    if earlier:
        return earlier[-1].period
    day = view.passage.date
    return Period(day, day) if day else None


def check_period(question: Question, view: PassageView, span: Range) -> Verdict:
    if not question.periods:
        return SOUND
    sentence = view.sentence_of(*span)
    told = [each.period for each in view.dates if sentence[0] <= each.start < sentence[1]]
    own = period_of(view, span)
    if question.kind is AnswerKind.DATE and own is not None:
        told.append(own)
    elif own is not None:
        told = [own]
    day = view.passage.date
    years = {period.first.year for period in told}
    if day and (not told or not any(period.explicit_year for period in told)):
        told.append(Period(day, day))
    if any(meets(asked, each) for asked in question.periods for each in told):
        return SOUND
    # A month or day asked for inside the told year is met by the document's own date line, not by the span.
    asked = "、".join(dict.fromkeys(period.text for period in question.periods if period.text))
    written = "、".join(str(year) for year in sorted(years)) or "其他时期"
    return Verdict(
        AbstainReason.PERIOD,
        f"问的是{asked or '另一时期'}，资料中是{written}年的内容" if years else f"资料中没有{asked}的内容",
    )


# ---------------------------------------------------------------------------------------------------------------- place


def root(place: str) -> str:
    """鄂尔多斯 for 鄂尔多斯市."""
    shorter = _SUFFIX.sub("", place)
    return shorter if len(shorter) >= 2 else place


def check_place(question: Question, view: PassageView, span: Range) -> Verdict:
    """Every place the question names must be spoken of; one's own city is, unless the item is about another place."""
    held = f"{view.background}\n{view.folded}"
    home = root(view.passage.region or "")
    for place in question.places:
        name = root(place)
        if name in held or (home and (name in home or home in name)):
            continue
        if _PROVINCE.search(place) and _PROVINCE.search(held):
            continue
        return Verdict(AbstainReason.REGION, f"资料中没有{place}的内容")
    asks_home = bool(_HOME.search(question.text)) or any(home and root(place) == home for place in question.places)
    if asks_home and _about_elsewhere(view, home):
        return Verdict(AbstainReason.REGION, "资料讲的是外地，不是本市")
    return SOUND


def _about_elsewhere(view: PassageView, home: str) -> bool:
    text = f"{view.passage.lead}\n{view.folded}"
    if _HOME.search(text) or (home and home in text):
        return False
    return view.passage.section in {"他山之石", "外地经验", "他山之石可以攻玉"}


# ---------------------------------------------------------------------------------------------------------------- issue


def check_issue(question: Question, view: PassageView) -> Verdict:
    """第5期, 第3次, 第0355号 in the question must stand in the passage or above it."""
    held = re.sub(r"\s", "", f"{view.background}\n{view.folded}")
    for match in _ISSUE.finditer(question.text):
        written = re.sub(r"\s", "", match.group())
        if written not in held and f"{match['number']}{match['unit']}" not in held:
            return Verdict(AbstainReason.SUBJECT, f"资料中没有{written}的内容")
    return SOUND
