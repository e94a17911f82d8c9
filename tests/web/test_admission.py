"""Beyond this machine nobody gets in without the token."""

from __future__ import annotations

import base64

import pytest
from starlette.testclient import TestClient

from qa.errors import SettingsError
from qa.settings import Settings
from qa.web.admission import check_token
from qa.web.app import create_app
from qa.web.server import guarded
from tests.web.held_assistant import HeldAssistant

TOKEN = "一个够长的口令-0123456789"


@pytest.fixture
def client() -> TestClient:
    app = guarded(create_app(HeldAssistant(Settings())), "0.0.0.0", TOKEN)
    return TestClient(app, base_url="http://10.0.0.5:8000")


def _basic(password: str, name: str = "任何名字") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.mark.parametrize("path", ["/", "/library", "/api/documents", "/static/style.css", "/metrics", "/openapi.json"])
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
        {"authorization": "Digest abc"},
        {"authorization": "Basic"},
    ],
)
def test_a_wrong_token_is_refused(client: TestClient, headers: dict[str, str | bytes]) -> None:
    assert client.get("/", headers=headers).status_code == 401  # type: ignore[arg-type]
    assert client.delete("/api/documents/x", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_browsers_and_programs_get_in_with_it(client: TestClient) -> None:
    assert client.get("/", headers=_basic(TOKEN)).status_code == 200
    assert client.get("/api/documents", headers={"authorization": f"Bearer {TOKEN}".encode()}).status_code == 200  # type: ignore[dict-item]


def test_probes_need_none(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("token", ["", "short"])
def test_other_machines_are_not_served_without_a_good_token(token: str) -> None:
    with pytest.raises(SettingsError, match="QA_TOKEN"):
        check_token(token, "0.0.0.0")


def test_this_machine_needs_none() -> None:
    client = TestClient(guarded(create_app(HeldAssistant(Settings())), "127.0.0.1", ""), base_url="http://127.0.0.1")
    assert client.get("/").status_code == 200


def test_the_settings_page_does_not_show_the_token() -> None:
    settings = Settings(token=TOKEN)
    client = TestClient(guarded(create_app(HeldAssistant(settings)), "0.0.0.0", TOKEN), base_url="http://10.0.0.5")
    page = client.get("/settings", headers=_basic(TOKEN))
    assert page.status_code == 200
    assert "已设置" in page.text
    assert TOKEN not in page.text
