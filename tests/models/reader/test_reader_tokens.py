"""The reader's tokens: every character once, offsets exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.models.reader.manifest import SHIPPED_FOLDER, VOCABULARY_FILE
from qa.models.reader.tokens import SPECIAL_PIECES, UNK, ReaderTokenizer, read_vocabulary

PIECES = [*SPECIAL_PIECES, "新", "品", "种", "5", "6", "个", "a", "b", "▁ab", "c", "，", "("]


@pytest.fixture(scope="module")
def shipped() -> ReaderTokenizer:
    return ReaderTokenizer(read_vocabulary(SHIPPED_FOLDER / VOCABULARY_FILE))


def test_han_characters_and_digits_are_single_tokens() -> None:
    tokens = ReaderTokenizer(PIECES).encode("新品种556个")
    assert [PIECES[number] for number in tokens.ids] == list("新品种556个")
    assert tokens.starts == list(range(7))
    assert tokens.ends == list(range(1, 8))


def test_white_space_is_no_token_and_keeps_offsets() -> None:
    tokens = ReaderTokenizer(PIECES).encode(" 新\n\u3000品")
    assert list(zip(tokens.starts, tokens.ends, strict=True)) == [(1, 2), (4, 5)]


def test_words_take_the_longest_known_piece_and_full_width_letters_are_folded() -> None:
    tokens = ReaderTokenizer(PIECES).encode("ａｂc")
    assert [PIECES[number] for number in tokens.ids] == ["▁ab", "c"]
    assert list(zip(tokens.starts, tokens.ends, strict=True)) == [(0, 2), (2, 3)]


def test_full_width_marks_fold_where_only_the_other_form_is_known_and_the_rest_is_unknown() -> None:
    tokens = ReaderTokenizer(PIECES).encode("（，鱓")
    assert [PIECES[number] for number in tokens.ids] == ["(", "，", "<unk>"]
    assert tokens.ids[-1] == UNK


def test_official_text_has_hardly_an_unknown_character(shipped: ReaderTokenizer) -> None:
    text = "鄂尔多斯市科学技术局2021年3月25日印发《实施细则（试行）》，累计引进新品种556个、经济效益1.7亿元，同比增长6.5%——“十四五”时期①"
    tokens = shipped.encode(text)
    assert UNK not in tokens.ids


@given(st.text(max_size=80))
def test_tokens_are_in_order_apart_and_cover_all_but_white_space(text: str) -> None:
    tokens = ReaderTokenizer(PIECES).encode(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    at = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert at <= start < end <= len(text)
        assert all(character.isspace() or character == "\ufeff" for character in text[at:start])
        at = end
    assert all(character.isspace() or character == "\ufeff" for character in text[at:])
