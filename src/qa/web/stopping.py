"""An orderly end: running questions are answered, new ones are told to come again, the indexing job stops where nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.web.error_pages import JSON_PATHS, error_shape

DRAIN_S = 15.0
"""How long running requests may take after the first signal; a second signal ends them at once."""
RETRY_AFTER_S = "10"
_MESSAGE, _HINT = "程序正在停止，没有作答", "等它重新启动后再试"


class Draining:
    """ASGI middleware that counts what runs, and refuses what is new with 503 once :attr:`stopping` is set.

    ``/healthz`` goes on answering: the process is alive. ``/readyz`` is refused, so that a proxy asks another server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.running = 0
        self.stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self.stopping and scope["path"] != "/healthz":
            await _refusal(scope["path"])(scope, receive, send)
            return
        self.running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.running -= 1


class GracefulServer(uvicorn.Server):
    """uvicorn that keeps its port while running requests end, so that new ones get an answer that says why.

    ``ask_to_stop`` tells background work to end; it is called once, in the event loop, and must not wait.
    """

    def __init__(self, config: uvicorn.Config, draining: Draining, ask_to_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._draining = draining
        self._ask_to_stop: Callable[[], None] | None = ask_to_stop
        self._until = 0.0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins the end; the second one is uvicorn's own: no more waiting."""
        if self._draining.stopping:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._draining.stopping = True
        self._until = time.monotonic() + DRAIN_S

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: has the last running request ended, or the time for it?"""
        if self._draining.stopping:
            if self._ask_to_stop is not None:
                self._ask_to_stop()
                self._ask_to_stop = None
            if not self._draining.running or time.monotonic() > self._until:
                self.should_exit = True
        return await super().on_tick(counter)


def _refusal(path: str) -> Response:
    headers = {"retry-after": RETRY_AFTER_S, "connection": "close"}
    if path.startswith(JSON_PATHS):
        return JSONResponse(error_shape("stopping", _MESSAGE, _HINT), 503, headers)
    return PlainTextResponse(f"{_MESSAGE}。{_HINT}。", 503, headers)
