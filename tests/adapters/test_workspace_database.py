"""A workspace file: migrations once, transactions whole, errors with a name."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from qa.adapters.workspace.database import Database, write_ahead
from qa.errors import WorkspaceError

FIRST = "CREATE TABLE notes (text TEXT NOT NULL);\nCREATE INDEX by_text ON notes(text);"
SECOND = "ALTER TABLE notes ADD COLUMN page INTEGER;"


def test_migrations_run_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "工作 区" / "notes.sqlite"
    with Database(path, (FIRST,)).writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('留下')")
    with Database(path, (FIRST, SECOND)).reading() as connection:
        assert [tuple(row) for row in connection.execute("SELECT text, page FROM notes")] == [("留下", None)]


def test_threads_that_come_first_together_migrate_once(tmp_path: Path) -> None:
    failures: list[Exception] = []

    def write() -> None:
        try:
            with Database(tmp_path / "notes.sqlite", (FIRST, SECOND)).writing() as connection:
                connection.execute("INSERT INTO notes (text) VALUES ('一')")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with Database(tmp_path / "notes.sqlite", (FIRST, SECOND)).reading() as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 8


def test_an_exception_undoes_the_transaction(tmp_path: Path) -> None:
    database = Database(tmp_path / "notes.sqlite", (FIRST,))

    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO notes VALUES ('撤回')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 0


@pytest.mark.parametrize("damage", ["newer", "no database", "folder"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "notes.sqlite"
    if damage == "newer":
        with Database(path, (FIRST, SECOND)).reading():
            pass
    elif damage == "no database":
        path.write_bytes("这不是数据库".encode() * 100)
    else:
        path.mkdir()
    with pytest.raises(WorkspaceError, match=r"notes\.sqlite"), Database(path, (FIRST,)).reading():
        pass


class Locked(sqlite3.Connection):
    """SQLite as it is where several switch to WAL at once (1 of 60 times 24 threads): told at once that the file is locked."""

    refused = 0
    code = sqlite3.SQLITE_BUSY

    def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
        if "journal_mode" in sql and self.refused < 2:
            self.refused += 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error
        return super().execute(sql, *rest)  # type: ignore[arg-type]


def test_who_finds_the_file_locked_at_the_switch_to_wal_asks_again(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "notes.sqlite", factory=Locked)
    write_ahead(connection)
    assert connection.refused == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_another_fault_at_the_switch_to_wal_is_told(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "notes.sqlite", factory=Locked)
    connection.code = sqlite3.SQLITE_IOERR
    with pytest.raises(sqlite3.OperationalError):
        write_ahead(connection)
    connection.close()
