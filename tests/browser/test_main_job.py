"""The main job on the real corpus: ask, read the cited answer, open the very words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

QUESTION = "科技特派员2020年引进了多少个新品种？"
CITATION = "《科技简报》2021年第1期（2021年3月25日）【高层声音】"


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_ask_read_and_open(real_site: str, visitor: Visitor, width: int, scheme: str, script: bool) -> None:
    visit = visitor(real_site, width=width, scheme=scheme, script=script)
    page = visit.open("/")
    visit.shoot("home")
    page.get_by_role("searchbox", name="问题").fill(QUESTION)
    page.get_by_role("button", name="提问").click()

    answer = page.locator(".quoted mark.answer strong")
    assert answer.text_content() == "556个"
    assert answer.evaluate("element => Number(getComputedStyle(element).fontWeight)") >= 600
    box = page.locator(".quoted").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= page.viewport_size["height"], "the answer card stands above the fold"
    assert "引进新品种556个" in (page.locator(".quoted .evidence").text_content() or "")
    assert visit.overflow() <= 0
    visit.shoot("asked")

    page.get_by_role("link", name=CITATION).first.click()
    cited = page.locator("mark.cited")
    assert cited.text_content() == "556个"
    expect(cited).to_be_in_viewport(ratio=1)  # waits for the scrolling to the anchor
    seen = cited.bounding_box()
    assert seen is not None
    bar = page.locator(".bar").bounding_box()
    assert bar is not None
    assert seen["y"] >= bar["y"] + bar["height"], "and not behind the bar"
    assert visit.overflow() <= 0
    visit.shoot("document", whole=False)

    page.get_by_role("link", name="回到问题").click()
    assert page.locator(".quoted mark.answer").text_content() == "556个"
    page.go_back()
    page.go_back()
    assert page.locator(".quoted mark.answer").text_content() == "556个"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_the_corpus_cannot_answer(real_site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(real_site, width=width, scheme=scheme)
    page = visit.open("/?q=科技特派员2018年引进了多少个新品种？")
    assert page.get_by_role("heading", name="资料中未找到可靠答案").is_visible()
    assert page.locator("mark.answer").count() == 0
    visit.shoot("refused")


def test_every_suggestion_can_be_asked(real_site: str, visitor: Visitor) -> None:
    visit = visitor(real_site)
    links = visit.open("/").locator(".suggestions a")
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    assert addresses
    for address in addresses:
        page = visit.open(address)
        assert page.locator("article.passage").count() > 0
