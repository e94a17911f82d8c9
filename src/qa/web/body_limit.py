"""No request but an upload of documents brings more than a form can hold: bodies are kept in memory, uploads are not."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.error_pages import JSON_PATHS, error_shape

MAX_BODY_BYTES = 8 * 1024**2
"""The largest form is a draft to be checked: 5 MB and what its parts add."""
UPLOAD_PATHS = frozenset({"/api/documents", "/library/upload"})
"""These go straight to disk, part after part, under limits of their own (:mod:`qa.web.library_upload`)."""


class BodyLimit:
    """ASGI middleware that refuses a longer body with 413: at once where its length is told, else as soon as it is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UPLOAD_PATHS:
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        if told.isascii() and told.isdigit() and int(told[:20]) > MAX_BODY_BYTES:
            await _refusal(scope["path"])(scope, receive, send)
            return
        received, too_long, answered = 0, False, False

        async def counted() -> Message:
            nonlocal received, too_long
            message = await receive()
            received += len(message.get("body", b""))
            if received <= MAX_BODY_BYTES:
                return message
            too_long = True
            return {"type": "http.disconnect"}  # nobody reads on, and nothing is done with the half

        async def send_if_not(message: Message) -> None:
            nonlocal answered
            if not too_long or answered:
                answered = True
                await send(message)

        try:
            await self._app(scope, counted, send_if_not)
        except Exception:
            if not too_long:
                raise
        if too_long and not answered:
            await _refusal(scope["path"])(scope, receive, send)


def _refusal(path: str) -> Response:
    message = f"请求的内容太大，上限 {MAX_BODY_BYTES // 1024**2} MB"
    hint = "分几次提交；文件请从资料库上传"
    if path.startswith(JSON_PATHS):
        return JSONResponse(error_shape("too_large", message, hint), 413)
    return PlainTextResponse(f"{message}。{hint}。", 413)
