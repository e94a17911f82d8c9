"""How Chinese is set: line length and height, squeezed punctuation, ragged lines; on paper and in the system's own colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.test_surface import STATES, axe_violations
from tests.web.held_assistant import QUESTION

RUNNING_TEXT = {"answer": (".evidence", ".passage blockquote"), "document": (".original .body",)}
SCREENS = ("/", f"/?q={QUESTION}", STATES["document-of-a-question"][0], "/drafts", "/check", "/library", "/settings")


def measured(page: Page, selector: str) -> tuple[float, float]:
    """(characters a line, line height in ems) of the first such element."""
    made = page.locator(selector).first.evaluate(
        """e => { const style = getComputedStyle(e), em = parseFloat(style.fontSize);
          const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          return [inner / em, parseFloat(style.lineHeight) / em]; }"""
    )
    return float(made[0]), float(made[1])


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("state", RUNNING_TEXT)
def test_lines_are_neither_long_nor_tight(held_site: str, visitor: Visitor, state: str, width: int) -> None:
    page = visitor(held_site, width=width).open(STATES[state][0])
    for selector in RUNNING_TEXT[state]:
        characters, height = measured(page, selector)
        assert characters <= 42, selector
        assert height >= 1.7, selector
        if width > 390:
            assert characters >= 34, selector


@pytest.mark.parametrize("address", SCREENS)
def test_nothing_is_justified_and_lines_have_air(held_site: str, visitor: Visitor, address: str) -> None:
    page = visitor(held_site).open(address)
    found = page.evaluate(
        """() => [...document.querySelectorAll("main p, main blockquote, main li, main dd, main label")]
          .filter(e => e.checkVisibility() && e.textContent.trim().length > 40)
          .map(e => [getComputedStyle(e).textAlign, parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize)])"""
    )
    assert "justify" not in {align for align, _ in found}
    assert all(height >= 1.5 for _, height in found), found


def test_adjacent_punctuation_is_squeezed(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site).open(STATES["document"][0])
    ems = page.locator(".original .body").first.evaluate(
        """e => { const probe = document.createElement("span"); probe.textContent = "（「甲」），（乙）。";
          e.append(probe); return probe.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize); }"""
    )
    if not page.evaluate("CSS.supports('text-spacing-trim', 'trim-start')"):
        pytest.skip("needs a browser that knows text-spacing-trim (Chromium 123)")
    assert ems <= 9, "ten characters, three pairs of marks that share half their white"


@pytest.mark.parametrize("state", ["answer", "list", "timeline", "refusal", "document-of-a-question"])
def test_on_paper(held_site: str, visitor: Visitor, state: str) -> None:
    visit = visitor(held_site, scheme="dark")
    page = visit.open(STATES[state][0])
    page.emulate_media(media="print")
    for selector in ("header.site", "footer.site", ".asking", ".narrow", ".actions", ".feedback", ".bar", ".headings"):
        assert not any(each.is_visible() for each in page.locator(selector).all()), selector
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('.verbatim')).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)"), "no dark sheet of paper"
    if state == "answer":
        assert page.locator(".quoted .source a").is_visible(), "what is printed says where it is from"
    visit.shoot(f"print-{state}")


@pytest.mark.parametrize("preference", ["forced-colors", "more-contrast"])
@pytest.mark.parametrize("address", SCREENS)
def test_high_contrast(held_site: str, visitor: Visitor, address: str, preference: str) -> None:
    visit = visitor(held_site, width=390, scheme="dark" if preference == "more-contrast" else "light")
    if preference == "forced-colors":
        visit.page.emulate_media(forced_colors="active")
    else:
        visit.page.emulate_media(contrast="more")
    page = visit.open(address)
    assert axe_violations(visit) == []
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is seen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["answer", "document-of-a-question"])
def test_marked_words_are_seen_in_the_colours_of_the_system(
    held_site: str, visitor: Visitor, state: str, scheme: str
) -> None:
    """axe-core does not see it: a system whose marked words are black set them black on black."""
    visit = visitor(held_site, scheme=scheme)
    visit.page.emulate_media(forced_colors="active")
    page = visit.open(STATES[state][0])
    style = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.textDecorationLine]; }"
    ink = page.evaluate("getComputedStyle(document.querySelector('.verbatim')).color")
    color, ground, line = page.locator("mark.match").first.evaluate(style)
    assert (color, ground, line) == (ink, "rgba(0, 0, 0, 0)", "underline")
    color, ground, line = page.locator("mark.answer, mark.cited").first.evaluate(style)
    assert color != ground
    assert ground not in ("rgba(0, 0, 0, 0)", page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert line == "underline"
