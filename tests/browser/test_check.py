"""核稿 on the real corpus: paste or upload, read what differs, open the very words, take the comments home."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visitor
from tests.browser.test_surface import axe_violations
from tests.citing.word_drafts import rich_draft

DRAFT = "2020年，全市科技特派员引进新品种565个。\n\n推广新技术384项。\n\n全市高速公路通车里程居西部地级市前列。"
WAIT_MS = 60_000


def submitted(visit: Visit, text: str = "", file: Path | None = None) -> Page:
    page = visit.open("/check")
    page.get_by_label("粘贴稿件").fill(text)
    if file is not None:
        page.get_by_label("或者上传文件").set_input_files(file)
    page.get_by_role("button", name="核对").click()
    page.locator(".outcomes").wait_for(timeout=WAIT_MS)
    page.wait_for_load_state()  # with the script that knows the keys
    return page


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_paste_read_and_open(real_site: str, visitor: Visitor, width: int, scheme: str, script: bool) -> None:
    visit = visitor(real_site, width=width, scheme=scheme, script=script)
    page = submitted(visit, DRAFT)
    visit.shoot("check-result")
    assert visit.overflow() <= 0
    first = page.locator(".finding").first
    assert "不一致" in (first.locator(".conclusion").text_content() or "")
    assert first.locator("mark.differs").text_content() == "565个"
    assert first.locator("mark.answer").text_content() == "556个"

    page.get_by_role("link", name="未找到").click()
    expect(page.locator(".finding")).to_have_count(1)
    assert "高速公路" in (page.locator(".draft-words").text_content() or "")
    page.get_by_role("link", name="不一致").click()
    expect(page.locator("mark.differs")).to_have_count(1)
    page.locator(".finding a[data-open-source]").first.click()
    cited = page.locator("mark.cited")
    assert "引进新品种556个" in (cited.first.text_content() or "")
    expect(cited.first).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".finding")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
def test_a_word_draft_goes_home_with_comments(real_site: str, visitor: Visitor, tmp_path: Path, script: bool) -> None:
    draft = tmp_path / "总结.docx"
    draft.write_bytes(rich_draft())
    page = submitted(visitor(real_site, script=script), file=draft)
    assert page.get_by_text("稿件中有图片 1 处").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载带批注的 Word 稿").click()
    assert waiting.value.suggested_filename == "总结-核稿.docx"
    comments = [comment.text for comment in Document(str(waiting.value.path())).comments]
    assert len(comments) == 11
    assert "稿件作“348项”，资料作“384项”" in comments[0]


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
def test_a_long_draft_shows_its_progress_and_can_be_stopped(real_site: str, visitor: Visitor, script: bool) -> None:
    visit = visitor(real_site, width=390, script=script)
    page = visit.open("/check")
    page.get_by_label("粘贴稿件").fill("".join(f"第{n}批科技特派员推广新技术{n + 7}项。" for n in range(900, 1800)))
    page.get_by_role("button", name="核对").click()
    page.get_by_role("progressbar").wait_for()
    visit.shoot("check-running")
    if script:
        assert axe_violations(visit) == []
    page.get_by_role("button", name="停止").click()
    page.locator(".outcomes").wait_for(timeout=WAIT_MS)
    assert "已停止" in (page.locator(".notice").first.text_content() or "")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_every_state_is_accessible_and_fits(real_site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(real_site, width=width, scheme=scheme, quiet=False)
    page = visit.open("/check")
    visit.shoot("check-form")
    assert axe_violations(visit) == []
    assert visit.overflow() <= 0
    page.get_by_label("粘贴稿件").fill("……")
    page.get_by_role("button", name="核对").click()
    page.get_by_role("alert").wait_for()
    visit.shoot("check-refused")
    assert axe_violations(visit) == []
    submitted(visit, DRAFT + "\n\n" + "Pneumonoultramicroscopicsilicovolcanoconiosis" * 9 + "是一个很长的词。")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert axe_violations(visit) == []
    assert visit.overflow() <= 0


def test_keys_lead_through_the_findings(real_site: str, visitor: Visitor) -> None:
    page = submitted(visitor(real_site), DRAFT)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "finding-2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "finding-1"
    page.keyboard.press("c")
    page.get_by_role("status").filter(has_text="已复制出处").wait_for()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("《科技简报》2021年第1期")
    page.keyboard.press("a")
    page.get_by_role("status").filter(has_text="已加入「引用夹」").wait_for()
    page.keyboard.press("o")
    page.wait_for_url("**/documents/**")
