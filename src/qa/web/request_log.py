"""Structured logs: one JSON object a line for every request, warning and error. What was asked is in none of them unless switched on.

A request: ``time``, ``level``, ``event`` ("request"), ``method``, ``route`` (the pattern, not the address), ``status``, ``ms``; for
a question also ``outcome``, ``embed_ms``, ``retrieve_ms``, ``read_ms``, ``notes`` (how many), and ``question`` where it is wanted.
Anything else: ``event`` ("log"), ``logger``, ``message``, and for a bug of ours ``error`` and ``trace``.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import SettingsError
from qa.records import Result
from qa.settings import Settings

REQUESTS = logging.getLogger("qa.requests")
STANDARD_ERROR = "-"
MAX_BYTES, KEPT_FILES = 10 * 1024**2, 5
"""A log file of this size is set aside; of those set aside so many are kept."""
_facts: ContextVar[dict[str, Any] | None] = ContextVar("qa_request_facts", default=None)


class JsonLines(logging.Formatter):
    """A record as one line of JSON. With ``questions`` the texts of questions and of unexpected errors are kept."""

    def __init__(self, *, questions: bool) -> None:
        super().__init__()
        self._questions = questions

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower()}
        facts = getattr(record, "facts", None)
        if facts is not None:
            line |= {"event": "request"} | {k: v for k, v in facts.items() if self._questions or k != "question"}
        else:
            line |= {"event": "log", "logger": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            # A message may quote what was asked; where it happened does not.
            line["error"] = f"{type(error).__name__}: {error}" if self._questions else type(error).__name__
            line["trace"] = [
                f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)
            ]
        return json.dumps(line, ensure_ascii=False)


def open_log(settings: Settings) -> None:
    """Begins to write where ``settings.log`` says; does nothing where it is empty. For the one server of a process.

    Raises :class:`SettingsError` when the file cannot be written.
    """
    if not settings.log:
        return
    handler: logging.Handler
    try:
        if settings.log == STANDARD_ERROR:
            handler = logging.StreamHandler(sys.stderr)
        else:
            Path(settings.log).parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(settings.log, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"不能写运行记录 {settings.log}", reason=error.strerror or str(error), hint="改正 QA_LOG 或文件夹权限"
        ) from error
    handler.setFormatter(JsonLines(questions=settings.log_questions))
    logger = logging.getLogger("qa")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def note_result(result: Result) -> None:
    """Adds a question's outcome to the line of the request under way."""
    facts = _facts.get()
    if facts is None:
        return
    reason, timing = result.answer.reason, result.timing
    facts |= {
        "outcome": "answered" if reason is None else reason.value,
        "embed_ms": round(timing.embed_ms, 1),
        "retrieve_ms": round(timing.retrieve_ms, 1),
        "read_ms": round(timing.read_ms, 1),
        "notes": len(result.notes),
        "question": result.query.text,
    }


class Logged:
    """ASGI middleware that writes a line for every request when it has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not REQUESTS.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def send_and_look(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        facts: dict[str, Any] = {}
        token = _facts.set(facts)
        try:
            await self._app(scope, receive, send_and_look)
        finally:
            _facts.reset(token)
            route = getattr(scope.get("route"), "path", "(none)")
            spent = round((time.perf_counter() - begun) * 1000, 1)
            own = {"method": scope["method"], "route": route, "status": status, "ms": spent}
            REQUESTS.info("request", extra={"facts": own | facts})
