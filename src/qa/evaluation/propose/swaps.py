"""Unanswerable questions: an answerable one asked of another year, place or body, of which the corpus says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_NUMBER_LIKE_A_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PLACES = (
    "呼和浩特市", "包头市", "乌海市", "赤峰市", "通辽市", "巴彦淖尔市", "乌兰察布市", "榆林市", "延安市", "银川市", "石嘴山市",
    "大同市", "忻州市", "张家口市", "兰州市",
)  # fmt: skip
# What a document calls its own place; 市 alone only where it opens the question (市科技局).
_OWN_PLACE = r"我市|全市|全区|自治区|^市(?!场)"
# Bodies that such a document could as well speak of, in pairs that are easily mistaken for one another.
_BODIES = (
    ("科技局", "体育局"),
    ("科学技术局", "文化和旅游局"),
    ("科技厅", "民政厅"),
    ("科学技术厅", "水利厅"),
    ("科技部", "司法部"),
    ("科技特派员", "金融特派员"),
    ("高新技术企业", "出版企业"),
    ("实验室", "博物馆"),
    ("院士", "运动员"),
)


@dataclass(frozen=True, slots=True)
class Swap:
    """The changed question and the kind of change: ``period``, ``region`` or ``subject``."""

    question: str
    kind: str


def swaps(question: str, corpus_text: str, places: Iterable[str] = ()) -> Iterator[Swap]:
    """What the question becomes with a year, place or body that ``corpus_text`` does not contain; at most one of each
    kind.

    ``places`` are names that the documents belong to (鄂尔多斯市).
    """
    year = _YEAR.search(question)
    if year is not None:
        other = _absent_year(int(year[1]), corpus_text)
        if other is not None:
            yield Swap(question[: year.start()] + str(other) + question[year.end() :], "period")
    place = re.search("|".join([*map(re.escape, places), _OWN_PLACE]), question)
    absent = _absent_places(corpus_text)
    if place is not None and absent:
        # Spread over the list by what is asked, so that not every question names the same town; stable between runs.
        town = absent[sum(map(ord, question)) % len(absent)]
        yield Swap(question[: place.start()] + town + question[place.end() :], "region")
    for named, mistaken in _BODIES:
        if named in question and not _stands_in(mistaken, corpus_text):
            yield Swap(question.replace(named, mistaken), "subject")
            return


def _absent_year(year: int, corpus_text: str) -> int | None:
    """The nearest year, earlier ones first, that the corpus does not speak of."""
    spoken_of = _years(corpus_text)
    for distance in range(1, 12):
        for other in (year - distance, year + distance):
            if other not in spoken_of:
                return other
    return None


# What a corpus holds is asked of it for every question; a corpus may have tens of millions of characters.


@lru_cache(maxsize=2)
def _years(corpus_text: str) -> frozenset[int]:
    return frozenset(int(year) for year in _NUMBER_LIKE_A_YEAR.findall(corpus_text))


@lru_cache(maxsize=2)
def _absent_places(corpus_text: str) -> tuple[str, ...]:
    return tuple(each for each in _PLACES if each.removesuffix("市") not in corpus_text)


@lru_cache(maxsize=64)
def _stands_in(words: str, corpus_text: str) -> bool:
    return words in corpus_text
