"""Beyond this machine nobody gets in without an account or the token."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.errors import SettingsError
from qa.settings import Settings
from qa.web.admission import Admission
from qa.web.app import create_app
from qa.web.server import guarded
from tests.web.held_assistant import HeldAssistant

TOKEN = "一个够长的口令-0123456789"


def outside(settings: Settings) -> TestClient:
    return TestClient(guarded(create_app(HeldAssistant(settings)), "0.0.0.0"), base_url="http://10.0.0.5:8000")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return outside(Settings(token=TOKEN, workspace=tmp_path))


def _basic(password: str, name: str = "任何名字") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.mark.parametrize("path", ["/", "/library", "/api/documents", "/metrics", "/openapi.json", "/没有", "/settings"])
def test_nothing_is_shown_without_the_token(client: TestClient, path: str) -> None:
    refused = client.get(path)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert "科技" not in refused.text


@pytest.mark.parametrize(
    "headers",
    [
        _basic("错的口令-0123456789"),
        _basic(TOKEN + "x"),
        _basic(""),
        {"authorization": "Basic 不是编码".encode()},
        {"authorization": "Bearer " + "x" * 20},
        {"authorization": "Bearer"},
        {"authorization": "Digest abc"},
        {"authorization": "Basic"},
        {"cookie": "qa_session=x; qa_visitor=y"},
        {"cookie": 'qa_session="; a=\x01;;=;'},
    ],
)
def test_a_wrong_token_is_refused(client: TestClient, headers: dict[str, str | bytes]) -> None:
    assert client.get("/", headers=headers).status_code == 401  # type: ignore[arg-type]
    assert client.delete("/api/documents/x", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_browsers_and_programs_get_in_with_it(client: TestClient) -> None:
    assert client.get("/", headers=_basic(TOKEN)).status_code == 200
    assert client.get("/api/documents", headers={"authorization": f"Bearer {TOKEN}".encode()}).status_code == 200  # type: ignore[dict-item]


def test_guessing_the_token_is_slowed_down(client: TestClient, tmp_path: Path) -> None:
    answers = [client.get("/", headers=_basic(f"口令{number}")).status_code for number in range(40)]
    assert answers == [401] * 30 + [429] * 10
    assert client.get("/", headers=_basic(TOKEN)).status_code == 200, "whoever knows it is not held up by the others"
    assert (tmp_path / "audit.jsonl").read_text("utf-8").count("sign_in_refused") == 30


def test_requests_with_the_token_are_paced_too(tmp_path: Path) -> None:
    client = outside(Settings(token=TOKEN, workspace=tmp_path, requests_per_minute=5))
    answers = [client.get("/api/documents", headers=_basic(TOKEN)).status_code for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2


def test_an_empty_token_is_none(tmp_path: Path) -> None:
    client = outside(Settings(workspace=tmp_path))
    for headers in ({}, _basic(""), {"authorization": "Bearer "}, {"authorization": "Bearer"}):
        assert client.get("/", headers=headers).status_code == 401


def test_probes_need_none(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/static/style.css").status_code == 200
    assert client.get("/readyz").status_code in (200, 503)


@pytest.mark.parametrize("token", ["", "short"])
def test_other_machines_are_not_served_without_a_good_token(token: str, tmp_path: Path) -> None:
    app = create_app(HeldAssistant(Settings(token=token, workspace=tmp_path)))
    admission: Admission = app.state.admission
    with pytest.raises(SettingsError, match="QA_TOKEN") as refused:
        admission.check_outside("0.0.0.0")
    assert "qa users add" in refused.value.hint


def test_this_machine_needs_none(tmp_path: Path) -> None:
    app = guarded(create_app(HeldAssistant(Settings(workspace=tmp_path))), "127.0.0.1")
    client = TestClient(app, base_url="http://127.0.0.1")
    assert client.get("/").status_code == 200
    assert client.get("/login", follow_redirects=False).headers["location"] == "/"
    assert client.get("/password").status_code == 401
    assert "退出" not in client.get("/").text


def test_the_settings_page_does_not_show_the_token(client: TestClient) -> None:
    page = client.get("/settings", headers=_basic(TOKEN))
    assert page.status_code == 200
    assert "已设置" in page.text
    assert TOKEN not in page.text
