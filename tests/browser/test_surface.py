"""Every state of every screen: accessible, inside the window, without shifts; keys, copying, print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from qa.errors import IndexDamagedError
from tests.browser.conftest import Visit, Visitor
from tests.web.held_assistant import (
    FALLEN_BACK,
    LETTER_ID,
    LIST_QUESTION,
    QUESTION,
    TIMELINE_QUESTION,
    UNANSWERABLE,
    HeldAssistant,
)

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 9
STATES = {
    "home": ("/", 200),
    "answer": (f"/?q={QUESTION}", 200),
    "list": (f"/?q={LIST_QUESTION}&from=2021&section=高层声音", 200),
    "timeline": (f"/?q={TIMELINE_QUESTION}", 200),
    "refusal": (f"/?q={UNANSWERABLE}", 200),
    "nothing": (f"/?q={QUESTION}&section=没有的栏目", 200),
    "fallen-back": (f"/?q={FALLEN_BACK}", 200),
    "long-word": (f"/?q={LONG}", 200),
    "rtl": ("/?q=كم عدد الأصناف الجديدة 引进?", 200),
    "document": ("/documents/科技简报-2021年第1期?start=9&end=30", 200),
    "document-of-a-question": (f"/documents/科技简报-2021年第1期?start=90&end=94&ask={QUESTION}", 200),
    "document-with-warnings": (f"/documents/{LETTER_ID.replace('&', '%26')}?start=1&end=99999", 200),
    "cite": ("/cite?document=科技简报-2021年第1期&start=90&end=94", 200),
    "settings": ("/settings", 200),
    "history": ("/history", 200),
    "said": (f"/?q={QUESTION}&said=wrong", 200),
    "bad-question": ("/?q=😀", 400),
    "not-found": ("/没有", 404),
}


def axe_violations(visit: Visit) -> list[str]:
    """What axe-core finds; it is run from the development package, never served."""
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python (make install)")
    source = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    visit.page.evaluate(source)
    found: dict[str, Any] = visit.page.evaluate("axe.run()")
    return [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_and_fits(
    held_site: str, visitor: Visitor, state: str, width: int, scheme: str
) -> None:
    address, status = STATES[state]
    visit = visitor(held_site, width=width, scheme=scheme, quiet=status == 200)
    visit.open(address, status)
    visit.shoot(f"state-{state}")
    assert visit.overflow() <= 0
    visit.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert visit.overflow() <= 0
    if width == 390:
        visit.shoot(f"state-{state}-open")
    assert axe_violations(visit) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_lines_are_comfortable_to_read(held_site: str, visitor: Visitor, width: int) -> None:
    page = visitor(held_site, width=width).open("/documents/科技简报-2021年第1期")
    body = page.locator(".original .body").first
    characters = body.evaluate("e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)")
    assert characters <= 42
    if width > 390:
        assert characters >= 34


def layout_shift(page: Page) -> float:
    """The sum of the layout shifts since the page was opened."""
    shift: float = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
              .observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })"""
    )
    return shift


@pytest.mark.parametrize("state", ["home", "answer", "document-of-a-question"])
def test_nothing_shifts_while_a_page_loads(held_site: str, visitor: Visitor, state: str) -> None:
    visit = visitor(held_site, width=390)
    # On a machine busy enough the browser paints half a parsed line and corrects it; a page that shifts by itself does so each time.
    shifts = [layout_shift(visit.open(STATES[state][0])) for _ in range(3)]
    assert min(shifts) == 0, shifts


def test_a_damaged_index_while_serving(held_site: str, held_assistant: HeldAssistant, visitor: Visitor) -> None:
    held_assistant.broken = IndexDamagedError(
        "索引已损坏：index/vectors.faiss", reason="校验值不符", hint="运行 qa index --rebuild 重建索引"
    )
    try:
        visit = visitor(held_site, width=390, quiet=False)
        page = visit.open(f"/?q={QUESTION}", 503)
    finally:
        held_assistant.broken = None
    assert page.get_by_role("alert").get_by_text("qa index --rebuild").is_visible()
    visit.shoot("state-damaged")
    assert axe_violations(visit) == []
    page.get_by_role("button", name="提问").click()  # mended: the question still stands in the box
    assert page.locator(".quoted mark.answer").text_content() == "556个"


class TestKeys:
    """Single keys, outside of fields only, and only as long as they are wanted."""

    def test_through_the_passages_and_their_citations(self, held_site: str, visitor: Visitor) -> None:
        page = visitor(held_site).open(f"/?q={QUESTION}")
        keyboard = page.keyboard
        keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == "passage-1"
        keyboard.press("j")
        keyboard.press("j")
        keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == "passage-3"
        keyboard.press("k")
        assert page.evaluate("document.activeElement.id") == "passage-2"
        keyboard.press("c")
        page.get_by_role("status").filter(has_text="已复制引文").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#cite-2-0").text_content()
        keyboard.press("o")
        page.wait_for_url("**/documents/**")
        assert page.locator("mark.cited").count() == 1

    def test_ask_again_and_type_freely(self, held_site: str, visitor: Visitor) -> None:
        page = visitor(held_site).open(f"/?q={QUESTION}")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("jk?/c")
        assert page.locator("#q").input_value() == "jk?/c"
        assert not page.locator("dialog").is_visible()

    def test_the_sheet_opens_and_keys_can_be_switched_off(self, held_site: str, visitor: Visitor) -> None:
        visit = visitor(held_site)
        page = visit.open(f"/?q={QUESTION}")
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="快捷键")
        assert sheet.is_visible()
        visit.shoot("keys", whole=False)
        assert axe_violations(visit) == []
        page.get_by_label("不用单键快捷键").check()
        page.keyboard.press("Escape")
        assert not sheet.is_visible()
        page.reload()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.id") != "passage-1"

    def test_from_hit_to_hit_in_a_document(self, held_site: str, visitor: Visitor) -> None:
        page = visitor(held_site).open(STATES["document-of-a-question"][0])
        assert page.locator(".position").text_content() == "第 1 / 2 处"
        page.keyboard.press("n")
        page.get_by_text("第 2 / 2 处").wait_for()
        page.wait_for_load_state()  # keys are heard once the script has run
        page.keyboard.press("p")
        page.get_by_text("第 1 / 2 处").wait_for()
        page.wait_for_load_state()
        page.keyboard.press("j")
        page.get_by_text("第 2 / 2 处").wait_for()
        page.wait_for_load_state()
        page.keyboard.press("k")
        page.get_by_text("第 1 / 2 处").wait_for()

    def test_the_first_tab_skips_to_the_text(self, held_site: str, visitor: Visitor) -> None:
        page = visitor(held_site).open(f"/?q={QUESTION}")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="跳到正文")
        assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_citation_can_be_had_without_a_script(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site, script=False).open(f"/?q={QUESTION}")
    assert page.get_by_role("button", name="复制引文").count() == 0  # what needs a script is not offered
    page.locator(".quoted summary").click()
    assert page.locator("#cite-answer-0").is_visible()
    page.locator(".quoted").get_by_role("link", name="全部格式").click()
    assert page.get_by_text("BibTeX", exact=True).is_visible()


def test_an_address_with_the_words_only_behind_the_hash(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site).open("/documents/科技简报-2021年第1期#p=90-94")
    page.locator("mark.cited").wait_for()
    assert page.locator("mark.cited").text_content() == "556个"


def test_headings_lead_to_their_place(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site, width=390).open("/documents/科技简报-2021年第1期")
    page.locator(".headings summary").click()
    page.get_by_role("link", name="他山之石").click()
    assert page.get_by_role("heading", name="【他山之石】").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_jumped_to_lies_below_the_bar_and_rules_pass_under_it(
    held_site: str, visitor: Visitor, width: int
) -> None:
    page = visitor(held_site, width=width).open(STATES["document-of-a-question"][0])
    page.set_viewport_size({"width": width, "height": 420})
    fold = page.locator(".headings summary")
    if fold.is_visible():
        fold.click()
    page.get_by_role("link", name="高层声音", exact=True).click()
    heading = page.get_by_role("heading", name="【高层声音】")
    expect(heading).to_be_in_viewport()
    bar, words, hit = (each.bounding_box() for each in (page.locator(".bar"), heading, page.locator(".hit").first))
    assert bar is not None
    assert words is not None
    assert hit is not None
    assert page.evaluate("scrollY") > 0
    assert words["y"] >= bar["y"] + bar["height"]
    rule = page.locator(".hit").first.evaluate("e => parseFloat(getComputedStyle(e, '::before').left)")
    assert bar["x"] <= hit["x"] + rule


def test_filters_are_taken_off_one_by_one(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site).open(f"/?q={QUESTION}&kind=简报&section=高层声音")
    expect(page.locator("article.passage")).to_have_count(1)
    page.get_by_role("link", name="去掉筛选：栏目 高层声音").click()
    expect(page.locator("article.passage")).to_have_count(2)
    page.get_by_label("从").fill("2025")
    page.get_by_role("button", name="限定").click()
    page.get_by_text("没有找到任何段落").wait_for()
    page.go_back()
    expect(page.locator("article.passage")).to_have_count(2)


def test_on_paper_only_the_words_remain(held_site: str, visitor: Visitor) -> None:
    visit = visitor(held_site)
    page = visit.open(STATES["document-of-a-question"][0])
    page.emulate_media(media="print")
    for selector in ("header.site", "footer.site", ".bar", ".headings"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator(".original").is_visible()
    visit.shoot("print")


@pytest.mark.parametrize("name", ["forced-colors", "more-contrast", "reduced-motion"])
def test_preferences_of_the_system_are_honoured(held_site: str, visitor: Visitor, name: str) -> None:
    visit = visitor(held_site, width=390)
    media: dict[str, Any] = {
        "forced-colors": {"forced_colors": "active"},
        "more-contrast": {"contrast": "more"},
        "reduced-motion": {"reduced_motion": "reduce"},
    }[name]
    visit.page.emulate_media(**media)
    page = visit.open(f"/?q={QUESTION}")
    visit.shoot(name)
    if name == "reduced-motion":
        assert page.locator("#status").evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    else:
        assert axe_violations(visit) == []
    assert page.locator(".quoted mark.answer").is_visible()
