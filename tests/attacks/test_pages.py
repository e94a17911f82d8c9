"""Hostile words in every place that reaches a page or a header, and addresses that want files they may not have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import html
from starlette.testclient import TestClient

from qa.web.app import create_app
from qa.web.assets import static_dir
from tests.indexing.bigram_library import BigramLibrary

SCRIPT = "<script>alert(1)</script>"
BREAKING = "\"'><img src=x onerror=alert(1)><svg/onload=alert(2)>"
TEMPLATE = "{{1111*7}}${1111*7}{%for x in y%}#{1111*7}<%=1111*7%>"
LINK = "[点](javascript:alert(1))"
HOSTILE = f"{SCRIPT}{BREAKING}{TEMPLATE}{LINK}"
NAME = "<img src=x onerror=alert(1)>\"'&{{1111*7}}引进新品种.txt"
TEXT = f"""关于{SCRIPT}引进新品种的通报
各旗区{BREAKING}：
一、{SCRIPT}{TEMPLATE}基本情况
2021年，全市引进新品种556个，推广{HOSTILE}新技术384项。
二、{BREAKING}下一步
要继续{LINK}引进新品种，做好服务。
{SCRIPT}科学技术局
2021年3月25日
"""
ALLOWED_SCRIPTS = tuple(f"/static/{path.name}" for path in static_dir().glob("*.js"))
LINKING = ("href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "data", "xlink:href")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> BigramLibrary:
    made = BigramLibrary(tmp_path_factory.mktemp("attacked"))
    made.write(NAME, TEXT)
    made.write("通报.txt", TEXT)
    made.update()
    (made.corpus.parent / "秘密.txt").write_text("这是资料库以外的秘密", "utf-8")
    return made


@pytest.fixture(scope="module")
def client(library: BigramLibrary) -> Iterator[TestClient]:
    app = create_app(library.assistant(), update=library.update)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="module")
def document(client: TestClient) -> str:
    """The id of the document with the hostile name."""
    found = [each["document_id"] for each in client.get("/api/documents").json()["documents"] if each["path"] == NAME]
    return str(found[0])


def assert_harmless(page: str) -> None:
    """Parsed as a browser does, the page has our scripts only, no handler, no foreign address; words stay words."""
    root = html.document_fromstring(page)
    for element in root.iter("script"):
        assert element.get("src", "").partition("?")[0] in ALLOWED_SCRIPTS
        assert not (element.text or "").strip()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"iframe", "object", "embed", "base", "style"}, element.tag
        assert element.get("src", "") != "x"
        for name, value in element.items():
            assert not name.lower().startswith("on"), (element.tag, name)
            assert name != "style"
            if name in LINKING:
                assert value == "" or value.startswith(("/", "#", "?")), (name, value)
                assert not value.startswith("//")
    assert "7777" not in "".join(root.itertext()), "a template in the words was computed"


def test_words_of_documents_names_and_cards_are_words(client: TestClient, document: str) -> None:
    card = {"document": document, "title": HOSTILE, "issuer": BREAKING, "number": TEMPLATE, "kind": SCRIPT}
    assert client.post("/library/card", data=card).status_code == 303
    span = next(each for each in client.get("/api/search", params={"q": "引进新品种"}).json()["passages"])
    where = {"document": span["document_id"], "start": span["start"], "end": span["end"]}
    shown = ["/", "/library", "/settings", "/drafts", "/check", "/history", "/evaluation", "/evaluation/proposals"]
    shown += [
        f"/documents/{quote(document)}",
        f"/library/card?document={quote(document)}",
        f"/library?q={quote(HOSTILE)}",
    ]
    shown += [
        f"/documents/{quote(document)}?q={quote('引进' + HOSTILE)}#p",
        "/?q=" + quote("2021年引进了多少个新品种？"),
    ]
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert_harmless(answer.text)
    for address in ("/cite", "/around"):
        assert_harmless(client.get(address, params=where).text)
    assert SCRIPT in html.document_fromstring(client.get(f"/documents/{quote(document)}").text).text_content()


@pytest.mark.parametrize("question", [HOSTILE, f"{SCRIPT}引进新品种多少个？", TEMPLATE, "javascript:alert(1)"])
def test_words_of_questions_are_words(client: TestClient, question: str) -> None:
    answer = client.get("/", params={"q": question, "section": BREAKING, "kind": SCRIPT, "said": SCRIPT})
    assert_harmless(answer.text)
    assert_harmless(client.get("/", params={"q": question, "from": BREAKING}).text)
    assert_harmless(client.get("/history").text)
    assert "text/html" not in client.get("/api/ask", params={"q": question}).headers["content-type"]


def test_words_of_drafts_are_words(client: TestClient, document: str) -> None:
    made = client.post("/drafts", data={"name": HOSTILE[:58], "style": "gbt7714-2025", "token": "a"})
    draft = made.headers["location"].partition("?")[0].partition("#")[0]
    passage = client.get("/api/search", params={"q": "引进新品种"}).json()["passages"][0]
    item = {"document": passage["document_id"], "start": passage["start"], "end": passage["end"], "note": HOSTILE}
    assert client.post(f"/api{draft}/items", json=item).status_code == 201
    held = client.get(f"/api{draft}").json()["items"][0]["id"]
    for change, form in (("note", {"note": HOSTILE}), ("group", {"group": HOSTILE[:40]})):
        assert client.post(f"{draft}/items/{held}/{change}", data=form).status_code in (303, 422)
    assert_harmless(client.get(draft).text)
    assert_harmless(client.get("/drafts").text)


def test_words_of_checked_drafts_are_words(client: TestClient) -> None:
    job = client.post("/check", data={"text": f"2021年，全市引进新品种565个{HOSTILE}。“推广{SCRIPT}新技术384项”。"})
    assert job.status_code == 303
    for _ in range(100):
        page = client.get(job.headers["location"])
        assert_harmless(page.text)
        if "progress" not in page.text:
            break


@pytest.mark.parametrize("address", [f"/{quote(SCRIPT)}", f"/documents/{quote(HOSTILE)}", f"/library/jobs/{quote(BREAKING)}",
                                     f"/drafts/{quote(SCRIPT)}", f"/check/{quote(BREAKING)}", f"/login?next={quote(HOSTILE)}"])  # fmt: skip
def test_words_of_addresses_are_words(client: TestClient, address: str) -> None:
    answer = client.get(address)
    if answer.text:
        assert_harmless(answer.text)
    assert "\n" not in answer.headers.get("location", "")


@pytest.mark.parametrize(
    "name", [NAME, 'a"; filename="b.exe.txt', "a\r\nSet-Cookie: x=y.txt", "a\r\n\r\n<script>.txt", "\u202etxt.exe.txt"]
)
def test_a_download_name_begins_no_header(library: BigramLibrary, name: str) -> None:
    library.write(name, TEXT)
    library.update()
    with TestClient(create_app(library.assistant(), update=library.update), raise_server_exceptions=False) as client:
        found = [each for each in client.get("/api/documents").json()["documents"] if each["path"] == name]
        if not found:  # such a name is not taken in
            return
        answer = client.get(f"/documents/{quote(found[0]['document_id'], safe='')}/file")
        assert answer.status_code == (404 if "\n" in name else 200)  # no address leads to a name of two lines
        assert "set-cookie" not in answer.headers
        if answer.status_code == 404:
            return
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment;")
        assert not {"\r", "\n"} & set(disposition)
        assert disposition.count("filename=") <= 1
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=y", 'b"; filename="c.exe', "../../逃", "\u2028d", "e" * 60])
def test_a_draft_name_begins_no_header(client: TestClient, name: str) -> None:
    made = client.post("/api/drafts", json={"name": name})
    if made.status_code != 201:
        assert made.status_code in (400, 422)
        return
    for form in ("docx", "md", "txt"):
        answer = client.get(f"/api/drafts/{made.json()['id']}/export", params={"format": form})
        disposition = answer.headers.get("content-disposition", "")
        assert "set-cookie" not in answer.headers
        assert not {"\r", "\n", "/"} & set(unquote(disposition))
        assert disposition.count('filename="') <= 1


ESCAPES = [
    "../秘密.txt", "..%2f秘密.txt", "%2e%2e/秘密.txt", "..%5c秘密.txt", "....//秘密.txt", "%252e%252e%252f秘密.txt", "/etc/passwd",
    "%00../秘密.txt", "..;/秘密.txt", "资 料/../../秘密.txt", "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("pattern", ["/documents/{}/file", "/documents/{}", "/documents/{}/pages/1.png", "/static/{}", "/{}",
                                     "/api/documents/{}", "/library/card?document={}", "/evaluation/runs/{}"])  # fmt: skip
def test_addresses_do_not_leave_their_folder(client: TestClient, pattern: str, escape: str) -> None:
    answer = client.get(pattern.format(quote(escape, safe="/%")))
    assert answer.status_code in (400, 404, 405), answer.text[:200]
    assert "秘密" not in answer.text.replace("秘密.txt", "")
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "name",
    ["../../逃.txt", "..\\..\\逃.txt", "/tmp/逃.txt", "C:\\逃.txt", "a/../../逃.txt", ".card.toml", "逃.txt\x00.exe"],
)
def test_upload_names_stay_in_the_folder(client: TestClient, library: BigramLibrary, name: str) -> None:
    outside = {path for path in library.corpus.parent.iterdir() if path != library.corpus}
    client.post("/api/documents", files=[("files", (name, TEXT.encode(), "text/plain"))])
    assert {path for path in library.corpus.parent.iterdir() if path != library.corpus} - outside <= {
        library.settings.workspace, library.settings.index
    }  # fmt: skip
    assert not Path("/tmp/逃.txt").exists()
    assert all(path.is_relative_to(library.corpus) for path in library.corpus.rglob("*逃*"))


@pytest.mark.parametrize("kept", ["../../秘密.txt", "/etc/passwd", "..", "a/../../../秘密.txt"])
def test_putting_back_takes_nothing_from_elsewhere(client: TestClient, library: BigramLibrary, kept: str) -> None:
    assert client.post("/library/restore", data={"kept": kept}).status_code in (400, 404, 422)
    assert (library.corpus.parent / "秘密.txt").exists()
    assert not (library.corpus / "秘密.txt").exists()
