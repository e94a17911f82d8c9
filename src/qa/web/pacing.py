"""How often somebody may do something: moving windows of the library limits, counted in memory, for one process."""

from __future__ import annotations

import math
import threading
import time
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from qa.errors import TooManyRequestsError

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import MovingWindowRateLimiter

SIGN_INS_OF_AN_ADDRESS = "30 per 5 minutes"
"""An office behind one address signs in at nine; a machine that guesses gets no further."""
SIGN_INS_OF_A_NAME = "10 per 15 minutes"


class Pacing:
    """Counts by key. Thread-safe; the library is loaded with the first count, for most servers never."""

    def __init__(self, requests_per_minute: int) -> None:
        self._per_minute = requests_per_minute
        self._lock = threading.Lock()
        self._limiter: MovingWindowRateLimiter | None = None
        self._items: dict[str, RateLimitItem] = {}

    def request(self, key: str) -> None:
        """Counts a request. Raises :class:`TooManyRequestsError`."""
        if self._per_minute > 0 and key:
            self._count(f"{self._per_minute} per minute", f"request:{key}", "请求太频繁")

    def sign_in(self, address: str, name: str) -> None:
        """Counts a try to sign in, before the password is looked at. Raises :class:`TooManyRequestsError`."""
        self._count(SIGN_INS_OF_AN_ADDRESS, f"address:{network_of(address)}", "登录次数太多")
        self._count(SIGN_INS_OF_A_NAME, f"name:{name}", "登录次数太多")

    def wrong_token(self, address: str) -> None:
        """Counts a wrong token. Raises :class:`TooManyRequestsError`."""
        self._count(SIGN_INS_OF_AN_ADDRESS, f"address:{network_of(address)}", "口令错误次数太多")

    def signed_in(self, name: str) -> None:
        """Forgets the tries of a name whose owner is in."""
        limiter, item = self._with(SIGN_INS_OF_A_NAME)
        limiter.clear(item, f"name:{name}")

    def _count(self, limit: str, key: str, message: str) -> None:
        limiter, item = self._with(limit)
        if limiter.hit(item, key):
            return
        free_at = limiter.get_window_stats(item, key).reset_time
        wait_s = max(1, math.ceil(free_at - time.time()))
        raise TooManyRequestsError(
            message, reason="为防滥用，短时间内的次数有上限", hint=f"{_said(wait_s)}后再试", retry_after_s=wait_s
        )

    def _with(self, limit: str) -> tuple[MovingWindowRateLimiter, RateLimitItem]:
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        with self._lock:
            if self._limiter is None:
                self._limiter = MovingWindowRateLimiter(MemoryStorage())
            if limit not in self._items:
                self._items[limit] = parse(limit)
            return self._limiter, self._items[limit]


def network_of(address: str) -> str:
    """The address, or of an IPv6 address its /64: one machine has all of those."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return address


def _said(wait_s: int) -> str:
    return f"{wait_s} 秒" if wait_s < 90 else f"{math.ceil(wait_s / 60)} 分钟"
