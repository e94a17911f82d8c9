from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.acceptance import DEFAULT_TOLERANCES, accept
from qa.evaluation.drift import Drift
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence
from qa.evaluation.expected import Expectation, ExpectedMeasure, KnownFailure, read_expectations
from qa.evaluation.gate import GateResult, MeasureVerdict, Verdict, check
from qa.evaluation.outcome import QuestionOutcome
from qa.evaluation.run_record import Run, read_run
from qa.evaluation.runner import Collection, EvaluationRunner
from qa.evaluation.set_reader import read_evaluation_set
from qa.records import Hit
from tests.evaluation.bigram_assistant import BigramAssistant
from tests.evaluation.evaluation_examples import a_question, a_run, an_outcome

TODAY = date(2026, 11, 21)
EVALUATION_SET = Path(__file__).resolve().parents[2] / "eval" / "ordos.jsonl"


def missed(id: str) -> QuestionOutcome:
    return an_outcome(id, ranks=(None,), answer="别的", exact=0.0, f1=0.0, contains=0.0, cited=0.0)


def outcomes(*missing: int, total: int = 50) -> list[QuestionOutcome]:
    return [missed(f"Q{n}") if n in missing else an_outcome(f"Q{n}") for n in range(total)]


def expecting(value: float = 1.0, tolerance: float = 0.02, key: str = "success@1", **changes: object) -> Expectation:
    floor = changes.pop("floor", None)
    expectation = Expectation(
        "qa eval set.jsonl",
        "m1",
        "sha256:c1",
        "sha256:q1",
        (ExpectedMeasure(key, value, tolerance, floor),),  # type: ignore[arg-type]
    )
    return replace(expectation, **changes)


def held(
    after: Sequence[QuestionOutcome],
    before: Sequence[QuestionOutcome] | None,
    expectation: Expectation | None = None,
    drifts: Sequence[Drift] = (),
) -> GateResult:
    accepted = None if before is None else a_run(*before)
    return check(a_run(*after), expectation or expecting(), accepted, drifts, today=TODAY)


def only(result: GateResult) -> MeasureVerdict:
    (measure,) = result.measures
    return measure


# ------------------------------------------------------------------------------------------------- real loss and chance


def test_the_same_run_passes() -> None:
    result = held(outcomes(), outcomes())
    assert result.passed
    assert only(result).verdict is Verdict.PASSED
    assert (only(result).before, only(result).after, only(result).count) == (1.0, 1.0, 50)


def test_a_real_loss_fails_and_names_the_questions() -> None:
    result = held(outcomes(1, 2, 3, 4, 5), outcomes())
    assert not result.passed
    verdict = only(result)
    assert verdict.verdict is Verdict.LOST
    assert verdict.worse == ("Q1", "Q2", "Q3", "Q4", "Q5")
    assert verdict.p_worse == pytest.approx(1 / 32)
    assert verdict.reason == "1.000 → 0.900，变差 0.100，超出容许的 0.020；5 题变差、0 题变好，置换检验 p = 0.031"


def test_a_loss_that_may_be_chance_is_told_and_passes() -> None:
    result = held(outcomes(1, 2, 3, 4), outcomes())
    assert result.passed
    assert only(result).verdict is Verdict.WITHIN_CHANCE
    assert only(result).reason.endswith("4 题变差、0 题变好，置换检验 p = 0.062，可能是偶然")


def test_a_significant_loss_within_the_tolerance_passes() -> None:
    result = held(outcomes(1, 2, 3, 4, 5), outcomes(), expecting(tolerance=0.1))
    assert only(result).verdict is Verdict.PASSED
    assert not held(outcomes(1, 2, 3, 4, 5), outcomes(), expecting(tolerance=0.099)).passed


def test_gains_pay_for_losses() -> None:
    result = held(outcomes(1, 2, 3, 4, 5), outcomes(10, 11, 12, 13, 14))
    assert only(result).verdict is Verdict.PASSED
    assert (only(result).worse, len(only(result).better)) == (("Q1", "Q2", "Q3", "Q4", "Q5"), 5)


def test_an_improvement_passes() -> None:
    assert only(held(outcomes(), outcomes(1, 2, 3, 4, 5, 6))).verdict is Verdict.PASSED


def test_a_floor_holds_whatever_the_statistics_say() -> None:
    result = held(outcomes(1), outcomes(1), expecting(0.98, floor=0.99))
    assert only(result).verdict is Verdict.BELOW_FLOOR
    assert not result.passed
    assert only(result).reason == "0.980，越过下限 0.990"
    assert held(outcomes(1), outcomes(1), expecting(0.98, floor=0.98)).passed


def test_where_less_is_better_the_floor_is_a_ceiling() -> None:
    expectation = expecting(0.0, key="wrong_answer", floor=0.03)
    assert held(outcomes(1), outcomes(1), expectation).passed
    over = only(held(outcomes(1, 2), outcomes(1, 2), expectation))
    assert over.verdict is Verdict.BELOW_FLOOR
    assert over.reason == "0.040，越过上限 0.030"


def test_a_loss_where_less_is_better() -> None:
    expectation = expecting(0.0, key="wrong_answer")
    assert only(held(outcomes(*range(6)), outcomes(), expectation)).verdict is Verdict.LOST
    assert only(held(outcomes(), outcomes(*range(6)), expectation)).verdict is Verdict.PASSED


def test_without_an_accepted_run_the_tolerance_alone_decides() -> None:
    assert held(outcomes(1), None).passed
    result = held(outcomes(1, 2), None)
    assert only(result).verdict is Verdict.LOST
    assert only(result).reason == "1.000 → 0.960，变差 0.040，超出容许的 0.020"
    assert (only(result).p_worse, result.comparison) == (None, None)


def test_unpaired_measures_are_held_to_their_value() -> None:
    slow = [an_outcome(f"Q{n}", latency_ms=90.0) for n in range(5)]
    expectation = expecting(20.0, 50.0, "latency_p50_ms")
    verdict = only(held(slow, outcomes(total=5), expectation))
    assert verdict.verdict is Verdict.LOST
    assert verdict.reason == "20.0 → 90.0，变差 70.0，超出容许的 50.0"
    assert only(held(slow, outcomes(total=5), expecting(20.0, 70.0, "latency_p50_ms"))).verdict is Verdict.PASSED


def test_unpaired_measures_are_held_to_the_written_value_not_to_the_accepted_run() -> None:
    slow = [an_outcome(f"Q{n}", latency_ms=90.0) for n in range(5)]
    verdict = only(held(slow, outcomes(total=5), expecting(80.0, 20.0, "latency_p50_ms")))
    assert (verdict.verdict, verdict.before, verdict.p_worse) == (Verdict.PASSED, 80.0, None)
    assert verdict.reason == "80.0 → 90.0"


def test_a_measure_that_no_question_counts_for() -> None:
    none = held(outcomes(), outcomes(), expecting(0.5, key="abstain_recall"))
    assert only(none).verdict is Verdict.LOST
    assert only(none).reason == "原有可计的题，现在没有了"
    assert only(none).after is None
    with_floor = held(outcomes(), outcomes(), expecting(0.5, key="abstain_recall", floor=0.4))
    assert only(with_floor).reason == "—，越过下限 0.400"


def test_the_comparison_is_handed_on_with_the_expected_measures_alone() -> None:
    comparison = held(outcomes(1), outcomes()).comparison
    assert comparison is not None
    assert [each.measure.key for each in comparison.measures] == ["success@1"]
    assert [change.after.id for change in comparison.worse] == ["Q1"]


def test_a_small_p_is_written_as_such() -> None:
    assert only(held(outcomes(*range(12)), outcomes())).reason.endswith("置换检验 p < 0.001")
    assert only(held(outcomes(*range(5)), outcomes())).reason.endswith("置换检验 p = 0.031")


# ------------------------------------------------------------------------------------------------ what is left out of it


def known(id: str, until: date = TODAY) -> KnownFailure:
    return KnownFailure(id, "跨页表格尚未支持", until)


def test_known_failures_are_left_out_until_they_expire() -> None:
    lost = outcomes(1, 2, 3, 4, 5)
    excused = held(lost, outcomes(), expecting(known_failures=(known("Q5"),)))
    assert excused.passed
    assert excused.excused == (known("Q5"),)
    assert only(excused).count == 49
    yesterday = date(2026, 11, 20)
    expired = held(lost, outcomes(), expecting(known_failures=(known("Q5", yesterday),)))
    assert not expired.passed
    assert (expired.expired, expired.excused) == ((known("Q5", yesterday),), ())


def test_known_failures_count_neither_for_the_floor_nor_without_an_accepted_run() -> None:
    expectation = expecting(floor=0.99, known_failures=(known("Q1"),))
    assert held(outcomes(1), outcomes(), expectation).passed
    assert held(outcomes(1), None, expectation).passed


def test_known_failures_that_are_right_now_are_told() -> None:
    result = held(outcomes(2), outcomes(1, 2), expecting(0.96, known_failures=(known("Q1"), known("Q2"))))
    assert result.recovered == (known("Q1"),)


def below(until: date = TODAY) -> KnownFailure:
    return KnownFailure("success@1", "阅读模型还在训练", until, of_measure=True)


def test_a_measure_known_to_be_below_its_floor_passes_until_the_day_and_may_not_get_worse() -> None:
    expectation = expecting(0.98, floor=0.99, known_failures=(below(),))
    result = held(outcomes(1), outcomes(1), expectation)
    assert result.passed
    assert only(result).verdict is Verdict.PASSED
    assert only(result).reason == "0.980 → 0.980；下限 0.990 尚未达到（已知，2026-11-21 到期）"
    assert (result.excused, result.recovered, result.notes) == ((below(),), (), ())
    worse = held(outcomes(1, 2, 3, 4, 5, 6, 7), outcomes(1), expectation)
    assert only(worse).verdict is Verdict.LOST
    expired = below(date(2026, 11, 20))
    late = held(outcomes(1), outcomes(1), expecting(0.98, floor=0.99, known_failures=(expired,)))
    assert only(late).verdict is Verdict.BELOW_FLOOR
    assert late.expired == (expired,)


def test_a_measure_that_reaches_its_floor_is_told() -> None:
    result = held(outcomes(1), outcomes(1), expecting(0.98, floor=0.98, known_failures=(below(),)))
    assert result.recovered == (below(),)
    assert only(result).reason == "0.980 → 0.980"


def test_a_known_measure_excuses_no_other_measure() -> None:
    both = expecting(0.98, floor=0.99, known_failures=(below(),))
    both = replace(both, measures=(*both.measures, ExpectedMeasure("recall@1", 0.98, 0.02, 0.99)))
    verdicts = [each.verdict for each in held(outcomes(1), outcomes(1), both).measures]
    assert verdicts == [Verdict.PASSED, Verdict.BELOW_FLOOR]


def test_known_failures_of_no_question_are_told() -> None:
    result = held(outcomes(), outcomes(), expecting(known_failures=(known("Q999"),)))
    assert result.notes == ("已知问题里的题目不在评测集中：Q999",)


def test_drift_is_told_apart_and_does_not_count_as_a_loss() -> None:
    drifts = [
        Drift(a_question(f"Q{n}", evidence=(Evidence("a.txt", "旧话"),)), Evidence("a.txt", "旧话"), False)
        for n in (1, 2, 3, 4, 5)
    ]
    assert not held(outcomes(1, 2, 3, 4, 5), outcomes()).passed
    result = held(outcomes(1, 2, 3, 4, 5), outcomes(), expecting(corpus="*"), drifts)
    assert result.passed
    assert result.drifts == tuple(drifts)
    assert only(result).count == 45


def test_new_dropped_and_changed_questions_are_not_compared_but_named() -> None:
    before = outcomes(total=10)
    changed = an_outcome("Q2", question=a_question("Q2", answers=("别的",)))
    after = [missed("Q77"), changed, *before[3:]]
    result = held(after, before)
    assert result.passed
    assert only(result).count == 7
    assert result.notes == (
        "新增，未参加比较：Q77",
        "删去，未参加比较：Q0、Q1",
        "题目或答案有改动，未参加比较：Q2",
    )


# -------------------------------------------------------------------------------------------------- other conditions


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        (
            {"model": "m2"},
            "期望值是用另一个模型得到的，不能相比；原因：期望 m1，现在 m2；下一步：.*在同一条命令后加 --accept",
        ),
        ({"corpus": "sha256:c2"}, "期望值是在另一份资料上得到的，不能相比；原因：期望 sha256:c1，现在 sha256:c2；"),
        ({"questions": "sha256:q2"}, "评测集已改动，而期望值没有逐题记录"),
    ],
)
def test_runs_under_other_conditions_are_refused(identity: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check(a_run(*outcomes(), **identity), expecting(), None, today=TODAY)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("model", r"别的模型.*记录 expected/all\.jsonl 里是 m2"),
        ("corpus", r"别的资料.*记录 expected/all\.jsonl 里是 c2"),
    ],
)
def test_a_record_of_another_model_or_corpus_is_refused(field: str, said: str) -> None:
    run, kept = a_run(*outcomes()), a_run(*outcomes(), **{field: field[0] + "2"})
    with pytest.raises(UsageError, match=said):
        check(run, expecting(run="expected/all.jsonl"), kept, today=TODAY)
    assert check(run, expecting(**{field: "*"}), kept, today=TODAY).passed


def test_conditions_may_be_left_open() -> None:
    run = a_run(*outcomes(), model="m2", corpus="sha256:c2")
    assert check(run, expecting(model="*", corpus="*"), None, today=TODAY).passed


def test_another_corpus_tells_how_much_gold_is_gone() -> None:
    drift = Drift(a_question(), Evidence("a.txt", "旧话"), False)
    with pytest.raises(UsageError, match="1 条依据的原文已不在资料中"):
        check(a_run(corpus="sha256:c2"), expecting(), None, [drift], today=TODAY)


def test_a_changed_set_is_compared_by_what_is_shared_and_refused_when_nothing_is() -> None:
    run = a_run(*outcomes(), questions="sha256:q2")
    assert check(run, expecting(), a_run(*outcomes()), today=TODAY).passed
    with pytest.raises(
        UsageError,
        match=r"^评测集与认可的那次运行没有共同的题目，不能相比；下一步：确认改动无误后，在同一条命令后加 --accept",
    ):
        check(run, expecting(), a_run(an_outcome("other")), today=TODAY)


# ------------------------------------------------------------------------------------------------------- acceptance


def test_accepting_writes_the_values_and_the_run(tmp_path: Path) -> None:
    path = tmp_path / "eval" / "expected.toml"
    run = a_run(*outcomes(1), half="test", command="qa eval set.jsonl --half test")
    entry = accept(run, path, today=TODAY)
    assert read_expectations(path) == [entry]
    assert entry.run == "expected/test.jsonl"
    assert {each.key: each.tolerance for each in entry.measures} == {
        key: tolerance for key, tolerance in DEFAULT_TOLERANCES.items() if key != "abstain_recall"
    }  # no question of this set is unanswerable
    assert next(each.value for each in entry.measures if each.key == "success@1") == 49 / 50
    accepted = read_run(path.parent / entry.run)
    assert check(run, entry, accepted, today=TODAY).passed


def test_accepting_again_keeps_what_a_person_wrote(tmp_path: Path) -> None:
    path = tmp_path / "expected.toml"
    other = accept(a_run(*outcomes(), command="qa eval other.jsonl"), path, today=TODAY)
    first = accept(a_run(*outcomes()), path, today=TODAY)
    assert (other.run, first.run) == ("expected/all.jsonl", "expected/all-2.jsonl")
    from qa.evaluation.expected import write_expectations

    edited = replace(
        first,
        corpus="*",
        measures=(ExpectedMeasure("success@1", 1.0, 0.05, 0.8),),
        known_failures=(known("Q7"), known("Q3", date(2020, 1, 1))),
    )
    write_expectations(path, [other, edited])
    again = accept(
        a_run(*outcomes(1, 2, 3, 7), corpus="sha256:c9", model="m2", questions="sha256:q9"), path, today=TODAY
    )
    assert read_expectations(path) == [other, again]
    assert (again.corpus, again.model, again.questions) == ("*", "m2", "sha256:q9")
    assert again.measures == (ExpectedMeasure("success@1", 46 / 49, 0.05, 0.8),)  # Q7 is left out, Q3 no longer
    assert again.known_failures == (known("Q3", date(2020, 1, 1)), known("Q7"))
    assert again.run == "expected/all-2.jsonl"


# ------------------------------------------------------------------------- a real search, made worse on purpose, and not


@pytest.fixture(scope="module")
def questions() -> list[EvaluationQuestion]:
    return read_evaluation_set([EVALUATION_SET], "dev")


def run_of(assistant: BigramAssistant, collection: Collection, questions: list[EvaluationQuestion]) -> Run:
    return a_run(*EvaluationRunner(assistant.ask, collection).run(questions))


@pytest.fixture(scope="module")
def accepted(
    assistant: BigramAssistant,
    collection: Collection,
    questions: list[EvaluationQuestion],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Expectation, Run]:
    path = tmp_path_factory.mktemp("gate") / "expected.toml"
    entry = accept(run_of(assistant, collection, questions), path, today=TODAY)
    return entry, read_run(path.parent / (entry.run or ""))


def first_to_third(hits: list[Hit]) -> list[Hit]:
    return [*hits[1:3], hits[0], *hits[3:]]


def reversed_head(hits: list[Hit]) -> list[Hit]:
    return [*reversed(hits[:10]), *hits[10:]]


def head_lost(hits: list[Hit]) -> list[Hit]:
    return hits[1:]


@pytest.mark.parametrize("order", [first_to_third, reversed_head, head_lost])
def test_a_worse_ranking_fails(
    order: object,
    assistant: BigramAssistant,
    collection: Collection,
    questions: list[EvaluationQuestion],
    accepted: tuple[Expectation, Run],
) -> None:
    worse = assistant.with_order(order)  # type: ignore[arg-type]
    result = check(run_of(worse, collection, questions), *accepted, today=TODAY)
    assert not result.passed
    success = next(each for each in result.measures if each.measure.key == "success@1")
    assert success.verdict is Verdict.LOST
    assert len(success.worse) > 20


def tail_shuffled(hits: list[Hit]) -> list[Hit]:
    return [*hits[:9], *reversed(hits[9:])]


def test_a_change_that_breaks_nothing_passes(
    assistant: BigramAssistant,
    collection: Collection,
    questions: list[EvaluationQuestion],
    accepted: tuple[Expectation, Run],
) -> None:
    result = check(run_of(assistant.with_order(tail_shuffled), collection, questions), *accepted, today=TODAY)
    assert result.passed


def test_twenty_runs_of_the_same_code_give_the_same_verdict(
    assistant: BigramAssistant,
    collection: Collection,
    questions: list[EvaluationQuestion],
    accepted: tuple[Expectation, Run],
) -> None:
    def verdicts(changed: BigramAssistant) -> tuple[object, ...]:
        result = check(run_of(changed, collection, questions[:40]), *accepted, today=TODAY)
        return (result.passed, *((each.verdict, each.reason, each.p_worse, each.worse) for each in result.measures))

    assert len({verdicts(assistant) for _ in range(20)}) == 1
    assert len({verdicts(assistant.with_order(head_lost)) for _ in range(20)}) == 1
