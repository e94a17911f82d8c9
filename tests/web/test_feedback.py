"""What people say of answers: kept with what it was about, never taken on trust."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from qa.bootstrap import open_feedback
from qa.records import Span, Verdict
from tests.web.held_assistant import BULLETIN_ID, LIST_QUESTION, QUESTION, UNANSWERABLE, HeldAssistant
from tests.web.html_reading import Element, read_html


def form_of(client: TestClient, question: str, **filters: str) -> tuple[dict[str, str], Element]:
    page = read_html(client.get("/", params={"q": question, **filters}).text)
    form = page.one("form", "feedback")
    return {field.attributes["name"]: field.attributes["value"] for field in form.all("input")}, form


def test_a_verdict_is_kept_with_question_index_and_answer(client: TestClient, assistant: HeldAssistant) -> None:
    fields, form = form_of(client, QUESTION, **{"from": "2021", "section": "高层声音"})
    assert [button.text for button in form.all("button")] == ["对", "错", "出处不对"]
    response = client.post("/feedback", data={**fields, "verdict": "wrong"})
    assert response.status_code == 303
    where = urlsplit(response.headers["location"])
    assert parse_qs(where.query) == {"q": [QUESTION], "from": ["2021"], "section": ["高层声音"], "said": ["wrong"]}
    (said,) = open_feedback(assistant.settings).list()
    best = assistant.span_of(BULLETIN_ID, "556个", 0.93)
    assert (said.verdict, said.question, said.answers, said.span) == (Verdict.WRONG, QUESTION, ("556个",), best.span)
    assert said.evidence == assistant.document(BULLETIN_ID).text[best.evidence.start : best.evidence.end]
    assert (said.document, said.generation) == ("科技简报-2021年第1期.txt", assistant.generation)
    assert said.filters.section == "高层声音"
    again = read_html(client.get(response.headers["location"]).text).one("form", "feedback")
    assert [b.attributes["aria-pressed"] for b in again.all("button")] == ["false", "true", "false"]


def test_a_second_thought_and_a_second_press_count_once(client: TestClient, assistant: HeldAssistant) -> None:
    fields, _ = form_of(client, QUESTION)
    for verdict in ("right", "right", "wrong_source"):
        client.post("/feedback", data={**fields, "verdict": verdict})
    assert [each.verdict for each in open_feedback(assistant.settings).list()] == [Verdict.WRONG_SOURCE]


def test_a_script_gets_the_form_alone(client: TestClient) -> None:
    fields, _ = form_of(client, QUESTION)
    response = client.post("/feedback", data={**fields, "verdict": "right"}, headers={"hx-request": "true"})
    assert response.status_code == 200
    assert [part.tag for part in read_html(response.text).parts if isinstance(part, Element)] == ["form"]


def test_an_answer_that_changed_since_is_not_judged(client: TestClient, assistant: HeldAssistant) -> None:
    fields, _ = form_of(client, QUESTION)
    response = client.post("/feedback", data={**fields, "q": UNANSWERABLE, "verdict": "right"})
    assert response.status_code == 409
    assert "已经变了" in read_html(response.text).one("section", "refusal").text
    assert open_feedback(assistant.settings).list() == ()


def test_the_same_answer_of_a_newer_index_counts_for_the_newer(client: TestClient, assistant: HeldAssistant) -> None:
    fields, _ = form_of(client, QUESTION)
    assistant.generation = "later"
    client.post("/feedback", data={**fields, "verdict": "right"})
    assert [each.generation for each in open_feedback(assistant.settings).list()] == ["later"]


@pytest.mark.parametrize(
    "changes", [{"verdict": ""}, {"verdict": "<script>"}, {"q": ""}, {"from": "昨天"}, {"q": "字" * 10_000}]
)
def test_a_form_that_is_none_is_refused_readably(
    client: TestClient, assistant: HeldAssistant, changes: dict[str, str]
) -> None:
    fields, _ = form_of(client, QUESTION)
    response = client.post("/feedback", data={**fields, "verdict": "right", **changes})
    assert response.status_code == 400
    assert "下一步" in response.text
    assert open_feedback(assistant.settings).list() == ()


def test_another_site_cannot_say_anything(client: TestClient, assistant: HeldAssistant) -> None:
    fields, _ = form_of(client, QUESTION)
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post("/feedback", data={**fields, "verdict": "right"}, headers=headers).status_code == 403
    assert open_feedback(assistant.settings).list() == ()


def test_abstaining_can_be_right_and_wrong(client: TestClient) -> None:
    fields, form = form_of(client, UNANSWERABLE)
    assert [button.text for button in form.all("button")] == ["确实没有", "资料里有"]
    assert client.post("/feedback", data={**fields, "verdict": "right"}).status_code == 303


def test_candidates_for_an_evaluation_set(client: TestClient) -> None:
    assert client.get("/api/feedback").text == ""
    for question in (QUESTION, LIST_QUESTION):
        fields, _ = form_of(client, question)
        client.post("/feedback", data={**fields, "verdict": "right"})
    response = client.get("/api/feedback")
    assert "attachment" in response.headers["content-disposition"]
    newest, first = (json.loads(line) for line in response.text.splitlines())
    assert newest["answers"] == ["91项", "384项", "556个"]
    assert first["evidence"][0]["doc"] == "科技简报-2021年第1期.txt"
    assert "visitor" not in response.text


def test_a_place_that_is_none_and_what_stands_around_one(client: TestClient, assistant: HeldAssistant) -> None:
    first, second = assistant.passages_of(BULLETIN_ID)
    text = assistant.document(BULLETIN_ID).text
    response = client.get("/around", params=dict(zip(("document", "start", "end"), second.span, strict=True)))
    around = read_html(response.text)
    before, after = (part.all("p") for part in around.all("div", "verbatim"))
    assert first.text in [line.text for line in before]
    assert [line.text for line in after] == ["编辑：程继东"]
    assert all(line.text in text for line in (*before, *after))
    for place in (Span(BULLETIN_ID, 9, 9), Span(BULLETIN_ID, -1, 4), Span(BULLETIN_ID, 5, 99999), Span("没有", 1, 2)):
        answer = client.get("/around", params=dict(zip(("document", "start", "end"), place, strict=True)))
        assert answer.status_code == 404
    assert client.get("/around", params={"document": BULLETIN_ID, "start": "x", "end": "9"}).status_code == 400
