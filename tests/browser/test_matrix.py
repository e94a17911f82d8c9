"""Every path of 问答, 原文 and 资料库 walked at 390 and 1280 px, light and dark, with a script and without.

Any two of the three values meet in the four walks of the suite; ``QA_BROWSER_MATRIX=1`` (``make test-browser``) walks all eight.
Console errors and requests to elsewhere fail a walk by the ``visitor`` fixture.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.settings import Settings
from qa.web.app import create_app
from tests.browser.conftest import Visit, Visitor, served
from tests.browser.test_library import OTHER, REPORT, back_to_the_library, files, settled
from tests.browser.test_surface import axe_violations
from tests.indexing.bigram_library import BigramLibrary
from tests.web.held_assistant import (
    BULLETIN_ID,
    LIST_QUESTION,
    QUESTION,
    TIMELINE_QUESTION,
    UNANSWERABLE,
    HeldAssistant,
    bulletin,
    letter,
)

ALL = list(product((390, 1280), ("light", "dark"), (True, False)))
PAIRS = [(390, "light", True), (390, "dark", False), (1280, "light", False), (1280, "dark", True)]
ORIGINAL = "科技简报的原样字节\r\n".encode("gb18030")
Combination = tuple[int, str, bool]


def named(combination: Combination) -> str:
    width, scheme, script = combination
    return f"{width}-{scheme}-{'script' if script else 'noscript'}"


@pytest.fixture(params=ALL if os.environ.get("QA_BROWSER_MATRIX") else PAIRS, ids=named)
def combination(request: pytest.FixtureRequest) -> Combination:
    chosen: Combination = request.param
    return chosen


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The held documents with a reprint of the first, and its file."""
    corpus = tmp_path / "资料 库"
    corpus.mkdir()
    (corpus / bulletin().path).write_bytes(ORIGINAL)
    reprint = replace(bulletin(), id="转载", path="转载.txt")
    settings = Settings(corpus=corpus, index=tmp_path / "i", workspace=tmp_path / "w")
    with served(create_app(HeldAssistant(settings, (bulletin(), reprint, letter())))) as address:
        yield address


def walker(visitor: Visitor, site: str, combination: Combination) -> Visit:
    width, scheme, script = combination
    return visitor(site, width=width, scheme=scheme, script=script)


def sound(visit: Visit, script: bool) -> None:
    """Nothing sticks out of the window, and nothing that a machine could not read."""
    assert visit.overflow() <= 0
    if script:
        assert axe_violations(visit) == []


def unfold(page: Page, summary: str) -> None:
    """Opens the fold around the list that stands at the side on a wide screen."""
    fold = page.locator("summary", has_text=summary).first
    if fold.is_visible():
        fold.click()


def test_asking(site: str, visitor: Visitor, combination: Combination) -> None:
    script = combination[2]
    visit = walker(visitor, site, combination)
    page = visit.open("/")
    page.get_by_role("link", name=QUESTION).click()
    expect(page.locator(".quoted mark.answer")).to_have_text("556个")

    match, answer = page.locator("mark.match").first, page.locator(".passages mark.answer, .quoted mark.answer").first
    assert match.evaluate("e => getComputedStyle(e).textDecorationStyle") == "dotted"
    assert answer.locator("strong").evaluate("e => Number(getComputedStyle(e).fontWeight)") >= 700

    first = page.locator("#passage-1")
    first.locator("summary", has_text="为何入选").click()
    expect(first.locator(".why")).to_be_visible()
    for way in ("字面", "语义", "精读"):
        expect(first.locator(".reasons")).to_contain_text(way)
    first.locator("summary", has_text="同文 1 处").click()
    expect(first.locator(".same a")).to_have_count(1)
    first.locator("summary", has_text="前后文").click()
    if script:
        expect(first.locator(".around")).to_be_visible()
    else:
        expect(first.get_by_role("link", name="到原文里看")).to_be_visible()
    sound(visit, script)

    page.get_by_role("button", name="对", exact=True).click()
    expect(page.locator(".verdict[aria-pressed=true]")).to_have_text("对")
    unfold(page, "筛选")
    page.locator(".narrow a", has_text="高层声音").click()
    expect(page.get_by_role("link", name="去掉筛选：栏目 高层声音")).to_be_visible()
    page.get_by_role("link", name="去掉筛选：栏目 高层声音").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_other_outcomes(site: str, visitor: Visitor, combination: Combination) -> None:
    script = combination[2]
    visit = walker(visitor, site, combination)
    page = visit.open(f"/?q={TIMELINE_QUESTION}")
    expect(page.locator(".timeline tbody tr")).to_have_count(2)
    expect(page.locator(".timeline .current")).to_contain_text("本次答案")
    page.locator(".timeline tbody a").last.click()
    expect(page.locator("mark.cited")).to_have_text("612个")
    page = visit.open(f"/?q={LIST_QUESTION}")
    page.locator(".items a").nth(1).click()
    expect(page.locator("mark.cited")).to_have_text("384项")
    page = visit.open(f"/?q={UNANSWERABLE}")
    expect(page.get_by_role("heading", name="资料中未找到可靠答案")).to_be_visible()
    sound(visit, script)
    page = visit.open("/history")
    expect(page.locator(".asked-list > li")).to_have_count(3)
    sound(visit, script)
    page.get_by_role("link", name=UNANSWERABLE).click()
    page.get_by_role("searchbox", name="问题").fill(QUESTION)
    page.get_by_role("button", name="提问").click()
    expect(page.locator(".quoted mark.answer")).to_have_text("556个")
    page.locator(".quoted summary", has_text="引文格式").click()
    page.locator(".quoted").get_by_role("link", name="全部格式").click()
    expect(page.get_by_text("BibTeX", exact=True)).to_be_visible()
    sound(visit, script)


def test_reading(site: str, visitor: Visitor, combination: Combination) -> None:
    script = combination[2]
    visit = walker(visitor, site, combination)
    page = visit.open(f"/?q={QUESTION}")
    page.locator(".quoted .source a").click()
    expect(page.locator("mark.cited")).to_have_text("556个")
    expect(page.locator("mark.cited")).to_be_in_viewport()
    expect(page.locator(".position")).to_have_text("第 1 / 2 处")
    page.get_by_role("link", name="下一处").click()
    expect(page.locator(".position")).to_have_text("第 2 / 2 处")
    page.locator("summary", has_text="全部 2 处").click()
    expect(page.locator(".hit-list li")).to_have_count(2)
    sound(visit, script)
    page.get_by_role("link", name="上一处").click()
    expect(page.locator(".position")).to_have_text("第 1 / 2 处")
    unfold(page, "标题")
    page.get_by_role("link", name="他山之石", exact=True).click()
    expect(page.get_by_role("heading", name="【他山之石】")).to_be_in_viewport()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载原文件").click()
    assert waiting.value.path().read_bytes() == ORIGINAL
    page.get_by_role("link", name="回到问题").click()
    expect(page.locator(".quoted mark.answer")).to_have_text("556个")

    text = bulletin().text
    start, end = text.index("服务农牧民"), text.index("巧借退休人员") + 6
    page = visit.open(f"/documents/{BULLETIN_ID}?start={start}&end={end}")
    cited = "".join(page.locator("mark.cited").all_text_contents())
    assert cited == text[start:end].replace("\n", ""), "over two borders of paragraphs, character for character"
    sound(visit, script)


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path)
    made.write("报告.txt", REPORT)
    made.write("简报.txt", OTHER)
    made.update()
    return made


@pytest.fixture
def library_site(library: BigramLibrary) -> Iterator[str]:
    with served(create_app(library.assistant(), update=library.update)) as address:
        yield address


def upload(page: Page, chosen: list[Path], script: bool) -> None:
    page.set_input_files("#files", chosen)
    if not script:
        page.get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url("**/library/jobs/*")


def test_keeping_the_library(
    library_site: str, library: BigramLibrary, visitor: Visitor, combination: Combination, tmp_path: Path
) -> None:
    script = combination[2]
    visit = walker(visitor, library_site, combination)
    page = visit.open("/library")
    library.embedder.gate.clear()
    upload(page, files(tmp_path, 通报=OTHER.replace("53.2", "61.8")), script)
    page.get_by_text("已读，计算向量").wait_for()
    sound(visit, script)
    page.get_by_role("button", name="停止").click()
    page.locator("[data-state=cancelled]").wait_for()
    library.embedder.gate.set()
    page.get_by_role("button", name="重试").click()
    settled(page)
    expect(page.locator(".file.done")).to_have_count(1)

    page = visit.open("/library")
    upload(page, files(tmp_path, 报告=REPORT.replace("556", "565"), 空白=""), script)
    page.get_by_role("button", name="替换旧的").click()
    settled(page)
    expect(page.locator(".file.failed")).to_contain_text("空白")
    back_to_the_library(page)
    expect(page.locator(".holding")).to_have_count(4)
    sound(visit, script)

    page.get_by_role("searchbox").last.fill("研发")
    page.get_by_role("searchbox").last.press("Enter")
    expect(page.locator(".holding")).to_have_count(2)
    page = visit.open("/library?sort=-date")
    page.locator(".holding").first.get_by_role("link", name="更正信息").click()
    page.get_by_label("期号").fill("第7期")
    page.get_by_label("期号").press("Enter")
    settled(page)
    back_to_the_library(page)
    expect(page.locator(".holding", has_text="第7期")).to_have_count(1)
    page.locator(".holding", has_text="第7期").get_by_role("button", name="移走").click()
    settled(page)
    page.get_by_role("button", name="撤销，放回").click()
    settled(page)
    back_to_the_library(page)
    expect(page.locator(".holding", has_text="第7期")).to_have_count(1)
    sound(visit, script)
