"""原文 of a file with printed pages: where each begins, the picture beside the words, and what must be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from qa.reading.reader import read_document
from qa.records import Document, PageStart
from qa.settings import Settings
from qa.web.app import create_app
from tests.reading.loaders.ofd_writer import ofd, text_object
from tests.reading.loaders.pdf_writer import paragraph, pdf
from tests.web.held_assistant import HeldAssistant
from tests.web.html_reading import Element, read_html

PROSE = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"
OTHER = "全市推广新技术三百八十四项，举办培训班一百二十期，培训农牧民和基层技术人员近两万人次。"


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Document, ...]:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "报告.pdf").write_bytes(pdf([paragraph(PROSE, 160), paragraph(OTHER, 160)]))
    (folder / "通知.ofd").write_bytes(ofd([text_object(20, 40, PROSE[:20]), text_object(20, 40, OTHER[:20])]))
    (folder / "说明.txt").write_text(PROSE, "utf-8")
    return tuple(read_document(each, folder) for each in sorted(folder.iterdir()))


@pytest.fixture
def client(documents: tuple[Document, ...], tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(corpus=tmp_path / "资料", index=tmp_path / "i", workspace=tmp_path / "w")
    with TestClient(create_app(HeldAssistant(settings, documents)), raise_server_exceptions=False) as made:
        yield made


def opened(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return read_html(answer.text)


def picture(page: Element) -> dict[str, str]:
    return page.one(css="printed").one("img").attributes


def test_each_printed_page_is_marked_where_it_begins(client: TestClient) -> None:
    page = opened(client, "/documents/报告.pdf")
    marks = [mark.one("a") for mark in page.all(css="page-mark")]
    assert [mark.text for mark in marks] == ["第 1 页", "第 2 页"]
    assert marks[1].attributes["href"] == f"/documents/{quote('报告.pdf')}?page=2#printed"


@pytest.mark.parametrize(
    ("name", "suffix", "kind"), [("报告.pdf", "png", "image/png"), ("通知.ofd", "svg", "image/svg+xml")]
)
def test_the_page_of_the_cited_words_is_shown_with_them_boxed(
    client: TestClient, documents: tuple[Document, ...], name: str, suffix: str, kind: str
) -> None:
    document = next(each for each in documents if each.id == name)
    start = document.text.index("推广新技术")
    page = opened(client, f"/documents/{name}?start={start}&end={start + 5}")
    image = picture(page)
    assert image["src"] == f"/documents/{quote(name)}/pages/2.{suffix}?start={start}&end={start + 5}"
    assert image["alt"] == "原件第 2 页，所引文字已框出"
    boxed, plain = client.get(image["src"]), client.get(image["src"].partition("?")[0])
    assert boxed.headers["content-type"] == kind
    assert "sandbox" in boxed.headers["content-security-policy"]
    assert boxed.content != plain.content, "the words are boxed"


def test_pages_are_turned_and_the_cited_words_stay_known(client: TestClient) -> None:
    page = opened(client, "/documents/报告.pdf?page=2&start=3&end=8")
    assert page.one(css="printed").one(css="position").text == "第 2 页"
    assert (
        page.one(css="printed").one("a", rel="prev").attributes["href"]
        == f"/documents/{quote('报告.pdf')}?page=1&start=3&end=8#printed"
    )
    assert picture(page)["alt"] == "原件第 2 页", "the words stand on page 1"
    assert page.all("mark", "cited")


@pytest.mark.parametrize("asked", ["0", "3", "-1", "x", "9" * 30, "２"])
def test_a_page_that_is_not_there_shows_one_that_is(client: TestClient, asked: str) -> None:
    page = opened(client, f"/documents/报告.pdf?page={asked}")
    assert page.one(css="printed").one(css="position").text == "第 1 页"


def test_the_part_alone_is_what_the_script_asks_for(client: TestClient) -> None:
    address = "/documents/报告.pdf?page=2&start=3&end=8"
    answer = client.get(address, headers={"hx-request": "true"})
    assert "<html" not in answer.text
    whole = opened(client, address)
    assert picture(read_html(answer.text)) == picture(whole)


def test_a_file_without_printed_pages_has_no_picture(client: TestClient) -> None:
    page = opened(client, "/documents/说明")
    assert not page.all(css="printed")
    assert not page.all(css="page-mark")


def test_what_an_ofd_does_not_show_is_said(client: TestClient) -> None:
    assert "印章和批注不画" in opened(client, "/documents/通知.ofd").one(css="printed").text


def test_recognised_pages_are_to_be_held_against_the_original(documents: tuple[Document, ...], tmp_path: Path) -> None:
    scan = documents[0]
    pages = (
        replace_page(scan.pages[0], 0.83, True),
        replace_page(scan.pages[1], 0.99, False),
    )
    held = HeldAssistant(
        Settings(corpus=tmp_path / "资料", index=tmp_path / "i", workspace=tmp_path / "w"),
        (replace(scan, pages=pages),),
    )
    with TestClient(create_app(held)) as client:
        page = opened(client, f"/documents/{scan.id}?start=0&end=4")
        doubts = [each.text for each in page.all(css="doubt")]
        assert doubts == ["文字由识别得来，可信度 0.83，请核对原件", "文字由识别得来，可信度 0.99"]
        assert "请核对原件" in page.one(css="printed").text
        assert "扫描页上不框出文字" in page.one(css="printed").text
        assert picture(page)["alt"] == "原件第 1 页"


def replace_page(page: PageStart, confidence: float, doubtful: bool) -> PageStart:
    return page._replace(confidence=confidence, doubtful=doubtful)
