from __future__ import annotations

import pytest

from qa.errors import UsageError
from qa.evaluation.evaluation_set import Evidence, QuestionType
from qa.evaluation.evidence_picking import answers_in, picked_question, quote_of
from qa.records import Passage

TEXT = "甲市召开会议。全年引进新品种556个，推广技术1.7万项。会后考察了乙县。\n丙县也派人参加。"
PASSAGE = Passage("d", 10, 10 + len(TEXT), TEXT, heading_path=("要闻", "农业"))
OTHER = Passage("e", 0, 9, "乙县引进新品种12个。")
PATHS = {"d": "甲.txt", "e": "乙.txt"}


def picked(answers: tuple[str, ...], *passages: Passage, type: QuestionType = QuestionType.FACT_NUMBER):  # type: ignore[no-untyped-def]
    return picked_question(" 引进了\n多少？ ", type, answers, passages, PATHS)


def test_answers_stand_one_a_line_each_once() -> None:
    assert answers_in(" 556个 \r\n\r\n556\n556个") == ("556个", "556")
    assert answers_in(" \n ") == ()


def test_the_quote_is_cut_from_the_passage_sentence_by_sentence() -> None:
    question = picked(("556个", "556"), PASSAGE)
    assert (question.question, question.answers, question.list) == ("引进了 多少？", ("556个", "556"), False)
    assert question.evidence == (Evidence("甲.txt", "全年引进新品种556个，推广技术1.7万项。"),)
    assert (question.id, question.section) == ("", "农业")
    assert all(evidence.quote in TEXT for evidence in question.evidence)


def test_a_quote_runs_from_the_first_sentence_with_an_answer_to_the_last() -> None:
    assert quote_of(PASSAGE, ["甲市", "乙县"]) == "甲市召开会议。全年引进新品种556个，推广技术1.7万项。会后考察了乙县。"
    assert quote_of(PASSAGE, ["丙县"]) == "丙县也派人参加。"
    assert quote_of(PASSAGE, ["考察了乙县。丙县"]) == TEXT  # over a sentence's end


def test_items_of_a_list_may_stand_in_several_passages() -> None:
    question = picked(("甲市", "12个"), PASSAGE, OTHER, type=QuestionType.LIST)
    assert question.list
    assert [each.doc for each in question.evidence] == ["甲.txt", "乙.txt"]


def test_what_the_library_lacks_has_neither_answer_nor_evidence() -> None:
    question = picked((), type=QuestionType.UNANSWERABLE)
    assert (question.answers, question.evidence, question.answerable) == ((), (), False)
    with pytest.raises(UsageError, match="应拒答的题不写答案，也不选依据"):
        picked(("556个",), type=QuestionType.UNANSWERABLE)
    with pytest.raises(UsageError, match="应拒答的题不写答案，也不选依据"):
        picked((), PASSAGE, type=QuestionType.UNANSWERABLE)


@pytest.mark.parametrize(
    ("answers", "passages", "said"),
    [
        ((), (PASSAGE,), "没有写答案"),
        (("556个",), (), "没有选依据"),
        (("565个",), (PASSAGE,), "所选段落里没有答案：甲市召开会议"),
        (("56个",), (PASSAGE,), "所选段落里没有答案"),  # only as a piece of 556个
        (("17万项",), (PASSAGE,), "所选段落里没有答案"),  # 1.7 without its point
        (("556个", "五百"), (PASSAGE,), "答案“五百”不在所选段落里；原因：每一种写法"),
        (("556个",), (PASSAGE, OTHER), "所选段落里没有答案：乙县"),
        (("，。",), (PASSAGE,), "答案不合用：，。"),
        (("长" * 301,), (PASSAGE,), "答案不合用"),
    ],
)
def test_what_does_not_fit_is_said(answers: tuple[str, ...], passages: tuple[Passage, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        picked(answers, *passages)


def test_an_empty_question_and_a_missing_item_are_said() -> None:
    with pytest.raises(UsageError, match="问题是空的"):
        picked_question(" ？ ", QuestionType.LIST, ("甲市",), (PASSAGE,), PATHS)
    with pytest.raises(UsageError, match="答案“丁县”不在所选段落里；原因：每一项"):
        picked(("甲市", "丁县"), PASSAGE, type=QuestionType.LIST)
