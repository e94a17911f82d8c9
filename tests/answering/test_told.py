"""What the verifier says of a stretch: by the window that holds it best, and as a signal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.adapters.span_reader import NOT_WORTH_IT
from qa.answering.gathering import DENIED, SURE, as_share, denied, on_word_borders, told
from qa.answering.view import PassageView
from qa.answering.weighing import CONVINCED, Weighing
from qa.records import Hit, Judgement, Question, Reading, SpanCandidate

CONVINCED_LOG_ODDS = CONVINCED * 2 * SURE - SURE


def _window(first: int, count: int, opens: float, closes: float, whole: float = 0.0) -> Judgement:
    """``count`` tokens of two characters each from token ``first``."""
    numbers = range(first, first + count)
    starts, ends = tuple(2 * n for n in numbers), tuple(2 * n + 2 for n in numbers)
    return Judgement(starts, ends, (opens,) * count, (closes,) * count, whole)


def test_the_odds_are_those_of_first_token_last_token_and_the_whole() -> None:
    judged = Judgement((0, 1, 2), (1, 2, 3), (1.0, 2.0, 4.0), (8.0, 16.0, 32.0), 64.0)
    reading = Reading(0.5, judged=(judged,))
    assert reading.log_odds(0, 1) == 1 + 8 + 64
    assert reading.log_odds(1, 3) == 2 + 32 + 64
    assert judged.highest == 4 + 32 + 64


def test_each_end_is_judged_where_most_text_stands_beside_it() -> None:
    reading = Reading(0.5, judged=(_window(0, 10, 1.0, 2.0), _window(6, 10, 100.0, 200.0)))
    assert reading.log_odds(8, 10) == 3.0  # token 4: in the first window alone
    assert reading.log_odds(14, 16) == 3.0  # token 7: 2 from the first window's border, 1 from the second's
    assert reading.log_odds(20, 22) == 300.0
    assert reading.log_odds(4, 28) == 1.0 + 200.0  # longer than either window


@pytest.mark.parametrize("place", [(40, 44), (10, 44)])
def test_what_no_window_holds_is_not_judged(place: tuple[int, int]) -> None:
    reading = Reading(0.5, judged=(_window(0, 10, 1.0, 2.0),))
    assert reading.log_odds(*place) is None
    assert told(reading, place) is None
    assert told(None, (0, 2)) is None
    assert told(Reading(0.5), (0, 2)) is None


def test_the_signal_is_a_share_and_ends_where_more_says_nothing() -> None:
    assert [as_share(each) for each in (-99.0, -SURE, 0.0, SURE, 99.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert told(Reading(0.5, judged=(_window(0, 10, 1.0, 2.0, 1.0),)), (0, 2)) == as_share(4.0)


@pytest.mark.parametrize(
    ("log_odds", "against"), [(-99.0, 1.0), (-SURE, 1.0), (-6.0, 0.5), (DENIED, 0.0), (0.0, 0.0), (99.0, 0.0)]
)
def test_the_verifier_speaks_against_a_span_from_a_bound_on(log_odds: float, against: float) -> None:
    assert denied(as_share(log_odds)) == pytest.approx(against)


def test_what_was_not_judged_or_not_worth_it_is_not_denied() -> None:
    assert denied(None) == 0.0
    assert denied(as_share(NOT_WORTH_IT)) == 0.0


@pytest.mark.parametrize("log_odds", [-7.5, -4.5, 3.0])
def test_every_candidate_carries_what_speaks_against_it(
    ask: Callable[[str], Question], view: Callable[..., PassageView], log_odds: float
) -> None:
    text = "全市新增高新技术企业86家。"
    passage = view(text)
    hit = Hit(passage.passage, 1.0, 1.0, 1.0, None, None, None)
    size = len(text)
    judged = Judgement(tuple(range(size)), tuple(range(1, size + 1)), (0.0,) * size, (0.0,) * size, log_odds)
    weighing = Weighing(ask("全市新增高新技术企业多少家？"), [passage], [hit])
    found = weighing.weighed([Reading(0.9, judged=(judged,))])
    assert found
    assert all(each.signals.denied == pytest.approx(denied(as_share(log_odds))) for each in found)
    assert all(each.signals.denied == 0.0 for each in weighing.weighed(None))


@pytest.mark.parametrize(("log_odds", "sound"), [(CONVINCED_LOG_ODDS, True), (CONVINCED_LOG_ODDS - 0.5, False)])
def test_a_sure_verifier_needs_no_word_of_the_question(
    ask: Callable[[str], Question], view: Callable[..., PassageView], log_odds: float, sound: bool
) -> None:
    text = "韶山市进度最慢。"
    passage = view(text)
    hit = Hit(passage.passage, 1.0, 1.0, 1.0, None, None, None)
    judged = Judgement(tuple(range(8)), tuple(range(1, 9)), (0.0,) * 8, (0.0,) * 8, log_odds)
    reading = Reading(0.9, (SpanCandidate(0, 3, 0.9),), (judged,))
    found = Weighing(ask("拖后腿的是哪儿"), [passage], [hit]).weighed([reading])
    assert [each.is_sound for each in found if each.view.slice((each.start, each.end)) == "韶山市"] == [sound]


@pytest.mark.parametrize("words", ["平台+企业", "企业+产业链", "高校+"])
def test_a_chain_in_quotation_marks_is_given_whole(view: Callable[..., PassageView], words: str) -> None:
    seen = view("建立“高校+平台+企业+产业链”结对合作机制。")
    start = seen.text.index(words)
    assert seen.slice(on_word_borders(seen, (start, start + len(words)))) == "高校+平台+企业+产业链"
