"""``evaluation.sqlite``: proposed evaluation questions that a person did not want."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qa.adapters.workspace.database import Database

FILE = "evaluation.sqlite"
MIGRATIONS = ("CREATE TABLE rejected (question TEXT PRIMARY KEY, rejected_at TEXT NOT NULL) WITHOUT ROWID;",)


class SqliteRejectedProposals:
    """:class:`qa.ports.RejectedProposals` in a workspace folder. Threads and processes may share it."""

    def __init__(self, workspace: Path) -> None:
        self._database = Database(workspace / FILE, MIGRATIONS)

    def questions(self) -> frozenset[str]:
        if not self._database.path.exists():
            return frozenset()  # looking makes no file
        with self._database.reading() as connection:
            return frozenset(row["question"] for row in connection.execute("SELECT question FROM rejected"))

    def reject(self, question: str) -> None:
        with self._database.writing() as connection:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute("INSERT OR IGNORE INTO rejected VALUES (?, ?)", (question, now))

    def forget_all(self) -> int:
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM rejected").rowcount
