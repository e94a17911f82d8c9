"""Questions wait for their turn; everything else does not wait for them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from starlette.testclient import TestClient

from qa.errors import BusyError
from qa.records import Query, Result
from qa.web.app import create_app
from qa.web.gate import Gate
from qa.web.turns import Turns
from tests.web.held_assistant import QUESTION, HeldAssistant


class Slow(HeldAssistant):
    """Answers when it is let; counts how many are answered at once."""

    def __init__(self, held: HeldAssistant) -> None:
        super().__init__(held.settings)
        self.go = threading.Event()
        self.entered = threading.Semaphore(0)
        self.at_once = self.most = 0
        self._lock = threading.Lock()

    def ask(self, query: Query) -> Result:
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.entered.release()
        self.go.wait(30)
        with self._lock:
            self.at_once -= 1
        return super().ask(query)


@pytest.mark.parametrize("at_once", [1, 3])
def test_only_so_many_at_once_and_all_are_answered(assistant: HeldAssistant, at_once: int) -> None:
    slow = Slow(assistant)
    answers: list[Result] = []

    async def everybody() -> None:
        gate = Gate(lambda: slow)
        turns = Turns(gate, at_once)

        async def person() -> None:
            answers.append(await turns.take((await turns.assistant(10)).ask, Query(QUESTION)))

        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(person)
            for _ in range(at_once):
                assert await anyio.to_thread.run_sync(slow.entered.acquire, True, 30)
            # The ordinary threads are free while those wait.
            assert (await turns.assistant(10)).documents()
            slow.go.set()

    # In a thread of its own: a browser that another test left open holds this one's event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, everybody).result()
    assert len(answers) == 10
    assert slow.most == at_once


def test_whoever_would_wait_too_long_is_refused_and_nobody_else(assistant: HeldAssistant) -> None:
    slow = Slow(assistant)
    answers: list[Result] = []

    async def everybody() -> None:
        turns = Turns(Gate(lambda: slow), at_once=1, most_waiting=2)

        async def person() -> None:
            answers.append(await turns.take(slow.ask, Query(QUESTION)))

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(person)
            assert await anyio.to_thread.run_sync(slow.entered.acquire, True, 30)
            await anyio.wait_all_tasks_blocked()
            with pytest.raises(BusyError, match="太多") as refused:
                await turns.take(slow.ask, Query(QUESTION))
            assert "2 个问题" in refused.value.reason
            slow.go.set()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, everybody).result(60)
    assert len(answers) == 3


def test_being_refused_says_when_to_come_again(assistant: HeldAssistant) -> None:
    class Full(HeldAssistant):
        def ask(self, query: Query) -> Result:
            raise BusyError("现在问的人太多，没有作答", hint="过一会儿再问")

    with TestClient(create_app(Full(assistant.settings)), raise_server_exceptions=False) as client:
        for path in ("/api/ask", "/"):
            response = client.get(path, params={"q": QUESTION})
            assert (response.status_code, response.headers["retry-after"]) == (503, "10")
            assert "太多" in response.text
