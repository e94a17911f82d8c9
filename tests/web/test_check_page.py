"""核稿 over HTTP: the form, the findings, the downloads, the API, and what is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from starlette.testclient import TestClient

from qa.citing.manuscript.reading import MAX_DRAFT_BYTES
from qa.settings import Settings
from qa.web.app import create_app
from tests.citing.word_drafts import with_paragraphs
from tests.web.held_assistant import HeldAssistant

DRAFT = "2020年，引进新品种565个。推广新技术384项。\n\n全市高速公路里程居全国第一。会议要求“推广新技术384项”。"


@pytest.fixture
def assistant(tmp_path_factory: pytest.TempPathFactory) -> HeldAssistant:
    return HeldAssistant(Settings(workspace=tmp_path_factory.mktemp("workspace")))


@pytest.fixture
def client(assistant: HeldAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant), base_url="http://127.0.0.1") as made:
        yield made


def submit(client: TestClient, text: str = "", file: tuple[str, bytes] | None = None) -> str:
    """The address of the findings, once they are all there."""
    answer = client.post("/check", data={"text": text}, files={"draft": file or ("", b"")}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    while client.get(f"{address}/progress").json()["state"] == "running":
        pass
    return address


def test_a_pasted_draft_comes_back_sentence_by_sentence(client: TestClient) -> None:
    page = client.get(submit(client, DRAFT)).text
    assert page.index("565个") < page.index("384项") < page.index("高速公路")
    assert "稿件 <b>565个</b>" in page
    assert "资料 <b>556个</b>" in page
    assert "/documents/%E7%A7%91%E6%8A%80%E7%AE%80%E6%8A%A5-2021%E5%B9%B4%E7%AC%AC1%E6%9C%9F?start=" in page
    assert "#p=" in page
    assert "引文一致" in page


@pytest.mark.parametrize(
    ("show", "held", "gone"),
    [
        ("contradicted", "565个", "高速公路"),
        ("not_found", "高速公路", "565个"),
        ("supported", "推广新技术384项", "高速公路"),
        ("nonsense", "高速公路", "<script"),
    ],
)
def test_the_list_is_narrowed_by_address(client: TestClient, show: str, held: str, gone: str) -> None:
    page = client.get(f"{submit(client, DRAFT)}?show={show}").text
    listed = page[page.index('class="findings"') :]
    assert held in listed
    assert gone not in listed


def test_the_same_draft_has_the_same_address(client: TestClient) -> None:
    assert submit(client, DRAFT) == submit(client, DRAFT) != submit(client, DRAFT + "又一句话在这里。")


def test_a_file_counts_before_pasted_words_and_gbk_is_read(client: TestClient) -> None:
    page = client.get(submit(client, "别的文字", ("稿.txt", DRAFT.encode("gb18030")))).text
    assert "565个" in page
    assert "GB18030" in page
    assert "别的文字" not in page


def test_the_word_draft_comes_back_with_comments(client: TestClient) -> None:
    address = submit(client, file=("总结.docx", with_paragraphs(*DRAFT.split("\n\n"))))
    answer = client.get(f"{address}/comments.docx")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''%E6%80%BB%E7%BB%93")
    document = Document(BytesIO(answer.content))
    assert [c.text.split("\n")[0] for c in document.comments] == [
        "【不一致】",
        "【有据】",
        "【未找到】",
        "【未找到】",
        "【引文一致】",
    ]
    result = client.get(f"{address}/result.json").json()
    assert result["text"].startswith("2020年")
    assert result["findings"][0]["verdict"] == "contradicted"


@pytest.mark.parametrize(
    ("text", "file", "status", "says"),
    [
        ("", None, 400, "没有文字"),
        ("……", None, 400, "没有文字"),
        ("", ("a.docx", b"not a docx"), 422, "a.docx 不是 .docx"),
        ("", ("a.pdf", b"%PDF-1.7"), 400, "a.pdf 的格式还不能核对"),
        ("", ("a.txt", b"\x00" * 50), 422, "a.txt 不是文本文件"),
        ("", ("a.txt", b"a" * (MAX_DRAFT_BYTES + 1)), 400, "5 MB"),
        ("", ("a.txt", b"a" * (MAX_DRAFT_BYTES + 2_000_000)), 400, "太大"),
    ],
)
def test_a_draft_that_cannot_be_checked_is_named(
    client: TestClient, text: str, file: tuple[str, bytes] | None, status: int, says: str
) -> None:
    answer = client.post("/check", data={"text": text}, files={"draft": file or ("", b"")})
    assert answer.status_code == status
    assert says in answer.text
    assert 'role="alert"' in answer.text


def test_what_was_pasted_is_not_lost_when_the_file_is_refused(client: TestClient) -> None:
    answer = client.post("/check", data={"text": "写了很久的<b>稿子"}, files={"draft": ("a.docx", b"x")})
    assert "写了很久的&lt;b&gt;稿子" in answer.text


def test_a_draft_without_claims_says_so(client: TestClient) -> None:
    assert "没有可核对的说法或引文" in client.get(submit(client, "标题")).text


def test_a_long_draft_can_be_watched_and_stopped(client: TestClient, assistant: HeldAssistant) -> None:
    checker = assistant.draft_checker()
    one, go = checker.check_part, threading.Event()

    def slow(*args: object) -> object:
        go.wait(30)
        return one(*args)  # type: ignore[arg-type]

    checker.check_part = slow  # type: ignore[method-assign, assignment]
    sentences = "".join(f"第{n}次会议推广新技术384项。" for n in range(40))
    answer = client.post("/check", data={"text": sentences}, follow_redirects=False)
    address = str(answer.headers["location"])
    page = client.get(address).text
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page
    assert client.get(f"{address}/progress").json() == {"state": "running", "done": 0, "total": 40}
    client.post(f"{address}/stop", follow_redirects=False)
    go.set()
    while client.get(f"{address}/progress").json()["state"] == "running":
        pass
    page = client.get(address).text
    assert "已停止，核对了 1 / 40 处" in page
    assert client.get(f"{address}/result.json").json()["complete"] is False


def test_unknown_results_are_named(client: TestClient) -> None:
    answer = client.get("/check/abc")
    assert answer.status_code == 404
    assert "没有这次核稿的结果" in answer.text


# ------------------------------------------------------------------------------------------------------------------- API


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": DRAFT}},
        {"files": {"draft": ("稿.txt", DRAFT.encode("gb18030"))}},
        {"content": DRAFT.encode(), "headers": {"content-type": "text/plain; charset=utf-8"}},
    ],
)
def test_the_api_gives_the_contracts_shape(client: TestClient, sent: dict[str, object]) -> None:
    answer = client.post("/api/check", **sent)  # type: ignore[arg-type]
    assert answer.status_code == 200
    first = answer.json()["findings"][0]
    assert list(first) == ["kind", "text", "start", "end", "verdict", "differences", "evidence"]
    assert first["differences"] == [{"in_draft": "565个", "in_source": "556个", "what": "number"}]
    assert DRAFT[first["start"] : first["end"]] == first["text"]
    assert answer.json()["counts"]["not_found"] == 2


def test_the_api_gives_a_word_document(client: TestClient) -> None:
    answer = client.post("/api/check?as=docx", json={"text": DRAFT})
    assert len(list(Document(BytesIO(answer.content)).comments)) == 5


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, "JSON"),
        ({"json": {"texts": "x"}}, "JSON"),
        ({"json": [1]}, "JSON"),
        ({"json": {"text": 1}}, "JSON"),
        ({"json": {"text": ""}}, "没有文字"),
        ({"json": {"text": "稿" * 300_001}}, "300000"),
        ({"content": b"x", "headers": {"content-type": "image/png"}}, "image/png"),
        ({}, "不支持"),
    ],
)
def test_the_api_names_what_is_wrong(client: TestClient, sent: dict[str, object], says: str) -> None:
    answer = client.post("/api/check", **sent)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert says in answer.json()["error"]["message"]
    assert answer.json()["error"]["hint"]


def test_another_site_cannot_submit(client: TestClient) -> None:
    assert client.post("/api/check", json={"text": DRAFT}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
