"""Drafts being checked: each in a thread of its own, kept in memory for a while, stopped when asked.

Nothing of a draft is written to disk. An id is the digest of what was submitted, so the same draft has the same address.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum

from qa.citing.checker import DraftChecker
from qa.citing.draft import draft_parts
from qa.citing.finding import Finding
from qa.citing.manuscript.reading import Manuscript
from qa.errors import NotFoundError, QaError

LOG = logging.getLogger(__name__)
MAX_UNFINISHED = 6
"""More drafts at a time would only slow each other down: one processor checks one sentence at a time."""
MAX_KEPT = 40
MAX_KEPT_BYTES = 60_000_000


class JobState(StrEnum):
    """Where the check of a draft stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class CheckJob:
    """The check of one draft. ``findings`` grows while it runs, in the order of the draft."""

    def __init__(self, identity: str, manuscript: Manuscript, checker: DraftChecker) -> None:
        self.id = identity
        self.manuscript = manuscript
        self.checker = checker
        self.findings: list[Finding] = []
        self.done = 0
        self.total = 0
        self.state = JobState.RUNNING
        self.failure: QaError | None = None
        self._stop = threading.Event()
        self._ended = threading.Event()

    @property
    def bytes(self) -> int:
        return len(self.manuscript.word or b"") + 4 * len(self.manuscript.text)

    def run(self) -> None:
        """Checks sentence by sentence until the end or until it is stopped; what was found until then is kept."""
        try:
            parts = draft_parts(self.manuscript.text)
            self.total = len(parts)
            for part in parts:
                if self._stop.is_set():
                    self.state = JobState.STOPPED
                    return
                self.findings.append(self.checker.check_part(self.manuscript.text, part))
                self.done += 1
            self.state = JobState.DONE
        except QaError as error:
            self.failure, self.state = error, JobState.FAILED
        except Exception as error:  # the page that waits has to be told; nothing else would
            LOG.exception("checking a draft failed", exc_info=error)
            self.failure = QaError(
                "核对中途出错", reason="这是程序的缺陷", hint="重试；若仍出错，请把运行窗口里的记录发给维护者"
            )
            self.state = JobState.FAILED
        finally:
            self._ended.set()

    def stop(self) -> None:
        """Asks it to stop after the sentence it is at."""
        self._stop.set()

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended, after waiting at most ``timeout_s``."""
        return self._ended.wait(timeout_s)


class CheckJobs:
    """The drafts being checked and those checked lately. Thread-safe."""

    def __init__(self, checker: Callable[[], DraftChecker]) -> None:
        self._checker = checker
        self._jobs: OrderedDict[str, CheckJob] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, manuscript: Manuscript) -> CheckJob:
        """The job for ``manuscript``: begun now, or the one that has checked the same against the same library.

        Raises :class:`qa.errors.QaError` (503) while too many others are unfinished.
        """
        checker = self._checker()
        identity = _identity(manuscript)
        with self._lock:
            known = self._jobs.get(identity)
            if known and known.checker is checker and known.state in (JobState.RUNNING, JobState.DONE):
                self._jobs.move_to_end(identity)
                return known
            if sum(job.state is JobState.RUNNING for job in self._jobs.values()) >= MAX_UNFINISHED:
                raise _busy()
            if known:
                known.stop()
            job = self._jobs[identity] = CheckJob(identity, manuscript, checker)
            self._jobs.move_to_end(identity)
            self._forget_old()
        threading.Thread(target=job.run, name=f"check-{identity}", daemon=True).start()
        return job

    def job(self, identity: str) -> CheckJob:
        """Raises :class:`qa.errors.NotFoundError` for one that was never begun or is no longer kept."""
        with self._lock:
            if identity in self._jobs:
                return self._jobs[identity]
        raise NotFoundError(
            "没有这次核稿的结果",
            reason="服务重新启动过，或之后又核对了许多稿件；稿件不存盘",
            hint="请到核稿页重新提交稿件",
        )

    def _forget_old(self) -> None:
        """Drops the oldest that have ended while too many, or too much, is kept."""
        for identity, job in list(self._jobs.items())[:-1]:
            kept = sum(each.bytes for each in self._jobs.values())
            if len(self._jobs) <= MAX_KEPT and kept <= MAX_KEPT_BYTES:
                return
            if job.state is not JobState.RUNNING:
                del self._jobs[identity]


def _busy() -> QaError:
    error = QaError(
        "正在核对的稿件太多", reason=f"同时最多核对 {MAX_UNFINISHED} 份", hint="请等其中一份核完，或停止一份，再提交"
    )
    error.code, error.http_status = "busy", 503
    return error


def _identity(manuscript: Manuscript) -> str:
    digest = hashlib.sha256()
    for part in (manuscript.name.encode(), manuscript.text.encode("utf-8", "surrogatepass"), manuscript.word or b""):
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()[:24]
