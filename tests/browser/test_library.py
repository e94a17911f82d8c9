"""资料库 in a real browser: uploading with progress, removing and undoing, correcting a card; every state accessible and in its window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from qa.web.app import create_app
from tests.browser.conftest import Visitor, served
from tests.browser.test_surface import axe_violations
from tests.indexing.bigram_library import BigramLibrary

REPORT = "鄂尔多斯市科技工作情况报告\n2021年，全市引进新品种556个，推广新技术384项。科技特派员服务农牧民近3万户，促成合作项目66个。\n"
OTHER = (
    "关于研发经费投入的通报\n2022年，全市研发经费投入53.2亿元，居全区首位。各旗区要继续加大投入，落实各项政策措施。\n"
)


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path)
    made.write("报告.txt", REPORT)
    made.write("科技/简报 2021年第1期 一个名字相当长的文件用来看折行是不是好看.txt", OTHER.replace("53.2", "51.7"))
    made.write("副本.txt", REPORT)
    made.write("空.txt", "")
    made.update()
    return made


@pytest.fixture
def site(library: BigramLibrary) -> Iterator[str]:
    with served(create_app(library.assistant(), update=library.update)) as address:
        yield address


def files(tmp_path: Path, **texts: str) -> list[Path]:
    made = []
    for name, text in texts.items():
        path = tmp_path / "待传" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        made.append(path)
    return made


def settled(page: Page) -> None:
    """Waits until the job on the page has ended."""
    page.locator("[data-state=done], [data-state=cancelled], [data-state=failed]").wait_for()


def back_to_the_library(page: Page) -> None:
    page.get_by_role("link", name="回到资料库").click()
    page.wait_for_url("**/library", wait_until="domcontentloaded")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_state_is_accessible_and_fits(
    site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path, width: int, scheme: str
) -> None:
    visit = visitor(site, width=width, scheme=scheme)

    def look(state: str) -> None:
        visit.shoot(f"library-{state}")
        assert visit.overflow() <= 0
        assert axe_violations(visit) == []

    page = visit.open("/library")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    look("list")
    visit.open("/library/card?document=报告")
    look("card")
    visit.open("/library?q=没有这样的文档")
    look("nothing")
    library.embedder.gate.clear()
    visit.open("/library")
    page.set_input_files("#files", files(tmp_path, 通报=OTHER, 空白="", 报告=OTHER))
    page.get_by_text("已读，计算向量").wait_for()
    look("running")
    library.embedder.gate.set()
    settled(page)
    page.get_by_role("button", name="替换旧的").wait_for()
    look("undecided")
    page.get_by_role("button", name="替换旧的").click()
    settled(page)
    visit.open("/library")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    look("changed")


def test_uploading_shows_each_file_until_it_answers(
    site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(site).open("/library")
    library.embedder.gate.clear()
    page.set_input_files("#files", files(tmp_path, 通报=OTHER, 新的=OTHER.replace("53.2", "60.4")))
    page.wait_for_url("**/library/jobs/*")
    page.get_by_text("已读，计算向量").nth(1).wait_for()  # both, each in its own time
    assert page.get_by_text("已读，计算向量").count() == 2
    library.embedder.gate.set()  # no reload: the page follows by itself
    settled(page)
    assert page.locator(".file.done").count() == 2
    assert page.locator("#job-status").text_content() == "完成"
    page.get_by_role("link", name="通报.txt").click()
    assert "53.2亿元" in (page.locator("article.original").text_content() or "")


def test_files_dropped_on_the_page_are_uploaded(site: str, library: BigramLibrary, visitor: Visitor) -> None:
    page = visitor(site).open("/library")
    page.evaluate(
        """text => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "拖来的.txt"));
          const drop = document.querySelector(".drop");
          for (const kind of ["dragenter", "dragover", "drop"])
            drop.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer}));
        }""",
        OTHER,
    )
    page.wait_for_url("**/library/jobs/*")
    settled(page)
    assert (library.corpus / "拖来的.txt").read_text("utf-8") == OTHER


def test_a_running_job_is_stopped_and_tried_again(
    site: str, library: BigramLibrary, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(site).open("/library")
    library.embedder.gate.clear()
    page.set_input_files("#files", files(tmp_path, 通报=OTHER))
    page.get_by_text("已读，计算向量").wait_for()
    page.get_by_role("button", name="停止").click()
    page.locator("[data-state=cancelled]").wait_for()
    library.embedder.gate.set()
    page.get_by_role("button", name="重试").click()
    page.locator("[data-state=done]").wait_for()
    assert page.locator(".file.done").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_removing_and_undoing(site: str, visitor: Visitor, script: bool) -> None:
    page = visitor(site, script=script).open("/library")
    page.get_by_role("button", name="移走：鄂尔多斯市科技工作情况报告").first.click()
    page.locator("[data-state=done]").wait_for()  # without a script the page asks again by itself
    back_to_the_library(page)
    assert page.locator(".holding").count() == 3
    page.locator("details.removed summary").click()
    page.get_by_role("button", name="放回").click()
    page.locator("[data-state=done]").wait_for()
    back_to_the_library(page)
    assert page.locator(".holding").count() == 4


def test_a_card_is_corrected_by_the_keyboard(site: str, library: BigramLibrary, visitor: Visitor) -> None:
    page = visitor(site).open("/library?q=简报")
    page.get_by_role("link", name="更正信息").focus()
    page.keyboard.press("Enter")
    page.get_by_label("标题").fill("科技简报")
    page.get_by_label("期号").fill("第1期")
    page.get_by_label("成文日期").fill("2021年3月25日")
    page.keyboard.press("Enter")
    page.locator("[data-state=done]").wait_for()
    back_to_the_library(page)
    row = page.locator(".holding", has_text="信息更正过")
    assert row.locator("h3").text_content() == "科技简报 第1期"
    assert "2021年3月25日" in (row.locator(".where").text_content() or "")
    assert len(list(library.corpus.rglob("*.card.toml"))) == 1


def test_without_a_script_files_are_uploaded_by_the_form(site: str, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(site, script=False, width=390).open("/library")
    page.set_input_files("#files", files(tmp_path, 通报=OTHER))
    page.get_by_role("button", name="上传").click()
    page.locator("[data-state=done]").wait_for()
    assert page.locator(".file.done").count() == 1


def test_a_file_that_cannot_be_taken_is_named_on_the_page(site: str, visitor: Visitor, tmp_path: Path) -> None:
    strange = tmp_path / "程序.exe"
    strange.write_bytes(b"MZ")
    page = visitor(site, quiet=False).open("/library")
    page.set_input_files("#files", strange)
    page.locator("[data-upload-error]:not([hidden])").wait_for()
    assert "程序.exe 的格式不支持" in (page.locator("[data-upload-error]").text_content() or "")
