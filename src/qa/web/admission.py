"""Who is let in when the server is reached from other machines: whoever knows the token, and nobody else."""

from __future__ import annotations

import base64
import binascii
import hmac

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.errors import SettingsError

LEAST_TOKEN_CHARS = 16
OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""What a supervisor asks without a token; it tells nothing but whether the server runs."""


def check_token(token: str, host: str) -> None:
    """Raises :class:`SettingsError` where the token is missing or so short that it can be guessed."""
    if len(token) < LEAST_TOKEN_CHARS:
        reason = "没有设置口令" if not token else f"口令只有 {len(token)} 个字符"
        raise SettingsError(
            f"没有在 {host} 上启动：别的电脑也能打开它，上传和移走文档",
            reason=reason,
            hint=f"设置 QA_TOKEN 为至少 {LEAST_TOKEN_CHARS} 个字符的口令，或用 --host 127.0.0.1 只供本机使用",
        )


class TokenOnly:
    """ASGI middleware: every request but the probes needs the token, as ``Authorization: Bearer …`` (programs) or as the
    password of HTTP Basic, whatever the name (browsers ask for it by themselves; RFC 7617)."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in OPEN_PATHS and not self._knows(Headers(scope=scope)):
            refusal = PlainTextResponse(
                "需要口令（QA_TOKEN）。", 401, {"www-authenticate": 'Basic realm="qa", charset="UTF-8"'}
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, headers: Headers) -> bool:
        scheme, _, said = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            given = said.strip().encode("latin-1", "replace")
        elif scheme.lower() == "basic":
            try:
                given = base64.b64decode(said.strip(), validate=True).partition(b":")[2]
            except (binascii.Error, ValueError):
                return False
        else:
            return False
        return hmac.compare_digest(given, self._token)
