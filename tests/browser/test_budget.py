"""What a page may cost, whatever the machine: bytes, scripts, shifts, policy. Times are measured by ``surface_figures``."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser

from qa.web.assets import static_dir
from qa.web.security import CONTENT_SECURITY_POLICY
from tests.browser.surface_figures import ADDRESSES, bytes_over_the_wire, fresh_page, paints

FIRST_PAINT_BYTES = 100 * 1024
SCRIPT_BYTES = 60 * 1024


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_is_light_and_stands_still(real_site: str, chromium: Browser, name: str, width: int) -> None:
    with fresh_page(chromium, width) as page:
        sizes = bytes_over_the_wire(page, real_site + ADDRESSES[name])
        assert len(sizes) >= 3, "page, style and script"
        assert sum(sizes.values()) <= FIRST_PAINT_BYTES
        shifts = [paints(page)["shift"]]
        while min(shifts) > 0 and len(shifts) < 3:  # as in test_surface: once may be the machine, each time is the page
            page.reload(wait_until="networkidle")
            shifts.append(paints(page)["shift"])
        assert min(shifts) == 0, shifts


def test_all_scripts_together_are_small() -> None:
    own = [path for path in static_dir().rglob("*.js") if "pdf" not in path.name]
    assert sum(len(gzip.compress(path.read_bytes())) for path in own) <= SCRIPT_BYTES


def test_nothing_inline_may_run() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "script-src 'self'" in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
