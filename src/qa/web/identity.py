"""Who sends the request that is being answered. Set once by :class:`qa.web.admission.Admitted`, read wherever it matters."""

from __future__ import annotations

import hashlib
from contextvars import ContextVar, Token
from dataclasses import dataclass

from qa.records import Account, Role


@dataclass(frozen=True, slots=True)
class Identity:
    """``name`` is what the audit log calls them, ``address`` where they are. ``role`` is ``None`` for somebody not let in yet.

    ``account_id`` is empty for those who have no account: people at this machine while nobody has to sign in, and programs
    with the token. ``paced`` is the key under which their requests are counted, empty where they are not.
    """

    name: str
    role: Role | None
    address: str = ""
    account_id: str = ""
    paced: str = ""

    @property
    def may_manage(self) -> bool:
        return self.role is Role.ADMIN

    @property
    def role_label(self) -> str:
        return self.role.label if self.role else ""

    @property
    def visitor(self) -> str | None:
        """Under which name this account's questions are kept: its own on every browser. ``None`` without an account."""
        if not self.account_id:
            return None
        return hashlib.sha256(f"visitor:{self.account_id}".encode()).hexdigest()[:32]


AT_THIS_MACHINE = Identity("本机", Role.ADMIN)
"""Nobody has to sign in: whoever reaches the server sits at its machine."""

_current: ContextVar[Identity] = ContextVar("identity", default=AT_THIS_MACHINE)


def who() -> Identity:
    """Whose request this is. Threads of a request see it too."""
    return _current.get()


def enter(identity: Identity) -> Token[Identity]:
    """From here on this request is ``identity``'s; give the token back to :func:`leave`."""
    return _current.set(identity)


def leave(token: Token[Identity]) -> None:
    _current.reset(token)


def at_this_machine(address: str) -> Identity:
    return Identity(AT_THIS_MACHINE.name, AT_THIS_MACHINE.role, address)


def stranger(address: str) -> Identity:
    return Identity("", None, address)


def with_token(address: str) -> Identity:
    return Identity("QA_TOKEN", Role.ADMIN, address, paced=f"token@{address}")


def with_account(account: Account, address: str) -> Identity:
    return Identity(account.name, account.role, address, account.id, paced=account.id)
