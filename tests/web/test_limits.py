"""Every limit of a request, crossed: refused in words that name it, and the next request is served."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.citing.basket.changes import MAX_NAME_CHARS, MAX_NOTE_CHARS
from qa.citing.basket.collecting import MAX_QUOTE_CHARS
from qa.records import Query, Result
from qa.settings import Settings
from qa.web import check_jobs
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


def test_a_quotation_may_be_so_long(library: BigramLibrary) -> None:
    path = library.write("长.txt", "关于科技支出的通报\n" + "全市科技支出24.82亿元，" * 500 + "完。\n")
    library.update()
    words = {each["document_id"]: each for each in serving(library).get("/api/documents").json()["documents"]}
    with serving(library) as client:
        text = client.get(f"/api/documents/{next(key for key in words if key == path.stem)}").json()["text"]
        start = text.index("全市")
        longest = {"document": path.stem, "start": start, "end": start + MAX_QUOTE_CHARS}
        assert client.post("/api/drafts/current/items", json=longest).status_code == 201
        longer = longest | {"end": longest["end"] + 1}
        status, message = error_of(client.post("/api/drafts/current/items", json=longer))
        assert (status, f"选取的文字太长：{MAX_QUOTE_CHARS + 1} 字（一条引文最多 {MAX_QUOTE_CHARS} 字）") == (
            400,
            message,
        )
        page = client.post("/drafts/collect", params=longer)
        assert (page.status_code, "太长" in page.text) == (400, True)
        assert len(client.get("/api/drafts/1").json()["items"]) == 1
        span = {"document": path.stem, "start": start, "end": start + MAX_QUOTE_CHARS + 1}
        assert client.get("/api/cite", params=span).status_code == 200, (
            "a citation names; it is what is kept that is bounded"
        )


def test_only_so_many_drafts_are_checked_at_once(
    client: TestClient, assistant: HeldAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker, go = assistant.draft_checker(), threading.Event()
    one = checker.check_part

    def slow(*arguments: object) -> object:
        go.wait(30)
        return one(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(checker, "check_part", slow)

    def submit(number: int) -> Any:
        return client.post("/check", data={"text": f"第{number}次会议推广新技术384项。"})

    try:
        assert [submit(number).status_code for number in range(check_jobs.MAX_UNFINISHED)] == [303] * 6
        refused = submit(99)
        assert (refused.status_code, "同时最多核对 6 份" in refused.text) == (503, True)
        assert "第99次会议" in refused.text, "what was pasted is not lost"
        assert submit(0).status_code == 303, "a draft that is being checked is no further one"
    finally:
        go.set()


def test_only_so_many_checked_drafts_are_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_jobs, "MAX_KEPT", 2)
    addresses = []
    for number in range(4):
        made = client.post("/check", data={"text": f"第{number}次会议推广新技术384项。"}).headers["location"]
        while "<progress" in client.get(made).text:
            time.sleep(0.01)
        addresses.append(made)
    assert [client.get(each).status_code for each in addresses] == [404, 404, 200, 200]


@pytest.mark.parametrize(("path", "most"), [("/login", 10), ("/feedback", 20), ("/evaluation/question", 40)])
def test_a_form_has_so_many_fields_and_each_so_many_bytes(client: TestClient, path: str, most: int) -> None:
    for form in ({f"field{number}": "x" for number in range(most + 1)}, {"name": "x" * (1024**2 + 1)}):
        response = client.post(path, data=form)
        assert (response.status_code, "项目太多、某一项太长" in response.text) == (400, True)
    assert client.get("/healthz").status_code == 200


def test_more_questions_than_may_wait(assistant: HeldAssistant) -> None:
    class Slow(HeldAssistant):
        entered, go = threading.Semaphore(0), threading.Event()

        def ask(self, query: Query) -> Result:
            self.entered.release()
            self.go.wait(30)
            return super().ask(query)

    slow = Slow(replace(assistant.settings, max_waiting=0))
    at_once = os.cpu_count() or 1
    with TestClient(create_app(slow), raise_server_exceptions=False) as client, ThreadPoolExecutor(at_once) as pool:
        try:
            running = [pool.submit(client.get, "/api/ask", params={"q": f"{QUESTION}{n}"}) for n in range(at_once)]
            assert all(slow.entered.acquire(timeout=30) for _ in running)
            status, message = error_of(client.get("/api/ask", params={"q": QUESTION}))
            assert (status, "现在问的人太多" in message) == (503, True)
            assert client.get("/library").status_code == 200
        finally:
            slow.go.set()
        assert [each.result(30).status_code for each in running] == [200] * at_once


def test_settings_tell_every_limit() -> None:
    told = {
        each for each in Settings.__dataclass_fields__ if each.startswith("max_") or each.endswith(("limit", "minute"))
    }
    assert {"max_question_chars", "max_upload_mb", "max_waiting", "time_limit", "requests_per_minute"} <= told
