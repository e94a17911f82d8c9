"""Who is let in. At this machine everybody, until there are accounts; from other machines only with an account or the token."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import ForbiddenError, QaError, SettingsError, SignInError
from qa.ports import Accounts
from qa.records import AuditAction
from qa.web.auditing import Auditor
from qa.web.identity import Identity, at_this_machine, enter, leave, stranger, with_account, with_token
from qa.web.pacing import Pacing
from qa.web.permissions import LOGIN, Need, allows, needed
from qa.web.security import SAFE_METHODS

LEAST_TOKEN_CHARS = 16
SESSION_COOKIE = "qa_session"
OUTSIDE = "qa.outside"
"""Set in the scope of requests to a server that other machines reach."""
API_PATHS = ("/api/", "/metrics", "/openapi.json", "/mcp")

Refuse = Callable[[Request, QaError], Response]


class Outside:
    """ASGI middleware around a server that other machines reach: says so to :class:`Admitted`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, OUTSIDE: True}, receive, send)


class Admission:
    """The rules of one application: its accounts and its token."""

    def __init__(self, accounts: Accounts, token: str, pacing: Pacing, auditor: Auditor) -> None:
        self.accounts = accounts
        self.pacing = pacing
        self.auditor = auditor
        self._token = token.encode()

    def check_outside(self, host: str) -> None:
        """Raises :class:`SettingsError` where neither accounts nor a good token keep others out."""
        chars = len(self._token.decode())
        if chars >= LEAST_TOKEN_CHARS or (not chars and self.accounts.any()):
            return
        reason = f"口令只有 {chars} 个字符" if chars else "没有用户，也没有设置口令"
        raise SettingsError(
            f"没有在 {host} 上启动：别的电脑也能打开它，上传和移走文档",
            reason=reason,
            hint="用 qa users add 名字 --role admin 添加用户，"
            f"或设置 QA_TOKEN 为至少 {LEAST_TOKEN_CHARS} 个字符的口令，或用 --host 127.0.0.1 只供本机使用",
        )

    def identity(self, headers: Headers, address: str, outside: bool) -> Identity | None:
        """Who sends these headers; ``None`` for somebody who has to say it first. Looks into the accounts' file.

        Raises :class:`qa.errors.WorkspaceError`, :class:`qa.errors.TooManyRequestsError`.
        """
        if not outside and not self.accounts.any():
            return at_this_machine(address)
        given = _given_token(headers)
        if given is not None and self._token:
            if hmac.compare_digest(given, self._token):
                return with_token(address)
            self.pacing.wrong_token(address)
            token = enter(stranger(address))
            self.auditor.note(AuditAction.SIGN_IN_REFUSED, "QA_TOKEN", "口令不对")
            leave(token)
        account = self.accounts.of_session(session_of(headers))
        return with_account(account, address) if account else None


class Admitted:
    """ASGI middleware: finds out who sends a request, and lets through what their role may do (:mod:`qa.web.permissions`)."""

    def __init__(self, app: ASGIApp, admission: Admission, refuse: Refuse) -> None:
        self._app, self._admission, self._refuse = app, admission, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"].startswith("/static/")):
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # we have no websockets; should one come, it is not let in unseen
            return
        identity, refusal = await self._looked_at(scope)
        token = enter(identity)
        try:
            if refusal is not None:
                await refusal(scope, receive, send)
            else:
                await self._app(scope, receive, _unkept(send) if identity.account_id else send)
        finally:
            leave(token)

    async def _looked_at(self, scope: Scope) -> tuple[Identity, Response | None]:
        request, headers = Request(scope), Headers(scope=scope)
        address = scope["client"][0] if scope.get("client") else ""
        outside = bool(scope.get(OUTSIDE))
        method, path = scope["method"], scope["path"]
        try:
            known = await run_in_threadpool(self._admission.identity, headers, address, outside)
            identity = known or stranger(address)
            self._admission.pacing.request(identity.paced)
        except QaError as error:
            probe = path != LOGIN and needed(method, path) is Need.NOTHING
            return stranger(address), None if probe else self._refuse(request, error)
        if allows(identity.role, method, path):
            return identity, self._unproved(request) if identity.account_id else None
        if known is None:
            return identity, await run_in_threadpool(self._sign_in_first, request)
        wanted = ForbiddenError("您的角色不能做这件事", reason="只有管理员可以", hint="请管理员来做，或换一个账户登录")
        return identity, self._refuse(request, wanted)

    def _unproved(self, request: Request) -> Response | None:
        """A browser sends the session's cookie by itself. So whatever changes something has to say which page it comes from
        (:class:`qa.web.security.OwnPagesOnly` has seen that it is ours); every browser of today says it."""
        if request.method in SAFE_METHODS or {"origin", "sec-fetch-site"} & set(request.headers.keys()):
            return None
        error = ForbiddenError(
            "没有说明请求从哪里来", reason="缺少 Origin 请求头", hint="用网页操作；程序请用 QA_TOKEN，见使用说明"
        )
        return self._refuse(request, error)

    def _sign_in_first(self, request: Request) -> Response:
        if not self._admission.accounts.any():  # the token only: browsers ask for it by themselves
            return PlainTextResponse(
                "需要口令（QA_TOKEN）。", 401, {"www-authenticate": 'Basic realm="qa", charset="UTF-8"'}
            )
        if request.scope["path"].startswith(API_PATHS) or request.headers.get("hx-request"):
            return self._refuse(
                request, SignInError("需要登录", reason="没有登录，或登录已过期", hint=f"打开 {LOGIN} 登录")
            )
        wanted = _address(request.scope)
        back = f"?next={quote(wanted, safe='/')}" if request.method in SAFE_METHODS and wanted != "/" else ""
        return RedirectResponse(f"{LOGIN}{back}", 303, {"cache-control": "no-store"})


def _address(scope: Scope) -> str:
    """Path and query as they were sent, percent signs and all."""
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def session_of(headers: Headers) -> str:
    """The session's token from the cookies, or an empty string."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _given_token(headers: Headers) -> bytes | None:
    """What stands for the token in ``Authorization: Bearer …`` (programs) or as the password of HTTP Basic, whatever the name
    (browsers; RFC 7617). ``None`` where nothing does."""
    scheme, _, said = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return said.strip().encode("latin-1", "replace")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(said.strip(), validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return None


def _unkept(send: Send) -> Send:
    """Pages of somebody who signed in stay in no cache: the next person at the machine could go back to them."""

    async def send_unkept(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["cache-control"] = "private, no-store"
        await send(message)

    return send_unkept
