"""``/healthz`` (the process answers) and ``/readyz`` (it can answer questions)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

from qa.web.error_pages import json_error
from qa.web.gate import Gate


def probe_routes(gate: Gate) -> APIRouter:
    """The probes. ``/readyz`` is 503 while the model loads and after opening failed, which it makes be tried again."""
    router = APIRouter(tags=["probes"])

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def readyz() -> JSONResponse:
        if gate.ready:
            return JSONResponse({"status": "ready"})
        if gate.failure is not None:
            failed = json_error(gate.failure)
            gate.retry()
            return failed
        return JSONResponse({"status": "loading"}, 503)

    return router
