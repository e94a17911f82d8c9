"""The pages to sign in and to change one's password on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from qa.web.contexts import Page
from qa.web.permissions import LOGIN, LOGOUT

LONGEST_NEXT_CHARS = 8_000


@dataclass(frozen=True, slots=True)
class LoginPage(Page):
    """``next`` is the address on this server where to go afterwards; ``trouble`` says why it did not work."""

    template: ClassVar[str] = "login.html"

    name: str
    next: str
    trouble: str
    hint: str


@dataclass(frozen=True, slots=True)
class PasswordPage(Page):
    """``done``: it has been changed."""

    template: ClassVar[str] = "password.html"

    name: str
    trouble: str
    done: bool
    least_chars: int


def own_address(wanted: str) -> str:
    """``wanted`` if it is an address on this server, else ``/``: nobody is sent elsewhere after signing in.

    Browsers take ``//host``, ``/\\host`` and addresses with line ends or tabs in them for other places.
    """
    if not 0 < len(wanted) <= LONGEST_NEXT_CHARS or wanted[0] != "/" or wanted[1:2] in ("/", "\\"):
        return "/"
    if "\\" in wanted or any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") for each in wanted):
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path in (LOGIN, LOGOUT):
        return "/"
    return wanted
