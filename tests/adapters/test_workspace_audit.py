"""The audit log in a real file."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.adapters.workspace import audit
from qa.adapters.workspace.audit import FILE, JsonLinesAuditLog
from qa.errors import WorkspaceError
from qa.records import AuditAction, AuditEntry


def entry(what: str, who: str = "张三") -> AuditEntry:
    return AuditEntry(datetime(2026, 11, 21, 8, tzinfo=UTC), who, "192.0.2.1", AuditAction.UPLOAD, what, "已收下")


def test_what_was_added_is_read_back_newest_first(tmp_path: Path) -> None:
    log = JsonLinesAuditLog(tmp_path)
    assert log.latest(5) == ()
    made = [entry(f"{number}.txt") for number in range(5)]
    for each in made:
        log.add(each)
    assert log.latest(3) == tuple(reversed(made[2:]))
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_name_with_line_ends_stays_one_line(tmp_path: Path) -> None:
    log = JsonLinesAuditLog(tmp_path)
    log.add(entry('a\n{"who":"管理员"}\r\n\u2028x\ud800', who="b\n"))
    lines = (tmp_path / FILE).read_bytes().split(b"\n")
    assert len(lines) == 2
    assert json.loads(lines[0])["who"] == "b\n"
    assert log.latest(9)[0].what.startswith("a\n")


def test_lines_that_are_none_are_passed_over(tmp_path: Path) -> None:
    log = JsonLinesAuditLog(tmp_path)
    log.add(entry("一"))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'half a l\n[]\n{"at": 1}\n')
    log.add(entry("二"))
    assert [each.what for each in log.latest(9)] == ["二", "一"]


def test_many_at_once_lose_no_line(tmp_path: Path) -> None:
    log = JsonLinesAuditLog(tmp_path)
    threads = [threading.Thread(target=log.add, args=(entry("字" * 400),)) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(log.latest(99)) == 20


def test_a_full_file_is_set_aside_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "FULL_BYTES", 100)
    log = JsonLinesAuditLog(tmp_path)
    log.add(entry("一"))
    log.add(entry("二"))
    assert [each.what for each in log.latest(9)] == ["二"]
    assert len(list(tmp_path.glob("audit-*.jsonl"))) == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match=r"audit\.jsonl"):
        JsonLinesAuditLog(tmp_path / "file").add(entry("x"))
