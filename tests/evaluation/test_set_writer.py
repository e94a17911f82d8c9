from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.evaluation_set import QuestionType, fingerprint_of
from qa.evaluation.set_reader import read_evaluation_set
from qa.evaluation.set_writer import append_question, line_of, next_id
from tests.evaluation.evaluation_examples import a_question


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    path = tmp_path / "eval" / "new.jsonl"
    first = append_question(path, a_question("", section="高层声音", note="注\u2028释"), [])
    second = append_question(path, a_question("", question="别的？", type=QuestionType.LIST, list=True), [first.id])
    assert (first.id, second.id) == ("N001", "N002")
    read = read_evaluation_set([path])
    assert fingerprint_of(read) == fingerprint_of([first, second])
    assert (read[0].section, read[0].note) == ("高层声音", "注\u2028释")


def test_a_file_without_a_last_line_end_keeps_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(line_of(a_question("Q001")), encoding="utf-8")
    append_question(path, a_question("", question="别的？"), ["Q001"])
    assert [question.id for question in read_evaluation_set([path])] == ["Q001", "N001"]


def test_ids_go_on_after_the_highest() -> None:
    assert next_id([]) == "N001"
    assert next_id(["N002", "N010", "Q999", "N1x"]) == "N011"
    assert next_id(["N999"]) == "N1000"
    assert next_id(["Q3"], prefix="Q") == "Q004"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="写不了评测集"):
        append_question(tmp_path / "a.jsonl", a_question(""), [])


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(UsageError, match=r"写不了评测集：.*a\.jsonl"):
        append_question(tmp_path / "a.jsonl", a_question(""), [])
