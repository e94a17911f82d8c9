"""Every limit of a request, crossed: refused in words that name it, and the next request is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.citing.basket.changes import MAX_NAME_CHARS, MAX_NOTE_CHARS
from qa.settings import Settings
from qa.web.app import create_app
from qa.web.body_limit import MAX_BODY_BYTES
from tests.indexing.bigram_library import BigramLibrary
from tests.web.held_assistant import QUESTION, HeldAssistant

TEXT = "text/plain"


def error_of(response: Any) -> tuple[int, str]:
    return response.status_code, str(response.json()["error"]["message"])


@pytest.mark.parametrize("more", [0, 1])
def test_a_question_may_be_so_long(client: TestClient, assistant: HeldAssistant, more: int) -> None:
    longest = assistant.settings.max_question_chars
    response = client.get("/api/ask", params={"q": "长" * (longest + more)})
    assert response.status_code == (400 if more else 200)
    assert not more or error_of(response) == (400, f"问题太长：{longest + 1} 字（最多 {longest} 字）")


@pytest.mark.parametrize("count", ["0", "51", "1e9", "九"])
def test_passages_are_counted_from_1_to_50(client: TestClient, count: str) -> None:
    status, message = error_of(client.get("/api/ask", params={"q": QUESTION, "k": count}))
    assert (status, "1 到 50" in message) == (400, True)


@pytest.mark.parametrize("path", ["/api/drafts", "/feedback", "/check", "/history/delete"])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(client: TestClient, path: str) -> None:
    response = client.post(path, content=b"x" * (MAX_BODY_BYTES + 1), headers={"content-type": "application/json"})
    assert (response.status_code, "太大" in response.text) == (413, True)
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/api/drafts", "/feedback", "/history/delete"])
def test_a_body_of_unknown_length_is_refused_when_it_is_too_long(client: TestClient, path: str) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(40):
            sent += 1
            yield b"x" * 1024**2

    response = client.post(path, content=endless(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert (response.status_code, "太大" in response.text) == (413, True)
    assert client.get("/api/drafts").json()["drafts"] == []


@pytest.mark.parametrize(("more", "status"), [(0, 201), (1, 400)])
def test_the_name_of_a_draft_may_be_so_long(client: TestClient, more: int, status: int) -> None:
    response = client.post("/api/drafts", json={"name": "名" * (MAX_NAME_CHARS + more)})
    assert response.status_code == status
    assert not more or "名称太长" in error_of(response)[1]


@pytest.mark.parametrize("more", [0, 1])
def test_a_note_may_be_so_long(client: TestClient, assistant: HeldAssistant, more: int) -> None:
    draft = client.post("/api/drafts", json={"name": "汇报"}).json()["id"]
    passage = client.get("/api/ask", params={"q": QUESTION}).json()["passages"][0]["passage_id"]
    body = {"passage": passage, "note": "注" * (MAX_NOTE_CHARS + more)}
    response = client.post(f"/api/drafts/{draft}/items", json=body)
    assert response.status_code == (400 if more else 201)
    assert not more or "备注太长" in error_of(response)[1]


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path / "lib")
    made.write("甲.txt", "科技支出24.82亿元。")
    made.update()
    return made


def serving(library: BigramLibrary, **settings: Any) -> TestClient:
    from dataclasses import replace

    library.settings = replace(library.settings, **settings)
    return TestClient(create_app(library.assistant(), update=library.update), raise_server_exceptions=False)


def test_a_file_over_the_limit_is_refused_and_the_one_beside_it_taken(library: BigramLibrary) -> None:
    with serving(library, max_upload_mb=1) as client:
        files = [
            ("files", ("大.txt", "大".encode() * 400_000, TEXT)),
            ("files", ("小.txt", "小的一件，数值1.5亿元。".encode(), TEXT)),
        ]
        job = client.post("/api/documents", files=files).json()["job"]
        states = {each["path"]: each["state"] for each in job["files"]}
        assert states["大.txt"] == "refused"
        assert "上限 1 MB" in str(job)
        assert (library.corpus / "小.txt").is_file()
        assert not (library.corpus / "大.txt").exists()
        status, message = error_of(client.post("/api/documents", files=files[:1]))
        assert (status, "太大" in message) == (422, True)


def test_more_files_than_one_request_may_bring_are_named_and_the_first_are_taken(
    library: BigramLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.web.library_upload.MAX_FILES", 3)
    with serving(library) as client:
        files = [
            ("files", (f"{number}.txt", f"第{number}件，数值{number}.5亿元。".encode(), TEXT)) for number in range(5)
        ]
        job = client.post("/api/documents", files=files).json()["job"]
    assert [each["state"] == "refused" for each in job["files"]] == [False, False, False, True, True]
    assert "一次最多 3 个文件" in str(job)
    assert sorted(path.name for path in library.corpus.glob("*.txt")) == ["0.txt", "1.txt", "2.txt", "甲.txt"]


def test_settings_tell_every_limit() -> None:
    told = {
        each for each in Settings.__dataclass_fields__ if each.startswith("max_") or each.endswith(("limit", "minute"))
    }
    assert {"max_question_chars", "max_upload_mb", "max_waiting", "time_limit", "requests_per_minute"} <= told
