"""``qa users`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import argon2
import pytest
from typer.testing import CliRunner

from qa import cli
from qa.bootstrap import open_accounts
from qa.errors import QaError
from qa.settings import Settings

PASSWORD = "三棵白杨 过河 七座桥\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QA_WORKSPACE", str(tmp_path))
    cheap = argon2.PasswordHasher.from_parameters(argon2.profiles.CHEAPEST)
    monkeypatch.setattr(argon2, "PasswordHasher", lambda: cheap)
    if not cli.app.registered_groups:
        cli._register()
    return tmp_path


def run(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(cli.app, ["users", *words], input=typed)
    if isinstance(result.exception, QaError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_adding_listing_changing_and_removing(workspace: Path) -> None:
    accounts = open_accounts(Settings(workspace=workspace))
    with pytest.raises(QaError, match="王五"):
        run("add", "王五", "--stdin", typed=PASSWORD)  # nobody could manage the library
    run("add", "管事", "--role", "管理员", "--stdin", typed=PASSWORD)
    assert "读者“王五”" in run("add", "王五", "--stdin", typed=PASSWORD)
    assert [line.split()[:2] for line in run("list").splitlines()] == [["王五", "读者"], ["管事", "管理员"]]
    assert [json.loads(line)["role"] for line in run("list", "--json").splitlines()] == ["reader", "admin"]
    run("password", "王五", "--stdin", typed="另外 一个 密码 句\n")
    assert accounts.verified("王五", "另外 一个 密码 句")
    with pytest.raises(QaError, match="管事"):
        run("remove", "管事")
    run("remove", "王五")
    assert "不再要登录" in run("remove", "管事")
    log = (workspace / "audit.jsonl").read_text("utf-8")
    assert [json.loads(line)["action"] for line in log.splitlines()] == [
        "account_added", "account_added", "password_set", "account_removed", "account_removed",
    ]  # fmt: skip
    assert "白杨" not in log


@pytest.mark.parametrize(
    "words", [("add", "a", "--role", "root", "--stdin"), ("remove", "a"), ("password", "a", "--stdin")]
)
def test_what_cannot_be_done_says_so(workspace: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(QaError) as refused:
        run(*words, typed=PASSWORD)
    assert refused.value.hint


def test_a_password_is_not_read_from_a_pipe_unasked(workspace: Path) -> None:
    with pytest.raises(QaError, match="密码"):
        run("add", "a", "--role", "admin", typed=PASSWORD)
