"""The page of a document: the whole text, and exactly the cited words highlighted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from qa.citing.permalink import permalink
from qa.records import Document, Filters, Query, Span
from qa.settings import Settings
from qa.web.addresses import document_address, document_page, file_address
from qa.web.app import create_app
from qa.web.sources import Sources
from tests.web.held_assistant import BULLETIN_ID, LETTER_ID, QUESTION, HeldAssistant, bulletin
from tests.web.html_reading import Element, read_html


def opened(client: TestClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return read_html(response.text)


def words(document_id: str, document: Document, text: str) -> Span:
    start = document.text.index(text)
    return Span(document_id, start, start + len(text))


def blocks(page: Element) -> list[Element]:
    return [part for part in page.one("article", "original").parts if isinstance(part, Element)]


def cited(page: Element) -> str:
    return "".join(mark.text for mark in page.one("article", "original").all("mark", "cited"))


@pytest.mark.parametrize("document_id", [BULLETIN_ID, LETTER_ID])
def test_the_whole_text_stands_as_it_was_read(client: TestClient, assistant: HeldAssistant, document_id: str) -> None:
    page = opened(client, document_page(document_id))
    document = assistant.document(document_id)
    assert [block.text for block in blocks(page)] == [document.text[b.start : b.end] for b in document.blocks]
    assert not page.all("mark")
    assert not page.all("div", "bar")


def test_headings_lead_into_the_text(client: TestClient) -> None:
    page = opened(client, document_page(BULLETIN_ID))
    links = page.one("nav", "headings").all("a")
    assert [link.text for link in links] == ["高层声音", "他山之石"]
    for link in links:
        target = page.one(id=link.attributes["href"].removeprefix("#"))
        assert target.tag == "h2"
        assert target.text == f"【{link.text}】"


def test_the_card_names_what_the_document_says_of_itself(client: TestClient) -> None:
    card = opened(client, document_page(LETTER_ID)).one("header", "card")
    fields = {div.one("dt").text: div.one("dd").text for div in card.one("dl").all("div")}
    assert fields["文号"] == "鄂建提复字[2025]185号"
    assert fields["成文日期"] == "2025年8月7日"
    assert "印发日期" not in fields
    assert card.one("ul", "notice").text == "按 GB18030 解码"


@pytest.mark.parametrize(
    "text",
    ["556个", "作出新指示。科技特派员", "引进新品种556个；服务农牧民近3万户。\n【他山之石】\n巧借退休人员", "科"],
)
def test_exactly_the_cited_words_are_highlighted(client: TestClient, text: str) -> None:
    document = bulletin()
    span = words(BULLETIN_ID, document, text)
    page = opened(client, document_address(span))
    assert cited(page) == text.replace("\n", "")  # the line break between paragraphs is no character of either
    first = page.one(id=f"p={span.start}-{span.end}")
    assert first.tag == "mark"
    assert text.startswith(first.text)
    assert [b.text for b in blocks(page)] == [document.text[b.start : b.end] for b in document.blocks]


def test_every_passage_has_an_anchor(client: TestClient, assistant: HeldAssistant) -> None:
    page = opened(client, document_page(BULLETIN_ID))
    for passage in assistant.passages_of(BULLETIN_ID):
        target = page.one(id=f"p={passage.start}-{passage.end}")
        assert passage.text.startswith(target.text)
    # A cited passage keeps one element with its id.
    passage = assistant.passages_of(BULLETIN_ID)[0]
    assert page.all(id=f"p={passage.start}-{passage.end}")[0].text
    again = opened(client, document_address(passage.span))
    assert again.one(id=f"p={passage.start}-{passage.end}").tag == "mark"
    assert cited(again) == passage.text


def test_hits_of_the_question_lead_from_one_to_the_next(client: TestClient, assistant: HeldAssistant) -> None:
    first, second = assistant.passages_of(BULLETIN_ID)
    span = words(BULLETIN_ID, bulletin(), "556个")
    sources, query = Sources(assistant), Query(QUESTION, Filters(last=date(2025, 12, 31)))
    page = opened(client, sources.address(span, query))
    bar = page.one("div", "bar")
    assert bar.one(css="position").text == "第 1 / 2 处"
    assert not bar.all(data_step="previous")
    following = bar.one(data_step="next").attributes["href"]
    assert following == sources.address(second.span, query)
    assert opened(client, following).one(data_step="previous").attributes["href"] == sources.address(first.span, query)
    listed = bar.one("ol", "hit-list").all("a")
    assert [link.attributes["href"] for link in listed] == [
        sources.address(each.span, query) for each in (first, second)
    ]
    assert [link.attributes.get("aria-current") for link in listed] == ["true", None]
    assert parse_qs(urlsplit(bar.one("a", "back").attributes["href"]).query)["to"] == ["2025"]
    assert "引进新品种" in [mark.text for mark in page.one("article", "original").all("mark", "match")]
    assert client.get(bar.one("a", "back").attributes["href"]).status_code == 200
    assert len([b for b in blocks(page) if "hit" in b.classes]) == 2


def test_a_question_that_is_none_does_not_stop_the_document(client: TestClient) -> None:
    page = opened(client, f"{document_page(BULLETIN_ID)}?ask=%F0%9F%98%80")
    assert not page.all("div", "bar")


@pytest.mark.parametrize(
    "query",
    ["start=5&end=99999", "start=9&end=9", "start=9&end=3", "start=-1&end=4", "start=a&end=b", "start=3", "end=²"],
)
def test_a_position_that_is_none_is_said_and_the_document_shown(client: TestClient, query: str) -> None:
    page = opened(client, f"{document_page(BULLETIN_ID)}?{query}")
    assert "没有标示任何文字" in page.one(role="alert").text
    assert not page.all("mark")
    assert blocks(page)


class TestPermanentAddresses:
    """Addresses made before the document changed."""

    @pytest.fixture
    def link(self) -> tuple[str, str]:
        link = permalink(bulletin(), words(BULLETIN_ID, bulletin(), "推广新技术384项，引进新品种556个"))
        return link.address, link.text

    def changed(self, before: str, after: str) -> TestClient:
        document = bulletin()
        moved = document.text.replace(before, after)
        assert moved != document.text
        # Blocks are left out: the page then shows the lines.
        changed = replace(document, text=moved, blocks=(), headings=())
        return TestClient(create_app(HeldAssistant(Settings(), (changed,))))

    def test_unchanged(self, client: TestClient, link: tuple[str, str]) -> None:
        for address in link:
            page = opened(client, address)
            assert cited(page) == "推广新技术384项，引进新品种556个"
            assert not page.all(role="alert")

    def test_moved(self, link: tuple[str, str]) -> None:
        for address in link:
            page = opened(self.changed("科技简报\n", "科技工作简报\n"), address)
            assert cited(page) == "推广新技术384项，引进新品种556个"
            assert "位置已经移动" in page.one(role="alert").text
            assert page.one(id=address.partition("#")[2]).tag == "mark"

    def test_changed(self, link: tuple[str, str]) -> None:
        page = opened(self.changed("556个", "565个"), link[1])
        assert "565个" in cited(page)
        notice = page.one(role="alert").text
        assert "556个" in notice
        assert "565个" in notice

    def test_vanished(self, link: tuple[str, str]) -> None:
        page = opened(self.changed("推广新技术384项，引进新品种556个；", ""), link[0])
        assert "找不到" in page.one(role="alert").text
        assert not page.all("mark")


def test_the_file_comes_back_byte_for_byte_and_only_as_a_download(client: TestClient, corpus: Path) -> None:
    response = client.get(file_address(BULLETIN_ID))
    assert response.content == (corpus / "科技简报-2021年第1期.txt").read_bytes()
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["content-type"] == "application/octet-stream"


def test_a_file_that_is_gone_is_named(client: TestClient) -> None:
    response = client.get(file_address(LETTER_ID))
    assert response.status_code == 404
    assert "答复函&185号.txt" in read_html(response.text).one("main").text


def test_a_file_outside_the_corpus_is_not_given(corpus: Path) -> None:
    (corpus.parent / "secret.txt").write_text("秘密")
    forged = replace(bulletin(), path="../secret.txt")
    client = TestClient(create_app(HeldAssistant(Settings(corpus=corpus), (forged,))))
    assert client.get(file_address(BULLETIN_ID)).status_code == 404


def test_all_citation_styles_have_a_page(client: TestClient) -> None:
    span = words(BULLETIN_ID, bulletin(), "556个")
    page = read_html(client.get("/cite", params={"document": BULLETIN_ID, "start": span.start, "end": span.end}).text)
    assert page.one("blockquote").text == "556个"
    names = [dt.text for dt in page.one("dl", "citations").all("dt")]
    assert {"GB/T 7714—2025 顺序编码", "公文脚注", "BibTeX", "引文地址"} <= set(names)
    address = page.one("dl", "citations").all("span", "citation")[-1].text
    assert address.startswith("http://testserver/documents/")
    assert cited(opened(client, address)) == "556个"
