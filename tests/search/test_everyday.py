"""Everyday words of a question, and what official documents write for them."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.support import Support, asked_words
from qa.answering.view import PassageView
from qa.records import Passage
from qa.search.everyday import official_words
from qa.search.understanding import understand

ANALYZER = JiebaAnalyzer([])


@pytest.mark.parametrize(
    ("text", "said", "written"),
    [
        ("2023年头一回评上高企的有几家", "头一回", "首次"),
        ("吃喝招待花了多少", "吃喝招待", "公务接待"),
        ("一年封顶多少", "封顶", "最高"),
        ("甲公司挑头搞的项目", "挑头", "牵头"),
        ("还有多少房子没卖出去", "没卖出去", "待售"),
    ],
)
def test_what_is_written_for_what_is_said(text: str, said: str, written: str) -> None:
    at = text.index(said)
    assert (at, at + len(said), written) in official_words(text)


def test_the_longest_word_is_meant_and_places_do_not_overlap() -> None:
    found = {(start, end) for start, end, _ in official_words("头一回没卖出去的房子，归挑头的老板包了")}
    ordered = sorted(found)
    assert all(one[1] <= other[0] for one, other in pairwise(ordered))
    assert official_words("科技特派员") == []


def test_every_line_of_the_list_says_and_writes() -> None:
    lines = files("qa.search").joinpath("everyday.txt").read_text(encoding="utf-8").splitlines()
    halves = [line.split(" = ") for line in lines]
    assert all(len(half) == 2 for half in halves)
    said = [word for half in halves for word in half[0].split()]
    assert len(said) == len(set(said)) > 4_000
    assert min(map(len, said)) >= 2


def test_what_is_written_is_looked_for_and_counts_as_said() -> None:
    asked = understand("头一回评上的有几家？", ANALYZER, date(2025, 1, 1), lambda words: [1.0] * len(words))
    assert "首次" in asked.terms
    assert "认定" in asked.terms
    text = "通过认定71家，其中首次认定38家。"
    seen = PassageView(Passage("总结", 0, len(text), text), ANALYZER)
    at = text.index("38家")
    assert Support(asked, asked_words(asked), seen).around((at, at + 3)) > 0.5
    plain = understand("头一回评上的有几家？", ANALYZER, date(2025, 1, 1), lambda words: [1.0] * len(words))
    object.__setattr__(plain, "official", {})
    assert Support(plain, asked_words(plain), seen).around((at, at + 3)) < 0.4
