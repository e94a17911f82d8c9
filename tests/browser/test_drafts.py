"""引用夹 in a real browser: collecting, ordering, undoing, exporting; by mouse, by keyboard, without a script."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.settings import Settings
from qa.web.app import create_app
from tests.browser.conftest import Visit, Visitor, served
from tests.browser.test_surface import axe_violations
from tests.web.held_assistant import BULLETIN_ID, QUESTION, HeldAssistant, bulletin, letter


@pytest.fixture
def assistant(tmp_path: Path) -> HeldAssistant:
    return HeldAssistant(Settings(corpus=tmp_path, workspace=tmp_path / "workspace"))


@pytest.fixture
def site(assistant: HeldAssistant) -> Iterator[str]:
    with served(create_app(assistant)) as address:
        yield address


def quotes(page: Page) -> list[str]:
    return [re.split("引进|对科|解决", each)[0] for each in page.locator(".draft-item blockquote").all_text_contents()]


def collect_three(visit: Visit) -> Page:
    """Collects the three passages and opens the draft."""
    page = visit.open(f"/?q={QUESTION}")
    page.wait_for_load_state()
    for number in (1, 2, 3):
        page.locator(f"#passage-{number} .collect").click()
        page.locator(f"#passage-{number} .collecting a").wait_for()
    page.locator("#passage-3 .collecting a").click()
    page.locator(".draft-item").first.wait_for()
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_collecting_by_key_and_by_click(site: str, visitor: Visitor, width: int) -> None:
    visit = visitor(site, width=width)
    page = visit.open(f"/?q={QUESTION}")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#status")).to_have_text("已加入「引用夹」，共 1 条")
    expect(page.locator("#passage-1 .collect")).to_have_text("已在引用夹")
    page.locator("#passage-2 .collect").click()
    expect(page.locator("#status")).to_have_text("已加入「引用夹」，共 2 条")
    page.locator(".quoted .collect").click()
    expect(page.locator("#status")).to_have_text("已加入「引用夹」，共 3 条")
    page.locator("#passage-2 .collect").click()
    expect(page.locator("#status")).to_have_text("已在「引用夹」里")
    assert visit.overflow() <= 0
    visit.shoot("collected")
    page.get_by_role("link", name="引用夹", exact=True).click()
    page.get_by_role("link", name="引用夹", exact=True).last.click()
    expect(page.locator(".draft-item blockquote")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_ordering_noting_and_undoing_without_a_reload(site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(site, width=width, scheme=scheme)
    page = collect_three(visit)
    page.evaluate("window.stayed = true")
    assert quotes(page) == ["习近平总书记", "巧借退休人员", "2024年，"]
    page.get_by_role("button", name="下移第 1 条").click()
    expect(page.locator("#status")).to_contain_text("移动引文")
    assert quotes(page)[0] == "巧借退休人员"
    assert page.evaluate("document.activeElement.id").startswith("down-")  # the same button, one place lower

    item = page.locator(".draft-item").nth(2)
    item.get_by_text("备注", exact=True).click()
    item.get_by_role("textbox").fill("核对口径")
    page.get_by_role("button", name="上移第 2 条").click()  # something else meanwhile
    expect(page.locator("#status")).to_contain_text("移动引文")
    item = page.locator(".draft-item").nth(2)
    assert item.get_by_role("textbox").input_value() == "核对口径"  # what was typed is still there
    item.get_by_role("button", name="保存备注").click()
    expect(page.locator(".note")).to_contain_text("核对口径")

    item = page.locator(".draft-item").nth(2)
    item.get_by_text("分组", exact=True).click()
    item.get_by_role("combobox").fill("创新指数")
    item.get_by_role("button", name="放入").click()
    page.get_by_role("heading", name="创新指数", exact=True).wait_for()
    page.get_by_label("引文样式").select_option("gongwen")
    page.get_by_role("button", name="全部改用").click()
    expect(page.locator(".draft-citation").first).to_contain_text("《科技简报》，2021年第1期")
    assert visit.overflow() <= 0
    visit.shoot("draft")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert visit.overflow() <= 0
    visit.shoot("draft-open")
    assert axe_violations(visit) == []

    page.get_by_role("button", name="删去第 1 条").click()
    expect(page.locator(".draft-item")).to_have_count(2)
    for number in range(9, 3, -1):  # 1 to 3 were the collecting
        page.locator("#undo").click()
        expect(page.locator("form[action$='/redo'] input")).to_have_value(str(number))
    expect(page.locator("#undo")).to_contain_text("加入引文")
    assert quotes(page)[0] == "习近平总书记"
    assert page.evaluate("window.stayed")
    page.reload()
    assert quotes(page)[0] == "习近平总书记"


def test_dragging(site: str, visitor: Visitor) -> None:
    page = collect_three(visitor(site))
    page.locator("[data-item]").nth(2).locator(".handle").hover()
    page.mouse.down()
    box = page.locator("[data-item]").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 20, steps=8)
    page.mouse.move(box["x"] + 60, box["y"] + 6, steps=4)
    page.locator("[data-item].drop-before").wait_for()
    page.mouse.up()
    expect(page.locator("#undo")).to_contain_text("移动引文")
    assert quotes(page) == ["2024年，", "习近平总书记", "巧借退休人员"]


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_without_a_script(site: str, visitor: Visitor, width: int) -> None:
    visit = visitor(site, width=width, script=False)
    page = visit.open(f"/?q={QUESTION}")
    for number in (1, 2):
        page.locator(f"#passage-{number} .collect").click()
        assert page.get_by_text("已加入引用夹").is_visible()
        page.go_back()
    page.locator("#passage-2 .collect").click()
    assert page.get_by_text("没有重复加入").is_visible()
    assert page.locator(".handle").count() == 0 or not page.locator(".handle").first.is_visible()
    page.get_by_role("button", name="上移第 2 条").click()
    assert quotes(page) == ["巧借退休人员", "习近平总书记"]
    page.locator(".draft-item").first.get_by_text("备注", exact=True).click()
    page.locator(".draft-item").first.get_by_role("textbox").fill("无脚本的备注")
    page.get_by_role("button", name="保存备注").click()
    assert page.locator(".note").inner_text().endswith("无脚本的备注")
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("button", name="撤销").click()
    assert quotes(page) == ["习近平总书记", "巧借退休人员"]
    assert visit.overflow() <= 0
    visit.shoot("draft")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    assert download.value.suggested_filename == "引用夹.docx"
    assert "word/footnotes.xml" in zipfile.ZipFile(download.value.path()).namelist()
    page.locator(".draft-head").get_by_role("button", name="删除").click()
    page.get_by_role("button", name="撤销删除").click()
    assert len(quotes(page)) == 2


def test_any_words_of_an_original(site: str, visitor: Visitor, assistant: HeldAssistant) -> None:
    visit = visitor(site)
    page = visit.open(f"/documents/{BULLETIN_ID}")
    page.wait_for_load_state()
    select = """([from, to]) => {
        const walk = document.createTreeWalker(document.querySelector('.original'), NodeFilter.SHOW_TEXT);
        const find = (words, end) => {
            walk.currentNode = document.querySelector('.original');
            for (let node; (node = walk.nextNode());) {
                const at = node.data.indexOf(words);
                if (at >= 0) return [node, end ? at + words.length : at];
            }
        };
        const range = document.createRange();
        range.setStart(...find(from, false));
        range.setEnd(...find(to, true));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }"""
    page.evaluate(select, ["推广新技术", "巧借退休人员"])  # over a border of paragraphs
    offer = page.get_by_role("button", name="加入引用夹（所选")
    offer.wait_for()
    assert axe_violations(visit) == []
    offer.click()
    expect(page.locator("#status")).to_contain_text("已加入「引用夹」")
    page.evaluate(select, ["引进新品种", "556个"])
    offer.wait_for()
    page.keyboard.press("a")
    expect(page.locator("#status")).to_contain_text("共 2 条")
    kept = page.request.get(f"{site}/api/drafts/1").json()["items"]
    text = assistant.document(BULLETIN_ID).text
    start = text.index("推广新技术")
    assert kept[0]["quote"] == text[start : text.index("巧借退休人员") + 6]
    assert kept[1]["quote"] == "引进新品种556个"


@pytest.mark.parametrize("width", [390, 1280])
def test_words_that_changed(site: str, visitor: Visitor, assistant: HeldAssistant, width: int) -> None:
    visit = visitor(site, width=width)
    page = collect_three(visit)
    changed = bulletin()
    assistant._documents = (replace(changed, text=changed.text.replace("66个", "68个")), letter())
    page.reload()
    drift = page.locator(".drift")
    assert drift.locator("del").text_content() == "66"
    assert drift.locator("ins").text_content() == "68"
    visit.shoot("draft-drift")
    assert axe_violations(visit) == []
    page.get_by_role("button", name="改用现在的文字").click()
    expect(page.locator(".drift")).to_have_count(0)
    assistant._documents = (bulletin(),)
    page.reload()
    assert "已不在资料库" in (page.locator(".drift").last.text_content() or "")
    visit.shoot("draft-removed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_list(site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(site, width=width, scheme=scheme)
    page = visit.open("/drafts")
    assert page.get_by_text("还没有引用夹").is_visible()
    visit.shoot("drafts-empty")
    assert axe_violations(visit) == []
    for name in ("年度报告", "提案答复" * 12):
        page.get_by_label("名称").fill(name)
        page.get_by_role("button", name="新建").click()
        page.get_by_role("heading", name=name).wait_for()
        assert page.get_by_text("还是空的").is_visible()
        assert axe_violations(visit) == []
        page.get_by_role("link", name="全部引用夹").click()
    page.get_by_role("button", name="删除引用夹：年度报告").click()
    expect(page.get_by_text("已删除“年度报告”")).to_be_visible()
    assert visit.overflow() <= 0
    visit.shoot("drafts")
    assert axe_violations(visit) == []
    page.get_by_role("button", name="撤销删除").click()
    page.get_by_role("heading", name="年度报告").wait_for()


def test_two_windows(site: str, visitor: Visitor) -> None:
    mine = collect_three(visitor(site))
    other_visit = visitor(site, quiet=False)
    other = other_visit.open("/drafts/1")
    other.wait_for_load_state()
    for page in (mine, other):
        first = page.locator(".draft-item").first
        first.get_by_text("备注", exact=True).click()
        first.get_by_role("textbox").fill("我写的" if page is mine else "他写的")
    mine.locator(".draft-item").first.get_by_role("button", name="保存备注").click()
    expect(mine.locator(".note")).to_contain_text("我写的")
    other.locator(".draft-item").first.get_by_role("button", name="保存备注").click()
    expect(other.get_by_role("alert")).to_contain_text("我写的")
    assert other.locator(".draft-item").first.get_by_role("textbox").input_value() == "他写的"
    other_visit.shoot("draft-conflict")
