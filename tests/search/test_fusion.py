from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from qa.search.fusion import fuse, scale

rankings = st.lists(st.tuples(st.integers(1, 30), st.floats(-5, 30)), max_size=20, unique_by=lambda each: each[0])


def test_scores_are_scaled_and_halved() -> None:
    fused = fuse([(1, 10.0), (2, 5.0), (3, 0.0)], [(2, 0.9), (4, 0.8)])
    assert [(each.key, each.score) for each in fused] == [(2, 0.5 * 0.5 + 0.5 * 1), (1, 0.5 * 1), (3, 0.0), (4, 0.0)]
    assert (fused[1].lexical, fused[1].dense) == (1.0, None)


def test_one_hit_counts_fully() -> None:
    assert scale([(7, -3.0)]) == {7: 1.0}
    assert scale([]) == {}


@given(rankings, rankings)
def test_every_key_once_between_0_and_1_best_first(
    lexical: list[tuple[int, float]], dense: list[tuple[int, float]]
) -> None:
    fused = fuse(lexical, dense)
    assert sorted(each.key for each in fused) == sorted({key for key, _ in lexical} | {key for key, _ in dense})
    assert all(0 <= each.score <= 1 and not math.isnan(each.score) for each in fused)
    assert [each.score for each in fused] == sorted((each.score for each in fused), reverse=True)
