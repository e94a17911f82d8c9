"""What pages look like, against small pictures kept beside this file.

The pictures are a fifth of the size and grey: they show where things stand and how heavy they are, not how one version of one font
draws a stroke, so that another Debian with the same fonts (Noto CJK) agrees. The head and foot, which change with every screen that
is added, are left out. ``QA_NEW_LOOKS=1`` writes them anew; look at them before committing.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit, Visitor
from tests.browser.test_surface import STATES

KEPT = Path(__file__).parent / "looks"
SHOWN = ("home", "answer", "list", "timeline", "refusal", "document-of-a-question", "cite", "not-found")
SCREENS = {"drafts": "/drafts", "check": "/check", "library": "/library"}
DARK = ("home", "answer", "document-of-a-question")
LOOKS = [(state, "light") for state in (*SHOWN, *SCREENS)] + [(state, "dark") for state in DARK]
SHRUNK_BY = 5
MOST_GREY = 3.0
"""Mean difference of grey values (0 to 255) up to which two pictures are taken for the same look."""
MOST_LONGER = 0.04
"""Share by which one may be longer."""

_SHRUNK = """([data, by]) => new Promise(done => {
    const image = new Image();
    image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(image.width / by); canvas.height = Math.round(image.height / by);
        const pen = canvas.getContext("2d");
        pen.filter = "grayscale(1)"; pen.imageSmoothingQuality = "high";
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        done(canvas.toDataURL("image/png").split(",")[1]);
    };
    image.src = "data:image/png;base64," + data;
})"""
_COMPARED = """(pictures) => Promise.all(pictures.map(data => new Promise(done => {
    const image = new Image();
    image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = image.width; canvas.height = image.height;
        const pen = canvas.getContext("2d"); pen.drawImage(image, 0, 0);
        done({width: image.width, height: image.height, grey: pen.getImageData(0, 0, image.width, image.height).data});
    };
    image.src = "data:image/png;base64," + data;
}))).then(([one, other]) => {
    const width = Math.min(one.width, other.width), height = Math.min(one.height, other.height);
    let sum = 0;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++)
        sum += Math.abs(one.grey[4 * (y * one.width + x)] - other.grey[4 * (y * other.width + x)]);
    return {grey: sum / (width * height), longer: Math.abs(one.height - other.height) / other.height,
            wider: Math.abs(one.width - other.width)};
})"""


@pytest.fixture
def bench(chromium: Browser) -> Iterator[Page]:
    """An empty page in which pictures are shrunk and compared."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def shrunk(visit: Visit, bench: Page) -> str:
    """What the page looks like, small and grey, as base64."""
    visit.page.evaluate(
        "for (const e of document.querySelectorAll('.site, .elapsed, .toast')) e.style.visibility = 'hidden';"
        "document.activeElement.blur()"
    )
    picture = visit.page.screenshot(full_page=True, animations="disabled", caret="hide")
    made: str = bench.evaluate(_SHRUNK, [base64.b64encode(picture).decode(), SHRUNK_BY])
    return made


def differences(bench: Page, now: str, kept: str) -> dict[str, float]:
    found: dict[str, Any] = bench.evaluate(_COMPARED, [now, kept])
    return found


def alike(found: dict[str, float]) -> bool:
    return found["grey"] <= MOST_GREY and found["longer"] <= MOST_LONGER and found["wider"] == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("state", "scheme"), LOOKS)
def test_pages_look_as_they_did(
    held_site: str, visitor: Visitor, bench: Page, state: str, scheme: str, width: int
) -> None:
    address, status = STATES[state] if state in STATES else (SCREENS[state], 200)
    visit = visitor(held_site, width=width, scheme=scheme, quiet=status == 200)
    visit.open(address, status)
    visit.shoot(f"look-{state}")
    now = shrunk(visit, bench)
    file = KEPT / f"{state}-{width}{'-dark' if scheme == 'dark' else ''}.png"
    if os.environ.get("QA_NEW_LOOKS"):
        KEPT.mkdir(exist_ok=True)
        file.write_bytes(base64.b64decode(now))
    assert file.is_file(), f"no picture {file.name}: write it with QA_NEW_LOOKS=1 and look at it"
    found = differences(bench, now, base64.b64encode(file.read_bytes()).decode())
    assert alike(found), f"{file.name} looks different: {found}; see test-results, or write it anew with QA_NEW_LOOKS=1"


@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('.quoted').remove()",
        "document.querySelector('.columns').style.marginLeft = '60px'",
        "document.documentElement.dataset.theme = 'dark'",
        "for (const e of document.styleSheets) e.disabled = true",
    ],
    ids=["no-answer", "moved", "dark", "no-style"],
)
def test_another_look_is_told(held_site: str, visitor: Visitor, bench: Page, change: str) -> None:
    visit = visitor(held_site, width=390)
    visit.open(STATES["answer"][0])
    visit.page.evaluate(change)
    kept = base64.b64encode((KEPT / "answer-390.png").read_bytes()).decode()
    assert not alike(differences(bench, shrunk(visit, bench), kept))
