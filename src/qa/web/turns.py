"""Questions are answered a few at a time, first come first served.

Forty at once would share two cores forty ways: everybody waits as long as the last one, and nothing else is served meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
from starlette.concurrency import run_in_threadpool

from qa.errors import BusyError
from qa.records import Result
from qa.web.facade import AssistantFacade
from qa.web.gate import Gate

MOST_WAITING = 200
"""Further questions are refused: they would wait longer than anybody stays."""

P = ParamSpec("P")
T = TypeVar("T")


class Turns:
    """As many questions at once as there are cores; pages that ask nothing are served beside them."""

    def __init__(
        self,
        gate: Gate,
        at_once: int | None = None,
        observe: Sequence[Callable[[Result], None]] = (),
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._gate = gate
        self._observe = observe
        self._most_waiting = most_waiting
        self._limiter = anyio.CapacityLimiter(at_once or os.cpu_count() or 1)

    async def assistant(self, wait_s: float) -> AssistantFacade:
        """As :meth:`Gate.assistant`; whoever waits for the model to load holds up nobody's turn."""
        return await run_in_threadpool(self._gate.assistant, wait_s)

    async def take(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work`` in a thread, when its turn has come. Raises :class:`BusyError` where too many wait already."""
        standing = self._limiter.statistics()
        if standing.borrowed_tokens >= standing.total_tokens and standing.tasks_waiting >= self._most_waiting:
            raise BusyError(
                "现在问的人太多，没有作答", reason=f"已有 {self._most_waiting} 个问题在排队", hint="过一会儿再问"
            )
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._limiter)

    def seen(self, result: Result) -> Result:
        """``result``, after whoever counts outcomes has seen it."""
        for observe in self._observe:
            observe(result)
        return result
