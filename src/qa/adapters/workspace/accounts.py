"""``accounts.sqlite``: who may sign in, and who is signed in."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qa.adapters.workspace.database import Database
from qa.adapters.workspace.passwords import Hashing, check_password, checked_name, name_key
from qa.errors import ConflictError, NotFoundError
from qa.records import Account, Role

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE = "accounts.sqlite"
TOKEN_BYTES = 32
LONGEST_TOKEN_CHARS = 100

MIGRATIONS = (
    """
    CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        password TEXT NOT NULL,
        made_at TEXT NOT NULL
    );
    CREATE TABLE sessions (
        token_sha256 TEXT PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        ends_at TEXT NOT NULL
    );
    CREATE INDEX sessions_of ON sessions (account);
    """,
)


class SqliteAccounts:
    """:class:`qa.ports.Accounts` in a workspace folder. Threads and processes may share it."""

    def __init__(self, workspace: Path, *, session_hours: int = 12, hasher: PasswordHasher | None = None) -> None:
        self._database = Database(workspace / FILE, MIGRATIONS)
        self._lasts = timedelta(hours=min(max(session_hours, 1), 720))
        self._hasher = hasher
        self._hashing: Hashing | None = None
        self._one_at_a_time = threading.Lock()

    def any(self) -> bool:
        if not self._database.path.exists():  # most people have no accounts, and asking must not make the file
            return False
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is not None

    def list(self) -> tuple[Account, ...]:
        if not self._database.path.exists():
            return ()
        with self._database.reading() as connection:
            return tuple(_account(row) for row in connection.execute("SELECT * FROM accounts ORDER BY name"))

    def add(self, name: str, role: Role, password: str) -> Account:
        kept = checked_name(name)
        check_password(kept, password)
        hashed = self._passwords.kept(password)
        made = Account(secrets.token_hex(16), kept, role, datetime.now(UTC))
        with self._database.writing() as connection:
            if self._row(connection, kept) is not None:
                raise ConflictError(f"已有用户“{kept}”", reason="用户名不能重复", hint="换一个用户名，或改他的密码")
            connection.execute(
                "INSERT INTO accounts (id, name, name_key, role, password, made_at) VALUES (?, ?, ?, ?, ?, ?)",
                (made.id, kept, name_key(kept), role.value, hashed, made.made_at.isoformat(timespec="seconds")),
            )
        return made

    def remove(self, name: str) -> None:
        with self._database.writing() as connection:
            row = self._known(connection, name)
            if row["role"] == Role.ADMIN.value:
                others = connection.execute("SELECT role FROM accounts WHERE id != ?", (row["id"],)).fetchall()
                if others and not any(each["role"] == Role.ADMIN.value for each in others):
                    raise ConflictError(
                        f"没有删除“{row['name']}”",
                        reason="他是最后一个管理员，还有别的用户",
                        hint="先添加另一个管理员：qa users add 名字 --role admin",
                    )
            connection.execute("DELETE FROM accounts WHERE id = ?", (row["id"],))

    def set_password(self, name: str, password: str) -> None:
        check_password(name, password)
        hashed = self._passwords.kept(password)
        with self._database.writing() as connection:
            row = self._known(connection, name)
            connection.execute("UPDATE accounts SET password = ? WHERE id = ?", (hashed, row["id"]))
            connection.execute("DELETE FROM sessions WHERE account = ?", (row["id"],))

    def verified(self, name: str, password: str) -> Account | None:
        with self._database.reading() as connection:
            row = self._row(connection, name)
        with self._one_at_a_time:  # each takes 64 MiB and a core: many at once would starve those who ask
            if not self._passwords.matches(row["password"] if row else None, password) or row is None:
                return None
            if self._passwords.outdated(row["password"]):
                hashed = self._passwords.kept(password)
                with self._database.writing() as connection:
                    connection.execute("UPDATE accounts SET password = ? WHERE id = ?", (hashed, row["id"]))
        return _account(row)

    def open_session(self, account: Account) -> str:
        token, now = secrets.token_urlsafe(TOKEN_BYTES), datetime.now(UTC)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE ends_at <= ?", (_written(now),))
            connection.execute(
                "INSERT INTO sessions (token_sha256, account, ends_at) VALUES (?, ?, ?)",
                (_digest(token), account.id, _written(now + self._lasts)),
            )
        return token

    def of_session(self, token: str) -> Account | None:
        if not token or len(token) > LONGEST_TOKEN_CHARS or not self._database.path.exists():
            return None
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT accounts.* FROM sessions JOIN accounts ON accounts.id = sessions.account"
                " WHERE token_sha256 = ? AND ends_at > ?",
                (_digest(token), _written(datetime.now(UTC))),
            ).fetchone()
        return _account(row) if row else None

    def close_session(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE token_sha256 = ?", (_digest(token),))

    @property
    def _passwords(self) -> Hashing:
        if self._hashing is None:
            self._hashing = Hashing(self._hasher)
        return self._hashing

    @staticmethod
    def _row(connection: sqlite3.Connection, name: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = connection.execute(
            "SELECT * FROM accounts WHERE name_key = ?", (name_key(name),)
        ).fetchone()
        return row

    def _known(self, connection: sqlite3.Connection, name: str) -> sqlite3.Row:
        row = self._row(connection, name)
        if row is None:
            raise NotFoundError(f"没有用户“{name[:60]}”", reason="用户名有误，或已删除", hint="qa users list 列出用户")
        return row


def _digest(token: str) -> str:
    """A token is random enough to be kept under a plain hash: whoever reads the file still cannot sign in with it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _account(row: sqlite3.Row) -> Account:
    return Account(row["id"], row["name"], Role(row["role"]), datetime.fromisoformat(row["made_at"]))
