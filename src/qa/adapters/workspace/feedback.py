"""``feedback.sqlite``: what people said of answers."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qa.adapters.workspace.database import Database
from qa.adapters.workspace.filters_json import read_filters, written_filters
from qa.records import AnswerKind, Feedback, Span, Verdict

FILE = "feedback.sqlite"

MIGRATIONS = (
    """
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        visitor TEXT NOT NULL,
        verdict TEXT NOT NULL,
        question TEXT NOT NULL,
        filters TEXT NOT NULL,
        kind TEXT NOT NULL,
        generation TEXT NOT NULL,
        given_at TEXT NOT NULL,
        answers TEXT NOT NULL,
        document_id TEXT,
        start INTEGER,
        "end" INTEGER,
        document TEXT NOT NULL,
        evidence TEXT NOT NULL,
        confidence REAL NOT NULL,
        UNIQUE (visitor, question, filters, generation, answers)
    );
    """,
)
_COLUMNS = (
    'visitor, verdict, question, filters, kind, generation, given_at, answers, document_id, start, "end", document,'
    " evidence, confidence"
)


class SqliteFeedbackStore:
    """:class:`qa.ports.FeedbackStore` in a workspace folder. Threads and processes may share it."""

    def __init__(self, workspace: Path) -> None:
        self._database = Database(workspace / FILE, MIGRATIONS)

    def list(self) -> tuple[Feedback, ...]:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM feedback ORDER BY given_at DESC, id DESC")
            return tuple(_feedback(row) for row in rows)

    def add(self, feedback: Feedback) -> Feedback:
        span = feedback.span
        values = (
            feedback.visitor,
            feedback.verdict.value,
            feedback.question,
            written_filters(feedback.filters),
            feedback.kind.value,
            feedback.generation,
            feedback.given_at.isoformat(timespec="microseconds"),
            json.dumps(feedback.answers, ensure_ascii=False),
            *(span or (None, None, None)),
            feedback.document,
            feedback.evidence,
            feedback.confidence,
        )
        places = ", ".join("?" * len(values))
        with self._database.writing() as connection:
            made = connection.execute(f"INSERT OR REPLACE INTO feedback ({_COLUMNS}) VALUES ({places})", values)
            return replace(feedback, id=int(made.lastrowid or 0))

    def delete(self, id: int) -> bool:
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM feedback WHERE id = ?", (id,)).rowcount > 0


def _feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(
        visitor=row["visitor"],
        verdict=Verdict(row["verdict"]),
        question=row["question"],
        filters=read_filters(row["filters"]),
        kind=AnswerKind(row["kind"]),
        generation=row["generation"],
        given_at=datetime.fromisoformat(row["given_at"]),
        answers=tuple(json.loads(row["answers"])),
        span=None if row["document_id"] is None else Span(row["document_id"], row["start"], row["end"]),
        document=row["document"],
        evidence=row["evidence"],
        confidence=row["confidence"],
        id=row["id"],
    )
