from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.comparison import EXACT_UP_TO, Comparison, MeasureComparison, compare, two_sided_p, worse_p
from qa.evaluation.evaluation_set import Evidence, QuestionType
from qa.evaluation.measures.summary import MEASURES_BY_KEY
from qa.evaluation.outcome import QuestionOutcome
from tests.evaluation.evaluation_examples import a_question, an_outcome


def gains(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def missed(id: str) -> QuestionOutcome:
    return an_outcome(id, ranks=(None,), answer="别的", exact=0.0, f1=0.0, contains=0.0, cited=0.0)


def of(comparison: Comparison, key: str) -> MeasureComparison:
    return next(each for each in comparison.measures if each.measure.key == key)


def test_p_by_hand() -> None:
    assert worse_p(gains(-1, -1, -1)) == 1 / 8
    assert two_sided_p(gains(-1, -1, -1)) == 2 / 8
    assert worse_p(gains(1, 1, 1)) == 1.0
    assert worse_p(gains(-1, -1, 1)) == 4 / 8  # sums -3, and -1 three times
    assert two_sided_p(gains(1, -1)) == 1.0
    assert worse_p(gains()) == two_sided_p(gains()) == 1.0
    assert worse_p(gains(0, 0, -1)) == 1 / 2  # what did not change says nothing


def test_five_losses_without_a_gain_are_significant_four_are_not() -> None:
    assert worse_p(gains(*[-1] * 5)) == pytest.approx(1 / 32)
    assert worse_p(gains(*[-1] * 4)) == pytest.approx(1 / 16)


def test_sums_that_differ_in_the_last_bits_are_ties() -> None:
    values = [0.1, 0.2, -0.3]  # 0.1 + 0.2 - 0.3 is not 0.0 in floating point
    assert two_sided_p(gains(*values)) == 1.0


@given(st.lists(st.sampled_from([-1.0, -0.5, -1 / 3, 0.0, 0.25, 1.0]), max_size=8))
def test_p_against_trying_every_assignment(values: list[float]) -> None:
    total = sum(values)
    sums = [sum(s * v for s, v in zip(signs, values, strict=True)) for signs in product((1, -1), repeat=len(values))]
    assert worse_p(gains(*values)) == pytest.approx(sum(s <= total + 1e-9 for s in sums) / len(sums))
    assert two_sided_p(gains(*values)) == pytest.approx(sum(abs(s) >= abs(total) - 1e-9 for s in sums) / len(sums))


def test_many_changes_are_sampled_near_the_exact_p_and_always_alike() -> None:
    values = gains(*[-1.0] * 14, *[1.0] * 7)
    assert np.count_nonzero(values) > EXACT_UP_TO
    from math import comb

    exact = sum(comb(21, k) for k in range(8)) / 2**21  # at most 7 gains of 21
    assert worse_p(values) == pytest.approx(exact, abs=0.01)
    assert worse_p(values) == worse_p(values.copy())
    assert 0 < worse_p(gains(*[-1.0] * 60)) == pytest.approx(1 / 20_001)


def test_sixteen_changes_are_tried_out_seventeen_sampled() -> None:
    assert worse_p(gains(*[-1.0] * 16)) == 1 / 2**16
    assert two_sided_p(gains(*[-1.0] * 16)) == 2 / 2**16
    sampled = worse_p(gains(*[-1.0] * 17)) * 20_001
    assert sampled == pytest.approx(round(sampled))
    assert sampled >= 1


def test_a_run_with_itself() -> None:
    run = [an_outcome("Q1"), missed("Q2")]
    comparison = compare(run, run)
    assert (comparison.worse, comparison.better, comparison.shared) == ((), (), 2)
    assert (comparison.only_before, comparison.only_after, comparison.changed) == ((), (), ())
    for each in comparison.measures:
        assert each.gain in (None, 0.0)
        if each.measure.paired and each.count:
            assert (each.p_value, each.p_worse) == (1.0, 1.0)


def test_what_got_worse_and_better_is_named() -> None:
    before = [an_outcome("Q1"), missed("Q2"), an_outcome("Q3"), an_outcome("Q4")]
    after = [missed("Q1"), an_outcome("Q2"), an_outcome("Q3", ranks=(2,)), an_outcome("Q4")]
    comparison = compare(before, after)
    assert [change.after.id for change in comparison.worse] == ["Q1", "Q3"]
    assert [change.after.id for change in comparison.better] == ["Q2"]
    success = of(comparison, "success@1")
    assert (success.before, success.after, success.count) == (3 / 4, 2 / 4, 4)
    assert success.gain == pytest.approx(-1 / 4)
    assert (success.worse, success.better) == (("Q1", "Q3"), ("Q2",))
    assert success.p_worse == 4 / 8
    assert of(comparison, "contains").worse == ("Q1",)


def test_a_gain_is_a_gain_in_measures_where_less_is_better() -> None:
    refused = an_outcome("Q1", abstained=True, answer="", exact=0.0, f1=0.0, contains=0.0, cited=0.0)
    comparison = compare([refused], [an_outcome("Q1")])
    assert of(comparison, "false_abstain").gain == 1.0
    assert of(comparison, "false_abstain").better == ("Q1",)
    worse = compare([an_outcome("Q1")], [refused])
    assert of(worse, "false_abstain").gain == -1.0
    assert of(worse, "false_abstain").worse == ("Q1",)


def test_a_right_answer_weighs_more_than_the_rank_and_the_rank_more_than_f1() -> None:
    answered = compare([an_outcome("Q1", contains=0.0, f1=0.5)], [an_outcome("Q1", ranks=(3,))])
    assert len(answered.better) == 1
    ranked = compare([an_outcome("Q1", ranks=(3,), f1=0.9)], [an_outcome("Q1", f1=0.5)])
    assert len(ranked.better) == 1
    read = compare([an_outcome("Q1", f1=0.9)], [an_outcome("Q1", f1=0.5)])
    assert len(read.worse) == 1


def test_unpaired_measures_have_values_and_no_test() -> None:
    latency = of(compare([an_outcome("Q1", latency_ms=10.0)], [an_outcome("Q1", latency_ms=25.0)]), "latency_p50_ms")
    assert (latency.before, latency.after, latency.gain) == (10.0, 25.0, -15.0)
    assert (latency.p_value, latency.p_worse, latency.interval) == (None, None, None)


def test_only_questions_with_the_same_gold_are_compared() -> None:
    changed = an_outcome("Q2", question=a_question("Q2", answers=("565个",)))
    comparison = compare([an_outcome("Q1"), an_outcome("Q2"), an_outcome("Q3")], [missed("Q4"), changed, missed("Q3")])
    assert comparison.shared == 1
    assert (comparison.only_before, comparison.only_after, comparison.changed) == (("Q1",), ("Q4",), ("Q2",))
    assert [change.after.id for change in comparison.worse] == ["Q3"]
    noted = an_outcome("Q3", question=a_question("Q3", note="另注", file="x", line=9))
    assert compare([an_outcome("Q3")], [noted]).shared == 1


@pytest.mark.parametrize(
    "gold",
    [
        {"question": "另一个问题？"},
        {"type": QuestionType.FACT_DATE},
        {"answers": ("556个",)},
        {"evidence": (Evidence("a.txt", "别的话"),)},
        {"list": True},
    ],
)
def test_whatever_of_the_gold_is_changed_the_question_is_another(gold: dict[str, object]) -> None:
    comparison = compare([an_outcome("Q1")], [an_outcome(question=a_question("Q1", **gold))])
    assert (comparison.shared, comparison.changed) == (0, ("Q1",))


def test_the_two_p_values_are_not_taken_for_one_another() -> None:
    found = of(compare([an_outcome(f"Q{n}") for n in range(3)], [missed(f"Q{n}") for n in range(3)]), "success@1")
    assert (found.p_value, found.p_worse) == (2 / 8, 1 / 8)
    back = of(compare([missed(f"Q{n}") for n in range(3)], [an_outcome(f"Q{n}") for n in range(3)]), "success@1")
    assert (back.p_value, back.p_worse) == (2 / 8, 1.0)


def test_nothing_in_common() -> None:
    comparison = compare([an_outcome("Q1")], [an_outcome("Q2")])
    assert comparison.shared == 0
    assert all(each.before is None and each.after is None and each.count == 0 for each in comparison.measures)


def test_the_interval_of_the_gain_holds_it() -> None:
    before = [an_outcome(f"Q{n}") for n in range(40)]
    after = [missed(f"Q{n}") if n % 4 == 0 else an_outcome(f"Q{n}") for n in range(40)]
    found = of(compare(before, after), "success@1")
    assert found.gain == pytest.approx(-1 / 4)
    assert found.interval is not None
    assert -0.45 < found.interval.low < found.gain < found.interval.high < -0.08


def test_the_measures_may_be_chosen() -> None:
    comparison = compare([an_outcome("Q1")], [an_outcome("Q1")], [MEASURES_BY_KEY["em"]])
    assert [each.measure.key for each in comparison.measures] == ["em"]
