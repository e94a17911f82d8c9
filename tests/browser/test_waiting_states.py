"""States that people seldom see: the model still loading, a library without documents."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.settings import Settings
from qa.web import pages
from qa.web.app import create_app
from tests.browser.conftest import Visitor, served
from tests.browser.test_surface import axe_violations
from tests.web.held_assistant import QUESTION, HeldAssistant


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_that_waits_for_the_model_comes_by_itself(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    loaded = threading.Event()

    class Loading(HeldAssistant):
        def warm(self) -> None:
            loaded.wait(60)

    monkeypatch.setattr(pages, "PAGE_WAIT_S", 0.05)
    with served(create_app(Loading(Settings(corpus=tmp_path, workspace=tmp_path / "w")))) as site:
        try:
            visit = visitor(site, width=390, scheme=scheme, quiet=False)
            page = visit.open(f"/?q={QUESTION}", 503)
            assert page.locator("#q").input_value() == QUESTION
            assert visit.overflow() <= 0
            visit.shoot("loading")
        finally:
            loaded.set()
        expect(page.locator(".quoted mark.answer")).to_have_text("556个", timeout=20_000)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_an_empty_library_says_what_to_do(visitor: Visitor, tmp_path: Path, width: int, scheme: str) -> None:
    held = HeldAssistant(Settings(corpus=tmp_path, index=tmp_path / "i", workspace=tmp_path / "w"), ())
    with served(create_app(held)) as site:
        visit = visitor(site, width=width, scheme=scheme)
        for address in ("/", "/library", "/history", "/drafts", "/evaluation"):
            visit.open(address)
            assert visit.overflow() <= 0
            assert axe_violations(visit) == [], address
        page = visit.open("/")
        expect(page.locator("main")).to_contain_text("qa index")
        visit.shoot("empty")
