"""A real browser on this machine before the real application: Debian's chromium, driven by playwright.

Own fixtures instead of pytest-playwright's: its browsers are downloads, and ours has to be the machine's.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from qa.settings import Settings
from qa.web.app import create_app
from qa.web.server import address_of, configuration, listen
from tests.web.held_assistant import HeldAssistant

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results" / "browser"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHTS = {390: 844, 1280: 800, 1920: 1080}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("needs chromium on the PATH (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """``app`` on a free port of this machine; gives its address without the slash at the end."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(configuration(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address_of(listener, "127.0.0.1").rstrip("/")
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="session")
def held_assistant(tmp_path_factory: pytest.TempPathFactory) -> HeldAssistant:
    made = tmp_path_factory.mktemp("held")  # no index: what the library page says must not hang on the checkout
    return HeldAssistant(Settings(corpus=ROOT / "corpus", index=made / "index", workspace=made / "workspace"))


@pytest.fixture(scope="session")
def held_site(held_assistant: HeldAssistant) -> Iterator[str]:
    """The application over two short documents and outcomes written by hand: every state at will."""
    with served(create_app(held_assistant)) as address:
        yield address


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over the five documents, read, embedded and indexed for this run."""
    from qa.bootstrap import index_corpus

    settings = Settings(
        corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"), workspace=tmp_path_factory.mktemp("made")
    )
    index_corpus(settings)
    with served(create_app(settings)) as address:
        yield address


@dataclass
class Visit:
    """One visitor's page with what went wrong on it."""

    page: Page
    site: str
    name: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, address: str, status: int = 200) -> Page:
        response = self.page.goto(f"{self.site}{address}" if address.startswith("/") else address)
        assert response is not None
        assert response.status == status
        return self.page

    def shoot(self, state: str, *, whole: bool = True) -> None:
        """Keeps a picture of the page for people (and CI) to look at."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=RESULTS / f"{state}-{self.name}.png", full_page=whole)

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


Visitor = Callable[..., Visit]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """``visitor(site, width=390, scheme="dark", script=False)`` → a :class:`Visit`.

    When the test ends, no visit may have met a console error or asked for anything outside its site.
    """
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def visit(site: str, *, width: int = 1280, scheme: str = "light", script: bool = True, quiet: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
            has_touch=width < 600,
        )
        contexts.append(context)
        made = Visit(context.new_page(), site, f"{width}-{scheme}{'' if script else '-noscript'}")
        visits.append(made)
        context.route("**/*", lambda route, request: _watch(made, route, request))
        if quiet:
            made.page.on(
                "console", lambda m: made.complaints.append(m.text) if m.type in ("error", "warning") else None
            )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield visit
    for context in contexts:
        context.close()
    for made in visits:
        assert made.strangers == []
        assert made.complaints == []


def _watch(visit: Visit, route: Route, request: Request) -> None:
    if request.url.startswith(f"{visit.site}/"):
        route.continue_()
    else:
        visit.strangers.append(request.url)
        route.abort()
