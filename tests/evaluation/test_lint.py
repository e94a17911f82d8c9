from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.evaluation.lint import Finding, FindingKind, cut_from_a_number, lint, shared_run
from qa.evaluation.runner import Collection
from qa.evaluation.set_reader import read_evaluation_set
from tests.evaluation.evaluation_examples import BULLETIN, a_question

EVALUATION_SET = Path(__file__).resolve().parents[2] / "eval" / "ordos.jsonl"


def kinds(collection: Collection, *questions: EvaluationQuestion) -> list[tuple[str, FindingKind]]:
    return [(each.question.id, each.kind) for each in lint(questions, collection.documents)]


def only(collection: Collection, **changes: object) -> Finding:
    (finding,) = lint([a_question(**changes)], collection.documents)
    return finding


def test_a_sound_question_has_no_finding(collection: Collection) -> None:
    assert kinds(collection, a_question()) == []
    assert kinds(collection, a_question(answers=(), evidence=(), type=QuestionType.UNANSWERABLE)) == []


def test_the_evaluation_set_of_this_project_has_no_duplicate_leak_or_answer_outside_its_quote(
    collection: Collection,
) -> None:
    serious = {FindingKind.DUPLICATE, FindingKind.LEAK, FindingKind.ANSWER_NOT_IN_QUOTE, FindingKind.FORM}
    findings = lint(read_evaluation_set([EVALUATION_SET]), collection.documents)
    assert [each for each in findings if each.kind in serious] == []


def test_duplicates_whatever_the_marks(collection: Collection) -> None:
    twice = [a_question("Q1"), a_question("Q2", question="２０２０年，引来了几种 新的良种")]
    assert kinds(collection, *twice) == [("Q2", FindingKind.DUPLICATE)]
    assert "与 Q1" in lint(twice, collection.documents)[0].message


def test_fifteen_shared_characters_are_a_leak_fourteen_are_not(collection: Collection) -> None:
    # The document has 16家；推广新技术384项，引进新品种556个; marks do not break a run.
    fourteen = "请问推广新技术384项，引进新品种几个？"
    assert kinds(collection, a_question(question=fourteen)) == []
    finding = only(collection, question="请问家推广新技术384项，引进新品种几个？")
    assert finding.kind is FindingKind.LEAK
    assert finding.message == f"与 {BULLETIN} 连续 15 字相同（最多 14 字）：家推广新技术384项引进新品种"


def test_answers_outside_the_quote(collection: Collection) -> None:
    finding = only(collection, answers=("556个", "五百五十六个"))
    assert (finding.kind, finding.message) == (FindingKind.ANSWER_NOT_IN_QUOTE, "“五百五十六个”")


def test_an_answer_that_is_a_piece_of_a_longer_number(collection: Collection) -> None:
    assert only(collection, answers=("55",)).kind is FindingKind.AMBIGUOUS


@pytest.mark.parametrize(
    ("answer", "quote", "cut"),
    [
        ("55", "引进556个", True),
        ("56个", "引进556个", True),
        ("556", "引进556个", False),
        ("55", "556个和55个", False),
        ("1.7亿", "收益21.7亿元", True),
        ("7亿", "收益1.7亿元", True),
        ("2", "第2.", False),
        ("2021", "2021.", False),
        ("甲", "乙", False),
        ("５５", "５５６", True),
    ],
)
def test_pieces_of_numbers(answer: str, quote: str, cut: bool) -> None:
    assert cut_from_a_number(answer, quote) is cut


def test_a_quote_that_stands_in_several_places(collection: Collection) -> None:
    often = a_question(answers=("科技",), evidence=(Evidence(BULLETIN, "科技特派员"),))
    (finding,) = lint([often], collection.documents)[:1]
    assert finding.kind is FindingKind.AMBIGUOUS
    assert f"依据在 {BULLETIN} 中出现" in finding.message


def test_a_quote_that_stands_in_another_document_too(collection: Collection) -> None:
    imprint = a_question(answers=("程继东",), evidence=(Evidence(BULLETIN, "编辑：程继东"),))
    finding = next(each for each in lint([imprint], collection.documents) if "未列入" in each.message)
    assert finding.kind is FindingKind.AMBIGUOUS
    assert "鄂尔多斯科技简报" in finding.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"evidence": ()}, "有答案而没有依据，检索无从判定"),
        ({"answers": ()}, "没有答案却给了依据"),
        ({"type": QuestionType.LIST}, "类型是 list，list 却是 false"),
        ({"list": True}, "类型是 fact_number，list 却是 true"),
        ({"type": QuestionType.LIST, "list": True, "answers": ("556个",)}, "列举题只有一项"),
        ({"answers": ("556个", "556 个")}, "答案有重复"),
    ],
)
def test_form(collection: Collection, changes: dict[str, object], message: str) -> None:
    findings = lint([a_question(**changes)], collection.documents)
    assert [(each.kind, each.message) for each in findings] == [(FindingKind.FORM, message)]


def test_drift_is_found_with_the_nearest_words(collection: Collection) -> None:
    finding = only(collection, answers=("565个",), evidence=(Evidence(BULLETIN, "推广新技术384项，引进新品种565个"),))
    assert finding.kind is FindingKind.DRIFT
    assert "最接近的原文" in finding.message
    assert "引进新品种5" in finding.message.split("最接近的原文")[1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_longest_shared_run_against_trying_all(first: str, second: str) -> None:
    runs = {first[a:b] for a in range(len(first)) for b in range(a + 1, len(first) + 1)}
    longest = max((len(run) for run in runs if run in second), default=0)
    found = shared_run(first, second)
    assert len(found) == longest
    assert found in first
    assert found in second
