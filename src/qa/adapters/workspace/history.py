"""``history.sqlite``: the questions that each visitor asked."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from qa.adapters.workspace.database import Database
from qa.adapters.workspace.filters_json import read_filters, written_filters
from qa.records import AskedQuestion

FILE = "history.sqlite"
KEPT_OF_A_VISITOR = 500
KEPT_IN_ALL = 20_000
"""A visitor that keeps no cookies is a new one each time; their questions may not fill the disk."""

MIGRATIONS = (
    """
    CREATE TABLE asked (
        id INTEGER PRIMARY KEY,
        visitor TEXT NOT NULL,
        question TEXT NOT NULL,
        filters TEXT NOT NULL,
        answer TEXT NOT NULL,
        generation TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        UNIQUE (visitor, question, filters)
    );
    CREATE INDEX asked_by ON asked (visitor, asked_at);
    """,
)


class SqliteQuestionHistory:
    """:class:`qa.ports.QuestionHistory` in a workspace folder. Threads and processes may share it."""

    def __init__(self, workspace: Path) -> None:
        self._database = Database(workspace / FILE, MIGRATIONS)

    def list(self, visitor: str, limit: int = 50) -> tuple[AskedQuestion, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM asked WHERE visitor = ? ORDER BY asked_at DESC, id DESC LIMIT ?", (visitor, limit)
            )
            return tuple(_asked(row) for row in rows)

    def add(self, asked: AskedQuestion) -> None:
        filters = written_filters(asked.filters)
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM asked WHERE visitor = ? AND question = ? AND filters = ?",
                (asked.visitor, asked.question, filters),
            )
            connection.execute(
                "INSERT INTO asked (visitor, question, filters, answer, generation, asked_at) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    asked.visitor,
                    asked.question,
                    filters,
                    asked.answer,
                    asked.generation,
                    asked.asked_at.isoformat(timespec="microseconds"),
                ),
            )
            connection.execute(
                "DELETE FROM asked WHERE id IN"
                " (SELECT id FROM asked WHERE visitor = ? ORDER BY asked_at DESC, id DESC LIMIT -1 OFFSET ?)",
                (asked.visitor, KEPT_OF_A_VISITOR),
            )
            connection.execute(
                "DELETE FROM asked WHERE id <= (SELECT id FROM asked ORDER BY id DESC LIMIT 1 OFFSET ?)", (KEPT_IN_ALL,)
            )

    def delete(self, visitor: str, id: int) -> bool:
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM asked WHERE visitor = ? AND id = ?", (visitor, id)).rowcount > 0

    def clear(self, visitor: str) -> int:
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM asked WHERE visitor = ?", (visitor,)).rowcount


def _asked(row: sqlite3.Row) -> AskedQuestion:
    return AskedQuestion(
        visitor=row["visitor"],
        question=row["question"],
        filters=read_filters(row["filters"]),
        answer=row["answer"],
        generation=row["generation"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        id=row["id"],
    )
