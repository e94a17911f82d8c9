from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.evaluation_set import Evidence, QuestionType
from qa.evaluation.set_reader import read_evaluation_set
from tests.evaluation.evaluation_examples import BULLETIN, a_line

Write = Callable[..., Path]


def test_a_line_is_read_whole(write_set: Write) -> None:
    path = write_set(a_line("Q007", list=True, note="注"))
    (question,) = read_evaluation_set([path])
    assert question.id == "Q007"
    assert question.question == "2020年引来了几种新的良种？"
    assert question.type is QuestionType.FACT_NUMBER
    assert question.answers == ("556个", "556")
    assert question.evidence == (Evidence(BULLETIN, "推广新技术384项，引进新品种556个"),)
    assert question.list is True
    assert (question.section, question.note) == ("高层声音", "注")
    assert (question.file, question.line) == (str(path), 1)
    assert question.place == f"{path} 第 1 行"
    assert question.answerable


def test_no_answers_is_unanswerable_and_evidence_may_be_left_out(write_set: Write) -> None:
    line = a_line(type="unanswerable", answers=[])
    del line["evidence"], line["list"], line["section"], line["note"]
    (question,) = read_evaluation_set([write_set(line)])
    assert not question.answerable
    assert question.evidence == ()
    assert question.list is False
    assert (question.section, question.note) == (None, None)


def test_blank_lines_and_a_byte_order_mark_are_passed_over_and_lines_still_counted(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    text = f"\ufeff{json.dumps(a_line())}\r\n\r\n  \n{json.dumps(a_line('Q002'))}"
    path.write_bytes(text.encode())
    assert [(q.id, q.line) for q in read_evaluation_set([path])] == [("Q001", 1), ("Q002", 4)]


def test_a_line_separator_inside_a_string_is_no_line_end(write_set: Write) -> None:
    (question,) = read_evaluation_set([write_set(json.dumps(a_line(question="一\u2028二"), ensure_ascii=False))])
    assert question.question == "一\u2028二"


def test_files_and_folders_come_in_order_each_once(write_set: Write, tmp_path: Path) -> None:
    first = write_set(a_line("B1"), name="b.jsonl")
    write_set(a_line("A1"), a_line("A2"), name="a.jsonl")
    write_set("not json", name="notes.txt")
    assert [q.id for q in read_evaluation_set([tmp_path])] == ["A1", "A2", "B1"]
    assert [q.id for q in read_evaluation_set([first, tmp_path])] == ["B1", "A1", "A2"]


def test_halves_by_the_number_at_the_end_of_the_id(write_set: Write) -> None:
    path = write_set(*(a_line(id) for id in ("Q001", "Q002", "x10", "x7b", "Q2-13")))
    assert [q.id for q in read_evaluation_set([path], "dev")] == ["Q001", "x7b", "Q2-13"]
    assert [q.id for q in read_evaluation_set([path], "test")] == ["Q002", "x10"]
    assert len(read_evaluation_set([path])) == 5


def test_an_id_without_a_number_has_no_half(write_set: Write) -> None:
    path = write_set(a_line("first"))
    assert read_evaluation_set([path])[0].half is None
    with pytest.raises(UsageError, match=r"第 1 行：编号 first 里没有数字"):
        read_evaluation_set([path], "dev")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", r"第 2 行：不是合格的 JSON"),
        pytest.param("[" * 100_000, r"第 2 行：不是合格的 JSON；原因：嵌套过深", id="deep"),
        pytest.param('{"id":' + "1" * 5000 + "}", r"第 2 行：不是合格的 JSON；原因：有一个过长的数", id="long number"),
        (json.dumps(a_line("Q002", note="\ud800")), r"第 2 行：不是合格的 JSON；原因：\\ud800 只是半个字符"),
        ("[1]", r"第 2 行：应是一个 JSON 对象；原因：读到的是数组"),
        ('"x"', r"第 2 行：应是一个 JSON 对象；原因：读到的是“x”"),
        (a_line("Q002", type="fact_colour"), r"第 2 行：未知的类型“fact_colour”.*fact_number"),
        (a_line("Q001"), r"第 2 行：编号 Q001 重复；原因：.*第 1 行已用过"),
        (a_line(3), r"第 2 行：id 应是非空的字符串；原因：读到的是数字 3"),
        (a_line("Q002", question="  "), r"第 2 行：question 应是非空的字符串"),
        ({k: v for k, v in a_line("Q002").items() if k != "question"}, r"第 2 行：缺少 question"),
        ({k: v for k, v in a_line("Q002").items() if k != "answers"}, r"第 2 行：缺少 answers"),
        (a_line("Q002", answers="556个"), r"第 2 行：answers 应是数组；原因：读到的是“556个”"),
        (a_line("Q002", answers=[556]), r"第 2 行：answers 的每一项应是有文字的字符串；原因：读到的是数字 556"),
        (a_line("Q002", answers=["。"]), r"第 2 行：answers 的每一项应是有文字的字符串"),
        (a_line("Q002", evidence={"doc": "x"}), r"第 2 行：evidence 应是数组；原因：读到的是对象"),
        (a_line("Q002", evidence=["x"]), r"第 2 行：evidence 的每一项"),
        (a_line("Q002", evidence=[{"doc": "x.txt"}]), r"第 2 行：缺少 evidence 的 quote"),
        (a_line("Q002", evidence=[{"quote": "x"}]), r"第 2 行：缺少 evidence 的 doc"),
        (a_line("Q002", evidence=[{"doc": "x.txt", "quote": "**"}]), r"第 2 行：依据原文里没有文字"),
        (a_line("Q002", list="yes"), r"第 2 行：list 应是 true 或 false；原因：读到的是“yes”"),
        (a_line("Q002", list=None), r"第 2 行：list 应是 true 或 false；原因：读到的是 null"),
        (a_line("Q002", section=1), r"第 2 行：section 应是字符串或 null"),
        (a_line("Q002", note=True), r"第 2 行：note 应是字符串或 null；原因：读到的是布尔值"),
        (a_line("Q002", type="unanswerable"), r"第 2 行：类型是 unanswerable，却给了答案"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(write_set: Write, line: object, said: str) -> None:
    path = write_set(a_line("Q001"), line)
    with pytest.raises(UsageError, match=said) as caught:
        read_evaluation_set([path])
    assert str(path) in str(caught.value)


def test_other_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(json.dumps(a_line()).encode() + b"\n" + json.dumps(a_line("Q2"), ensure_ascii=False).encode("gbk"))
    with pytest.raises(UsageError, match="第 2 行：不是 UTF-8"):
        read_evaluation_set([path])


def test_an_id_repeated_in_another_file_is_found(write_set: Write) -> None:
    first, second = write_set(a_line(), name="a.jsonl"), write_set(a_line(), name="b.jsonl")
    with pytest.raises(UsageError, match="编号 Q001 重复") as caught:
        read_evaluation_set([first, second])
    assert str(first) in caught.value.reason
    assert str(second) in caught.value.message


def test_nothing_to_ask(write_set: Write, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"评测集为空.*set\.jsonl"):
        read_evaluation_set([write_set("")])
    with pytest.raises(UsageError, match=r"评测集为空.*（test 一半）"):
        read_evaluation_set([write_set(a_line("Q1"))], "test")
    with pytest.raises(UsageError, match="文件夹里没有评测集"):
        read_evaluation_set([tmp_path / "empty"])
    with pytest.raises(UsageError, match=r"找不到评测集：.*nowhere\.jsonl"):
        read_evaluation_set([tmp_path / "nowhere.jsonl"])
    with pytest.raises(UsageError, match="没有“train”这一半"):
        read_evaluation_set([tmp_path], "train")  # type: ignore[arg-type]


def test_document_paths_are_written_one_way(write_set: Write) -> None:
    (question,) = read_evaluation_set([write_set(a_line(evidence=[{"doc": ".\\部门\\a.txt", "quote": "词"}]))])
    assert question.evidence[0].doc == "部门/a.txt"


def test_a_folder_leaves_out_the_sets_of_the_check(tmp_path: Path, write_set: Callable[..., Path]) -> None:
    write_set(a_line("Q1"), name="b.jsonl")
    claims = write_set({"id": "C1", "claim": "引进新品种556个"}, name="claims.jsonl")
    write_set("", {"id": "K1", "quote": "引进新品种556个"}, name="quotes.jsonl")
    assert [question.id for question in read_evaluation_set([tmp_path])] == ["Q1"]
    with pytest.raises(UsageError, match=r"claims\.jsonl 第 1 行：缺少 question"):
        read_evaluation_set([claims])  # named, it is not passed over
    write_set("{", name="d.jsonl")
    with pytest.raises(UsageError, match=r"d\.jsonl 第 1 行：不是合格的 JSON"):
        read_evaluation_set([tmp_path])


def test_a_folder_with_sets_of_the_check_alone_holds_no_set(tmp_path: Path, write_set: Callable[..., Path]) -> None:
    write_set({"id": "C1", "claim": "x"}, name="claims.jsonl")
    with pytest.raises(UsageError, match="文件夹里没有评测集"):
        read_evaluation_set([tmp_path])
