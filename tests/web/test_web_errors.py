"""Bad input and broken surroundings: the right status, a readable page, the next step, and nothing of our insides."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from qa.errors import IndexDamagedError, IndexMissingError, IndexModelError, ModelError, QaError
from qa.web.app import create_app
from qa.web.error_pages import hint_parts
from tests.web.held_assistant import BULLETIN_ID, QUESTION, HeldAssistant
from tests.web.html_reading import read_html

DAMAGED = IndexDamagedError("索引已损坏：vectors.faiss", reason="校验值不符", hint="运行 qa index --rebuild 重建")

# Addresses of 10,000 characters are longer than this client sends; tests/web/test_web_server.py sends them.
BAD_REQUESTS = [
    ("/?q=", 400, "问题是空的"),
    ("/?q=%20%E3%80%80%20", 400, "问题是空的"),
    ("/?q=" + "长" * 7_000, 400, "问题太长"),
    ("/?q=😀😀", 400, "问题是空的"),
    ("/?q=问&from=昨天", 400, "昨天"),
    ("/?q=问&from=2023&to=2021", 400, "颠倒"),
    ("/documents/没有", 404, "没有"),
    ("/documents/没有/file", 404, "没有"),
    ("/documents/..%2F..%2Fetc%2Fpasswd", 404, ""),
    ("/cite", 400, "document"),
    (f"/cite?document={BULLETIN_ID}&start=9&end=3", 400, "9"),
    (f"/cite?document={BULLETIN_ID}&start=0&end=99999", 404, "99999"),
    ("/cite?document=没有&start=0&end=1", 404, "没有"),
    ("/没有这一页", 404, "没有这个页面"),
    ("/static/没有.css", 404, "没有这个页面"),
]


@pytest.mark.parametrize(("address", "status", "words"), BAD_REQUESTS)
def test_bad_requests_get_a_readable_page(client: TestClient, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    page = read_html(response.text)
    alert = page.one(role="alert")
    assert words in alert.text
    assert "下一步" in alert.text
    assert "Traceback" not in response.text
    assert page.one("form", "ask")


def test_an_over_long_question_comes_back_cut_to_what_fits(client: TestClient) -> None:
    page = read_html(client.get("/", params={"q": "长" * 7_000}).text)
    assert page.one("input", type="search").attributes["value"] == "长" * 500


def test_script_in_an_error_is_text(client: TestClient) -> None:
    for address in ("/documents/<script>alert(1)<", "/?q=问&from=<script>alert(1)</script>"):
        page = read_html(client.get(address).text)
        assert not any(script.text for script in page.all("script"))
        assert "alert(1)" in page.one(role="alert").text


API_REQUESTS = [
    ("/api/ask", 400, "usage"),
    ("/api/ask?q=%20", 400, "usage"),
    ("/api/ask?q=" + "长" * 7_000, 400, "usage"),
    ("/api/ask?q=问&k=0", 400, "usage"),
    ("/api/ask?q=问&to=xx", 400, "usage"),
    ("/api/search?q=😀", 400, "usage"),
    ("/api/documents/没有", 404, "not_found"),
    ("/api/passages/没有:1-2", 404, "not_found"),
    ("/api/passages/x", 404, "not_found"),
    ("/api/cite", 400, "usage"),
    (f"/api/cite?document={BULLETIN_ID}&start=a&end=3", 400, "usage"),
    (f"/api/cite?document={BULLETIN_ID}&start=0&end=3&style=APA", 400, "usage"),
    (f"/api/cite?document={BULLETIN_ID}&start=0&end=99999", 404, "not_found"),
    ("/api/none", 404, "not_found"),
]


@pytest.mark.parametrize(("address", "status", "code"), API_REQUESTS)
def test_bad_api_requests_get_the_one_json_shape(client: TestClient, address: str, status: int, code: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(response.json()) == {"error"}
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == code
    assert error["message"]
    assert error["hint"]


def test_the_wrong_method_is_refused_readably(client: TestClient) -> None:
    assert client.post("/api/ask").json()["error"]["code"] == "usage"
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DAMAGED, 503),
        (IndexMissingError("还没有索引：index", reason="其中没有建好的索引", hint="运行 qa index 建立索引"), 503),
        (IndexModelError("索引是用另一个模型建的", reason="模型不同", hint="运行 qa index --rebuild"), 503),
        (ModelError("找不到模型", reason="文件夹不存在", hint="检查 QA_MODEL"), 503),
    ],
)
def test_an_index_or_model_that_breaks_while_serving(
    client: TestClient, assistant: HeldAssistant, error: QaError, status: int
) -> None:
    assistant.broken = error
    response = client.get("/", params={"q": QUESTION})
    assert response.status_code == status
    alert = read_html(response.text).one(role="alert")
    assert error.message in alert.text
    assert error.reason in alert.text
    assert error.hint in alert.text
    shape = client.get("/api/ask", params={"q": QUESTION}).json()["error"]
    assert (shape["code"], shape["hint"]) == (error.code, error.hint)
    # A document can still be read: what leads there from a question is an extra.
    assert client.get(f"/documents/{BULLETIN_ID}", params={"ask": QUESTION}).status_code == 200
    assistant.broken = None
    assert client.get("/", params={"q": QUESTION}).status_code == 200


def test_the_next_step_shows_its_command_as_one(client: TestClient, assistant: HeldAssistant) -> None:
    assistant.broken = DAMAGED
    page = read_html(client.get("/", params={"q": QUESTION}).text)
    assert page.one(role="alert").one("code").text == "qa index --rebuild"


@pytest.mark.parametrize(
    ("hint", "commands"),
    [
        ("运行 qa index --rebuild 重建", ["qa index --rebuild"]),
        ("换一个端口：qa serve --port 8001，或先停掉那个程序", ["qa serve --port 8001"]),
        ("重新提问，或用 qa documents 查看文档", ["qa documents"]),
        ("回到问答页", []),
        ("", []),
    ],
)
def test_hints_are_cut_at_their_commands(hint: str, commands: list[str]) -> None:
    parts = hint_parts(hint)
    assert "".join(part.text for part in parts) == hint
    assert [part.text for part in parts if part.command] == commands


def test_a_bug_of_ours_shows_no_trace(
    client: TestClient, assistant: HeldAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.broken = RuntimeError("secret detail")
    for address in ("/", "/api/ask"):
        response = client.get(address, params={"q": QUESTION})
        assert response.status_code == 500
        assert "secret detail" not in response.text
        assert response.headers["content-security-policy"]
    assert response.json()["error"]["code"] == "internal"
    assert "secret detail" in caplog.text


def test_headers_keep_a_page_to_itself(client: TestClient) -> None:
    for address in ("/", f"/documents/{BULLETIN_ID}", "/没有", "/api/documents", "/static/app.js", "/healthz"):
        headers = client.get(address).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers


def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    for address in ("/", f"/?q={QUESTION}", f"/documents/{BULLETIN_ID}?start=9&end=20", "/没有"):
        page = read_html(client.get(address).text)
        assert not page.all("style")
        for element in page.all():
            assert not {name for name in element.attributes if name == "style" or name.startswith("on")}
            for name in ("src", "href", "action"):
                assert element.attributes.get(name, "/")[:1] in ("/", "#"), element
                assert not element.attributes.get(name, "/").startswith("//")
        assert not [script for script in page.all("script") if script.text.strip()]


def test_static_files_are_kept_by_their_hash(client: TestClient) -> None:
    page = read_html(client.get("/").text)
    address = page.one("link", rel="stylesheet").attributes["href"]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get(address.partition("?")[0]).headers["cache-control"] == "no-cache"


def test_openapi_describes_the_api_and_no_page_loads_a_cdn(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/search", "/api/documents", "/api/cite", "/healthz", "/readyz"} <= set(paths)
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


def test_without_a_started_application_the_first_request_opens(assistant: HeldAssistant) -> None:
    assert TestClient(create_app(assistant)).get("/", params={"q": QUESTION}).status_code == 200
