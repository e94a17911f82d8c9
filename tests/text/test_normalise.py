from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.normalise import comparable, comparable_with_map, fold, fold_in_place, fold_with_map

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("鄂尔多斯市２０２１年，。：“”《》（） \u3000\n*ＡＢｃ①½㎡…Ⅻ%é\u0301か\u3099"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ", "abc"),
        ("２０２１年", "2021年"),
        ("33．8％", "33.8%"),
        ("，。", ",。"),
        ("①", "1"),
        ("㎡", "m2"),
        ("ISC", "isc"),
        ("中文", "中文"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_with_map_leads_back_over_expansions() -> None:
    folded = fold_with_map("约½㎡。")
    assert folded.text == "约1⁄2m2。"
    assert folded.starts == (0, 1, 1, 1, 2, 2, 3, 4)
    assert folded.source_span(4, 6) == (2, 3)  # m2 ← ㎡
    assert folded.source_span(3, 4) == (1, 2)  # the 2 of ½ leads to all of ½
    assert folded.source_span(2, 2) == (1, 1)


def test_combining_marks_stay_with_their_character() -> None:
    assert fold_with_map("e\u0301x").starts == (0, 2, 3)
    assert fold("e\u0301") == "é"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("**引进新品种 556 个**。", "引进新品种556个"),
        ("“揭榜挂帅”（试行）", "揭榜挂帅试行"),
        ("ＰＶＣ( 聚氯乙烯)", "pvc聚氯乙烯"),
        ("33.8%", "338"),
        ("a\u200bb\ufeff", "ab"),
        ("", ""),
    ],
)
def test_comparable(text: str, compared: str) -> None:
    assert comparable(text) == compared


@given(TEXTS)
def test_maps_are_consistent(text: str) -> None:
    for plain, mapped in ((fold(text), fold_with_map(text)), (comparable(text), comparable_with_map(text))):
        assert mapped.text == plain
        assert len(mapped.starts) == len(plain) + 1
        assert mapped.starts[-1] == len(text)
        assert list(mapped.starts) == sorted(mapped.starts)


@given(TEXTS)
def test_every_folded_character_comes_from_its_source(text: str) -> None:
    mapped = comparable_with_map(text)
    for index in range(len(mapped.text)):
        start, end = mapped.source_span(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert mapped.text[index] in comparable(text[start:end])


@given(st.text(alphabet=st.characters(codec="gb2312", exclude_characters="Σ")))  # Σ: σ or ς by its place
def test_comparable_is_nfkc_lower_case_without_marks(text: str) -> None:
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    kept = "".join(
        c for c in whole if unicodedata.category(c)[0] not in "P" and unicodedata.category(c) not in ("Zs", "Cc", "Cf")
    )
    assert comparable(text) == kept


@given(TEXTS)
def test_folding_in_place_keeps_every_offset(text: str) -> None:
    folded = fold_in_place(text)
    assert len(folded) == len(text)
    for character, made in zip(text, folded, strict=True):
        assert made in (character, fold(character))
    assert fold_in_place("Ａ……５０℃，Ⅱ期㎡") == "a……50℃,Ⅱ期㎡"
