"""Who asks: a random name in a cookie, so that everybody sees their own questions and nobody else's. No more is known."""

from __future__ import annotations

import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from qa.web.identity import who

COOKIE = "qa_visitor"
ONE_YEAR_S = 31_536_000
_NAME = re.compile(r"[0-9a-f]{32}")


def visitor_of(request: Request) -> str | None:
    """The visitor's name, or ``None`` for one who has none yet (a forged cookie is none). With an account it is the account's,
    whatever cookie an earlier person left in the browser."""
    if who().visitor:
        return who().visitor
    name = request.cookies.get(COOKIE, "")
    return name if _NAME.fullmatch(name) else None


def new_visitor() -> str:
    """A name that nobody can guess: 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def remember(response: Response, visitor: str) -> None:
    """Lets the browser say the name again. Scripts cannot read it; a page of another site cannot post with it."""
    if who().visitor:
        return
    response.set_cookie(COOKIE, visitor, max_age=ONE_YEAR_S, httponly=True, samesite="lax")
