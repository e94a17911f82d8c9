"""The API answers in the contract's shapes, with the same answers as the pages."""

from __future__ import annotations

from urllib.parse import quote

from starlette.testclient import TestClient

from tests.web.held_assistant import (
    BULLETIN_ID,
    LETTER_ID,
    LIST_QUESTION,
    QUESTION,
    TIMELINE_QUESTION,
    UNANSWERABLE,
    HeldAssistant,
)


def test_ask(client: TestClient, assistant: HeldAssistant) -> None:
    body = client.get("/api/ask", params={"q": QUESTION}).json()
    answer = body["answer"]
    assert (answer["text"], answer["abstained"], answer["reason"], answer["confidence"]) == ("556个", False, None, 0.93)
    assert assistant.document(answer["document_id"]).text[answer["start"] : answer["end"]] == answer["text"]
    assert answer["text"] in answer["evidence"]
    assert body["question"] == QUESTION
    assert body["timing_ms"] == {"total": 41.0, "embed": 4.0, "retrieve": 3.0, "read": 30.0}
    first = body["passages"][0]
    assert first["rank"] == 1
    assert first["citation"] == "《科技简报》2021年第1期（2021年3月25日）【高层声音】"
    assert client.get(first["url"]).status_code == 200


def test_ask_for_several_refused_and_over_the_years(client: TestClient) -> None:
    assert client.get("/api/ask", params={"q": LIST_QUESTION}).json()["answer"]["items"] == ["91项", "384项", "556个"]
    refused = client.get("/api/ask", params={"q": UNANSWERABLE}).json()["answer"]
    assert (refused["abstained"], refused["reason"], refused["text"]) == (True, "period", None)
    others = client.get("/api/ask", params={"q": TIMELINE_QUESTION}).json()["answer"]["others"]
    assert [(o["text"], o["document_id"], o["date"]) for o in others] == [("612个", LETTER_ID, "2024-12-31")]


def test_filters_and_number_of_passages(client: TestClient) -> None:
    body = client.get(
        "/api/search", params={"q": QUESTION, "k": 1, "from": "2021", "to": "2021", "kind": "简报"}
    ).json()
    assert [p["document_id"] for p in body["passages"]] == [BULLETIN_ID]
    body = client.get("/api/search", params={"q": QUESTION, "document": LETTER_ID}).json()
    assert {p["document_id"] for p in body["passages"]} == {LETTER_ID}


def test_documents(client: TestClient, assistant: HeldAssistant) -> None:
    listed = client.get("/api/documents").json()["documents"]
    assert [each["document_id"] for each in listed] == [BULLETIN_ID, LETTER_ID]
    assert listed[0]["card"]["date"] == "2021-03-25"
    assert "text" not in listed[0]
    whole = client.get(f"/api/documents/{quote(LETTER_ID, safe='')}").json()
    assert whole["text"] == assistant.document(LETTER_ID).text
    assert whole["passages"] == 1


def test_passage_and_citation(client: TestClient, assistant: HeldAssistant) -> None:
    passage = assistant.passages_of(BULLETIN_ID)[0]
    assert client.get(f"/api/passages/{passage.id}").json()["text"] == passage.text
    cited = client.get("/api/cite", params={"passage": passage.id}).json()
    assert cited["quote"] == passage.text
    assert cited["style"] == "gbt7714-2025"
    start = passage.text.index("556个") + passage.start
    short = client.get(
        "/api/cite", params={"document": BULLETIN_ID, "start": start, "end": start + 4, "style": "short"}
    ).json()
    assert (short["quote"], short["citation"]) == ("556个", "《科技简报》2021年第1期（2021年3月25日）【高层声音】")


def test_page_and_api_give_the_same_answer(client: TestClient) -> None:
    page, body = client.get("/", params={"q": QUESTION}).text, client.get("/api/ask", params={"q": QUESTION}).json()
    assert f"<strong>{body['answer']['text']}</strong>" in page
    assert all(passage["text"][:10] in page for passage in body["passages"])
