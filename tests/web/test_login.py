"""Signing in and out: the pages, the cookie, the limits, the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qa.settings import Settings
from qa.web.admission import SESSION_COOKIE
from qa.web.app import create_app
from qa.web.login_view import own_address
from qa.web.server import guarded
from tests.web.held_assistant import QUESTION, HeldAssistant
from tests.web.html_reading import read_html
from tests.web.signing_in import ADMIN, PASSWORD, READER, add_accounts, browser, quick_passwords, sign_in


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    quick_passwords(monkeypatch)
    made = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", workspace=tmp_path / "workspace")
    add_accounts(made)
    return made


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(HeldAssistant(settings))


def audit(settings: Settings) -> list[dict[str, str]]:
    return [json.loads(line) for line in (settings.workspace / "audit.jsonl").read_text("utf-8").splitlines()]


def test_without_signing_in_everything_leads_to_the_login_page(app: FastAPI) -> None:
    client = browser(app)
    for path in ("/", "/library", "/没有", "/settings", "/drafts", "/documents/科技简报-2021年第1期/file"):
        refused = client.get(path)
        assert (refused.status_code, refused.headers["location"].partition("?")[0]) == (303, "/login"), path
        assert refused.text == ""
    for path in ("/api/documents", "/api/ask?q=x", "/openapi.json", "/metrics"):
        refused = client.get(path)
        assert refused.status_code == 401
        assert refused.json()["error"]["code"] == "sign_in"
    assert client.get("/", headers={"hx-request": "true"}).status_code == 401
    assert client.get("/static/login.css").status_code == client.get("/healthz").status_code == 200


def test_a_server_for_others_with_accounts_asks_too(settings: Settings, app: FastAPI) -> None:
    app.state.admission.check_outside("0.0.0.0")  # accounts will do
    client = TestClient(guarded(app, "0.0.0.0"), base_url="http://10.0.0.5:8000", follow_redirects=False)
    assert client.get("/").headers["location"] == "/login"


def test_signing_in_leads_where_one_wanted_to_go(app: FastAPI) -> None:
    client = browser(app)
    wanted = "/?q=%E7%A7%91%E6%8A%80%26%E4%BA%BA&from=2021"
    to_login = client.get(wanted).headers["location"]
    form = read_html(client.get(to_login).text).one("form", action="/login")
    next = form.one("input", name="next").attributes["value"]
    assert sign_in(client, READER, next=next).headers["location"] == wanted
    assert client.get("/").status_code == 200
    assert client.get("/login?next=/library").headers["location"] == "/library"


def test_the_cookie_is_closed_to_scripts_and_other_sites(app: FastAPI) -> None:
    cookie = sign_in(browser(app), READER).headers["set-cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "Path=/" in cookie
    over_tls = TestClient(
        app, base_url="https://qa.example", headers={"origin": "https://qa.example"}, follow_redirects=False
    )
    assert "Secure" in sign_in(over_tls, READER).headers["set-cookie"]


def test_a_wrong_name_and_a_wrong_password_look_the_same(app: FastAPI, settings: Settings) -> None:
    client = browser(app)
    wrong, unknown = sign_in(client, READER, "错的密码 错的密码"), sign_in(client, "没这人", PASSWORD)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace(READER, "") == unknown.text.replace("没这人", "")
    assert "用户名或密码不对" in wrong.text
    assert "set-cookie" not in wrong.headers
    assert client.get("/").status_code == 303
    assert [each["action"] for each in audit(settings)] == ["sign_in_refused"] * 2
    assert "错的密码" not in json.dumps(audit(settings), ensure_ascii=False)


def test_guessing_is_slowed_down_by_name_and_by_address(app: FastAPI) -> None:
    client = browser(app)
    by_name = [sign_in(client, READER, f"猜第{number}次的密码") for number in range(12)]
    assert [each.status_code for each in by_name] == [401] * 10 + [429] * 2
    assert int(by_name[-1].headers["retry-after"]) > 60
    assert "后再试" in by_name[-1].text
    assert sign_in(client, READER).status_code == 429, "even with the right one: a guess would not be told from it"
    assert sign_in(client, ADMIN).status_code == 303, "others are not held up"
    by_address = [sign_in(client, f"别人{number}", "随便一个 密码").status_code for number in range(20)]
    assert by_address[-1] == 429


def test_signing_in_clears_the_tries_of_the_name(app: FastAPI) -> None:
    client = browser(app)
    for _ in range(2):
        for number in range(9):
            assert sign_in(client, READER, f"猜第{number}次的密码").status_code == 401
        assert sign_in(client, READER).status_code == 303


@pytest.mark.parametrize(
    "form", [{}, {"name": READER}, {"password": PASSWORD}, {"name": "x" * 100_000, "password": "y" * 100_000}]
)
def test_half_a_form_signs_nobody_in(app: FastAPI, form: dict[str, str]) -> None:
    assert browser(app).post("/login", data=form).status_code == 401


def test_signing_out_ends_the_session_on_the_server(app: FastAPI, settings: Settings) -> None:
    client = browser(app, READER)
    stolen = client.cookies[SESSION_COOKIE]
    answer = client.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert SESSION_COOKIE not in client.cookies
    client.cookies.set(SESSION_COOKIE, stolen)
    assert client.get("/").status_code == 303
    assert [each["action"] for each in audit(settings)] == ["sign_in", "sign_out"]


def test_a_session_from_before_is_never_taken_over(app: FastAPI) -> None:
    client = browser(app)
    client.cookies.set(SESSION_COOKIE, "planted-by-somebody")
    sign_in(client, READER)
    assert client.get("/", headers={"cookie": f"{SESSION_COOKIE}=planted-by-somebody"}).status_code == 303
    first = [each.value for each in client.cookies.jar if each.name == SESSION_COOKIE][-1]
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, first or "")
    sign_in(client, READER)
    client.cookies.clear()
    assert client.get("/", headers={"cookie": f"{SESSION_COOKIE}={first}"}).status_code == 303


def test_pages_of_somebody_signed_in_stay_in_no_cache(app: FastAPI) -> None:
    client = browser(app, READER)
    for path in ("/", "/library", "/api/documents"):
        assert client.get(path).headers["cache-control"] == "private, no-store"
    assert "immutable" in client.get("/static/style.css?v=x").headers.get("cache-control", "immutable")


def test_the_next_person_at_the_browser_sees_own_questions_only(app: FastAPI) -> None:
    client = browser(app, READER)
    client.get("/", params={"q": QUESTION})
    assert "科技特派员" in client.get("/history").text
    client.post("/logout")
    sign_in(client, ADMIN)
    assert "还没有提问" in client.get("/history").text
    assert "科技特派员" in browser(app, READER).get("/history").text, "on another browser they are there"


def test_changing_ones_password(app: FastAPI, settings: Settings) -> None:
    client, elsewhere = browser(app, READER), browser(app, READER)
    new = "另外的 很长的 密码"

    def change(old: str, first: str, second: str) -> int:
        return client.post("/password", data={"old": old, "new": first, "again": second}).status_code

    assert change("不是这个 密码", new, new) == 422
    assert change(PASSWORD, new, new + "x") == 422
    assert change(PASSWORD, "短", "短") == 422
    assert change(PASSWORD, new, new) == 303
    assert client.get("/password?done=1").status_code == 200
    assert elsewhere.get("/").status_code == 303, "sessions elsewhere have ended"
    assert sign_in(elsewhere, READER).status_code == 401
    assert sign_in(elsewhere, READER, new).status_code == 303
    assert "password_set" in [each["action"] for each in audit(settings)]


def test_requests_are_paced_by_account(settings: Settings) -> None:
    from dataclasses import replace

    app = create_app(HeldAssistant(replace(settings, requests_per_minute=5)))
    client = browser(app, READER)
    assert [client.get("/api/documents").status_code for _ in range(7)] == [200] * 5 + [429] * 2
    refused = client.get("/api/documents")
    assert refused.json()["error"]["code"] == "too_many"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert client.get("/static/style.css").status_code == 200
    assert browser(app, ADMIN).get("/api/documents").status_code == 200


def test_at_this_machine_without_accounts_nothing_is_paced(tmp_path: Path) -> None:
    client = browser(create_app(HeldAssistant(Settings(workspace=tmp_path, requests_per_minute=5))))
    assert {client.get("/api/documents").status_code for _ in range(12)} == {200}


def test_a_damaged_accounts_file_lets_nobody_in(settings: Settings, app: FastAPI) -> None:
    client = browser(app, ADMIN)
    for each in settings.workspace.glob("accounts.sqlite*"):
        each.unlink()
    (settings.workspace / "accounts.sqlite").write_bytes(b"damaged" * 1000)
    refused = client.get("/library")
    assert refused.status_code == 503
    assert "accounts.sqlite" in refused.text
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "/a\\b",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "/\u2028/evil.example",
        " //evil.example",
        "evil.example",
        "http:evil.example",
        "",
        "/login",
        "/logout",
        "/login?next=/login",
        "/" + "x" * 9000,
    ],
)
def test_next_never_leads_elsewhere(elsewhere: str) -> None:
    assert own_address(elsewhere) == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/x\r\nSet-Cookie: a=b"])
def test_signing_in_sends_nobody_elsewhere(app: FastAPI, elsewhere: str) -> None:
    answer = sign_in(browser(app), READER, next=elsewhere)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "own", ["/", "/library", "/?q=a&from=2021#p", "/documents/答复函&185号#p=1-2", "/x?u=https://a/b"]
)
def test_next_leads_to_pages_of_ours(own: str) -> None:
    assert own_address(own) == own
