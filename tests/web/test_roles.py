"""读者 ask, read, cite and draft; 管理员 change the library and see the settings. Whatever is not named is for 管理员."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from qa.records import Role
from qa.settings import Settings
from qa.web.app import create_app
from qa.web.permissions import Need, allows, needed
from qa.web.security import SAFE_METHODS
from tests.indexing.bigram_library import BigramLibrary
from tests.web.held_assistant import BULLETIN_ID, QUESTION, HeldAssistant
from tests.web.signing_in import ADMIN, READER, add_accounts, browser, quick_passwords

READERS_CHANGES = {
    "/login", "/logout", "/password", "/feedback", "/history/delete", "/history/clear", "/check", "/api/check",
    "/check/{identity}/stop",
}  # fmt: skip
"""Besides everything below /drafts and /api/drafts. Who adds a route that changes something decides here whom it is for."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    quick_passwords(monkeypatch)
    made = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", workspace=tmp_path / "workspace")
    add_accounts(made)
    return made


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(HeldAssistant(settings))


def routes(of: FastAPI | APIRouter) -> Iterator[tuple[str, str]]:
    """(method, path) of every route; FastAPI keeps an included router whole."""
    for route in of.routes:
        included = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in route.methods)
        elif included is not None:
            yield from routes(included)


def test_every_route_that_changes_something_is_for_admins_unless_named(app: FastAPI) -> None:
    changing = {(method, path) for method, path in routes(app) if method not in SAFE_METHODS}
    assert len(changing) > 30, "the routes were not found"
    for method, path in changing:
        own_work = path in READERS_CHANGES or path.startswith(("/drafts", "/api/drafts"))
        assert allows(Role.READER, method, path) is own_work, path
        assert allows(Role.ADMIN, method, path)
        assert allows(None, method, path) is (path == "/login"), path


def test_every_page_but_the_login_asks_for_an_account(app: FastAPI) -> None:
    open_to_all = {path for method, path in routes(app) if allows(None, method, path)}
    assert open_to_all == {"/login", "/healthz", "/readyz"}


@pytest.mark.parametrize(
    ("method", "path", "need"),
    [
        ("GET", "/", Need.READER),
        ("GET", "/loginx", Need.READER),
        ("POST", "/draftsx", Need.ADMIN),
        ("GET", "/library/card/", Need.ADMIN),
        ("GET", "/evaluation/runs/a", Need.ADMIN),
        ("GET", "/documents/login", Need.READER),
        ("DELETE", "/static/../api/documents/x", Need.NOTHING),  # static files are all that is served there
        ("PUT", "/whatever-comes", Need.ADMIN),
        ("BREW", "/", Need.ADMIN),
    ],
)
def test_addresses_are_compared_whole(method: str, path: str, need: Need) -> None:
    assert needed(method, path) is need


def test_what_readers_may(app: FastAPI) -> None:
    client = browser(app, READER)
    for path in ("/", f"/?q={QUESTION}", "/library", f"/documents/{BULLETIN_ID}", "/drafts", "/check", "/history",
                 "/settings", "/password", "/api/documents", f"/api/ask?q={QUESTION}", "/openapi.json"):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert client.post("/drafts", data={"name": "材料", "style": "gbt7714-2025", "token": "a"}).status_code == 303
    assert client.post("/history/clear").status_code == 303


def test_what_readers_may_not(app: FastAPI, settings: Settings) -> None:
    client = browser(app, READER)
    for path in ("/evaluation", "/metrics", f"/library/card?document={BULLETIN_ID}", "/library/jobs/x", "/api/jobs",
                 "/api/feedback", "/api/audit"):  # fmt: skip
        assert client.get(path).status_code == 403, path
    changes = ("/library/upload", "/library/remove", "/library/restore", "/library/reread", "/library/update",
               "/library/card", "/api/documents", "/evaluation/question")  # fmt: skip
    for path in changes:
        refused = client.post(path, data={"document": BULLETIN_ID})
        assert refused.status_code == 403, path
        assert "管理员" in refused.text
    assert client.delete(f"/api/documents/{BULLETIN_ID}").json()["error"]["code"] == "forbidden"
    page = client.get("/settings").text
    assert "QA_CORPUS" not in page
    assert str(settings.corpus) not in page
    library = client.get("/library").text
    assert "/library/upload" not in library
    assert "/library/remove" not in library
    assert "/evaluation" not in client.get("/").text


def test_what_admins_may(app: FastAPI) -> None:
    client = browser(app, ADMIN)
    for path in ("/evaluation", "/metrics", "/settings", "/api/jobs", "/api/feedback", "/api/audit", "/library"):
        assert client.get(path).status_code == 200, path
    assert "QA_CORPUS" in client.get("/settings").text


def test_changes_of_the_library_are_recorded_with_who_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passwords(monkeypatch)
    library = BigramLibrary(tmp_path)
    library.write("报告.txt", "鄂尔多斯市科技工作情况报告\n2021年，全市引进新品种556个，推广新技术384项。\n")
    library.update()
    assistant = library.assistant()
    add_accounts(assistant.settings)
    app = create_app(assistant, update=library.update)
    client = browser(app, ADMIN)
    files = [("files", ("通报.txt", b"\xe9\x80\x9a\xe6\x8a\xa5" * 30)), ("files", ("a.exe", b"x"))]
    assert client.post("/api/documents", files=files).status_code == 202
    card = {"document": "报告", "title": "另一个标题"}
    assert client.post("/library/card", data=card).status_code == 303
    removed = client.delete("/api/documents/报告").json()["job"]
    assert client.post("/library/restore", data={"kept": removed["files"][0]["kept"]}).status_code == 303
    log = [json.loads(line) for line in client.get("/api/audit").text.splitlines()]
    found = [(each["action"], each["what"], each["who"], each["from"]) for each in reversed(log)]
    assert found == [
        ("sign_in", ADMIN, ADMIN, "testclient"),
        ("upload", "通报.txt", ADMIN, "testclient"),
        ("upload", "a.exe", ADMIN, "testclient"),
        ("correct", "报告.txt", ADMIN, "testclient"),
        ("remove", "报告.txt", ADMIN, "testclient"),
        ("restore", "报告.txt", ADMIN, "testclient"),
    ]
    assert "没有收下" in [each["outcome"] for each in log]
    page = client.get("/settings").text
    assert "更正信息" in page
    assert "通报.txt" in page


def test_a_log_that_cannot_be_written_stops_nobody(settings: Settings, app: FastAPI) -> None:
    client = browser(app, ADMIN)
    log = settings.workspace / "audit.jsonl"
    log.unlink()
    log.mkdir()
    assert client.post("/logout").status_code == 303
    assert "操作记录读不了" in browser(app, ADMIN).get("/settings").text


def test_a_change_with_the_cookie_has_to_say_which_page_it_comes_from(app: FastAPI) -> None:
    client = browser(app, ADMIN)
    del client.headers["origin"]
    assert client.post("/history/clear").status_code == 403
    assert client.post("/library/update").status_code == 403
    for foreign in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/history/clear", headers=foreign).status_code == 403
    assert client.post("/history/clear", headers={"sec-fetch-site": "same-origin"}).status_code == 303
    assert client.post("/history/clear", headers={"origin": "http://qa.example"}).status_code == 303
