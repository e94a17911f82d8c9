from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.web.contexts import PieceKind
from qa.web.marking import Anchor, Mark, matches, pieces

KINDS = st.sampled_from(list(PieceKind))


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), KINDS), max_size=6))
def test_joined_pieces_are_the_text(text: str, raw: list[tuple[int, int, PieceKind]]) -> None:
    cut = pieces(text, [Mark(*each) for each in raw])
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


@given(st.text(min_size=1, max_size=30), st.data())
def test_every_character_shows_its_highest_mark(text: str, data: st.DataObject) -> None:
    at = st.integers(0, len(text))
    marks = [Mark(*sorted((data.draw(at), data.draw(at))), data.draw(KINDS)) for _ in range(3)]
    order = list(PieceKind)
    shown = [piece.kind for piece in pieces(text, marks) for _ in piece.text]
    for position, kind in enumerate(shown):
        covering = [mark.kind for mark in marks if mark.start <= position < mark.end]
        assert kind == max(covering, key=order.index, default=PieceKind.PLAIN)


def test_an_anchor_begins_a_piece_and_two_may_share_it() -> None:
    cut = pieces("甲乙丙", anchors=[Anchor(1, "a"), Anchor(1, "b")])
    assert [(piece.text, piece.anchors) for piece in cut] == [("甲", ()), ("乙丙", ("a", "b"))]


def test_matches_find_words_in_another_width_and_case() -> None:
    text = "ＰＶＣ 产量，引进新品种２０个"
    assert {text[m.start : m.end] for m in matches(text, ["pvc", "新品种", "20"])} == {"ＰＶＣ", "新品种", "２０"}


def test_a_number_does_not_match_inside_a_longer_one() -> None:
    assert matches("2020年和120个", ["20"]) == []
    assert [(m.start, m.end) for m in matches("2020年和20个", ["20"])] == [(6, 8)]


def test_a_word_that_is_not_there_is_marked_by_its_pieces() -> None:
    text = "科技特派员引进品种"
    found = matches(text, ["科技特派员", "新品种"], ["科技", "特派员", "科技特派员", "品种", "新品种"])
    assert [text[m.start : m.end] for m in found] == ["科技特派员", "品种"]


def test_single_characters_do_not_count() -> None:
    assert matches("我市的市场", ["市"]) == []
