"""One's own questions: kept, shown to nobody else, forgotten when one wants it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.settings import Settings
from qa.web.app import create_app
from qa.web.settings_view import setting_views
from qa.web.visitors import COOKIE
from tests.web.held_assistant import QUESTION, UNANSWERABLE, HeldAssistant
from tests.web.html_reading import Element, read_html


def listed(client: TestClient) -> list[Element]:
    return [item for part in read_html(client.get("/history").text).all("ol", "asked-list") for item in part.all("li")]


def test_what_was_asked_can_be_asked_again(client: TestClient) -> None:
    client.get("/", params={"q": QUESTION, "section": "高层声音"})
    client.get("/", params={"q": UNANSWERABLE})
    newest, first = listed(client)
    assert "未找到" in newest.text
    assert "556个" in first.text
    assert "栏目 高层声音" in first.text
    assert "556个" in client.get(first.all("a")[0].attributes["href"]).text
    home = read_html(client.get("/").text)
    assert UNANSWERABLE in [link.text for link in home.all("a")]


def test_the_first_page_names_a_question_once(client: TestClient) -> None:
    for filters in ({}, {"section": "高层声音"}, {"from": "2021"}):
        client.get("/", params={"q": QUESTION, **filters})
    client.get("/", params={"q": UNANSWERABLE})
    home = read_html(client.get("/").text)
    lines = home.all("ul", "suggestions")[0].all("a")
    assert [line.text for line in lines] == [UNANSWERABLE, QUESTION]
    assert "from=2021" in lines[1].attributes["href"], "as it was asked last"
    assert len(listed(client)) == 4


def test_nobody_sees_the_questions_of_another(client: TestClient, assistant: HeldAssistant) -> None:
    client.get("/", params={"q": QUESTION})
    assert len(listed(client)) == 1
    client.cookies.clear()
    assert listed(client) == []
    client.cookies.set(COOKIE, "' OR 1=1 --")
    assert listed(client) == []
    client.get("/", params={"q": UNANSWERABLE})  # a forged name is replaced by a fresh one
    assert len(client.cookies.get(COOKIE, domain="testserver.local") or "") == 32


def test_forgetting_one_and_all(client: TestClient) -> None:
    for question in (QUESTION, UNANSWERABLE, "还有什么？"):
        client.get("/", params={"q": question})
    one = listed(client)[0].one("input", name="id").attributes["value"]
    for _ in range(2):  # pressed twice, or from a page that is stale
        assert client.post("/history/delete", data={"id": one}).status_code == 303
    assert len(listed(client)) == 2
    assert client.post("/history/clear").status_code == 303
    assert listed(client) == []
    assert "还没有提问" in client.get("/history").text


@pytest.mark.parametrize("id", ["0", "-1", "x", "9" * 30, ""])
def test_a_forged_number_is_refused(client: TestClient, id: str) -> None:
    assert client.post("/history/delete", data={"id": id}).status_code == 400


@pytest.mark.parametrize(("method", "headers"), [("HEAD", {}), ("GET", {"sec-purpose": "prefetch;prerender"})])
def test_looking_ahead_is_not_asking(client: TestClient, method: str, headers: dict[str, str]) -> None:
    client.request(method, "/", params={"q": QUESTION}, headers=headers)
    assert COOKIE not in client.cookies
    assert listed(client) == []


def test_switched_off_nothing_is_kept(assistant: HeldAssistant) -> None:
    assistant.settings = replace(assistant.settings, history=False)
    with TestClient(create_app(assistant)) as client:
        assert "set-cookie" not in client.get("/", params={"q": QUESTION}).headers
        assert "QA_HISTORY=1" in client.get("/history").text
        assert not assistant.settings.workspace.exists()


def test_a_workspace_that_cannot_be_written_costs_no_answer(assistant: HeldAssistant, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    assistant.settings = replace(assistant.settings, workspace=blocked)
    with TestClient(create_app(assistant), raise_server_exceptions=False) as client:
        assert client.get("/", params={"q": QUESTION}).status_code == 200
        assert client.get("/").status_code == 200
        failed = client.get("/history")
        assert failed.status_code == 503
        assert "无法读写" in failed.text
        assert "反馈文件读不了" in client.get("/settings").text


class TestSettings:
    def test_what_answers_and_what_is_set(self, client: TestClient, assistant: HeldAssistant) -> None:
        page = read_html(client.get("/settings").text)
        state = {row.one("dt").text: row.one("dd").text for row in page.one("dl", "state").all("div")}
        assert state["索引"] == assistant.generation
        assert len(page.one("dl", "settings").all("div")) == len(setting_views(Settings(), {}))

    def test_where_each_value_comes_from(self) -> None:
        environment = {"QA_TOP_K": "5", "QA_THREADS": "1", "QA_INDEX": "elsewhere"}
        settings = Settings.from_environment(environment, index=Path("here"))
        sources = {view.variable: (view.value, view.source) for view in setting_views(settings, environment)}
        assert sources["QA_TOP_K"] == ("5", "环境变量")
        assert sources["QA_THREADS"] == ("1", "环境变量")
        assert sources["QA_INDEX"] == ("here", "启动参数")
        assert sources["QA_READER"] == ("trained", "默认")

    def test_the_page_opens_while_nothing_can_be_answered(self, tmp_path: Path) -> None:
        settings = Settings(index=tmp_path / "none", workspace=tmp_path / "made")
        with TestClient(create_app(settings)) as client:
            page = read_html(client.get("/settings").text)
        assert page.one(role="alert").text
        assert page.one("dl", "settings")
