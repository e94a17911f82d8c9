"""The printed page beside the words: seen, boxed, turned; PDF and OFD, narrow and wide, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.reading.reader import read_document
from qa.settings import Settings
from qa.web.app import create_app
from tests.browser.conftest import Visitor, served
from tests.browser.test_surface import axe_violations, layout_shift
from tests.reading.loaders.ofd_writer import ofd, text_object
from tests.reading.loaders.pdf_writer import paragraph, pdf
from tests.web.held_assistant import HeldAssistant

PROSE = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"
OTHER = "全市推广新技术三百八十四项，举办培训班一百二十期，培训农牧民和基层技术人员近两万人次。"
WORDS = "推广新技术三百八十四项"


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, addresses: dict[str, str]) -> Iterator[str]:
    root = tmp_path_factory.mktemp("印 件")
    folder = root / "资料"
    folder.mkdir()
    (folder / "报告.pdf").write_bytes(pdf([paragraph(PROSE, 160), paragraph(OTHER, 160), paragraph(PROSE, 160)]))
    lines = [text_object(20, 40 + 9 * n, OTHER[20 * n : 20 * n + 20]) for n in range(3)]
    (folder / "通知.ofd").write_bytes(ofd([text_object(20, 40, PROSE[:20]), "".join(lines)]))
    documents = tuple(read_document(each, folder) for each in sorted(folder.iterdir()))
    for each in documents:
        start = each.text.index(WORDS)
        addresses[Path(each.path).suffix] = f"/documents/{each.id}?start={start}&end={start + len(WORDS)}"
    settings = Settings(corpus=folder, index=root / "i", workspace=root / "w")
    with served(create_app(HeldAssistant(settings, documents))) as address:
        yield address


def picture_drawn(page: Page) -> bool:
    image = page.locator(".printed img")
    image.scroll_into_view_if_needed()
    image.evaluate("e => e.decode()")
    return bool(image.evaluate("e => e.naturalWidth > 100 && e.naturalHeight > e.naturalWidth"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("suffix", [".pdf", ".ofd"])
def test_the_cited_words_on_their_printed_page(
    site: str, visitor: Visitor, addresses: dict[str, str], suffix: str, width: int, scheme: str, script: bool
) -> None:
    visit = visitor(site, width=width, scheme=scheme, script=script)
    page = visit.open(addresses[suffix])
    assert page.locator("mark.cited").first.text_content()
    if width == 390:
        assert not page.locator(".printed img").is_visible(), "on a narrow screen the words come first"
        page.get_by_role("link", name="看原件第 2 页").click()
    expect(page.locator(".printed img")).to_be_visible()
    if width == 390:
        bar, printed = page.locator(".bar").bounding_box(), page.locator(".printed").bounding_box()
        assert bar is not None
        assert printed is not None
        assert printed["y"] >= bar["y"] + bar["height"], "the page of the file begins below the bar"
    assert page.get_by_role("img", name="原件第 2 页，所引文字已框出").count() == 1
    if script:
        assert picture_drawn(page)
        visit.shoot(f"printed{suffix}", whole=False)
        assert axe_violations(visit) == []
    assert visit.overflow() <= 0
    page.locator(".printed").get_by_role("link", name="上一页").click()
    expect(page.locator(".printed .position")).to_have_text("第 1 页")
    assert "start=" in page.url, "the cited words stay known"
    assert page.locator("mark.cited").count() > 0


def test_turning_does_not_load_the_document_anew(site: str, visitor: Visitor, addresses: dict[str, str]) -> None:
    page = visitor(site).open(addresses[".pdf"])
    page.wait_for_load_state()
    page.evaluate("window.stayed = true")
    page.locator(".printed").get_by_role("link", name="下一页").click()
    expect(page.locator(".printed .position")).to_have_text("第 3 页")
    assert "page=3" in page.url
    page.locator(".page-mark a", has_text="第 2 页").click()
    expect(page.locator(".printed .position")).to_have_text("第 2 页")
    assert page.evaluate("window.stayed")
    assert picture_drawn(page)
    page.reload()
    expect(page.locator(".printed .position")).to_have_text("第 2 页")


def test_nothing_shifts_when_the_picture_comes(site: str, visitor: Visitor, addresses: dict[str, str]) -> None:
    visit = visitor(site)
    shifts = []
    for _ in range(3):
        page = visit.open(addresses[".pdf"])
        picture_drawn(page)
        shifts.append(layout_shift(page))
    assert min(shifts) == 0, shifts
