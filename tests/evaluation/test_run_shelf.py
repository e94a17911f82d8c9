from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.evaluation import run_shelf
from qa.evaluation.run_record import write_run
from qa.evaluation.run_shelf import shelved_runs
from tests.evaluation.evaluation_examples import a_run, an_outcome


def keep(folder: Path, name: str, hour: int, right: int = 1, command: str = "qa eval a.jsonl") -> None:
    made = [an_outcome(f"Q{n}") for n in range(right)]
    run = a_run(*made, started=datetime(2026, 11, 21, hour, tzinfo=UTC), command=command)
    write_run(run, folder / f"{name}.jsonl")


def names(folder: Path, most: int = 60) -> list[tuple[str, bool]]:
    return [(each.name, each.accepted) for each in shelved_runs(folder, most)]


def test_newest_first_from_any_depth_under_runs(tmp_path: Path) -> None:
    keep(tmp_path, "runs/latest/runs/20261121T080000-all", 8)
    keep(tmp_path, "runs/20261121T100000-all", 10)
    keep(tmp_path, "runs/ci/runs/20261121T090000-all", 9)
    assert names(tmp_path) == [
        ("runs/20261121T100000-all", False),
        ("runs/ci/runs/20261121T090000-all", False),
        ("runs/latest/runs/20261121T080000-all", False),
    ]
    assert [name for name, _ in names(tmp_path, 2)] == ["runs/20261121T100000-all", "runs/ci/runs/20261121T090000-all"]


def test_an_accepted_run_stands_once(tmp_path: Path) -> None:
    keep(tmp_path, "runs/latest/runs/a", 8)
    keep(tmp_path, "expected/test", 8)
    keep(tmp_path, "expected/other", 7)
    keep(tmp_path, "expected/same-time", 8, command="qa eval b.jsonl")
    assert names(tmp_path) == [
        ("runs/latest/runs/a", True),
        ("expected/same-time", True),
        ("expected/other", True),
    ]


def test_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    assert shelved_runs(tmp_path / "none") == []
    keep(tmp_path, "runs/a", 8)
    (tmp_path / "runs" / "b.jsonl").write_text("{", encoding="utf-8")
    (tmp_path / "runs" / "c.jsonl").write_bytes(b"\xff")
    (tmp_path / "runs" / "d.jsonl").mkdir()
    (tmp_path / "set.jsonl").write_text("{}", encoding="utf-8")
    assert names(tmp_path) == [("runs/a", False)]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    keep(tmp_path / "outside", "a", 8)
    (tmp_path / "eval" / "runs").mkdir(parents=True)
    (tmp_path / "eval" / "runs" / "a.jsonl").symlink_to(tmp_path / "outside" / "a.jsonl")
    assert shelved_runs(tmp_path / "eval") == []


def test_a_changed_record_is_read_anew(tmp_path: Path) -> None:
    keep(tmp_path, "runs/a", 8, right=1)
    assert len(shelved_runs(tmp_path)[0].run.outcomes) == 1
    keep(tmp_path, "runs/a", 8, right=3)
    assert len(shelved_runs(tmp_path)[0].run.outcomes) == 3


def test_a_record_that_is_far_too_large_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, "runs/small", 8)
    keep(tmp_path, "runs/large", 9, right=40)
    monkeypatch.setattr(run_shelf, "LARGEST_RECORD_BYTES", (tmp_path / "runs/large.jsonl").stat().st_size - 1)
    assert names(tmp_path) == [("runs/small", False)]
