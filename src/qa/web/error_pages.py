"""Errors → a readable page, or the contract's one JSON shape under ``/api`` and for probes."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from qa.errors import QaError, StillLoadingError, TooManyRequestsError, UsageError
from qa.settings import Settings
from qa.web.contexts import AskBox, ErrorPage, HintPart
from qa.web.rendering import Renderer
from qa.web.security import SECURITY_HEADERS

LOG = logging.getLogger(__name__)
RETRY_S = 2
"""A page that waits for the model comes again after so many seconds."""
BUSY_RETRY_S = 10
JSON_PATHS = ("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json")

_COMMAND = re.compile(r"((?:qa|pip|make) [!-~]+(?: [!-~]+)*)")
_HTTP_ERRORS = {
    400: ("提交的内容读不出来", "项目太多、某一项太长，或格式不完整", "返回上一页，缩短后重新提交"),
    404: ("没有这个页面", "地址里没有对应的内容", "回到问答页重新提问"),
    405: ("不支持这样访问", "这个地址不接受这种请求方式", "查看 /openapi.json 里列出的接口"),
}


def error_shape(code: str, message: str, hint: str) -> dict[str, dict[str, str]]:
    """``{"error": {"code","message","hint"}}``."""
    return {"error": {"code": code, "message": message, "hint": hint}}


def json_error(error: QaError) -> JSONResponse:
    """A :class:`QaError` in the contract's shape; the reason is part of the message."""
    message = f"{error.message}（{error.reason}）" if error.reason else error.message
    return JSONResponse(error_shape(error.code, message, error.hint), error.http_status)


def hint_parts(hint: str) -> tuple[HintPart, ...]:
    """``hint`` with its commands (``qa index --rebuild``) cut out; joined, the parts are the hint."""
    parts = [HintPart(text, command=place % 2 == 1) for place, text in enumerate(_COMMAND.split(hint))]
    return tuple(part for part in parts if part.text)


def add_error_handlers(app: FastAPI, renderer: Renderer, settings: Settings) -> Callable[[Request, QaError], Response]:
    """Make every error of ``app`` readable; only what is a bug of ours is logged with its trace. Returns what makes a response
    of an error, for middleware, which stands outside the handlers."""

    def respond(request: Request, error: QaError, status: int) -> Response:
        if request.url.path.startswith(JSON_PATHS):
            response: Response = json_error(error)
            response.status_code = status
        else:
            question = request.query_params.get("q", "").strip()[: settings.max_question_chars]
            box = AskBox(question, settings.max_question_chars)
            response = renderer.response(
                ErrorPage(status, error.message, error.reason, hint_parts(error.hint), box), status
            )
        if error.code == "busy":
            response.headers["retry-after"] = str(BUSY_RETRY_S)
        if isinstance(error, StillLoadingError):
            response.headers["retry-after"] = response.headers["refresh"] = str(RETRY_S)
        if isinstance(error, TooManyRequestsError):
            response.headers["retry-after"] = str(error.retry_after_s)
        # The handler of last resort answers outside every middleware.
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def on_qa_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, QaError)
        return respond(request, error, error.http_status)

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        phrase = HTTPStatus(error.status_code).phrase
        message, reason, hint = _HTTP_ERRORS.get(error.status_code, ("请求无法完成", phrase, "回到问答页重新提问"))
        made = QaError(message, reason=reason, hint=hint)
        made.code = "not_found" if error.status_code == 404 else "usage" if error.status_code < 500 else "error"
        return respond(request, made, error.status_code)

    async def on_validation_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fields = "、".join(sorted({str(each["loc"][-1]) for each in error.errors()}))
        made = UsageError(f"参数不对：{fields}", reason="缺少或格式不符", hint="查看 /openapi.json 里的参数说明")
        return respond(request, made, 400)

    async def on_bug(request: Request, error: Exception) -> Response:
        LOG.error("unexpected error at %s", request.url.path, exc_info=error)
        hint = "重试；若仍出错，请把运行窗口里的记录发给维护者"
        made = QaError("程序出错了", reason="这是程序的缺陷，不是您的操作问题", hint=hint)
        made.code = "internal"
        return respond(request, made, 500)

    app.add_exception_handler(QaError, on_qa_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(Exception, on_bug)
    return lambda request, error: respond(request, error, error.http_status)
