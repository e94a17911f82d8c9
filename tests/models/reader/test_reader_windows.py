"""Windows cover the passage; spans read from them stand where the logits say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.models.reader.spans import (
    CLAUSE_PENALTY,
    SENTENCE_PENALTY,
    ScoredSpan,
    WindowLogits,
    best_apart,
    least_at_risk,
    read_window,
    shares,
    trimmed,
)
from qa.models.reader.tokens import BOS, EOS, SPECIAL_PIECES, ReaderTokenizer, Tokens
from qa.models.reader.windows import LONGEST_QUESTION_TOKENS, WHOLE_TOKENS, windows


def _tokens(count: int) -> Tokens:
    return Tokens(list(range(10, 10 + count)), list(range(count)), list(range(1, count + 1)))


@given(st.integers(0, 100), st.integers(0, 900), st.integers(96, 320), st.integers(0, 120))
def test_windows_cover_every_token_within_the_limit(asked: int, total: int, limit: int, overlap: int) -> None:
    question, passage = _tokens(asked), _tokens(total)
    found = list(windows(question, passage, limit, overlap, limit))
    seen: set[int] = set()
    for window in found:
        assert len(window.ids) <= limit
        assert window.ids[0] == BOS
        assert window.ids[-1] == EOS
        held = window.ids[window.head : window.head + window.passage_tokens]
        assert held == passage.ids[window.first : window.first + window.passage_tokens]
        seen.update(range(window.first, window.first + window.passage_tokens))
    assert seen == set(range(total))
    for left, right in itertools.pairwise(found):
        shared = left.first + left.passage_tokens - right.first
        assert shared >= min(overlap, (limit - left.head - 1) // 2)


def test_a_passage_that_nearly_fits_is_not_cut() -> None:
    assert len(list(windows(_tokens(10), _tokens(WHOLE_TOKENS - 14)))) == 1
    assert len(list(windows(_tokens(10), _tokens(WHOLE_TOKENS - 13)))) == 2


def test_a_long_question_keeps_its_end() -> None:
    (window,) = windows(_tokens(200), _tokens(3))
    assert window.ids[1 : 1 + LONGEST_QUESTION_TOKENS] == _tokens(200).ids[-LONGEST_QUESTION_TOKENS:]


def _read(
    text: str, start_at: int, end_at: int, null: float = 0.0, short: bool = False
) -> tuple[dict[str, float], list[ScoredSpan], float]:
    tokenizer = ReaderTokenizer([*SPECIAL_PIECES, *sorted(set(text))])
    passage = tokenizer.encode(text)
    (window,) = windows(tokenizer.encode("问"), passage)
    start = np.zeros(len(window.ids), dtype=np.float32)
    end = np.zeros(len(window.ids), dtype=np.float32)
    start[window.head + start_at], end[window.head + end_at] = 8.0, 8.0
    start[0] = end[0] = null
    reading = read_window(window, passage, text, WindowLogits(start, end, 1.5), short)
    assert reading.relevance == 1.5
    return {text[s.start : s.end]: s.log_odds for s in reading.spans}, list(reading.spans), reading.margin


def test_the_best_span_is_where_the_logits_point() -> None:
    odds, spans, margin = _read("引进新品种556个，服务农户", 5, 8)
    best = spans[0]
    assert "引进新品种556个，服务农户"[best.start : best.end] == "556个"
    # start and end each: exp(8) against the 13 other tokens and "no answer" at exp(0).
    chance = math.log(math.exp(8) / (math.exp(8) + 14))
    nothing = math.log(1 / (math.exp(8) + 14))
    assert odds["556个"] == pytest.approx(2 * chance - nothing, rel=1e-6)
    assert margin == pytest.approx(8.0)


def test_a_strong_no_answer_takes_the_odds_away() -> None:
    odds, _, margin = _read("引进新品种556个，服务农户", 5, 8, null=14.0)
    assert odds["556个"] == pytest.approx(-12.0, abs=0.02)
    assert margin == pytest.approx(-6.0)


def test_marks_inside_a_span_cost_more_for_a_short_answer() -> None:
    text = "长3公里，投资14亿。耗时"
    free = _read(text, 1, 9)[0]["3公里，投资14亿。耗"[:9]]
    assert free - _read(text, 1, 9, short=True)[0]["3公里，投资14亿"] == pytest.approx(CLAUSE_PENALTY)
    longer = _read(text, 1, 11)[0]["3公里，投资14亿。耗"]
    assert free - longer == pytest.approx(SENTENCE_PENALTY)


def test_shares_leave_room_for_no_answer() -> None:
    assert shares([]) == []
    # odds 3 and 1 beside 1 for "no answer".
    assert shares([ScoredSpan(0, 1, math.log(3)), ScoredSpan(2, 3, 0.0)]) == pytest.approx([3 / 5, 1 / 5])
    assert shares([ScoredSpan(0, 1, 1e9)]) == pytest.approx([1.0])


def test_marks_and_white_space_at_the_borders_are_cut() -> None:
    text = "，引进 556个。"
    assert text[slice(*trimmed(text, 0, len(text)))] == "引进 556个"


def test_overlapping_spans_yield_to_the_better_one() -> None:
    spans = [ScoredSpan(0, 4, 0.5), ScoredSpan(2, 6, 0.6), ScoredSpan(6, 8, 0.1), ScoredSpan(0, 2, 0.1)]
    assert best_apart(spans, 5) == (spans[1], spans[3], spans[2])
    assert best_apart(spans, 1) == (spans[1],)


def test_least_at_risk_is_the_span_that_most_others_share() -> None:
    ends_differ = [ScoredSpan(10, 14, 1.0), ScoredSpan(10, 30, 0.8), ScoredSpan(10, 32, 0.8), ScoredSpan(12, 31, 0.7)]
    assert least_at_risk(ends_differ) == ScoredSpan(10, 30, 1.0)
    clear = [ScoredSpan(10, 14, 5.0), *ends_differ[1:]]
    assert least_at_risk(clear) == ScoredSpan(10, 14, 5.0)
    assert least_at_risk([ScoredSpan(3, 4, -2.0)]) == ScoredSpan(3, 4, -2.0)


def test_spans_apart_from_a_chosen_one() -> None:
    spans = [ScoredSpan(0, 4, 3.0), ScoredSpan(2, 6, 2.0), ScoredSpan(8, 9, 1.0)]
    assert best_apart(spans, 3, [spans[1]]) == (spans[1], spans[2])
