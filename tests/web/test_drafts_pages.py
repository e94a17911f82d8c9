"""引用夹 without a script: every button is a form, what is done can be undone, and nothing that was typed is lost."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.settings import Settings
from qa.web.app import create_app
from tests.web.held_assistant import BULLETIN_ID, LETTER_ID, QUESTION, HeldAssistant, bulletin, letter
from tests.web.html_reading import Element, read_html


def collect(client: TestClient, assistant: HeldAssistant, *places: tuple[str, str]) -> int:
    """Collects words of documents and returns the draft's id."""
    answer = None
    for document_id, words in places:
        start = assistant.document(document_id).text.index(words)
        answer = client.post(
            "/drafts/collect", params={"document": document_id, "start": start, "end": start + len(words)}
        )
        assert answer.status_code == 303, answer.text
    assert answer is not None
    return int(answer.headers["location"].removeprefix("/drafts/").partition("?")[0])


@pytest.fixture
def draft(client: TestClient, assistant: HeldAssistant) -> int:
    return collect(client, assistant, (BULLETIN_ID, "引进新品种556个"), (BULLETIN_ID, "66个"), (LETTER_ID, "612个"))


def page_of(client: TestClient, draft: int) -> Element:
    answer = client.get(f"/drafts/{draft}")
    assert answer.status_code == 200
    return read_html(answer.text)


def quotes(page: Element) -> list[str]:
    return [each.text for each in page.all("blockquote", css="verbatim")]


def items(client: TestClient, draft: int) -> list[int]:
    return [item["id"] for item in client.get(f"/api/drafts/{draft}").json()["items"]]


def send(client: TestClient, form: Element, **values: str) -> str:
    """Sends a form as a browser does, follows the redirect and returns the page."""
    fields = {each.attributes["name"]: each.attributes.get("value", "") for each in form.all("input")}
    answer = client.post(form.attributes["action"], data={**fields, **values})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_passage_is_collected_from_the_results(client: TestClient) -> None:
    page = read_html(client.get("/", params={"q": QUESTION}).text)
    forms = page.all("form", css="collecting")
    assert len(forms) == 1 + len(page.all("article"))  # the answer and every passage
    answer = client.post(forms[1].attributes["action"])
    assert answer.status_code == 303
    shown = read_html(client.get(answer.headers["location"]).text)
    assert "已加入引用夹" in shown.one("p", css="said").text
    assert quotes(shown) == [page.all("article")[0].one("blockquote").text]
    again = client.post(forms[1].attributes["action"])
    assert "已在引用夹里" in client.get(again.headers["location"]).text
    assert len(quotes(page_of(client, 1))) == 1


def test_this_browser_goes_on_with_the_draft_it_opened_last(client: TestClient, assistant: HeldAssistant) -> None:
    first = collect(client, assistant, (BULLETIN_ID, "556个"))
    client.post("/drafts", data={"name": "第二份", "style": "gongwen", "token": "甲"})
    assert collect(client, assistant, (BULLETIN_ID, "66个")) == 2
    client.get(f"/drafts/{first}")
    assert collect(client, assistant, (LETTER_ID, "612个")) == first
    client.cookies.clear()
    assert collect(client, assistant, (LETTER_ID, "612个")) == 3  # somebody else's browser: never into another's
    assert page_of(client, 3).one("h1").text == "引用夹 2"


def test_moving_grouping_noting_removing_and_the_way_back(client: TestClient, draft: int) -> None:
    before = quotes(page_of(client, draft))
    first, second, third = items(client, draft)
    client.post(f"/drafts/{draft}/items/{first}/move", data={"to": "down", "token": "一"})
    client.post(f"/drafts/{draft}/items/{third}/note", data={"note": "核对\r\n口径", "was": ""})
    client.post(f"/drafts/{draft}/items/{second}/group", data={"group": "他山之石"})
    client.post(f"/drafts/{draft}/items/{third}/remove", data={"token": "二"})
    page = page_of(client, draft)
    assert quotes(page) == ["引进新品种556个", "66个"]
    assert page.one("div", css="group-head").one("h2").text == "他山之石"
    for _ in range(4):
        form = page_of(client, draft).one("form", action=f"/drafts/{draft}/undo")
        assert send(client, form) == f"/drafts/{draft}"
    assert quotes(page_of(client, draft)) == before
    assert page_of(client, draft).one("button", id="redo").text == "重做：移动引文"


def test_one_style_for_all(client: TestClient, draft: int) -> None:
    client.post(f"/drafts/{draft}/style", data={"style": "gongwen"})
    shown = [each.text for each in page_of(client, draft).all("span", css="citation")]
    assert shown[0] == "《科技简报》，2021年第1期，鄂尔多斯市科学技术局，2021年3月25日。"
    assert len(shown) == 3


@pytest.mark.parametrize("style", ["apa", "bibtex", "", "../etc", "样" * 300])
def test_a_style_that_a_draft_cannot_have(client: TestClient, draft: int, style: str) -> None:
    answer = client.post(f"/drafts/{draft}/style", data={"style": style})
    assert answer.status_code == 400
    assert "gbt7714-2025" in answer.text
    assert "csl-json" not in answer.text  # no style is offered that would be refused next
    assert len(quotes(page_of(client, draft))) == 3


@pytest.mark.parametrize(
    "address",
    ["/drafts/999", "/drafts/abc", "/drafts/1e3", "/drafts/99999999999999999999", "/drafts/%00", "/drafts/-1"],
)
def test_forged_ids(client: TestClient, draft: int, address: str) -> None:
    for answer in (client.get(address), client.get(f"{address}/export.docx"), client.post(f"{address}/undo")):
        assert answer.status_code == 404, answer.text
    assert client.post(f"/drafts/{draft}/items/77/remove").status_code == 404
    assert client.post(f"/drafts/{draft}/items/x/move", data={"to": "up"}).status_code == 404
    assert client.post(f"/drafts/{draft}/items/1/move", data={"to": "sideways"}).status_code == 400
    assert len(items(client, draft)) == 3


def test_words_that_are_not_there_make_no_draft(client: TestClient) -> None:
    for parameters in (
        {"document": "没有", "start": 1, "end": 5},
        {"document": BULLETIN_ID, "start": 5, "end": 99_999},
        {"document": BULLETIN_ID, "start": 5, "end": 5},
        {"document": BULLETIN_ID, "start": -3, "end": 5},
    ):
        assert client.post("/drafts/collect", params=parameters).status_code in (400, 404)
    assert client.get("/api/drafts").json() == {"drafts": []}


def test_a_form_that_is_sent_twice_works_once(client: TestClient, draft: int) -> None:
    form = next(each for each in page_of(client, draft).all("form", css="moves"))
    send(client, form, to="down")
    send(client, form, to="down")
    assert quotes(page_of(client, draft)) == ["66个", "引进新品种556个", "612个"]
    make = read_html(client.get("/drafts").text).one("form", css="make")
    assert send(client, make, name="新的", style="short") == send(client, make, name="新的", style="short")
    assert len(client.get("/api/drafts").json()["drafts"]) == 2


class TestTwoWindows:
    def test_a_note_is_not_written_over(self, client: TestClient, draft: int) -> None:
        item = items(client, draft)[0]
        client.post(f"/drafts/{draft}/items/{item}/note", data={"note": "甲窗口", "was": ""})
        answer = client.post(f"/drafts/{draft}/items/{item}/note", data={"note": "乙窗口", "was": ""})
        assert answer.status_code == 409
        page = read_html(answer.text)
        assert "甲窗口" in page.one("p", role="alert").text
        assert page.one("textarea", id=f"note-{item}").text.strip() == "乙窗口"  # what was typed
        assert page.one("details", id=f"note-fold-{item}").attributes.get("open") is not None
        fields = page.one("form", action=f"/drafts/{draft}/items/{item}/note")
        send(client, fields, note="两边合并")
        assert client.get(f"/api/drafts/{draft}").json()["items"][0]["note"] == "两边合并"

    def test_a_note_to_an_item_that_is_gone_is_shown_again(self, client: TestClient, draft: int) -> None:
        item = items(client, draft)[0]
        client.post(f"/drafts/{draft}/items/{item}/remove")
        answer = client.post(f"/drafts/{draft}/items/{item}/note", data={"note": "写了很久的备注", "was": ""})
        assert answer.status_code == 404
        assert "写了很久的备注" in read_html(answer.text).one("p", role="alert").text

    def test_only_the_change_that_was_seen_is_undone(self, client: TestClient, draft: int) -> None:
        seen = page_of(client, draft).one("form", action=f"/drafts/{draft}/undo")
        client.post(f"/drafts/{draft}/style", data={"style": "gongwen"})
        number = seen.one("input").attributes["value"]
        answer = client.post(f"/drafts/{draft}/undo", data={"number": number})
        assert answer.status_code == 409
        assert "另一个窗口" in read_html(answer.text).one("p", role="alert").text
        assert client.get(f"/api/drafts/{draft}").json()["style"] == "gongwen"


def test_deleting_a_draft_and_the_way_back(client: TestClient, draft: int) -> None:
    address = client.post(f"/drafts/{draft}/delete").headers["location"]
    page = read_html(client.get(address).text)
    assert "已删除“引用夹”" in page.one("div", css="said").text
    assert client.get(f"/drafts/{draft}").status_code == 404
    send(client, page.one("div", css="said").one("form"))
    assert len(quotes(page_of(client, draft))) == 3


class TestDrift:
    def renewed(self, assistant: HeldAssistant, **changed: str) -> None:
        """The bulletin is read anew with other words."""
        made = bulletin()
        for old, new in (pair.split("→") for pair in changed.values()):
            assert old in made.text
            made = replace(made, text=made.text.replace(old, new))
        assistant._documents = (made, letter())

    def test_both_versions_are_shown(self, client: TestClient, assistant: HeldAssistant) -> None:
        draft = collect(client, assistant, (BULLETIN_ID, "推广新技术384项，引进新品种556个；"))
        self.renewed(assistant, a="556个→565个")
        page = page_of(client, draft)
        drift = page.one("div", css="drift")
        assert [each.text for each in drift.all("dd")] == [
            "推广新技术384项，引进新品种556个；",
            "推广新技术384项，引进新品种565个；",
        ]
        assert [each.text for each in drift.all("del")] == ["556"]
        assert [each.text for each in drift.all("ins")] == ["565"]
        assert "有 1 条的原文变了" in page.all("p", css="alarm")[0].text
        item = items(client, draft)[0]
        client.post(f"/drafts/{draft}/items/{item}/renew")
        assert quotes(page_of(client, draft)) == ["推广新技术384项，引进新品种565个；"]
        client.post(f"/drafts/{draft}/undo")
        assert page_of(client, draft).one("div", css="drift")

    def test_words_that_only_moved(self, client: TestClient, assistant: HeldAssistant) -> None:
        draft = collect(client, assistant, (BULLETIN_ID, "推广新技术384项，引进新品种556个；"))
        self.renewed(assistant, a="科技简报\n→科技简报\n（增刊）\n")
        page = page_of(client, draft)
        assert "位置移动了" in page.text
        assert quotes(page) == ["推广新技术384项，引进新品种556个；"]
        shape = client.get(f"/api/drafts/{draft}").json()["items"][0]
        text = assistant.document(BULLETIN_ID).text
        assert text[shape["start"] : shape["end"]] == shape["quote"]

    def test_a_document_that_was_removed_stays_cited(self, client: TestClient, assistant: HeldAssistant) -> None:
        draft = collect(client, assistant, (LETTER_ID, "612个"))
        assistant._documents = (bulletin(),)
        page = page_of(client, draft)
        assert "答复函&185号.txt" in page.one("div", css="drift").text
        assert page.one("span", css="citation").text.startswith("鄂尔多斯市人民政府. 关于<b>提案</b>的答复函")
        assert quotes(page) == ["612个"]
        written = client.get(f"/drafts/{draft}/export.txt").text
        assert "已不在资料库，无法核对" in written


@pytest.mark.parametrize(
    ("form", "kind"),
    [("md", "text/markdown"), ("txt", "text/plain"), ("bib", "application/x-bibtex"), ("json", "citationstyles")],
)
def test_exports(client: TestClient, draft: int, form: str, kind: str) -> None:
    answer = client.get(f"/drafts/{draft}/export.{form}")
    assert answer.status_code == 200
    assert kind in answer.headers["content-type"]
    assert f"%E5%BC%95%E7%94%A8%E5%A4%B9.{form}" in answer.headers["content-disposition"]
    assert "科技简报" in answer.text


def test_export_as_word(client: TestClient, draft: int) -> None:
    answer = client.get(f"/drafts/{draft}/export.docx")
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert "word/footnotes.xml" in names
    without = client.get(f"/drafts/{draft}/export.docx?notes=references")
    assert "word/footnotes.xml" not in zipfile.ZipFile(BytesIO(without.content)).namelist()
    assert client.get(f"/drafts/{draft}/export.exe").status_code == 404
    assert client.get(f"/drafts/{draft}/export.docx?notes=none").status_code == 400


def test_names_are_text(client: TestClient) -> None:
    client.post("/drafts", data={"name": "<b>年度</b>\x00材料"})
    assert page_of(client, 1).one("h1").text == "<b>年度</b> 材料"
    for name in ("", "   ", "长" * 61):
        assert client.post("/drafts", data={"name": name}).status_code == 400
    assert client.post("/drafts", data={"name": "<b>年度</b> 材料"}).status_code == 409


def test_a_workspace_that_cannot_be_written(tmp_path: Path, assistant: HeldAssistant) -> None:
    (tmp_path / "file").write_text("")
    assistant.settings = Settings(corpus=tmp_path, workspace=tmp_path / "file")
    with TestClient(create_app(assistant), raise_server_exceptions=False, follow_redirects=False) as client:
        answer = client.post("/drafts", data={"name": "材料"})
        assert answer.status_code == 503
        assert "drafts.sqlite" in answer.text
        assert "下一步" in answer.text
        assert client.get("/", params={"q": QUESTION}).status_code == 200  # asking goes on
