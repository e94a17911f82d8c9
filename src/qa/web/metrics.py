"""``/metrics`` for Prometheus: requests by route, answers by outcome, the index. No question's text is ever in it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.records import Result

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
NO_ROUTE = "(none)"


class Metrics:
    """The figures of one application, in a registry of its own (seconds, counts)."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry: CollectorRegistry = CollectorRegistry(auto_describe=True)
        self._requests = Histogram(
            "qa_request_seconds", "Time until the response began", ("method", "route", "status"),
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self._running = Gauge("qa_requests_running", "Requests under way", registry=self.registry)
        self._answers = Counter(
            "qa_answers", "Questions by outcome: answered, or why not", ("outcome",), registry=self.registry
        )
        self._stages = Histogram(
            "qa_stage_seconds", "Time of a question's stages", ("stage",), buckets=SECONDS, registry=self.registry
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request; ``route`` is the route's pattern, not the address."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def result(self, result: Result) -> None:
        """Counts a question's outcome and where its time went."""
        reason = result.answer.reason
        self._answers.labels("answered" if reason is None else reason.value).inc()
        timing = result.timing
        for stage, spent in (("embed", timing.embed_ms), ("retrieve", timing.retrieve_ms), ("read", timing.read_ms)):
            self._stages.labels(stage).observe(spent / 1000)

    def started(self) -> None:
        self._running.inc()

    def ended(self) -> None:
        self._running.dec()

    def text(self) -> bytes:
        """The exposition format, version 0.0.4."""
        from prometheus_client import generate_latest

        found: bytes = generate_latest(self.registry)
        return found


class Measured:
    """ASGI middleware that counts every request with the pattern of its route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, waited = time.perf_counter(), 500, None

        async def send_and_look(message: Message) -> None:
            nonlocal status, waited
            if message["type"] == "http.response.start":
                status, waited = message["status"], time.perf_counter() - begun
            await send(message)

        self._metrics.started()
        try:
            await self._app(scope, receive, send_and_look)
        finally:
            self._metrics.ended()
            spent = time.perf_counter() - begun if waited is None else waited
            # Only patterns are labels: addresses would make a series for each visitor and carry what was asked.
            route = getattr(scope.get("route"), "path", NO_ROUTE)
            self._metrics.request(scope["method"], route, status, spent)


def metrics_routes(metrics: Metrics) -> APIRouter:
    """``/metrics``."""
    router = APIRouter(tags=["probes"])

    @router.get("/metrics", response_class=Response)
    def read_metrics() -> Response:
        """Prometheus' text format."""
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return router
