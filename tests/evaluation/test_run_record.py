from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.outcome import LostStage
from qa.evaluation.run_record import kept_runs, read_run, require_comparable, write_run
from tests.evaluation.evaluation_examples import a_question, a_run, an_outcome

OUTCOMES = (
    an_outcome("Q1"),
    an_outcome("Q2", ranks=(None, 3), lost=LostStage.READING, latency_ms=12.3456789, answer="一\u2028二"),
    an_outcome("Q3", question=a_question("Q3", answers=("甲", "乙"), list=True), error="问题过长"),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    run = a_run(*OUTCOMES)
    path = tmp_path / "runs" / "a.jsonl"
    write_run(run, path)
    rounded = tuple(replace(each, latency_ms=round(each.latency_ms, 3)) for each in OUTCOMES)
    assert read_run(path) == replace(run, outcomes=rounded)
    assert [each.name for each in path.parent.iterdir()] == ["a.jsonl"]


def test_without_passages(tmp_path: Path) -> None:
    write_run(a_run(*OUTCOMES), tmp_path / "a.jsonl", with_passages=False)
    assert [each.retrieved for each in read_run(tmp_path / "a.jsonl").outcomes] == [(), (), ()]
    assert "passages" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


def test_one_question_a_line_and_a_head(tmp_path: Path) -> None:
    write_run(a_run(*OUTCOMES), tmp_path / "a.jsonl")
    head, *lines = map(json.loads, (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")[:-1])
    assert head["format"] == "qa-run/1"
    assert head["command"] == "qa eval set.jsonl"
    assert head["started"] == "2026-11-21T08:00:00+00:00"
    assert [line["id"] for line in lines] == ["Q1", "Q2", "Q3"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: "", "第 1 行"),
        (lambda text: text.replace("qa-run/1", "qa-run/9"), r"第 1 行：.*qa-run/9.*应为 qa-run/1"),
        (lambda text: text[: len(text) // 2], r"第 [234] 行：不是完整的评测记录"),
        (lambda text: text.replace('"ranks"', '"rang"'), r"第 2 行：.*KeyError"),
        (lambda text: text.replace('"lost":null', '"lost":"gone"'), r"第 2 行：.*gone"),
        (lambda text: "[]" + text[text.index("\n") :], "第 1 行"),
    ],
)
def test_damaged_records_are_named(tmp_path: Path, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.jsonl"
    write_run(a_run(*OUTCOMES), path)
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        read_run(path)
    assert str(path) in caught.value.message


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="读不了评测记录"):
        read_run(tmp_path / "none.jsonl")


def test_kept_runs_come_oldest_first_and_strangers_are_passed_over(tmp_path: Path) -> None:
    for name, day in (("b", 3), ("a", 5), ("c", 4)):
        write_run(a_run(*OUTCOMES, started=datetime(2026, 11, day, tzinfo=UTC)), tmp_path / f"{name}.jsonl")
    (tmp_path / "d.jsonl").write_text("{}\n", encoding="utf-8")
    assert [run.started.day for run in kept_runs(tmp_path)] == [3, 4, 5]
    assert kept_runs(tmp_path / "none") == []
    assert [run.started.day for run in kept_runs(tmp_path, most=2)] == [4]  # c and d, of which d is no run


def test_runs_without_a_question_in_common_are_refused() -> None:
    first, second = a_run(an_outcome("Q1")), a_run(an_outcome("Q2"))
    require_comparable(first, a_run(an_outcome("Q1"), an_outcome("Q2")))
    with pytest.raises(UsageError, match="没有共同的题目"):
        require_comparable(first, second)
