"""Differences between two wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.citing.difference import edits, same_words, share_found, similarity
from qa.text.normalise import comparable

texts = st.text(alphabet="引进新品种5638.%个，。 \n科技ab", max_size=40)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("引进新品种556个。", "引进 新品种 556 个", True),
        ("引进，新品种", "引进新品种", True),
        ("Ｒ＆Ｄ投入", "R&D 投入", True),
        ("１，０００人", "1000人", True),
        ("33.8%", "33.8 %", True),
        ("33.8%", "338%", False),
        ("33.8%", "33.8", False),
        ("2—5万元", "25万元", False),
        ("引进新品种", "引进新品", False),
        ("", "，。", True),
    ],
)
def test_same_words(a: str, b: str, same: bool) -> None:
    assert same_words(a, b) is same
    assert bool(edits(a, b)) is not same


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("引进新品种565个", "引进新品种556个", [("565", "556")]),
        ("取得显著效果", "取得明显效果", [("显著", "明显")]),
        ("发源于浙江省", "发源于福建省", [("浙江", "福建")]),
        ("在我市取得效果", "在我市也取得效果", [("", "也")]),
        ("在我市也取得效果", "在我市取得效果", [("也", "")]),
        ("甲乙丙", "", [("甲乙丙", "")]),
        ("总投资9亿元，历时5年", "总投资5亿元，历时7年", [("9", "5"), ("5", "7")]),
    ],
)
def test_edits(a: str, b: str, expected: list[tuple[str, str]]) -> None:
    assert [(a[e.a_start : e.a_end], b[e.b_start : e.b_end]) for e in edits(a, b)] == expected


@given(texts, texts)
def test_edits_lead_from_one_text_to_the_other(a: str, b: str) -> None:
    pieces: list[str] = []
    position = 0
    for edit in edits(a, b):
        pieces += [a[position : edit.a_start], b[edit.b_start : edit.b_end]]
        position = edit.a_end
    rebuilt = "".join([*pieces, a[position:]])
    assert comparable(rebuilt) == comparable(b)


@given(texts, texts)
def test_similarity_is_a_share(a: str, b: str) -> None:
    assert 0.0 <= similarity(a, b) <= 1.0
    assert 0.0 <= share_found(a, b) <= 1.0
    assert similarity(a, a) == share_found(a, a) == 1.0
    assert (similarity(a, b) == 1.0) == same_words(a, b)
