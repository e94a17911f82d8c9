"""口径护栏: a figure of another year, another place or another issue is no answer, however well the words fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answering.candidates.name import NOT_PERSONS, SURNAMES
from qa.answering.parts import part_of_a_total
from qa.answering.support import held as held_share
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Period, Question, Word
from qa.search.periods import meets
from qa.text.dates import DateMention
from qa.text.places import PlaceMention, Scope, find_places, place_root, province_of

_BESIDE_CHARS = 3
_COUNTED_WITHIN = 3  # characters between the asking word and the counted noun: the measure word
_IN_PART = 0.25
_ISSUE = re.compile(
    r"第\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>期|次(?!落|到|来|在|进|出|成|被|举|开|获|入|上|有)|届|号|批)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is ``None`` when nothing speaks against the span; ``detail`` says in Chinese what does. ``absent``: that the passage
    does not speak of something at all, which is no word on the library where another passage does.
    """

    reason: AbstainReason | None = None
    detail: str = ""
    absent: bool = False


SOUND = Verdict()


def examine(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whether ``span`` is of the question's period, place and issue."""
    for verdict in (
        check_period(question, view, span),
        check_place(question, view, span),
        check_issue(question, view),
        check_subject(question, view),
        check_counted(question, view),
        check_part(question, view, span),
    ):
        if verdict.reason:
            return verdict
    return SOUND


def missing_in(question: Question, view: PassageView) -> frozenset[str]:
    """What of the question's places, issues, names and counted things neither the passage nor what stands above it speaks of, each
    as :attr:`Verdict.detail` tells it.
    """
    checks = (
        check_place(question, view, (0, 0)),
        check_issue(question, view),
        check_subject(question, view),
        check_counted(question, view),
    )
    return frozenset(each.detail for each in checks if each.absent)


# --------------------------------------------------------------------------------------------------------------- period


def period_of(view: PassageView, span: Range) -> Period | None:
    """The period that holds for ``span``: the last written before it in its sentence (but not one that something is compared with:
    从2021年初77家增长至279家 tells 279家 of now), else after it in its clause, else the last before in the passage, else the
    document's date."""
    sentence, clause = view.sentence_of(*span), view.clause_of(*span)
    before = [
        each
        for each in view.dates
        if sentence[0] <= each.start and each.end <= span[0] and not _only_compared(view.text, each, span)
    ]
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


def _only_compared(text: str, date: DateMention, span: Range) -> bool:
    compared = text[max(0, date.start - 1) : date.start] in {"从", "由", "比", "较", "自"}
    return compared and span[0] - date.end > _BESIDE_CHARS


def check_period(question: Question, view: PassageView, span: Range) -> Verdict:
    if not question.periods:
        return SOUND
    sentence = view.sentence_of(*span)
    inside = [each for each in view.dates if sentence[0] <= each.start < sentence[1]]
    own = period_of(view, span)
    told = [own] if own is not None else []
    if question.kind is AnswerKind.DATE:
        told += [each.period for each in inside]
    years = {period.first.year for period in told}
    day = view.passage.date
    if day and not any(each.period.explicit_year for each in inside):
        told.append(Period(day, day))
    if any(meets(asked, each) for asked in question.periods for each in told):
        return SOUND
    asked = "、".join(dict.fromkeys(period.text for period in question.periods if period.text))
    written = "、".join(str(year) for year in sorted(years)) or "其他时期"
    return Verdict(
        AbstainReason.PERIOD,
        f"问的是{asked or '另一时期'}，资料中是{written}年的内容" if years else f"资料中没有{asked}的内容",
    )


# ---------------------------------------------------------------------------------------------------------------- place


def check_place(question: Question, view: PassageView, span: Range) -> Verdict:
    """Every place the question names must be spoken of, and a figure must be of the scope asked for.

    我市 and the document's own city are one; 全区 and 自治区 are the province it lies in.
    """
    asked = find_places(question.text)
    if not asked:
        return SOUND
    home = place_root(view.passage.region) if view.passage.region else ""
    told = find_places(f"{view.background}\n{view.folded}")
    names = {place.name for place in told}
    speaks_of_province = any(place.scope is Scope.PROVINCE and not place.name for place in told)
    for place in asked:
        known = not place.name or place.name in names or place.name == home
        if not known and not (speaks_of_province and place.name == province_of(home)):
            return Verdict(
                AbstainReason.REGION, f"资料中没有{question.text[place.start : place.end]}的相关内容", absent=True
            )
    if question.kind is AnswerKind.NUMBER:
        return _check_scope(asked, view, span, home)
    return SOUND


# 自治区重点实验室4家: whose grade, not where.
_GRADED = re.compile(r"自治区(?:级|重点|党委|政府|[^，。、]{0,6}[厅局委])")


def _check_scope(asked: Sequence[PlaceMention], view: PassageView, span: Range, home: str) -> Verdict:
    """A number's own scope is the last place before it in its clause (2020年度全区共评选…18项, 我市获奖总数14项)."""
    wanted = {_level(place, home) for place in asked}
    first, _ = view.clause_of(*span)
    told = view.text[first : span[0]]
    before = [_level(place, home) for place in find_places(told) if not _GRADED.match(told, place.start)]
    if len(wanted) == 1 and before and not wanted & set(before):
        of = view.text[first : span[0]].strip()[:20]
        return Verdict(AbstainReason.REGION, f"资料中的数字属于另一个范围（{of}……）")
    return SOUND


def _level(place: PlaceMention, home: str) -> str:
    """A name for the scope of a mention: the same for 我市 and the own city, for 全区 and the own province."""
    if place.name and place.name == home:
        return "city"
    if place.name and place.name == province_of(home):
        return "province"
    return place.name or place.scope.name.lower()


# ---------------------------------------------------------------------------------------------------------------- issue


def check_issue(question: Question, view: PassageView) -> Verdict:
    """第5期, 第3次, 第0355号 in the question must stand in the passage or above it."""
    held = re.sub(r"\s", "", f"{view.background}\n{view.folded}")
    for match in _ISSUE.finditer(question.text):
        written = re.sub(r"\s", "", match.group())
        if written not in held and f"{match['number']}{match['unit']}" not in held:
            return Verdict(AbstainReason.SUBJECT, f"资料中没有{written}的内容", absent=True)
    return SOUND


# -------------------------------------------------------------------------------------------------------------- subject

_SUBJECT = re.compile(r"(?:局|厅|公司|集团|大学|学院|研究院|医院|银行|会议|第一书记|开发区)$")
_QUOTED = re.compile(r"[“「『]([^”」』]{2,12})[”」』]")
_PART_OF_NAME = frozenset("n ns nz nt nr j b vn m s f l i".split())


def check_subject(question: Question, view: PassageView) -> Verdict:
    """An organisation or meeting that the question names must stand in the passage, if only shortened.

    市科技局 is held by 鄂尔多斯市科学技术局: its characters stand there in this order, close together; 市农牧局 is not.
    """
    held = re.sub(r"\s", "", f"{view.background}\n{view.folded}")
    for name in _quoted(question.text):
        if held_share(name, held) < _IN_PART:  # quoted from memory, some of it must be right
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{name}”的相关内容", absent=True)
    for name in _named_subjects(question):
        others = dict.fromkeys(other for word, same in question.same.items() if word in name for other in same)
        if not any(_stands_loosely(each, held) for each in (name, *others)):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{name}”的相关内容", absent=True)
    return SOUND


def _quoted(text: str) -> list[str]:
    """What the question quotes: not “老家”, which is a manner of speaking, nor “请不来、付不起”, which is a saying retold."""
    return [name for name in _QUOTED.findall(text) if len(name) > 2 and not set(name) & set("，、；：")]


def check_counted(question: Question, view: PassageView) -> Verdict:
    """The noun that is counted (多少个星创天地) must stand in the passage, at least in part."""
    if question.kind is not AnswerKind.NUMBER or question.interrogative is None:
        return SOUND
    counted = [word for word in question.words if 0 <= word.start - question.interrogative[1] <= _COUNTED_WITHIN]
    nouns = [word.text for word in counted[:2] if word.tag in {"n", "nz", "nt", "l", "i"} and len(word.text) >= 3]
    if nouns and not any(held_share(noun, f"{view.background}\n{view.folded}") >= _IN_PART for noun in nouns):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有“{nouns[0]}”的相关内容", absent=True)
    return SOUND


def check_part(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the total is asked for, one of the parts it is told with is another figure."""
    part = part_of_a_total(question, view, span) if question.kind is AnswerKind.NUMBER else ""
    return Verdict(AbstainReason.SUBJECT, f"资料中的数字只是其中一部分（{part}）") if part else SOUND


def _named_subjects(question: Question) -> Iterator[str]:
    """Persons, and names made of adjoining words that end like an organisation or a meeting."""
    for word in question.words:
        if word.tag == "nr" and 2 <= len(word.text) <= 3 and word.text[0] in SURNAMES and word.text not in NOT_PERSONS:
            yield word.text
    run: list[Word] = []
    for word in question.words:
        if run and word.start != run[-1].end:
            run = []
        counts = not run and word.tag in {"m", "q"}
        run = [*run, word] if word.tag in _PART_OF_NAME and not counts else []
        name = "".join(each.text for each in run).removeprefix("全市").removeprefix("我市")
        whole = len(name) >= (3 if len(run) > 1 else 4)
        if whole and _SUBJECT.search(name) and not _is_asked_for(question, run):
            yield name


def _is_asked_for(question: Question, run: list[Word]) -> bool:
    """Whether the words describe what is asked for (依托公司是哪家, 哪家煤机公司) instead of naming something."""
    if question.kind not in (AnswerKind.ORGANISATION, AnswerKind.PLACE):
        return False
    if question.interrogative is None:
        return run[-1].end >= len(question.text.rstrip("？? 。"))
    first, last = question.interrogative
    return -1 <= first - run[-1].end <= 2 or -1 <= run[0].start - last <= 2 or run[0].start <= first < run[-1].end


def _stands_loosely(name: str, text: str) -> bool:
    """Whether the characters of ``name`` stand in ``text`` in order, with few others between."""
    pattern = "[^，。；\n]{0,4}?".join(re.escape(character) for character in name.removesuffix("会议"))
    return re.search(pattern, text) is not None
