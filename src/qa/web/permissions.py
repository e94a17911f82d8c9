"""What each role may do, by method and address. What is not named here is for 管理员 as soon as it changes something."""

from __future__ import annotations

from enum import Enum

from qa.records import Role
from qa.web.security import SAFE_METHODS

LOGIN = "/login"
LOGOUT = "/logout"

OPEN_TO_ALL = (LOGIN, "/static", "/healthz", "/readyz")
"""The page to sign in on and what it is drawn with, and what a supervisor asks; none tells anything of the library."""

READERS_CHANGE = (
    "/drafts",
    "/api/drafts",
    "/check",
    "/api/check",
    "/feedback",
    "/history",
    "/password",
    LOGOUT,
)
"""Their own work: 引用夹, 核稿, verdicts, 提问记录, the password."""

ADMINS_READ = (
    "/evaluation",
    "/metrics",
    "/library/card",
    "/library/jobs",
    "/api/jobs",
    "/api/feedback",
    "/api/audit",
)


class Need(Enum):
    """What a request asks of who sends it."""

    NOTHING = 0
    READER = 1
    ADMIN = 2


def needed(method: str, path: str) -> Need:
    """``path`` as the application's routes see it (decoded, without the query)."""
    if _below(path, OPEN_TO_ALL):
        return Need.NOTHING
    if method in SAFE_METHODS:
        return Need.ADMIN if _below(path, ADMINS_READ) else Need.READER
    return Need.READER if _below(path, READERS_CHANGE) else Need.ADMIN


def allows(role: Role | None, method: str, path: str) -> bool:
    """Whether somebody of this role (``None``: not signed in) may send this request."""
    need = needed(method, path)
    return need is Need.NOTHING or role is Role.ADMIN or (role is Role.READER and need is Need.READER)


def _below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
