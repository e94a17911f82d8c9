"""Opening a workspace file: WAL, numbered migrations, one connection a call, errors that name the file and the next step."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qa.errors import WorkspaceError

BUSY_S = 10.0
"""How long a writer waits for another one."""
_ASK_AGAIN_S = 0.01
FULL_BELOW_BYTES = 1 << 20
"""With less than this left a failure to write is put down to the full disk."""


class Database:
    """One SQLite file of the workspace, made when it is first written to. Threads and processes may share it.

    ``migrations`` are SQL scripts; the file's ``user_version`` counts how many were applied. Each ``with database.writing()``
    is one transaction: an exception inside it undoes all of it.
    """

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        self.path = path
        self._migrations = tuple(migrations)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading. Raises :class:`WorkspaceError` when the file cannot be opened."""
        with self._connected() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction. Raises :class:`WorkspaceError` (no permission, full disk, damaged file)."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection: sqlite3.Connection | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
            connection.row_factory = sqlite3.Row
            write_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(connection)
            yield connection
        except (sqlite3.Error, OSError) as error:
            hint = "检查文件夹权限和磁盘空间；文件损坏时先把它移走再试"
            raise WorkspaceError(f"无法读写 {self.path}", reason=self._reason(error), hint=hint) from error
        finally:
            if connection is not None:
                connection.close()

    def _reason(self, error: Exception) -> str:
        """Why, in words: where its log has no room to grow SQLite speaks of an I/O error."""
        with suppress(OSError):
            if shutil.disk_usage(self.path.parent).free < FULL_BELOW_BYTES:
                return f"磁盘已满（{error}）"
        return str(error)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if self._version(connection) == len(self._migrations):
            return
        connection.execute("BEGIN IMMEDIATE")  # another process may have migrated while this one waited for its turn
        try:
            version = self._version(connection)
            if version > len(self._migrations):
                raise WorkspaceError(
                    f"{self.path} 由更新版本的程序写成",
                    reason=f"布局 {version}，本程序只认到 {len(self._migrations)}",
                    hint="升级程序",
                )
            for script in self._migrations[version:]:
                for statement in _statements(script):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(self._migrations)}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @staticmethod
    def _version(connection: sqlite3.Connection) -> int:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def write_ahead(connection: sqlite3.Connection) -> None:
    """Switches the file to WAL. SQLite does not wait for its turn there: of several that come first together one is told at once that
    the file is locked, and has to ask again.
    """
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_ASK_AGAIN_S)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: ``executescript`` would commit the transaction they have to stand in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
