"""Structured logs: a line a request, and nobody's question in it unless that is switched on."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.errors import SettingsError
from qa.records import Passage, Query, Result
from qa.settings import Settings
from qa.web import request_log
from qa.web.app import create_app
from qa.web.request_log import open_log
from tests.web.held_assistant import QUESTION, HeldAssistant


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    logger = logging.getLogger("qa")
    before = (list(logger.handlers), logger.level, logger.propagate)
    yield
    for handler in set(logger.handlers) - set(before[0]):
        handler.close()
    logger.handlers, logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


class Buggy(HeldAssistant):
    def passage(self, passage_id: str) -> Passage:
        raise ZeroDivisionError(f"about {QUESTION}")


def lines(settings: Settings) -> tuple[str, list[dict[str, Any]]]:
    open_log(settings)
    with TestClient(create_app(Buggy(settings)), raise_server_exceptions=False) as client:
        client.get("/api/ask", params={"q": QUESTION})
        client.get("/", params={"q": QUESTION})
        client.get("/api/passages/甲:0-5")
        client.get("/没有这一页", params={"q": QUESTION})
        client.get("/api/ask", params={"q": QUESTION * 100})
    text = Path(settings.log).read_text("utf-8")
    return text, [json.loads(line) for line in text.splitlines()]


def settings_in(root: Path, **more: Any) -> Settings:
    return Settings(
        corpus=root / "c", index=root / "i", workspace=root / "w", log=str(root / "日志" / "qa.jsonl"), **more
    )


def test_a_line_a_request_without_the_question(tmp_path: Path) -> None:
    text, found = lines(settings_in(tmp_path))
    assert QUESTION not in text
    assert QUESTION[:6] not in text
    requests = [each for each in found if each["event"] == "request"]
    assert [(each["route"], each["status"]) for each in requests] == [
        ("/api/ask", 200),
        ("/", 200),
        ("/api/passages/{passage_id:path}", 500),
        ("(none)", 404),
        ("/api/ask", 400),
    ]
    assert {"time", "level", "method", "ms", "outcome", "embed_ms", "retrieve_ms", "read_ms"} <= set(requests[0])
    assert "outcome" not in requests[3]
    (bug,) = [each for each in found if each["event"] == "log" and each["level"] == "error"]
    assert bug["error"] == "ZeroDivisionError"
    assert any("test_request_log.py" in each for each in bug["trace"])


def test_the_question_is_there_where_that_is_switched_on(tmp_path: Path) -> None:
    text, found = lines(settings_in(tmp_path, log_questions=True))
    assert found[0]["question"] == QUESTION
    assert "ZeroDivisionError: about" in text


def test_a_full_file_is_set_aside_and_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "MAX_BYTES", 300)  # a line has some 150
    settings = settings_in(tmp_path)
    for _ in range(4):
        lines(settings)
    kept = sorted(path.name for path in Path(settings.log).parent.iterdir())
    assert kept == ["qa.jsonl", *(f"qa.jsonl.{number}" for number in range(1, request_log.KEPT_FILES + 1))]
    for name in kept[1:]:
        assert all(json.loads(line) for line in (Path(settings.log).parent / name).read_text("utf-8").splitlines())


def test_without_the_setting_nothing_is_written(tmp_path: Path) -> None:
    open_log(Settings(log=""))
    assert not logging.getLogger("qa.requests").isEnabledFor(logging.INFO)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "日志").write_text("a file")
    with pytest.raises(SettingsError, match="运行记录"):
        open_log(settings_in(tmp_path))


def test_outcomes_are_noted_only_inside_a_request(assistant: HeldAssistant) -> None:
    from qa.web.request_log import note_result

    result = assistant.ask(Query(QUESTION))
    assert isinstance(result, Result)
    note_result(result)
