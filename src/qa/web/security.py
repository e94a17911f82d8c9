"""Response headers that keep a page to itself: nothing but our own files runs or loads, and no other site frames it."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""``same-origin``, not ``no-referrer``: with the latter browsers send ``Origin: null`` with our own forms (Fetch standard, "append a
request Origin header"), and over plain http, where there is no ``Sec-Fetch-Site``, they could not be told from others'.

No HSTS: the application is served over plain http on the own machine, and HSTS would lock people out of it."""


class SecurityHeaders:
    """ASGI middleware that adds :data:`SECURITY_HEADERS` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OwnPagesOnly:
    """ASGI middleware that lets only our own pages (and programs, which send no such headers) change anything.

    A browser says with ``Sec-Fetch-Site`` where a request comes from; older ones send ``Origin``. See the OWASP cheat sheet
    on cross-site request forgery, "Fetch Metadata" and "Verifying Origin".
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not is_own_page(Headers(scope=scope)):
            await PlainTextResponse("这个请求来自别的网站，已拒绝。", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_own_page(headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


class OwnNamesOnly:
    """ASGI middleware for a server that only this machine reaches: refuses requests made under a foreign name.

    A page of another site can let its own name point to 127.0.0.1 (DNS rebinding) and would then read the library with
    the visitor's browser. Such a request carries the foreign name in ``Host``; ours carry an address or ``localhost``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_own_name(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse("请用 http://127.0.0.1 打开：这个服务只供本机使用。", 421)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_own_name(host: str) -> bool:
    """Whether a ``Host`` header (``name:port``) is an IP address or ``localhost``."""
    name = host.rpartition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
