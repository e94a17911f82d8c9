"""The door is open before the assistant is: who comes early waits, and a failed opening is not for ever."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from qa.errors import IndexMissingError, ModelError
from qa.settings import Settings
from qa.web.app import create_app
from qa.web.facade import AssistantFacade
from qa.web.gate import Gate
from tests.web.held_assistant import QUESTION, HeldAssistant

MISSING = IndexMissingError("还没有索引：index", reason="其中没有建好的索引", hint="运行 qa index 建立索引")


class SlowToWarm(HeldAssistant):
    """Warm once ``release`` is set."""

    def __init__(self) -> None:
        super().__init__(Settings(history=False))
        self.release = threading.Event()
        self.warmed = 0

    def warm(self) -> None:
        assert self.release.wait(20)
        self.warmed += 1


class MissingAtFirst(HeldAssistant):
    """Its index is not there for the first ``failures`` attempts."""

    def __init__(self, failures: int) -> None:
        super().__init__(Settings(history=False))
        self.failures = failures
        self.attempts = 0

    def warm(self) -> None:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise MISSING


def test_not_ready_while_it_warms_then_ready() -> None:
    assistant = SlowToWarm()
    with TestClient(create_app(assistant)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        waiting = client.get("/readyz")
        assert (waiting.status_code, waiting.json()) == (503, {"status": "loading"})
        threading.Timer(0.05, assistant.release.set).start()
        assert client.get("/", params={"q": QUESTION}).status_code == 200  # waited
        assert client.get("/readyz").json() == {"status": "ready"}
    assert assistant.warmed == 1


def test_many_who_come_early_open_once() -> None:
    assistant = SlowToWarm()
    gate = Gate(lambda: (assistant.warm(), assistant)[1])
    got: list[AssistantFacade] = []
    threads = [threading.Thread(target=lambda: got.append(gate.assistant())) for _ in range(8)]
    for thread in threads:
        thread.start()
    assistant.release.set()
    for thread in threads:
        thread.join(20)
    assert got == [assistant] * 8
    assert assistant.warmed == 1


def test_an_index_built_later_is_taken_up_without_a_restart() -> None:
    assistant = MissingAtFirst(failures=1)
    gate = Gate(lambda: (assistant.warm(), assistant)[1], retry_after_s=0)
    with pytest.raises(IndexMissingError):
        gate.assistant()
    assert gate.failure is MISSING
    assert gate.assistant() is assistant
    assert gate.failure is None


def test_a_fresh_failure_is_told_and_not_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "qa.web.gate.time", SimpleNamespace(monotonic=lambda: 100.0)
    )  # no time passes, however slow the machine
    assistant = MissingAtFirst(failures=9)
    with TestClient(create_app(assistant)) as client:
        for _ in range(3):
            response = client.get("/")
            assert response.status_code == 503
            assert "qa index" in response.text
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["error"]["code"]) == (503, "index_missing")
    assert assistant.attempts == 1


def test_whoever_waits_too_long_is_told_that_it_still_loads() -> None:
    assistant = SlowToWarm()
    gate = Gate(lambda: (assistant.warm(), assistant)[1])
    with pytest.raises(ModelError, match="还在加载"):
        gate.assistant(wait_s=0.01)
    assistant.release.set()
    assert gate.assistant() is assistant


def test_a_bug_while_opening_is_raised_as_it_is() -> None:
    def broken() -> AssistantFacade:
        raise ZeroDivisionError

    gate = Gate(broken)
    with pytest.raises(ZeroDivisionError):
        gate.assistant()
    assert gate.failure is None
