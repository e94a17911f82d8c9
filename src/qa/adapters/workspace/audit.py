"""``audit.jsonl``: one JSON object a line, only ever added to; full files are set beside it under the time of their last line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from qa.errors import WorkspaceError
from qa.records import AuditAction, AuditEntry

FILE = "audit.jsonl"
FULL_BYTES = 16 * 1024**2
TAIL_BYTES = 256 * 1024
"""So much of the file's end is looked through for the latest entries."""
LONGEST_CHARS = 500


class JsonLinesAuditLog:
    """:class:`qa.ports.AuditLog` in a workspace folder. Each line is one write at the end of the file: processes may share it."""

    def __init__(self, workspace: Path) -> None:
        self.path = workspace / FILE

    def add(self, entry: AuditEntry) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._set_aside_when_full(entry.at)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, _line(entry))
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise WorkspaceError(
                f"无法写入 {self.path}", reason=error.strerror or str(error), hint="检查文件夹权限和磁盘空间"
            ) from error

    def latest(self, limit: int) -> tuple[AuditEntry, ...]:
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - TAIL_BYTES))
                tail = file.read()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise WorkspaceError(
                f"无法读取 {self.path}", reason=error.strerror or str(error), hint="检查文件夹权限"
            ) from error
        return tuple(_entries(reversed(tail.splitlines()), limit))

    def _set_aside_when_full(self, now: datetime) -> None:
        if self.path.exists() and self.path.stat().st_size >= FULL_BYTES:
            aside = self.path.with_name(f"audit-{now:%Y%m%dT%H%M%S%f}.jsonl")
            if not aside.exists():
                self.path.rename(aside)


def _line(entry: AuditEntry) -> bytes:
    """Control characters are escaped by JSON, so that no name can begin a line of its own."""
    shape = {
        "at": entry.at.isoformat(timespec="milliseconds"),
        "who": entry.who,
        "from": entry.where,
        "action": entry.action.value,
        "what": entry.what[:LONGEST_CHARS],
        "outcome": entry.outcome[:LONGEST_CHARS],
    }
    return json.dumps(shape, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _entries(lines: Iterator[bytes], limit: int) -> Iterator[AuditEntry]:
    for line in lines:
        if limit <= 0:
            return
        try:
            shape = json.loads(line)
            made = AuditEntry(
                at=datetime.fromisoformat(shape["at"]),
                who=str(shape["who"]),
                where=str(shape["from"]),
                action=AuditAction(shape["action"]),
                what=str(shape["what"]),
                outcome=str(shape["outcome"]),
            )
        except (ValueError, KeyError, TypeError):  # the first of the tail may be half a line
            continue
        limit -= 1
        yield made
