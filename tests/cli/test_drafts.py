"""引用夹 over a real index: one answer at every door, and ``qa verify`` over documents that change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
import typer
from starlette.testclient import TestClient

from qa.bootstrap import index_corpus
from qa.citing.basket.changes import DRAFT_STYLES
from qa.citing.styles import STYLES
from qa.cli import cite, drafts, verify
from qa.errors import NotFoundError, UsageError
from qa.settings import Settings
from qa.web.app import create_app
from tests.web.html_reading import read_html

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "科技特派员2020年引进了多少个新品种？"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("资料 库")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    made = Settings(corpus=folder / "corpus", index=folder / "index", workspace=folder / "工作区")
    index_corpus(made)
    return made


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(autouse=True)
def _workspace(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_WORKSPACE", str(settings.workspace))


def place(settings: Settings) -> tuple[Path, Path]:
    return settings.corpus, settings.index


def test_one_answer_at_every_door(client: TestClient, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    hits = client.get("/api/search", params={"q": QUESTION}).json()["passages"]
    passage = hits[0]["passage_id"]
    document, start, end = hits[0]["document_id"], hits[0]["start"], hits[0]["end"]
    card = read_html(client.get("/", params={"q": QUESTION}).text).all("article")[0]
    menu = {
        row.one("dt").text: row.one("span", css="citation").text for row in card.one("dl", css="citations").all("div")
    }
    cited = read_html(client.get("/cite", params={"document": document, "start": start, "end": end}).text)
    every = {row.one("dt").text: row.one("span", css="citation").text for row in cited.all("dl")[0].all("div")}
    draft = client.post("/api/drafts", json={"name": "处处一致"}).json()["id"]
    client.post(f"/api/drafts/{draft}/items", json={"passage": passage})
    compared = 0
    for style, name in STYLES.items():
        capsys.readouterr()
        cite.cite(passage, style, *place(settings))
        printed = capsys.readouterr().out
        expected = client.get("/api/cite", params={"passage": passage, "style": style}).json()["citation"]
        assert printed == expected + "\n"
        assert every[name] == expected
        assert menu.get(name, expected) == expected
        if style in DRAFT_STYLES:
            client.patch(f"/api/drafts/{draft}", json={"style": style})
            item = client.get(f"/api/drafts/{draft}").json()["items"][0]
            assert item["citation"] == expected
            shown = read_html(client.get(f"/drafts/{draft}").text)
            assert shown.one("span", css="citation").text == expected
            assert f"——{expected}\n" in client.get(f"/drafts/{draft}/export.txt").text
            compared += 1
        elif style != "csl-json":  # a reference manager keeps the document, without the headings of one place
            ending = {"bibtex": "bib"}.get(style, style)
            assert client.get(f"/drafts/{draft}/export.{ending}").text[:20] == expected[:20]
    assert compared == len(DRAFT_STYLES)
    assert len(menu) >= 3
    # The addresses, too, and they open the words.
    api = client.get("/api/cite", params={"passage": passage}).json()
    item = client.get(f"/api/drafts/{draft}").json()["items"][0]
    assert item["url"] == api["url"] == hits[0]["url"]
    assert item["quote"] == api["quote"] == hits[0]["text"]
    assert read_html(client.get(item["url"]).text).all("mark", css="cited")


def test_the_quotation_in_word_is_the_documents(client: TestClient) -> None:
    hit = client.get("/api/search", params={"q": QUESTION}).json()["passages"][0]
    draft = client.post("/api/drafts", json={"name": "逐字"}).json()["id"]
    client.post(f"/api/drafts/{draft}/items", json={"passage": hit["passage_id"]})
    written = docx.Document(BytesIO(client.get(f"/drafts/{draft}/export.docx").content))
    body = [p.text for p in written.paragraphs if p.style.name == "引文"]
    assert body == [line for line in hit["text"].split("\n") if line.strip()]


def test_the_commands(
    settings: Settings, client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passage = client.get("/api/search", params={"q": QUESTION}).json()["passages"][1]["passage_id"]
    drafts.add(passage, None, "备用", *place(settings), json=True)
    made = json.loads(capsys.readouterr().out)
    drafts.add(passage, made["draft_id"], "", *place(settings), json=True)
    assert json.loads(capsys.readouterr().out)["new"] is False
    drafts.list_drafts(json=True)
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert made["draft_id"] in [each["id"] for each in listed]
    drafts.show(made["draft_id"], *place(settings), json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown == client.get(f"/api/drafts/{made['draft_id']}").json()
    assert shown["items"][0]["note"] == "备用"
    drafts.export(made["draft_id"], tmp_path / "稿.docx", "footnotes", *place(settings))
    assert docx.Document(str(tmp_path / "稿.docx")).paragraphs[0].text == shown["name"]
    with pytest.raises(UsageError, match=r"稿\.pdf"):
        drafts.export(made["draft_id"], tmp_path / "稿.pdf", "both", *place(settings))
    with pytest.raises(NotFoundError, match="999"):
        drafts.show(999, *place(settings))


def test_verify_lists_what_does_not_hold(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(settings.corpus, corpus)
    monkeypatch.setenv("QA_WORKSPACE", str(tmp_path / "workspace"))
    own = Settings(corpus=corpus, index=index, workspace=tmp_path / "workspace")
    index_corpus(own)
    with TestClient(create_app(own)) as client:
        documents = {each["path"]: each for each in client.get("/api/documents").json()["documents"]}
        bulletin = next(d for path, d in documents.items() if "2021年第1期" in path)["document_id"]
        letter = next(d for path, d in documents.items() if "答复函" in path)["document_id"]
        text = client.get(f"/api/documents/{bulletin}").json()["text"]
        start = text.index("引进新品种556个") - 12
        for where in (
            {"document": bulletin, "start": start, "end": start + 40},
            {"document": bulletin, "start": 200, "end": 260},
            {"document": letter, "start": 300, "end": 340},
        ):
            assert client.post("/api/drafts/current/items", json=where).status_code == 201
    verify.verify(corpus, index, repair=False, json=False)  # raises nothing: every citation holds
    capsys.readouterr()

    file = next(corpus.glob("*2021年第1期*"))
    decoded = file.read_text(encoding="utf-8")
    assert decoded.count("556") >= 1
    file.write_text(decoded.replace("556", "565"), encoding="utf-8")
    next(corpus.glob("*答复函*")).unlink()
    index_corpus(own)
    with pytest.raises(typer.Exit) as stopped:
        verify.verify(corpus, index, repair=False, json=True)
    assert stopped.value.exit_code == 1
    found = json.loads(capsys.readouterr().out)
    assert found["findings"] == []
    assert [(each["number"], each["state"]) for each in found["citations"]] == [(1, "changed"), (3, "removed")]
    assert "556个" in found["citations"][0]["quote"]
    assert "565个" in found["citations"][0]["present"]
    with pytest.raises(typer.Exit):
        verify.verify(corpus, index, repair=False, json=False)
    printed = capsys.readouterr().out
    assert "第 1 条：文字改动" in printed
    assert "第 3 条：文档已无" in printed
