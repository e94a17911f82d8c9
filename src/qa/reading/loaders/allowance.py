"""How long a child process may work on one file, fairly told on a machine that is busy with other things."""

from __future__ import annotations

import os
import time

PATIENCE = 4.0
"""So many times its limit a file may take by the clock, as long as the child had less than the limit of processor time."""
_SHORTEST_WAIT_S = 0.05


class Allowance:
    """``limit_s`` seconds by the clock, or more where the child ``process`` was kept from working: then of processor time."""

    def __init__(self, process: int, limit_s: float) -> None:
        self._process = process
        self._limit_s = limit_s
        self._begun = time.monotonic()
        self._spent_before = processor_s(process)

    def left_s(self) -> float:
        """How long to wait before asking again; 0.0 when time is up."""
        elapsed = time.monotonic() - self._begun
        if elapsed < self._limit_s:
            return self._limit_s - elapsed
        spent = processor_s(self._process)
        if spent is None or self._spent_before is None:
            return 0.0
        left = min(self._limit_s - (spent - self._spent_before), PATIENCE * self._limit_s - elapsed)
        return max(left, _SHORTEST_WAIT_S) if left > 0 else 0.0


def processor_s(process: int) -> float | None:
    """Seconds of processor time that a process has had; ``None`` where the system does not tell."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()  # the name before it may hold anything
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None
