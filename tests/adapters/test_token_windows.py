"""Long texts are cut into windows that fit, and nothing is lost between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.adapters.token_windows import windows


@given(st.text(alphabet="甲乙丙。！，“” \n", max_size=200), st.integers(min_value=1, max_value=40))
def test_windows_fit_and_join_to_the_text(text: str, limit: int) -> None:
    pieces = windows(text, lambda piece: len(piece) <= limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


def test_text_that_fits_stays_whole() -> None:
    assert windows("甲。乙。", lambda piece: True) == ["甲。乙。"]


def test_cuts_behind_a_closed_quotation_at_a_sentence_end() -> None:
    text = "甲甲甲甲，“乙乙乙。”丙丙丙丙丙丙丙丙。"
    assert windows(text, lambda piece: len(piece) < len(text)) == ["甲甲甲甲，“乙乙乙。”", "丙丙丙丙丙丙丙丙。"]


def test_without_a_sentence_end_cuts_at_a_clause() -> None:
    text = "甲甲甲甲甲，乙乙乙乙乙乙乙"
    assert windows(text, lambda piece: len(piece) < len(text)) == ["甲甲甲甲甲，", "乙乙乙乙乙乙乙"]


def test_a_character_that_never_fits_is_left() -> None:
    assert windows("甲乙", lambda piece: False) == ["甲", "乙"]
