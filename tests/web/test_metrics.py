"""What Prometheus reads: counts by route and outcome, and never what was asked."""

from __future__ import annotations

import re

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tests.web.held_assistant import BULLETIN_ID, QUESTION, UNANSWERABLE


def _values(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_questions_are_counted_by_outcome(client: TestClient) -> None:
    client.get("/api/ask", params={"q": QUESTION})
    client.get("/", params={"q": QUESTION})
    client.get("/api/ask", params={"q": UNANSWERABLE})
    values = _values(client)
    assert values["qa_answers_total", (("outcome", "answered"),)] == 2
    refused = [
        value
        for (name, labels), value in values.items()
        if name == "qa_answers_total" and labels != (("outcome", "answered"),)
    ]
    assert sum(refused) == 1
    assert values["qa_stage_seconds_count", (("stage", "read"),)] == 3


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    client.get(f"/documents/{BULLETIN_ID}")
    client.get("/documents/没有这份")
    client.get("/nowhere")
    values = _values(client)
    page = "/documents/{document_id:path}"
    for status in ("200", "404"):
        labels = (("method", "GET"), ("route", page), ("status", status))
        assert values["qa_request_seconds_count", labels] == 1
    assert values["qa_request_seconds_count", (("method", "GET"), ("route", "(none)"), ("status", "404"))] == 1
    assert values["qa_requests_running", ()] == 1  # the one that reads them


def test_nothing_that_was_asked_is_in_it(client: TestClient) -> None:
    client.get("/", params={"q": QUESTION})
    text = client.get("/metrics").text
    assert not re.search(r"[\u4e00-\u9fff]", text)
    assert "%E7" not in text
