"""What should not be, on pages: markup in names and words of documents, stale pages after a rebuild, a send that breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.web.app import create_app
from tests.browser.conftest import Visitor, served
from tests.browser.test_library import OTHER, REPORT, settled
from tests.browser.test_surface import axe_violations
from tests.indexing.bigram_library import BigramLibrary

NAME = "<img src=x onerror=document.title='run'>&amp;\"'通报.txt"
MARKUP = "<script>document.title='run'</script><b onmouseover=\"document.title='run'\">全市引进新品种556个</b>，推广新技术384项。\n"
LONG_NAME = "长" * 40 + "a" * 30 + ".txt"


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path)
    made.write("报告.txt", REPORT)
    made.update()
    return made


@pytest.fixture
def site(library: BigramLibrary) -> Iterator[str]:
    with served(create_app(library.assistant(), update=library.update)) as address:
        yield address


def placed(folder: Path, name: str, text: str) -> Path:
    path = folder / "待传" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def kept(library: BigramLibrary) -> list[str]:
    """The files of the corpus, half ones too."""
    return sorted(path.name for path in library.corpus.rglob("*") if path.is_file())


@pytest.mark.parametrize("width", [390, 1280])
def test_markup_in_the_name_and_words_of_a_file_is_text_everywhere(
    site: str, visitor: Visitor, tmp_path: Path, width: int
) -> None:
    visit = visitor(site, width=width)
    page = visit.open("/library")
    page.set_input_files("#files", [placed(tmp_path, NAME, MARKUP), placed(tmp_path, LONG_NAME, OTHER)])
    page.wait_for_url("**/library/jobs/*")
    settled(page)
    expect(page.locator(".file.done")).to_have_count(2)

    def text_only() -> None:
        assert "run" not in page.title().split()
        assert page.locator("main img, main script").count() == 0
        assert visit.overflow() <= 0
        assert axe_violations(visit) == []

    text_only()
    page.locator(".file.done a").first.click()
    assert "<script>" in (page.locator("article.original").text_content() or "")
    text_only()
    visit.open("/library")
    text_only()
    visit.open("/?q=引进新品种多少个")
    text_only()
    assert visit.open("/drafts").locator("main img").count() == 0


def test_a_page_from_before_the_rebuild_still_leads_somewhere(
    site: str, library: BigramLibrary, visitor: Visitor
) -> None:
    visit = visitor(site, quiet=False)
    page = visit.open("/?q=促成合作项目多少个")
    source = page.locator("article.passage [data-open-source]").first
    library.write("报告.txt", "序言一段，放在最前面，让后面的字都移动位置。\n" + REPORT)
    library.update()
    source.click()
    expect(page.locator("mark.cited").first).to_be_visible()
    assert "促成合作项目66个" in (page.locator("article.original").text_content() or "")
    page.go_back()
    (library.corpus / "报告.txt").unlink()
    library.write("通报.txt", OTHER)
    library.update()
    page.locator("article.passage [data-open-source]").first.click()
    expect(page.get_by_role("alert")).to_contain_text("没有文档")
    assert "Traceback" not in page.locator("body").inner_text()
    assert axe_violations(visit) == []
    visit.shoot("stale-gone")


def test_an_upload_that_breaks_off_says_so_and_leaves_no_half_file(
    site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path
) -> None:
    visit = visitor(site, quiet=False)
    page = visit.open("/library")
    page.route("**/api/documents", lambda route: route.abort("connectionreset"))
    page.set_input_files("#files", placed(tmp_path, "通报.txt", OTHER))
    expect(page.locator("[data-upload-error]")).to_contain_text("连接断了，上传没有完成")
    assert axe_violations(visit) == []
    assert kept(library) == ["报告.txt"]
    page.unroute("**/api/documents")
    page.set_input_files("#files", placed(tmp_path, "通报.txt", OTHER))
    page.wait_for_url("**/library/jobs/*")
    settled(page)
    expect(page.locator(".file.done")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
def test_a_full_disk_while_uploading_is_named(
    site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.indexing.intake.os.fsync", full)
    visit = visitor(site, script=script, quiet=False)
    page = visit.open("/library")
    page.set_input_files("#files", placed(tmp_path, "通报.txt", OTHER))
    if not script:
        page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("body")).to_contain_text("磁盘已满")
    assert "Traceback" not in page.locator("body").inner_text()
    assert kept(library) == ["报告.txt"]


def test_pressed_twice_uploaded_once(site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(site, script=False).open("/library")
    page.set_input_files("#files", placed(tmp_path, "通报.txt", OTHER))
    page.get_by_role("button", name="上传", exact=True).dblclick()
    page.wait_for_url("**/library/jobs/*")
    settled(page)
    assert kept(library) == ["报告.txt", "通报.txt"]
