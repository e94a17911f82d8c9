from __future__ import annotations

import pytest

from qa.evaluation.evaluation_set import QuestionType
from qa.evaluation.measures.summary import ALL_MEASURES, MEASURES_BY_KEY, OVERALL, estimate, summarise
from qa.evaluation.outcome import LostStage, QuestionOutcome
from tests.evaluation.evaluation_examples import a_question, an_outcome


def unanswerable(id: str, **changes: object) -> QuestionOutcome:
    question = a_question(id, type=QuestionType.UNANSWERABLE, answers=(), evidence=())
    refused: dict[str, object] = {
        "abstained": True,
        "ranks": (),
        "answer": "",
        "exact": 0.0,
        "f1": 0.0,
        "contains": 0.0,
        "cited": 0.0,
        "confidence": 0.0,
    }
    return an_outcome(question=question, **(refused | changes))


def answered_though_unanswerable(id: str, confidence: float = 0.5) -> QuestionOutcome:
    return unanswerable(id, abstained=False, answer="甲", confidence=confidence, lost=LostStage.ANSWERED)


def refused(id: str) -> QuestionOutcome:
    return an_outcome(id, abstained=True, answer="", exact=0.0, f1=0.0, contains=0.0, cited=0.0, confidence=0.0)


def wrong(id: str, **changes: object) -> QuestionOutcome:
    return an_outcome(id, answer="565个", exact=0.0, f1=0.5, contains=0.0, cited=0.0, **changes)


def value(key: str, *outcomes: QuestionOutcome) -> float | None:
    return estimate(MEASURES_BY_KEY[key], list(outcomes)).value


def count(key: str, *outcomes: QuestionOutcome) -> int:
    return estimate(MEASURES_BY_KEY[key], list(outcomes)).count


RUN = (
    an_outcome("Q1"),
    an_outcome("Q2", exact=0.0, f1=0.8, cited=0.0),
    wrong("Q3"),
    refused("Q4"),
    unanswerable("Q5"),
    unanswerable("Q6"),
    answered_though_unanswerable("Q7"),
)


@pytest.mark.parametrize(
    ("key", "expected", "counted"),
    [
        ("em", 1 / 4, 4),
        ("f1", (1 + 0.8 + 0.5 + 0) / 4, 4),
        ("contains", 2 / 4, 4),
        ("cited", 1 / 4, 4),
        ("abstain_precision", 2 / 3, 3),
        ("abstain_recall", 2 / 3, 3),
        ("false_abstain", 1 / 4, 4),
        ("wrong_answer", 2 / 7, 7),
        ("answer_chars_p50", 4.0, 3),
    ],
)
def test_by_hand(key: str, expected: float, counted: int) -> None:
    assert value(key, *RUN) == pytest.approx(expected)
    assert count(key, *RUN) == counted


def test_the_length_is_the_median_in_code_points() -> None:
    lengths = [an_outcome(answer="字" * n) for n in (1, 2, 7, 40)]
    assert value("answer_chars_p50", *lengths) == (2 + 7) / 2
    assert value("answer_chars_p50", refused("Q1"), unanswerable("Q2")) is None


def test_latency_quantiles_are_interpolated() -> None:
    outcomes = [an_outcome(latency_ms=float(n)) for n in (40, 10, 20, 30, 50)]
    assert value("latency_p50_ms", *outcomes) == 30.0
    assert value("latency_p95_ms", *outcomes) == pytest.approx(40 + (50 - 40) * (0.95 * 4 - 3))


def test_what_could_not_be_asked_is_neither_answered_nor_refused() -> None:
    error = {"error": "问题过长", "lost": LostStage.ERROR, "ranks": (None,)}
    asked = an_outcome("Q1", abstained=False, answer="", exact=0.0, f1=0.0, contains=0.0, cited=0.0, **error)
    off = unanswerable("Q2", abstained=False, error="问题过长", lost=LostStage.ERROR)
    assert not asked.right
    assert not off.right
    assert value("contains", asked) == value("success@10", asked) == 0.0
    assert value("wrong_answer", asked, off) == 0.0
    assert value("false_abstain", asked) == value("abstain_recall", off) == 0.0
    assert count("ece", asked, off) == count("answer_chars_p50", asked) == 0


def test_citing_is_counted_where_there_is_evidence_to_cite() -> None:
    without = an_outcome(question=a_question(evidence=()), ranks=())
    unanswerable_with = an_outcome(question=a_question("Q2", answers=()), abstained=True)
    assert count("cited", without, unanswerable_with) == 0
    assert count("em", without, unanswerable_with) == 1


def test_right_is_holding_the_gold_or_rightly_refusing() -> None:
    assert [outcome.right for outcome in RUN] == [True, True, False, False, True, True, False]
    assert [outcome.answered for outcome in RUN] == [True, True, True, False, False, False, True]


def test_groups_are_all_and_the_types_that_occur() -> None:
    summary = summarise(RUN)
    assert list(summary) == [OVERALL, "fact_number", "unanswerable"]
    assert all(list(estimates) == [measure.key for measure in ALL_MEASURES] for estimates in summary.values())
    assert summary["fact_number"]["wrong_answer"].value == 1 / 4
    assert summary["unanswerable"]["wrong_answer"].value == 1 / 3
    assert summary["unanswerable"]["em"].value is None
    assert summary["unanswerable"]["em"].interval is None
    assert summary["unanswerable"]["em"].count == 0


def test_keys_are_unique_and_directions_right() -> None:
    assert len(MEASURES_BY_KEY) == len(ALL_MEASURES)
    lower = {measure.key for measure in ALL_MEASURES if not measure.higher_is_better}
    assert lower == {
        "answer_chars_p50",
        "false_abstain",
        "wrong_answer",
        "ece",
        "latency_p50_ms",
        "latency_p95_ms",
    }
    unpaired = {measure.key for measure in ALL_MEASURES if not measure.paired}
    assert unpaired == {"answer_chars_p50", "abstain_precision", "ece", "latency_p50_ms", "latency_p95_ms"}
