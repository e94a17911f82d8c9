"""Pages that were opened before the library changed: what they link to is found again, or the change is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from qa.citing.permalink import parse_permalink
from qa.records import Block, BlockRole, Document, Query, Result
from qa.web.app import create_app
from tests.web.held_assistant import BULLETIN_ID, LIST_QUESTION, QUESTION, UNANSWERABLE, HeldAssistant, bulletin, letter
from tests.web.html_reading import Element, read_html


def reread(text: str) -> Document:
    """The bulletin as it would be read with this text."""
    return replace(bulletin(), text=text, headings=(), blocks=(Block(BlockRole.BODY, 0, len(text)),))


def links(client: TestClient, question: str) -> dict[str, str]:
    """The addresses that the page of a question leads to."""
    page = read_html(client.get("/", params={"q": question}).text)
    passage = page.one(id="passage-1")
    return {
        "answer": page.one("p", "source").one("a").attributes["href"],
        "passage": passage.one("h3").one("a").attributes["href"],
    }


def opened(assistant: HeldAssistant, document: Document, address: str) -> Element:
    with TestClient(create_app(HeldAssistant(assistant.settings, (document, letter())))) as client:
        response = client.get(address)
    assert response.status_code == 200
    return read_html(response.text)


@pytest.mark.parametrize("what", ["answer", "passage"])
def test_words_that_moved_are_found(client: TestClient, assistant: HeldAssistant, what: str) -> None:
    address = links(client, QUESTION)[what]
    before = read_html(client.get(address).text).one("article", "original")
    page = opened(assistant, reread("新加的一行，把一切往后推。\n" + bulletin().text), address)
    marked = "".join(mark.text for mark in page.one("article", "original").all("mark", "cited"))
    # Long words are found by their fingerprint, which does not count marks: the last full stop may stay outside.
    assert marked.rstrip("。") == "".join(mark.text for mark in before.all("mark", "cited")).rstrip("。")
    assert "位置已经移动" in page.one("p", "notice").text


def test_another_figure_at_the_same_place_is_not_passed_off_as_the_cited_one(
    client: TestClient, assistant: HeldAssistant
) -> None:
    address = links(client, QUESTION)["answer"]
    page = opened(assistant, reread(bulletin().text.replace("556个", "565个")), address)
    assert "556个" in page.one("p", "notice").text
    assert "改动过" in page.one("p", "notice").text


def test_the_address_of_a_long_citation_shows_both_wordings(client: TestClient, assistant: HeldAssistant) -> None:
    """Of 引文地址, which is kept for years: it holds the words, those around them and the clause path."""
    text = bulletin().text
    words = "推广新技术384项，引进新品种556个；服务农牧民近3万户"
    start, end = text.index(words), text.index(words) + len(words)
    shown = client.get("/cite", params={"document": BULLETIN_ID, "start": start, "end": end})
    address = read_html(shown.text).one("dl", "citations").all("span", "citation")[-1].text
    link = parse_permalink(address)
    assert (link.quote, bool(link.before), bool(link.after), bool(link.path)) == (words, True, True, True)
    page = opened(assistant, reread(text.replace("556个", "565个")), address)
    notice = page.one("p", "notice").text
    assert words in notice
    assert words.replace("556个", "565个") in notice


def test_words_that_are_gone_are_said_to_be_gone(client: TestClient, assistant: HeldAssistant) -> None:
    address = links(client, QUESTION)["answer"]
    page = opened(assistant, reread("这份文档已经换成了完全不同的内容。"), address)
    assert not page.one("article", "original").all("mark", "cited")
    assert "找不到" in page.one("p", "notice").text


def test_a_document_that_is_gone_is_a_readable_404(client: TestClient, assistant: HeldAssistant) -> None:
    address = links(client, QUESTION)["answer"]
    with TestClient(create_app(HeldAssistant(assistant.settings, (letter(),)))) as later:
        response = later.get(address)
    assert response.status_code == 404
    assert BULLETIN_ID in read_html(response.text).one("section", "refusal").text


def test_an_index_published_while_a_page_is_made(assistant: HeldAssistant) -> None:
    """The answer of one generation is never shown with documents of another: it is asked again."""

    class Published(HeldAssistant):
        asked = 0

        def ask(self, query: Query) -> Result:
            self.asked += 1
            result = super().ask(query if self.asked == 1 else replace(query, text=UNANSWERABLE))
            if self.asked == 1:  # between the answer and its page
                self._documents = (letter(),)
                self.generation = "later"
            return result

    changing = Published(assistant.settings)
    with TestClient(create_app(changing)) as client:
        response = client.get("/", params={"q": LIST_QUESTION})
    assert response.status_code == 200
    assert changing.asked == 2
    assert "later" in response.text
