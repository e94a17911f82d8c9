"""Writing into the audit log what the one whose request is being answered did."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from qa.errors import WorkspaceError
from qa.ports import AuditLog
from qa.records import AuditAction, AuditEntry
from qa.web.identity import who

LOG = logging.getLogger(__name__)


class Auditor:
    """A log that cannot be written stops nobody: on a full disk, removing has to go on. It is said in the server's own log."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log

    def note(self, action: AuditAction, what: str, outcome: str = "") -> None:
        """``who()`` did ``action`` to ``what``, now."""
        person = who()
        entry = AuditEntry(datetime.now(UTC), person.name, person.address, action, what, outcome)
        try:
            self._log.add(entry)
        except WorkspaceError as error:
            LOG.error("audit log not written: %s", error)

    def latest(self, limit: int) -> tuple[AuditEntry, ...]:
        """As :meth:`qa.ports.AuditLog.latest`."""
        return self._log.latest(limit)
