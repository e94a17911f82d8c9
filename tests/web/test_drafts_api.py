"""``/api/drafts``: the 引用夹 for programs."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.citing.permalink import parse_permalink
from tests.web.held_assistant import BULLETIN_ID, LETTER_ID, HeldAssistant


@pytest.fixture
def draft(client: TestClient, assistant: HeldAssistant) -> dict[str, Any]:
    made = client.post("/api/drafts", json={"name": "材料", "style": "gongwen"})
    assert made.status_code == 201
    for document_id, words in ((BULLETIN_ID, "556个"), (BULLETIN_ID, "66个"), (LETTER_ID, "612个")):
        start = assistant.document(document_id).text.index(words)
        body = {"document": document_id, "start": start, "end": start + len(words), "group": "甲"}
        assert client.post(f"/api/drafts/{made.json()['id']}/items", json=body).status_code == 201
    found: dict[str, Any] = client.get(f"/api/drafts/{made.json()['id']}").json()
    return found


def order(shape: dict[str, Any]) -> list[str]:
    return [f"{each['group']}:{each['quote']}" for each in shape["items"]]


def test_what_is_collected_comes_back_cited(draft: dict[str, Any], assistant: HeldAssistant) -> None:
    first = draft["items"][0]
    assert first["citation"] == "《科技简报》，2021年第1期，鄂尔多斯市科学技术局，2021年3月25日。"
    assert (first["number"], first["state"], first["warning"], first["present"]) == (1, "same", "", None)
    link = parse_permalink(first["permalink"])
    assert link.quote == "556个"
    assert link.before.endswith("引进新品种")
    assert link.path[0] == "高层声音"
    text = assistant.document(BULLETIN_ID).text
    assert text[first["start"] : first["end"]] == first["quote"] == "556个"
    assert draft["undo"]["label"] == "加入引文"
    assert draft["redo"] is None


def test_editing(client: TestClient, draft: dict[str, Any]) -> None:
    address = f"/api/drafts/{draft['id']}"
    first, second, third = (f"{address}/items/{each['id']}" for each in draft["items"])
    assert order(client.patch(third, json={"group": "乙"}).json()) == ["甲:556个", "甲:66个", "乙:612个"]
    assert order(client.patch(first, json={"move": "down"}).json()) == ["甲:66个", "甲:556个", "乙:612个"]
    placed = client.patch(third, json={"before": draft["items"][1]["id"]}).json()
    assert order(placed) == ["甲:612个", "甲:66个", "甲:556个"]
    assert order(client.patch(second, json={"last": True, "group": "丙"}).json())[-1] == "丙:66个"
    assert client.patch(first, json={"note": "备注"}).json()["items"][1]["note"] == "备注"
    refused = client.patch(first, json={"note": "别的", "was": ""})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    assert len(client.delete(second).json()["items"]) == 2
    assert client.get(second).status_code == 404
    for _ in range(6):
        shape = client.post(f"{address}/undo").json()
    assert order(shape) == order(draft)
    assert client.post(f"{address}/redo").json()["items"][2]["group"] == "乙"
    renamed = client.patch(address, json={"name": "新名", "style": "short"}).json()
    assert (renamed["name"], renamed["items"][0]["citation"]) == (
        "新名",
        "《科技简报》2021年第1期（2021年3月25日）【高层声音】",
    )
    assert client.post(f"{address}/undo", params={"number": 1}).status_code == 409


def test_listing_deleting_and_restoring(client: TestClient, draft: dict[str, Any]) -> None:
    listed = client.get("/api/drafts").json()["drafts"]
    assert [(each["name"], each["items"], each["style"]) for each in listed] == [("材料", 3, "gongwen")]
    assert client.delete(f"/api/drafts/{draft['id']}").status_code == 204
    assert client.get("/api/drafts").json() == {"drafts": []}
    assert len(client.get("/api/drafts", params={"deleted": True}).json()["drafts"]) == 1
    assert order(client.post(f"/api/drafts/{draft['id']}/restore").json()) == order(draft)


def test_sent_twice_done_once(client: TestClient) -> None:
    first = client.post("/api/drafts", json={"name": "甲", "token": "t"}).json()
    assert client.post("/api/drafts", json={"name": "甲", "token": "t"}).json()["id"] == first["id"]
    body = {"document": BULLETIN_ID, "start": 9, "end": 20}
    assert client.post("/api/drafts/current/items", json=body).json()["new"] is True
    assert client.post("/api/drafts/current/items", json=body).json()["new"] is False


@pytest.mark.parametrize(
    ("method", "address", "body", "status"),
    [
        ("POST", "/api/drafts", {"name": "x", "style": "apa"}, 400),
        ("POST", "/api/drafts", {"name": "x", "style": "ris"}, 400),
        ("POST", "/api/drafts", {"name": ""}, 400),
        ("POST", "/api/drafts", {"name": "材料"}, 409),
        ("POST", "/api/drafts", {"name": "x", "extra": 1}, 400),
        ("POST", "/api/drafts", {"name": "x", "token": "t" * 101}, 400),
        ("GET", "/api/drafts/0x1", None, 404),
        ("PATCH", "/api/drafts/77", {"name": "x"}, 404),
        ("POST", "/api/drafts/1/items", {}, 400),
        ("POST", "/api/drafts/1/items", {"passage": "没有:1-2"}, 404),
        ("POST", "/api/drafts/1/items", {"document": BULLETIN_ID, "start": 3, "end": 2}, 400),
        ("POST", "/api/drafts/1/items", {"document": BULLETIN_ID, "start": 0, "end": 10**9}, 404),
        ("PATCH", "/api/drafts/1/items/1", {}, 400),
        ("PATCH", "/api/drafts/1/items/1", {"move": "left"}, 400),
        ("PATCH", "/api/drafts/1/items/1", {"before": 999}, 404),
        ("PATCH", "/api/drafts/1/items/%F0%9F%98%80", {"note": ""}, 404),
        ("DELETE", "/api/drafts/1/items/999", None, 404),
        ("GET", "/api/drafts/1/export?format=pdf", None, 400),
    ],
)
def test_bad_requests_are_named_and_change_nothing(
    client: TestClient, draft: dict[str, Any], method: str, address: str, body: dict[str, Any] | None, status: int
) -> None:
    answer = client.request(method, address, json=body)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["message"]
    assert error["hint"]
    assert client.get(f"/api/drafts/{draft['id']}").json() == draft
    assert len(client.get("/api/drafts").json()["drafts"]) == 1


def test_other_sites_change_nothing(client: TestClient, draft: dict[str, Any]) -> None:
    answer = client.delete(f"/api/drafts/{draft['id']}", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert client.get(f"/api/drafts/{draft['id']}").status_code == 200


def test_it_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    paths = {path: set(methods) for path, methods in described["paths"].items() if path.startswith("/api/drafts")}
    assert paths["/api/drafts"] == {"get", "post"}
    assert paths["/api/drafts/{draft_id}"] == {"get", "patch", "delete"}
    assert paths["/api/drafts/{draft_id}/items/{item_id}"] == {"get", "patch", "delete"}
    for path in paths:
        for operation in described["paths"][path].values():
            assert operation["description"]
    fields = described["components"]["schemas"]["ItemShape"]["properties"]
    assert {"quote", "citation", "permalink", "state", "present"} <= set(fields)
