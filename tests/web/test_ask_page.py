"""The page of a question: what stands on it in each outcome, read back from the HTML."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from qa.records import PageStart, Query, Result
from qa.web.app import create_app
from tests.web.held_assistant import (
    BULLETIN_ID,
    FALLEN_BACK,
    LIST_QUESTION,
    QUESTION,
    TIMELINE_QUESTION,
    UNANSWERABLE,
    HeldAssistant,
)
from tests.web.html_reading import Element, read_html


def asked(client: TestClient, question: str, **filters: str) -> Element:
    response = client.get("/", params={"q": question, **filters})
    assert response.status_code == 200
    return read_html(response.text)


def test_the_answer_stands_in_bold_inside_its_sentence(client: TestClient) -> None:
    page = asked(client, QUESTION)
    evidence = page.one("blockquote", "evidence")
    assert evidence.text == ("2020年，累计实施科技开发项目91项；推广新技术384项，引进新品种556个；服务农牧民近3万户。")
    mark = evidence.one("mark", "answer")
    assert mark.one("strong").text == "556个"
    assert page.one("p", "confidence").text.split() == ["可信度", "高"]
    assert not page.all(css="refusal")


def test_the_citation_opens_the_very_words(client: TestClient, assistant: HeldAssistant) -> None:
    link = asked(client, QUESTION).one("p", "source").one("a")
    assert link.text == "《科技简报》2021年第1期（2021年3月25日）【高层声音】"
    query = parse_qs(urlsplit(link.attributes["href"]).query)
    start, end = int(query["start"][0]), int(query["end"][0])
    assert assistant.document(BULLETIN_ID).text[start:end] == "556个"
    assert urlsplit(link.attributes["href"]).fragment == f"p={start}-{end}"
    opened = client.get(link.attributes["href"])
    assert read_html(opened.text).one(id=f"p={start}-{end}").text == "556个"


def test_passages_are_ranked_and_quoted_exactly(client: TestClient, assistant: HeldAssistant) -> None:
    page = asked(client, QUESTION)
    articles = page.all("article", "passage")
    hits = assistant.search(Query(QUESTION))
    assert [a.one("blockquote").text for a in articles] == [hit.passage.text for hit in hits]
    first = articles[0]
    assert {m.text for m in first.all("mark", "match")} >= {"科技特派员", "引进新品种"}
    assert first.one("mark", "answer").text == "556个"
    assert first.one("h3").one("a").text == "《科技简报》2021年第1期（2021年3月25日）"
    assert [part.text for part in first.one("p", "where").all("span")] == ["高层声音", "简报"]
    reasons = {div.one("dt").text: div.one("dd").text for div in first.one("dl", "reasons").all("div")}
    assert reasons == {"字面": "0.80", "语义": "0.70", "精读": "0.60", "时间": "与所问时间相符", "总分": "0.90"}
    second = {div.one("dt").text: div.one("dd").text for div in articles[1].one("dl", "reasons").all("div")}
    assert second["语义"] == "未命中"
    assert second["时间"] == "与所问时间不符"


def test_citations_are_offered_in_several_styles(client: TestClient) -> None:
    article = asked(client, QUESTION).all("article", "passage")[0]
    lines = {d.one("dt").text: d.one("dd").one(css="citation").text for d in article.one("dl", "citations").all("div")}
    assert "GB/T 7714—2025 顺序编码" in lines
    assert "[Z]" in lines["GB/T 7714—2025 顺序编码"]
    assert lines["纯文本"].startswith("鄂尔多斯市科学技术局")
    quoted = article.one("blockquote").text
    assert lines["原文与出处"] == f"「{quoted}」（《科技简报》2021年第1期（2021年3月25日）【高层声音】）"
    copied = {button.attributes["data-copy"] for button in article.all("button") if "data-copy" in button.attributes}
    assert copied <= {span.attributes["id"] for span in article.all("span", "citation")}


def test_a_list_answer_is_a_list(client: TestClient) -> None:
    page = asked(client, LIST_QUESTION)
    items = page.one("ol", "items").all("a")
    assert [item.text for item in items] == ["91项", "384项", "556个"]
    assert [m.text for m in page.one("blockquote", "evidence").all("mark", "answer")] == ["91项", "384项", "556个"]
    assert page.one("p", "confidence").text.split() == ["可信度", "中"]


def test_values_of_several_years_make_a_timeline(client: TestClient) -> None:
    rows = asked(client, TIMELINE_QUESTION).one("section", "timeline").one("tbody").all("tr")
    cells = [(row.one("th").text, row.one("td", "value").text, row.classes) for row in rows]
    assert cells == [("2020年", "556个 本次答案", ["current"]), ("2024年", "612个", [])]
    assert not asked(client, QUESTION).all("section", "timeline")


def test_a_refusal_says_why_and_marks_passages_as_related_only(client: TestClient) -> None:
    page = asked(client, UNANSWERABLE)
    refusal = page.one(css="refusal")
    assert refusal.one("h2").text == "资料中未找到可靠答案"
    assert "资料里没有 2019 年的内容" in refusal.text
    assert "只作参考" in refusal.text
    assert "仅供参考" in page.one(id="results").text
    assert not page.all("blockquote", "evidence")
    assert not page.all("mark", "answer")


def test_a_fallen_back_stage_is_told(client: TestClient) -> None:
    assert "精读模型不可用，改用规则选取答案" in asked(client, FALLEN_BACK).one("p", "notice").text


def test_filters_become_chips_that_can_be_taken_off(client: TestClient) -> None:
    page = asked(
        client,
        QUESTION,
        **{"from": "2021", "to": "2021", "kind": "简报", "section": "高层声音", "document": BULLETIN_ID},
    )
    chips = {chip.one(css="chip-name").text: chip for chip in page.all("a", "chip")}
    assert set(chips) == {"时间", "文种", "栏目", "文档"}
    assert "2021年" in chips["时间"].text
    left = parse_qs(urlsplit(chips["时间"].attributes["href"]).query)
    assert left == {"q": [QUESTION], "kind": ["简报"], "section": ["高层声音"], "document": [BULLETIN_ID]}
    ask = page.one("form", "ask")
    carried = {field.attributes["name"]: field.attributes["value"] for field in ask.all("input", type="hidden")}
    assert carried == {"from": "2021", "to": "2021", "kind": "简报", "section": "高层声音", "document": BULLETIN_ID}


def test_facets_count_the_listed_passages_and_narrow(client: TestClient) -> None:
    page = asked(client, QUESTION)
    sections = {section.one("h3").text: section for section in page.one("aside", "narrow").all("section")}
    counts = {
        name: [int(a.one(css="count").text.split()[0]) for a in section.all("a")] for name, section in sections.items()
    }
    assert counts == {"年份": [2, 1], "文种": [2, 1], "栏目": [1, 1, 1], "文档": [2, 1]}
    year = sections["年份"].all("a")[0]
    narrowed = read_html(client.get(year.attributes["href"]).text)
    assert len(narrowed.all("article", "passage")) == 2
    assert [chip.one(css="chip-name").text for chip in narrowed.all("a", "chip")] == ["时间"]
    # A single remaining value narrows nothing.
    assert "文种" not in {s.one("h3").text for s in narrowed.one("aside", "narrow").all("section")}


def test_filters_that_leave_nothing_offer_a_way_out(client: TestClient) -> None:
    page = asked(client, QUESTION, section="没有的栏目", document="没有的文档")
    assert "在所选的条件下没有任何段落" in page.one(css="refusal").text
    assert page.one(css="refusal").one("a").text == "去掉全部筛选再问一次"
    assert page.one("section", "results").text.split() == ["段落", "没有找到任何段落。"]


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>\"'>品种", "{{ 7*7 }}品种", "品种\u202e\u0000x", "&lt;品种"]
)
def test_what_was_asked_is_shown_and_never_run(client: TestClient, question: str) -> None:
    response = client.get("/", params={"q": question})
    page = read_html(response.text)
    assert not any(script.text for script in page.all("script"))  # our own files, nothing inline
    assert page.one("input", type="search").attributes["value"] == question.replace("\u0000", " ")
    assert "<b>提案</b>" in response.text.replace("&lt;", "<").replace("&gt;", ">")
    assert not any(element.text == "提案" for element in page.all("b"))  # a document's title is no markup either


def test_the_first_page_suggests_and_lists(client: TestClient) -> None:
    page = read_html(client.get("/").text)
    assert [a.text for a in page.one("ul", "suggestions").all("a")] == [QUESTION, LIST_QUESTION]
    assert len(page.one("ul", "documents").all("li")) == 2
    assert client.get(page.one("ul", "suggestions").all("a")[0].attributes["href"]).status_code == 200


def test_the_first_page_of_an_empty_library_says_what_to_do(assistant: HeldAssistant) -> None:
    empty = HeldAssistant(assistant.settings, documents=())
    with TestClient(create_app(empty)) as client:
        page = read_html(client.get("/").text)
    assert "qa index" in page.one(css="empty").text
    assert not page.all("ul", "suggestions")


def test_the_page_is_light(client: TestClient) -> None:
    urls = ["/", *("/static/" + name for name in ("style.css", "app.js", "icon.svg"))]
    assert sum(len(client.get(url).content) for url in urls) < 100_000
    assert len(client.get("/static/app.js").content) < 20_000


def test_headings_can_be_asked_about(client: TestClient) -> None:
    links = read_html(client.get("/").text).one("ul", "section-links").all("a")
    assert [link.text for link in links] == ["高层声音", "他山之石", "创新指数"]  # without 一、
    asked_for = parse_qs(urlsplit(links[2].attributes["href"]).query)
    assert asked_for == {"q": ["创新指数的主要内容是什么？"], "section": ["一、创新指数"]}
    for link in links:
        assert client.get(link.attributes["href"]).status_code == 200


def test_recognised_words_are_told_with_answer_and_passage(assistant: HeldAssistant) -> None:
    pages = (PageStart(0, 1, confidence=0.83, doubtful=True),)
    scanned = HeldAssistant(assistant.settings, tuple(replace(each, pages=pages) for each in assistant.documents()))
    with TestClient(create_app(scanned)) as client:
        page = asked(client, QUESTION)
        told = "第 1 页的文字由识别得来，可信度 0.83，请核对原件"
        assert page.one(css="quoted").one("p", "recognised").text == told
        assert all(article.one("p", "recognised").text == told for article in page.all("article", "passage"))
        found = client.get("/api/ask", params={"q": QUESTION}).json()
        expected = {"pages": [1], "confidence": 0.83, "doubtful": True}
        assert found["answer"]["recognition"] == expected
        assert {str(each["recognition"]) for each in found["passages"]} == {str(expected)}


def test_words_read_as_text_are_not_doubted(client: TestClient) -> None:
    assert not asked(client, QUESTION).all("p", "recognised")
    assert client.get("/api/ask", params={"q": QUESTION}).json()["answer"]["recognition"] is None


class CautiousAssistant(HeldAssistant):
    """Whose answers are about another city."""

    def ask(self, query: Query) -> Result:
        found = super().ask(query)
        return replace(found, answer=replace(found.answer, caution="这条资料说的是铜陵的情况，不是鄂尔多斯的"))


def test_what_to_bear_in_mind_stands_with_the_answer(assistant: HeldAssistant, client: TestClient) -> None:
    assert "可信度 高" in asked(client, QUESTION).one(css="quoted").text
    with TestClient(create_app(CautiousAssistant(assistant.settings, tuple(assistant.documents())))) as client:
        card = asked(client, QUESTION).one(css="quoted")
        told = card.one("p", "caution").text
        assert "可信度 高" not in card.text
        assert told == "请注意：这条资料说的是铜陵的情况，不是鄂尔多斯的"
        assert client.get("/api/ask", params={"q": QUESTION}).json()["answer"]["caution"] == told.removeprefix(
            "请注意："
        )
