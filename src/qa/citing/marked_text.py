"""A text with everything in it that can be checked: figures, dates, places, people, organisations, 文号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from qa.citing.organisations import find_organisations
from qa.citing.people import find_people, with_people
from qa.citing.ranges import Range
from qa.ports import Analyzer
from qa.records import Word
from qa.text.dates import DateMention, find_dates
from qa.text.normalise import comparable
from qa.text.numbers import NumberMention, find_numbers
from qa.text.places import PlaceMention, Scope, find_places, province_of
from qa.text.sentences import clauses, sentences

DOCUMENT_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,10})\s*[\[〔(（【]\s*[12]\d{3}\s*[\]〕)）】]\s*(?:第\s*)?\d{1,5}\s*号"
)
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿")
_BASELINE = re.compile(r"(?:较|比|与|同|相比|对比)\s?$")
_STARTING_POINT = re.compile(r"(?:从|由|自)\s?$")
_JOINED = re.compile(r"\s*(?:[、和与及至到]|以及|—{1,2}|-|~|～)\s*")
_NEW_PART = re.compile(r"(?<=[”》])、(?=[^“”《》、，]{3,30}[“《])|、(?=[由对在向与从])")
_PLACE_TAGS = frozenset({"ns", "nsf"})
_NOT_PLACES = frozenset(
    "兴蒙 大湾 三农 东西部 之江 城市 旗区 盟市 园区 地区 市区 县域 全球 中国 新建 和平 大同".split()
)
_REGIONS = re.compile(
    r"京津冀|[长珠]三角(?:洲)?|(?:粤港澳)?大湾区|长江经济带|黄河流域|成渝|呼包鄂榆?|[东西][北南](?=地区|部|[、和，])|华[北东南中]"
)
_CONTENT_TAGS = re.compile(r"^(?:n|v|a|j|i|l|s|f|z|eng|x|b|t|g)")
_EMPTY_WORDS = frozenset(
    """
    是 有 为 了 在 等 将 会 到 由 对 与 和 及 以及 其中 共 共计 累计 达 达到 进行 开展 方面 情况 有关 相关 目前 今年
    近年来 我们 全市 我市 本市 市 年 月 日 已 已经 成为 作为 要求 表示 指出 强调 提出 认为 称 说 个 项 家 名 人 位
    """.split()
)


def is_region_of_many(name: str) -> bool:
    """Whether a place's name means several provinces or cities: 黄河流域, 呼包鄂."""
    return bool(_REGIONS.match(name + "，"))


def find_document_numbers(text: str) -> list[Range]:
    """Spans of 文号; words before it (文号为…) are not part of it."""
    found = []
    for match in DOCUMENT_NUMBER.finditer(text):
        lead = re.match(r".*[为是由以按据号见的和与及]", match["body"])
        found.append((match.start() + (lead.end() if lead else 0), match.end()))
    return found


def pairs(text: str) -> set[str]:
    """Every two neighbouring characters of the comparable form, without figures."""
    return {a + b for a, b in pairwise(comparable(text)) if not in_figure(a, b)}


def in_figure(a: str, b: str) -> bool:
    """Whether two neighbouring characters stand in a figure: a digit, or two Chinese numerals (三清零 is a word)."""
    return a.isdigit() or b.isdigit() or (a in _NUMERALS and b in _NUMERALS)


class MarkedText:
    """A text and its mentions, found when first asked for. Offsets are half-open in ``text``.

    ``year`` is the year that dates without one belong to; ``home`` the region's bare name that 我市 and 全市 mean. A text
    that opens with a title sentence (``lead``) says with it and the sentence after it one thing: they count as one.
    """

    def __init__(self, text: str, analyzer: Analyzer, year: int | None = None, home: str = "", lead: str = "") -> None:
        self.text = text
        self.year = year
        self.home = home
        self.lead_end = len(lead) if lead and text.startswith(lead) else 0
        self._analyzer = analyzer
        self._pairs: dict[Range, frozenset[str]] = {}

    @cached_property
    def sentences(self) -> list[Range]:
        found = sentences(self.text)
        if self.lead_end and len(found) > 1 and found[0][1] <= self.lead_end + 2:
            found[:2] = [(found[0][0], found[1][1])]
        return found

    @cached_property
    def clauses(self) -> list[Range]:
        return clauses(self.text)

    @cached_property
    def words(self) -> list[Word]:
        return with_people(self._analyzer.words(self.text))

    @cached_property
    def content_words(self) -> list[Word]:
        """Words that carry meaning and are no figure, in order."""
        return [
            word
            for word in self.words
            if len(word.text) > 1
            and _CONTENT_TAGS.match(word.tag)
            and word.text not in _EMPTY_WORDS
            and not any(character.isdigit() for character in word.text)
        ]

    @cached_property
    def numbers(self) -> list[NumberMention]:
        return find_numbers(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        return find_dates(self.text, year=self.year)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Places outside the names of organisations: those of the gazetteer, then what the analyzer takes for one."""
        found = find_places(self.text)
        regions = [(m.start(), m.end()) for m in _REGIONS.finditer(self.text)]
        named = [(w.start, w.end) for w in self.words if w.tag in _PLACE_TAGS and w.text not in _NOT_PLACES]
        for start, end in [*regions, *named]:
            free = not any(p.start < end and start < p.end for p in found)
            if free and end - start > 1:
                found.append(PlaceMention(start, end, self.text[start:end], Scope.CITY))
        outside = (
            p
            for p in found
            if not self.text.startswith("级", p.end)
            and not any(a <= p.start and p.end < b for a, b in self.organisations)
        )
        return sorted(outside, key=lambda place: place.start)

    @cached_property
    def organisations(self) -> list[Range]:
        return find_organisations(self.text, self.words)

    @cached_property
    def people(self) -> list[Range]:
        places = [(p.start, p.end) for p in self.places if p.name]
        return find_people(self.text, self.words, [*self.organisations, *places])

    @cached_property
    def document_numbers(self) -> list[Range]:
        return find_document_numbers(self.text)

    @cached_property
    def segments(self) -> list[Range]:
        """Clauses, cut again before each part of a list that is a statement of its own: 甲申报的“…”、乙申报的“…”."""
        found: list[Range] = []
        for start, end in self.clauses:
            cuts = [start, *(match.end() for match in _NEW_PART.finditer(self.text, start, end)), end]
            found.extend(pairwise(cuts))
        return found

    def pairs_of(self, span: Range) -> frozenset[str]:
        """:func:`pairs` of a stretch."""
        if span not in self._pairs:
            self._pairs[span] = frozenset(pairs(self.slice(span)))
        return self._pairs[span]

    def slice(self, span: Range) -> str:
        return self.text[span[0] : span[1]]

    def sentence_at(self, position: int) -> Range:
        """The sentence that holds ``position``; the whole text where none does."""
        return _holding(self.sentences, position) or (0, len(self.text))

    def clause_at(self, position: int) -> Range:
        """The clause that holds ``position``; its sentence where none does."""
        return _holding(self.clauses, position) or self.sentence_at(position)

    def place_key(self, place: PlaceMention) -> str:
        """The same key for every way to name a place: 我市 and the own city, 全区 and the own province."""
        if place.name and place.name == self.home:
            return "home"
        if place.name and self.home and place.name == province_of(self.home):
            return "province"
        if place.name:
            return place.name
        return {Scope.CITY: "home", Scope.PROVINCE: "province"}.get(place.scope, "nation")

    def written_numerals(self, mention: NumberMention) -> str:
        """The numerals of a figure as written, the lower end of a range."""
        return self.text[mention.number_start : mention.number_end]

    def governing_dates(self, position: int) -> list[DateMention]:
        """The date that holds for what stands at ``position``, with those joined to it (2023年和2024年).

        The last one before it in its sentence, else one after it in its clause, else the last before it in the
        text. A date that only compares (比2020年) holds for nothing, one that starts (从2021年初77家增长至…) for
        the figure right after it.
        """
        first, last = self.sentence_at(position)
        before = [d for d in self.dates if d.end <= position and not self._compares(d, position)]
        within = [d for d in before if d.start >= first]
        if within:
            return self._joined(within)
        end = last if position < self.lead_end else min(self.clause_at(position)[1], last)
        after = [d for d in self.dates if position < d.start < end and not self._compares(d, position)]
        return (after if position < self.lead_end else after[:1]) or self._joined(before)

    def _compares(self, mention: DateMention, position: int) -> bool:
        lead = self.text[max(0, mention.start - 2) : mention.start]
        if _BASELINE.search(lead):
            return True
        between = any(mention.end <= n.number_start and n.end <= position for n in self.numbers)
        return bool(_STARTING_POINT.search(lead)) and between

    def _joined(self, mentions: Sequence[DateMention]) -> list[DateMention]:
        group = list(mentions[-1:])
        for earlier in reversed(mentions[:-1]):
            if not _JOINED.fullmatch(self.text[earlier.end : group[0].start]):
                break
            group.insert(0, earlier)
        return group


def _holding(spans: Sequence[Range], position: int) -> Range | None:
    return next((span for span in spans if span[0] <= position < span[1]), None)
