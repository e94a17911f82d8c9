"""问答 and what surrounds it: verdicts, surroundings, one's own questions, preferences; with a script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from qa.bootstrap import open_feedback
from qa.records import Verdict
from tests.browser.conftest import Visitor
from tests.browser.test_surface import axe_violations
from tests.web.held_assistant import QUESTION, UNANSWERABLE, HeldAssistant


def said(page: Page) -> list[str]:
    return [button.inner_text() for button in page.locator(".verdict[aria-pressed=true]").all()]


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_verdict_is_one_press(
    held_site: str, held_assistant: HeldAssistant, visitor: Visitor, width: int, script: bool
) -> None:
    visit = visitor(held_site, width=width, script=script)
    page = visit.open(f"/?q={QUESTION}")
    address = page.url
    page.get_by_role("button", name="出处不对").click()
    page.locator(".verdict[aria-pressed=true]").wait_for()
    assert said(page) == ["出处不对"]
    assert (page.url == address) is script  # with a script nothing is loaded anew
    newest = open_feedback(held_assistant.settings).list()[0]
    assert (newest.question, newest.verdict) == (QUESTION, Verdict.WRONG_SOURCE)
    if script:
        assert axe_violations(visit) == []
        assert page.evaluate("document.activeElement.id") == "feedback", "the focus stays where it was"


def test_an_answer_that_changed_meanwhile_is_not_judged(
    held_site: str, held_assistant: HeldAssistant, visitor: Visitor
) -> None:
    page = visitor(held_site, quiet=False).open(f"/?q={QUESTION}")
    page.locator("input[name=answer]").evaluate("e => e.value = '0000000000000000'")
    before = len(open_feedback(held_assistant.settings).list())
    page.get_by_role("button", name="对", exact=True).click()
    page.get_by_text("这个答案已经变了").wait_for()
    assert len(open_feedback(held_assistant.settings).list()) == before


def test_what_stands_around_a_passage_without_leaving_the_page(held_site: str, visitor: Visitor) -> None:
    visit = visitor(held_site, width=390)
    page = visit.open(f"/?q={QUESTION}")
    fold = page.locator("#passage-2 details", has_text="前后文")
    fold.locator("summary").click()
    expect(fold.locator(".around")).to_contain_text("编辑：程继东")
    assert page.url.endswith("%EF%BC%9F")
    assert visit.overflow() <= 0
    assert axe_violations(visit) == []
    visit.shoot("around")


def test_what_stands_around_a_passage_without_a_script(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site, script=False).open(f"/?q={QUESTION}")
    fold = page.locator("#passage-1 details", has_text="前后文")
    fold.locator("summary").click()
    fold.get_by_role("link", name="到原文里看").click()
    assert page.locator("mark.cited").count() > 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "noscript"])
def test_ones_own_questions(held_site: str, visitor: Visitor, script: bool) -> None:
    visit = visitor(held_site, width=390, script=script)
    visit.open(f"/?q={QUESTION}")
    visit.open(f"/?q={UNANSWERABLE}")
    page = visit.open("/history")
    expect(page.locator(".asked-list > li")).to_have_count(2)
    if script:
        assert axe_violations(visit) == []
    visit.shoot("history")
    page.get_by_role("button", name=f"删除：{UNANSWERABLE}").click()
    expect(page.locator(".asked-list > li")).to_have_count(1)
    page.locator("summary", has_text="全部清除").click()
    page.get_by_role("button", name="确定清除").click()
    page.get_by_text("还没有提问").wait_for()


def test_settings_are_kept_by_the_browser(held_site: str, visitor: Visitor) -> None:
    visit = visitor(held_site, width=390, scheme="light")
    page = visit.open("/settings")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("深色").check()
    dark = page.evaluate(paper)
    assert dark != light
    assert axe_violations(visit) == []
    visit.shoot("settings-dark-chosen")
    page.get_by_label("使用单键快捷键").uncheck()
    page = visit.open(f"/?q={QUESTION}")
    assert page.evaluate(paper) == dark
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") != "passage-1"
    page = visit.open("/settings")
    assert page.get_by_label("深色").is_checked()
    page.get_by_label("随系统").check()
    assert page.evaluate(paper) == light


def test_a_question_is_not_lost_to_a_server_that_is_gone(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site, quiet=False).open("/")
    page.route("**/healthz", lambda route: route.abort())
    page.locator("#q").fill(QUESTION)
    page.get_by_role("button", name="提问").click()
    page.get_by_role("status").filter(has_text="连不上服务").wait_for()
    assert page.locator("#q").input_value() == QUESTION
    page.unroute("**/healthz")
    page.wait_for_timeout(900)  # a second press so soon would count as the first one
    page.get_by_role("button", name="提问").click()
    page.locator(".quoted mark.answer").wait_for()


def test_pressed_twice_asked_once(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site).open("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "?q=" in request.url else None)
    page.locator("#q").fill(QUESTION)
    page.get_by_role("button", name="提问").dblclick()
    page.locator(".quoted mark.answer").wait_for()
    assert len(asked) == 1


def test_back_and_forward(held_site: str, visitor: Visitor) -> None:
    page = visitor(held_site).open(f"/?q={QUESTION}")
    page.locator("#q").fill(UNANSWERABLE)
    page.get_by_role("button", name="提问").click()
    page.get_by_role("heading", name="资料中未找到可靠答案").wait_for()
    page.go_back()
    page.locator(".quoted mark.answer").wait_for()
    assert not page.locator("html").evaluate("e => e.classList.contains('busy')")
    page.go_forward()
    page.get_by_role("heading", name="资料中未找到可靠答案").wait_for()
    assert page.locator("#q").input_value() == UNANSWERABLE


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_every_screen_is_in_reach(held_site: str, visitor: Visitor, width: int) -> None:
    visit = visitor(held_site, width=width)
    page = visit.open("/settings")
    links = page.locator(".screens a").all()
    assert len(links) >= 2
    for link in links:
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24
    assert page.locator(".screens [aria-current=page]").inner_text() == "设置"


HOSTILE = {
    "script": "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">品种",
    "template": "{{ 7*7 }}${7*7}品种",
    "long-words": "a" * 400,
    "mixed": "引进ａｂｃ١٢٣ अनु 신품종 новый 𠮷野家　２０２０年",
    "rtl": "\u202eكم عدد الأصناف 引进\u202c",
    "marks": "'\"`;--/*%00\\",
}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_asked_is_text(held_site: str, visitor: Visitor, name: str, width: int) -> None:
    visit = visitor(held_site, width=width, quiet=name != "marks")
    page = visit.open("/")
    page.locator("#q").fill(HOSTILE[name])
    page.get_by_role("button", name="提问").click()
    page.locator("h1").first.wait_for()
    page.wait_for_url("**/?q=**")
    assert "run" not in page.title().split()
    assert visit.overflow() <= 0
    assert axe_violations(visit) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/?q={'字' * 10_000}", 400),
        ("/?q=%00%01", 400),
        (f"/?q={QUESTION}&k=99999999999999999999", 400),
        (f"/?q={QUESTION}&from=0000-13-99", 400),
        (f"/?q={QUESTION}&document=../../etc/passwd", 200),
        ("/documents/..%2F..%2Fetc%2Fpasswd", 404),
        ("/documents/..%2F..%2Fetc%2Fpasswd/file", 404),
        ("/documents/%00", 404),
        ("/around?document=%00&start=1&end=2", 404),
        ("/around?document=x&start=1&end=99999999999999999999999", 404),
        ("/cite?document=x&start=9&end=1", 404),
    ],
)
def test_forged_addresses_get_a_readable_page(held_site: str, visitor: Visitor, address: str, status: int) -> None:
    visit = visitor(held_site, width=390, quiet=False)
    page = visit.open(address, status)
    text = page.locator("body").inner_text()
    assert "Traceback" not in text
    assert not re.search(r"\.py\b", text)
    if status != 200:
        assert "下一步" in text
        assert axe_violations(visit) == []
    assert visit.overflow() <= 0
