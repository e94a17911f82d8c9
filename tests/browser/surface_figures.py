"""How quick the pages feel, measured in a real browser: ``python -m tests.browser.surface_figures [--runs 5]``.

Over the five documents, at 390 and 1280 px: bytes over the wire until the page stands (nothing cached), the largest contentful
paint, the sum of layout shifts, and how long the server took to make the page once the answer was known. Figures depend on the
machine; say which. What does not depend on it, :mod:`tests.browser.test_budget` asserts.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from qa.bootstrap import index_corpus, open_assistant
from qa.records import Query
from qa.settings import Settings
from qa.web.app import create_app
from qa.web.ask_view import ask_page
from qa.web.rendering import Renderer
from tests.browser.conftest import FLAGS, HEIGHTS, ROOT, served
from tests.load.ask_at_once import dev_questions

QUESTION = "科技特派员2020年引进了多少个新品种？"
ADDRESSES = {"home": "/", "answer": f"/?q={QUESTION}"}

_PAINTS = """() => new Promise(done => {
    let paint = 0, shift = 0;
    new PerformanceObserver(list => { for (const e of list.getEntries()) paint = Math.max(paint, e.startTime); })
      .observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value; })
      .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done({paint, shift}), 300);
})"""


@contextmanager
def fresh_page(browser: Browser, width: int) -> Iterator[Page]:
    """A page with nothing cached."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
    yield context.new_page()
    context.close()


def bytes_over_the_wire(page: Page, address: str) -> dict[str, int]:
    """Encoded bytes, headers too, of every response until the page is loaded, by path."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: paths.update({e["requestId"]: e["response"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    page.goto(address, wait_until="networkidle")
    return {paths.get(request, request): size for request, size in sizes.items()}


def paints(page: Page) -> dict[str, float]:
    """``paint``: largest contentful paint in milliseconds since the navigation; ``shift``: sum of layout shifts."""
    found: dict[str, Any] = page.evaluate(_PAINTS)
    return {name: float(value) for name, value in found.items()}


def page_making_ms(settings: Settings) -> list[float]:
    """Milliseconds from a known answer to its HTML, of the processor's time."""
    assistant, renderer = open_assistant(settings), Renderer()
    took = []
    for question in dev_questions()[:40]:
        result = assistant.ask(Query(question))
        begun = time.process_time()
        renderer.html(ask_page(assistant, result, assistant.state().generation))
        took.append((time.process_time() - begun) * 1000)
    return took[5:]  # the first ones fill caches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = Path(folder)
        settings = Settings(corpus=ROOT / "corpus", index=made / "index", workspace=made / "workspace")
        index_corpus(settings)
        took = page_making_ms(settings)
        print(f"page made: median {statistics.median(took):.1f} ms, most {max(took):.1f} ms of processor time")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with served(create_app(settings)) as site:
            for name, path in ADDRESSES.items():
                for width in (390, 1280):
                    seen = []
                    for _ in range(runs):
                        with fresh_page(browser, width) as page:
                            size = sum(bytes_over_the_wire(page, site + path).values())
                            seen.append(paints(page))
                    paint = [each["paint"] for each in seen]
                    print(
                        f"{name} at {width}: {size / 1024:.1f} KiB, largest paint median {statistics.median(paint):.0f} ms"
                        f" (least {min(paint):.0f}), shift {max(each['shift'] for each in seen):.4f}"
                    )
        browser.close()


if __name__ == "__main__":
    main()
