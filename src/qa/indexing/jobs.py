"""What was asked of the library while the server runs, and how far it is. Kept in memory: files and index are what lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

KEPT_JOBS = 100


class JobKind(StrEnum):
    """What a job does to the corpus folder before the index is brought up to date."""

    UPLOAD = "upload"
    REMOVE = "remove"
    RESTORE = "restore"
    REREAD = "reread"
    CORRECT = "correct"
    UPDATE = "update"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # the whole job; a file that cannot be read fails alone
    CANCELLED = "cancelled"


class FileState(StrEnum):
    """Where a file of a job is."""

    WAITING = "waiting"
    READING = "reading"
    EMBEDDING = "embedding"  # read; its passages wait for their vectors
    DONE = "done"
    WARNINGS = "warnings"
    FAILED = "failed"
    REFUSED = "refused"  # never placed: format, size, name, disk
    CONFLICT = "conflict"  # the name is taken: waits for a decision
    SAME = "same"  # the library already has it
    CANCELLED = "cancelled"
    GONE = "gone"  # out of the library, as was asked


OPEN_FILE_STATES = frozenset({FileState.WAITING, FileState.READING, FileState.EMBEDDING})
ENDED_JOB_STATES = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass
class JobFile:
    """A file of a job. ``path`` is its place in the corpus; ``received`` where it waits for a decision."""

    path: str
    state: FileState = FileState.WAITING
    messages: tuple[str, ...] = ()
    passages: int = 0
    document_id: str = ""
    size_bytes: int = 0
    received: Path | None = None
    kept: str = ""  # where the replaced or removed one is, below corpus/.removed
    late: bool = False  # placed while the job was running: the build may have looked at the folder before


@dataclass
class Job:
    """``stage`` is "", "prepare", "read", "embed" or "publish", with ``done`` of ``total`` in it. ``version`` rises with every change."""

    id: str
    kind: JobKind
    files: list[JobFile]
    reread: tuple[str, ...] = ()
    state: JobState = JobState.WAITING
    stage: str = ""
    done: int = 0
    total: int = 0
    message: str = ""  # why the whole job failed, or what it waits for
    hint: str = ""
    cancelled: bool = False
    version: int = 0
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def ended(self) -> bool:
        return self.state in ENDED_JOB_STATES

    @property
    def undecided(self) -> bool:
        """Whether a file waits for a decision."""
        return any(each.state is FileState.CONFLICT for each in self.files)


class Jobs:
    """The jobs of this process, the oldest first. Thread-safe; a job is changed only inside :meth:`changing`."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._made = 0
        self._changed = threading.Condition(threading.RLock())
        self._prefix = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")

    def new_id(self) -> str:
        """``20261121-110203-4``: when the process began, and the how-manieth."""
        with self._changed:
            self._made += 1
            return f"{self._prefix}-{self._made}"

    def add(self, job: Job) -> None:
        with self.changing(job):
            self._jobs[job.id] = job
            for old in [each.id for each in self._jobs.values() if each.ended and not each.undecided][:-KEPT_JOBS]:
                del self._jobs[old]

    def get(self, job_id: str) -> Job | None:
        with self._changed:
            return self._jobs.get(job_id)

    def latest(self) -> Sequence[Job]:
        """The newest first."""
        with self._changed:
            return list(reversed(self._jobs.values()))

    def next_waiting(self, timeout_s: float) -> Job | None:
        """The oldest job that waits; ``None`` when none came in time."""

        def waiting() -> Job | None:
            return next((job for job in self._jobs.values() if job.state is JobState.WAITING), None)

        with self._changed:
            self._changed.wait_for(lambda: waiting() is not None, timeout_s)
            return waiting()

    @contextmanager
    def changing(self, job: Job) -> Iterator[None]:
        """The one place where a job changes; whoever waits for it is told."""
        with self._changed:
            yield
            job.version += 1
            self._changed.notify_all()

    def wait(self, until: Callable[[], bool], timeout_s: float) -> bool:
        """Waits until ``until`` holds after some change; whether it did."""
        with self._changed:
            return self._changed.wait_for(until, timeout_s)
