"""Signing in and out, changing one's password, and the audit log. Plain forms; nothing needs a script."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from qa.errors import SignInError, TooManyRequestsError, UsageError
from qa.records import LEAST_PASSWORD_CHARS, AuditAction
from qa.web.admission import SESSION_COOKIE, Admission, session_of
from qa.web.identity import enter, leave, who, with_account
from qa.web.login_view import LoginPage, PasswordPage, own_address
from qa.web.permissions import LOGIN, LOGOUT
from qa.web.rendering import Renderer

MAX_FIELDS = 10
LONGEST_FIELD_CHARS = 10_000
AUDIT_LINES = 10_000


def login_routes(admission: Admission, renderer: Renderer) -> APIRouter:
    """``/login``, ``/logout``, ``/password``, ``/api/audit``."""
    router = APIRouter()
    router.include_router(_signing_in(admission, renderer))
    router.include_router(_own_password(admission, renderer))

    @router.get("/api/audit", tags=["api"], response_class=Response)
    def audit() -> Response:
        """Who changed the library and who signed in: JSON Lines, newest first, at most 10,000."""
        shapes = (
            {
                "at": each.at.isoformat(),
                "who": each.who,
                "from": each.where,
                "action": each.action.value,
                "what": each.what,
                "outcome": each.outcome,
            }
            for each in admission.auditor.latest(AUDIT_LINES)
        )
        return Response(
            "".join(json.dumps(shape, ensure_ascii=False) + "\n" for shape in shapes),
            media_type="application/x-ndjson",
            headers={"content-disposition": 'attachment; filename="audit.jsonl"', "cache-control": "no-store"},
        )

    return router


def _signing_in(admission: Admission, renderer: Renderer) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.api_route(LOGIN, methods=["GET", "HEAD"])
    def login(request: Request) -> Response:
        wanted = own_address(request.query_params.get("next", ""))
        if who().role is not None:
            return RedirectResponse(wanted, 303)
        return renderer.response(LoginPage("", wanted, "", ""))

    @router.post(LOGIN)
    async def sign_in(request: Request) -> Response:
        return await run_in_threadpool(tried, request, await _fields(request))

    def tried(request: Request, form: dict[str, str]) -> Response:
        name, wanted = form.get("name", "").strip(), own_address(form.get("next", ""))
        try:
            admission.pacing.sign_in(who().address, name.casefold())
            account = admission.accounts.verified(name, form.get("password", ""))
        except TooManyRequestsError as error:
            admission.auditor.note(AuditAction.SIGN_IN_REFUSED, name, error.message)
            page = LoginPage(name, wanted, error.message, error.hint)
            response: Response = renderer.response(page, error.http_status)
            response.headers["retry-after"] = str(error.retry_after_s)
            return response
        if account is None:
            admission.auditor.note(AuditAction.SIGN_IN_REFUSED, name, "用户名或密码不对")
            return renderer.response(LoginPage(name, wanted, "用户名或密码不对", "忘了密码请找管理员重设"), 401)
        admission.pacing.signed_in(name.casefold())
        token = enter(with_account(account, who().address))
        admission.auditor.note(AuditAction.SIGN_IN, account.name, account.role.label)
        leave(token)
        admission.accounts.close_session(session_of(request.headers))  # a session known before is never taken over
        response = RedirectResponse(wanted, 303)
        _remember(request, response, admission.accounts.open_session(account))
        return response

    @router.post(LOGOUT)
    def sign_out(request: Request) -> Response:
        admission.accounts.close_session(session_of(request.headers))
        if who().account_id:
            admission.auditor.note(AuditAction.SIGN_OUT, who().name)
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(SESSION_COOKIE)
        return response

    return router


def _own_password(admission: Admission, renderer: Renderer) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=Response)

    @router.api_route("/password", methods=["GET", "HEAD"])
    def password(request: Request) -> Response:
        _require_account()
        return renderer.response(_page(done="done" in request.query_params))

    @router.post("/password")
    async def change(request: Request) -> Response:
        return await run_in_threadpool(changed, request, await _fields(request))

    def changed(request: Request, form: dict[str, str]) -> Response:
        _require_account()
        name = who().name
        admission.pacing.sign_in(who().address, name.casefold())
        account = admission.accounts.verified(name, form.get("old", ""))
        if account is None:
            return renderer.response(_page("现在的密码不对"), 422)
        if form.get("new", "") != form.get("again", ""):
            return renderer.response(_page("两次输入的新密码不同"), 422)
        try:
            admission.accounts.set_password(name, form.get("new", ""))
        except UsageError as error:
            return renderer.response(_page(f"{error.message}：{error.reason}"), 422)
        admission.pacing.signed_in(name.casefold())
        admission.auditor.note(AuditAction.PASSWORD_SET, name)
        response = RedirectResponse("/password?done=1", 303)
        _remember(request, response, admission.accounts.open_session(account))  # the others have ended
        return response

    return router


def _require_account() -> None:
    if not who().account_id:
        raise SignInError("没有登录", reason="不登录就没有密码可改", hint="用 qa users 添加用户")


def _page(trouble: str = "", *, done: bool = False) -> PasswordPage:
    return PasswordPage(who().name, trouble, done, LEAST_PASSWORD_CHARS)


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=MAX_FIELDS, max_files=0)
    return {name: value[:LONGEST_FIELD_CHARS] for name, value in form.items() if isinstance(value, str)}


def _remember(request: Request, response: Response, token: str) -> None:
    """Until the browser is closed or the session ends. Scripts cannot read it, other sites cannot post with it, and where the
    page came over https it goes over https only. Lax, not strict: a citation opened from a document finds one signed in."""
    response.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/"
    )
