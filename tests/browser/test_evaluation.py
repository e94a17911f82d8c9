"""评测 in a real browser: every page at every width, and the two jobs done without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.evaluation.set_reader import read_evaluation_set
from qa.settings import Settings
from qa.web.app import create_app
from tests.browser.conftest import Visitor, served
from tests.browser.test_surface import axe_violations
from tests.web.held_assistant import QUESTION, HeldAssistant
from tests.web.test_evaluation_pages import RUN, keep

PAGES = {
    "runs": "/evaluation",
    "run": RUN,
    "proposals": "/evaluation/proposals",
    "question": "/evaluation/question",
    "picking": f"/evaluation/question?q={QUESTION}",
}


@pytest.fixture(scope="module")
def evaluation_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("评 测") / "eval"
    keep(folder, 8)
    keep(folder, 9, wrong=(1, 2, 3))
    return folder


@pytest.fixture(scope="module")
def site(evaluation_folder: Path) -> Iterator[str]:
    root = evaluation_folder.parent
    settings = Settings(corpus=root / "c", index=root / "i", workspace=root / "w", evaluation=evaluation_folder)
    with served(create_app(HeldAssistant(settings))) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_every_page_fits_and_can_be_read_by_machines(site: str, visitor: Visitor, width: int, scheme: str) -> None:
    visit = visitor(site, width=width, scheme=scheme)
    for name, address in PAGES.items():
        visit.open(address)
        visit.shoot(f"evaluation-{name}")
        assert visit.overflow() == 0, name
        assert axe_violations(visit) == [], name


def test_judging_and_adding_without_script(site: str, visitor: Visitor, evaluation_folder: Path) -> None:
    page = visitor(site, script=False).open("/evaluation/proposals")
    first = page.locator("form.proposal").first
    first.get_by_label("问题", exact=True).fill("换个问法，引进了几个？")
    first.get_by_role("button", name="收下").click()
    assert "已收下，编号 N001" in page.get_by_role("status").first.inner_text()
    page.locator("form.proposal").first.get_by_role("button", name="不要").click()
    assert "不再提出" in page.get_by_role("status").first.inner_text()

    page.get_by_role("link", name="加题").click()
    page.get_by_label("要加的问题").fill(QUESTION)
    page.get_by_label("要加的问题").press("Enter")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="加入评测集").click()
    assert "已收下，编号 N002" in page.get_by_role("status").first.inner_text()
    kept = read_evaluation_set([evaluation_folder / "new.jsonl"])
    assert [each.question for each in kept] == ["换个问法，引进了几个？", QUESTION]
    assert kept[1].answers == ("556个",)


def test_keys_lead_through_the_passages_to_choose_from(site: str, visitor: Visitor) -> None:
    page = visitor(site).open(PAGES["picking"])
    page.wait_for_load_state()
    ticked = page.locator("#choice-2").is_checked()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.locator("#choice-2").is_checked() is not ticked
    page.keyboard.press("c")
    page.get_by_role("status").filter(has_text="已复制出处").wait_for()
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="快捷键").is_visible()
    page.keyboard.press("?")
    page.keyboard.press("o")
    page.wait_for_url("**/documents/**")


def test_a_run_is_reached_and_its_report_downloaded(site: str, visitor: Visitor) -> None:
    page = visitor(site).open("/evaluation")
    page.get_by_role("row").nth(1).get_by_role("link").click()
    page.get_by_role("heading", name="未答对的题").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报告").click()
    assert download.value.suggested_filename == "qa-eval-20261121T090000-dev.html"
