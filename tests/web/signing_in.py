"""An application with accounts, and browsers that sign in to it."""

from __future__ import annotations

import argon2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qa.adapters.workspace.accounts import SqliteAccounts
from qa.records import Role
from qa.settings import Settings

READER, ADMIN = "读者甲", "管事"
PASSWORD = "三棵白杨 过河 七座桥"
SITE = "http://qa.example"


def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id with its smallest parameters: what is tested is who gets in, not how long a guess takes."""
    cheap = argon2.PasswordHasher.from_parameters(argon2.profiles.CHEAPEST)
    monkeypatch.setattr(argon2, "PasswordHasher", lambda: cheap)


def add_accounts(settings: Settings) -> SqliteAccounts:
    accounts = SqliteAccounts(settings.workspace)
    accounts.add(ADMIN, Role.ADMIN, PASSWORD)
    accounts.add(READER, Role.READER, PASSWORD)
    return accounts


def browser(app: FastAPI, name: str = "") -> TestClient:
    """What a browser on another machine sends over plain http: an ``Origin`` with its forms. With a name, signed in."""
    client = TestClient(
        app, base_url=SITE, raise_server_exceptions=False, follow_redirects=False, headers={"origin": SITE}
    )
    if name:
        assert sign_in(client, name).status_code == 303
    return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD, next: str = "/"):  # type: ignore[no-untyped-def]
    return client.post("/login", data={"name": name, "password": password, "next": next})
