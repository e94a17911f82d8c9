"""Signing in with a real browser, over plain http and by a name that is not this machine's: there are no ``Sec-Fetch-Site`` headers then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from qa.settings import Settings
from qa.web.app import create_app
from tests.browser.conftest import FLAGS, ROOT, Visitor, served
from tests.browser.test_surface import axe_violations
from tests.web.held_assistant import QUESTION, HeldAssistant
from tests.web.signing_in import ADMIN, PASSWORD, READER, add_accounts, quick_passwords

NAME = "qa.test"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    quick_passwords(monkeypatch)
    settings = Settings(corpus=ROOT / "corpus", index=tmp_path / "index", workspace=tmp_path / "workspace")
    add_accounts(settings)
    with served(create_app(HeldAssistant(settings))) as address:
        yield address.replace("127.0.0.1", NAME)


@pytest.fixture
def browser_by_name(chromium: Browser) -> Iterator[Browser]:
    executable = shutil.which("chromium")
    # A second browser of the same driver, which alone may run here: only its names differ.
    browser = chromium.browser_type.launch(
        executable_path=executable, args=[*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    )
    yield browser
    browser.close()


@pytest.mark.parametrize("script", [True, False])
def test_signing_in_working_and_signing_out(browser_by_name: Browser, site: str, script: bool) -> None:
    page = browser_by_name.new_context(java_script_enabled=script).new_page()
    page.goto(f"{site}/drafts")
    page.get_by_label("用户名").fill(READER)
    page.get_by_label("密码").fill("not the password")
    page.get_by_role("button", name="登录").click()
    assert "用户名或密码不对" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("用户名").input_value() == READER
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/drafts")
    page.get_by_label("名称").fill("材料")
    page.get_by_role("button", name="新建").click()  # a form of ours says where it comes from, also over http
    assert "材料" in page.locator("main").inner_text()
    page.goto(f"{site}/?q={QUESTION}")
    assert "556个" in page.locator("main").inner_text()
    page.goto(f"{site}/library")
    assert page.locator("form.upload").count() == 0
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")
    page.go_back()
    assert "科技简报" not in page.locator("body").inner_text(), "a page of before is not shown again"


def test_an_admin_sees_who_came(browser_by_name: Browser, site: str) -> None:
    page = browser_by_name.new_page()
    page.goto(f"{site}/settings")
    page.get_by_label("用户名").fill(ADMIN)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    page.wait_for_url("**/settings")
    assert "登录" in page.locator(".audit").inner_text()
    assert "QA_CORPUS" in page.locator("main").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_of_accounts_meet_wcag(site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(
        site.replace(NAME, "127.0.0.1"), width=width, scheme=scheme, quiet=False
    )  # a 401 is told in the console
    page = visit.open("/login?next=/settings")
    assert axe_violations(visit) == []
    page.get_by_label("用户名").fill(ADMIN)
    page.get_by_label("密码").fill("not the password")
    page.get_by_label("密码").press("Enter")
    page.get_by_role("alert").wait_for()
    assert axe_violations(visit) == []
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    page.wait_for_url("**/settings")
    for address in ("/settings", "/password", "/library", f"/?q={QUESTION}"):
        visit.open(address)
        assert axe_violations(visit) == []
        assert visit.overflow() <= 0
    visit.open("/settings")
    visit.shoot("settings-admin")
