"""Accounts, passwords and sessions in a real file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from argon2 import PasswordHasher, profiles

from qa.adapters.workspace.accounts import FILE, SqliteAccounts
from qa.errors import ConflictError, NotFoundError, UsageError, WorkspaceError
from qa.records import Role

CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST)
PASSWORD = "三棵白杨 过河 七座桥"


@pytest.fixture
def accounts(tmp_path: Path) -> SqliteAccounts:
    return SqliteAccounts(tmp_path, hasher=CHEAP)


def test_without_accounts_asking_makes_no_file(accounts: SqliteAccounts, tmp_path: Path) -> None:
    assert not accounts.any()
    assert accounts.list() == ()
    assert accounts.of_session("x") is None
    assert list(tmp_path.iterdir()) == []


def test_an_account_is_verified_by_its_password_only(accounts: SqliteAccounts) -> None:
    made = accounts.add("张三", Role.READER, PASSWORD)
    assert accounts.any()
    assert accounts.verified("张三", PASSWORD) == accounts.list()[0]
    assert made.id == accounts.list()[0].id
    for wrong in ("", PASSWORD + " ", PASSWORD.upper() + "x", "x" * 100_000):
        assert accounts.verified("张三", wrong) is None
    assert accounts.verified("李四", PASSWORD) is None


def test_what_is_kept_is_argon2id_and_no_token(accounts: SqliteAccounts, tmp_path: Path) -> None:
    token = accounts.open_session(accounts.add("张三", Role.READER, PASSWORD))
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"$argon2id$" in raw
    assert PASSWORD.encode() not in raw
    assert token.encode() not in raw
    assert len(token) >= 43


def test_the_default_parameters_are_those_of_rfc_9106(tmp_path: Path) -> None:
    SqliteAccounts(tmp_path).add("张三", Role.READER, PASSWORD)
    with sqlite3.connect(tmp_path / FILE) as connection:
        kept = connection.execute("SELECT password FROM accounts").fetchone()[0]
    connection.close()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_hash_of_older_parameters_is_renewed_when_its_owner_signs_in(tmp_path: Path) -> None:
    SqliteAccounts(tmp_path, hasher=CHEAP).add("张三", Role.READER, PASSWORD)
    stronger = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    accounts = SqliteAccounts(tmp_path, hasher=stronger)
    assert accounts.verified("张三", PASSWORD)
    with sqlite3.connect(tmp_path / FILE) as connection:
        assert "m=64,t=2" in connection.execute("SELECT password FROM accounts").fetchone()[0]
    connection.close()
    assert accounts.verified("张三", PASSWORD)


@pytest.mark.parametrize("name", ["", " ", "a b", "a\nb", "<b>", "x" * 33, "../x", "a\x00"])
def test_a_name_that_will_not_do_is_refused(accounts: SqliteAccounts, name: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(name, Role.READER, PASSWORD)


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaa", "zhangsan123456", "0123456789", "x" * 201, "abababababab"]
)
def test_a_password_that_is_soon_guessed_is_refused(accounts: SqliteAccounts, password: str) -> None:
    with pytest.raises(UsageError, match="密码"):
        accounts.add("zhangsan", Role.READER, password)
    accounts.add("zhangsan", Role.ADMIN, PASSWORD)
    with pytest.raises(UsageError, match="密码"):
        accounts.set_password("zhangsan", password)


def test_a_name_is_given_once_whatever_its_width_and_case(accounts: SqliteAccounts) -> None:
    accounts.add("Zhang", Role.ADMIN, PASSWORD)
    for same in ("zhang", "ＺＨＡＮＧ", " Zhang "):
        with pytest.raises(ConflictError):
            accounts.add(same, Role.READER, PASSWORD)
        assert accounts.verified(same, PASSWORD)


def test_a_session_lasts_until_it_is_closed(accounts: SqliteAccounts) -> None:
    made = accounts.add("张三", Role.READER, PASSWORD)
    first, second = accounts.open_session(made), accounts.open_session(made)
    assert first != second
    assert accounts.of_session(first) == accounts.of_session(second) == accounts.list()[0]
    accounts.close_session(first)
    accounts.close_session(first)
    assert accounts.of_session(first) is None
    assert accounts.of_session(second) is not None
    for forged in ("", "x", second[:-1], second + "x", "' OR 1=1 --", "\ud800", "x" * 10_000):
        assert accounts.of_session(forged) is None


def test_a_session_ends_by_itself(accounts: SqliteAccounts, tmp_path: Path) -> None:
    made = accounts.add("张三", Role.READER, PASSWORD)
    token = accounts.open_session(made)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE sessions SET ends_at = '2000-01-01T00:00:00+00:00'")
    assert accounts.of_session(token) is None
    accounts.open_session(made)
    assert connection.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1, "ended ones are cleared away"
    connection.close()


def test_a_new_password_and_a_removal_end_the_sessions(accounts: SqliteAccounts) -> None:
    made = accounts.add("张三", Role.ADMIN, PASSWORD)
    token = accounts.open_session(made)
    accounts.set_password("张三", PASSWORD + "二")
    assert accounts.of_session(token) is None
    assert accounts.verified("张三", PASSWORD) is None
    token = accounts.open_session(made)
    accounts.remove("张三")
    assert accounts.of_session(token) is None
    assert not accounts.any()


def test_the_last_admin_stays_while_there_are_readers(accounts: SqliteAccounts) -> None:
    accounts.add("管", Role.ADMIN, PASSWORD)
    accounts.add("读", Role.READER, PASSWORD)
    with pytest.raises(ConflictError, match="管"):
        accounts.remove("管")
    accounts.add("管2", Role.ADMIN, PASSWORD)
    accounts.remove("管")
    with pytest.raises(NotFoundError):
        accounts.remove("管")
    with pytest.raises(NotFoundError):
        accounts.set_password("没有", PASSWORD)


def test_a_damaged_file_lets_nobody_in(accounts: SqliteAccounts, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    for asking in (accounts.any, accounts.list, lambda: accounts.of_session("x"), lambda: accounts.verified("a", "b")):
        with pytest.raises(WorkspaceError, match=FILE):
            asking()
