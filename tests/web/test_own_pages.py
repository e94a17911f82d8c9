"""Only our own pages change anything."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.web.security import OwnPagesOnly


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("做了"), methods=["GET", "POST", "DELETE"])])
    return TestClient(OwnPagesOnly(app), base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
    ],
)
def test_a_request_from_another_site_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers).status_code == 403
    assert client.delete("/", headers=headers).status_code == 403
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:8000"}])
def test_our_own_pages_and_programs_may(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers).status_code == 200
