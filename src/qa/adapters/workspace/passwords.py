"""Which names and passwords will do, and how passwords are kept: argon2id with the parameters of RFC 9106 for little memory."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qa.errors import UsageError
from qa.records import LEAST_PASSWORD_CHARS

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST_NAME_CHARS = 32
LONGEST_PASSWORD_CHARS = 200
_NAME_MARKS = frozenset("_-.·")


def checked_name(name: str) -> str:
    """The name as it is kept: NFKC, no white space around. Raises :class:`UsageError` for anything but letters, digits and
    ``_-.·``: names stand in logs and on pages."""
    kept = unicodedata.normalize("NFKC", name).strip()
    if not 1 <= len(kept) <= LONGEST_NAME_CHARS or not all(each.isalnum() or each in _NAME_MARKS for each in kept):
        raise UsageError(
            f"用户名“{kept[:LONGEST_NAME_CHARS]}”不能用",
            reason=f"用户名是 1 到 {LONGEST_NAME_CHARS} 个汉字、字母、数字或 _ - . ·",
            hint="换一个用户名",
        )
    return kept


def name_key(name: str) -> str:
    """Names that people take for the same have the same key."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def check_password(name: str, password: str) -> None:
    """Raises :class:`UsageError` for one that is soon guessed (after NIST SP 800-63B: length counts, not kinds of marks)."""
    plain = password.strip().casefold()
    reason = ""
    if len(password) < LEAST_PASSWORD_CHARS:
        reason = f"少于 {LEAST_PASSWORD_CHARS} 个字符"
    elif len(password) > LONGEST_PASSWORD_CHARS:
        reason = f"超过 {LONGEST_PASSWORD_CHARS} 个字符"
    elif len(set(plain)) < 5:
        reason = "不同的字符太少"
    elif name_key(name) and plain.replace(name_key(name), "").strip("0123456789") == "":
        reason = "只是用户名或数字"
    if reason:
        raise UsageError(
            "这个密码不能用", reason=reason, hint=f"用至少 {LEAST_PASSWORD_CHARS} 个字符，例如几个不相干的词"
        )


class Hashing:
    """Passwords → what is kept of them. ``hasher`` is argon2-cffi's, by default with its recommended parameters."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        from argon2 import PasswordHasher

        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None

    def kept(self, password: str) -> str:
        return self._hasher.hash(unicodedata.normalize("NFC", password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether ``password`` is the one kept. ``None`` (no such account) takes as long and is never right."""
        from argon2.exceptions import InvalidHashError, VerificationError

        if len(password) > LONGEST_PASSWORD_CHARS:
            return False
        if kept is None and self._nobody is None:
            self._nobody = self._hasher.hash("nobody")
        try:
            self._hasher.verify(kept or self._nobody or "", unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than the ones of now."""
        return self._hasher.check_needs_rehash(kept)
