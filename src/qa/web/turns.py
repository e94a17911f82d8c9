"""Questions are answered a few at a time, first come first served.

Forty at once would share two cores forty ways: everybody waits as long as the last one, and nothing else is served meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
from starlette.concurrency import run_in_threadpool

from qa.records import Result
from qa.web.facade import AssistantFacade
from qa.web.gate import Gate

P = ParamSpec("P")
T = TypeVar("T")


class Turns:
    """As many questions at once as there are cores; pages that ask nothing are served beside them."""

    def __init__(self, gate: Gate, at_once: int | None = None, observe: Callable[[Result], None] | None = None) -> None:
        self._gate = gate
        self._observe = observe
        self._limiter = anyio.CapacityLimiter(at_once or os.cpu_count() or 1)

    async def assistant(self, wait_s: float) -> AssistantFacade:
        """As :meth:`Gate.assistant`; whoever waits for the model to load holds up nobody's turn."""
        return await run_in_threadpool(self._gate.assistant, wait_s)

    async def take(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work`` in a thread, when its turn has come."""
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._limiter)

    def seen(self, result: Result) -> Result:
        """``result``, after whoever counts outcomes has seen it."""
        if self._observe:
            self._observe(result)
        return result
