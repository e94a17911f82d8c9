"""The one background worker of a server: brings the index up to date, job after job, while the live index keeps answering."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from qa.errors import IndexBusyError, QaError
from qa.indexing.build import BuildEvent, Notify
from qa.indexing.jobs import OPEN_FILE_STATES, FileState, Job, JobFile, JobKind, Jobs, JobState
from qa.records import DocumentStatus, DocumentSummary

LOG = logging.getLogger(__name__)
IDLE_S = 1.0
"""A worker without work ends its thread after so long; the next job starts another one."""
BUSY_RETRY_S = 1.0

_RESULTS = {
    DocumentStatus.READ: FileState.DONE,
    DocumentStatus.WARNINGS: FileState.WARNINGS,
    DocumentStatus.FAILED: FileState.FAILED,
}


class Update(Protocol):
    """Brings the index up to date; what ``notify`` raises stops it."""

    def __call__(self, reread: Collection[str], notify: Notify, status: Callable[[str], None]) -> object: ...


class Stopped(Exception):
    """The job was cancelled."""


class IndexingWorker:
    """Runs jobs one after the other in one thread, which ends when nothing is left to do.

    ``update`` builds and publishes; ``summaries`` lists what the published index then holds, which is what a file's end is told from.
    """

    def __init__(
        self, update: Update, summaries: Callable[[], Iterable[DocumentSummary]], *, idle_s: float = IDLE_S
    ) -> None:
        self.jobs = Jobs()
        self._update = update
        self._summaries = summaries
        self._idle_s = idle_s
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def submit(self, kind: JobKind, files: Sequence[JobFile], reread: Sequence[str] = (), job_id: str = "") -> Job:
        """Puts a job in the queue and returns it at once; one without an open file has ended already."""
        job = Job(job_id or self.jobs.new_id(), kind, list(files), tuple(reread))
        if files and not any(each.state in OPEN_FILE_STATES or each.state is FileState.GONE for each in files):
            job.state = JobState.DONE
        self.jobs.add(job)
        self.start()
        return job

    def again(self, job: Job) -> None:
        """Puts an ended job in the queue once more: what was not finished, and what failed, is tried again."""
        with self.jobs.changing(job):
            for each in job.files:
                if each.state in (FileState.FAILED, FileState.CANCELLED):
                    each.state, each.messages = FileState.WAITING, ()
            job.reread = tuple(
                dict.fromkeys((*job.reread, *(each.path for each in job.files if each.state in OPEN_FILE_STATES)))
            )
            job.state, job.message, job.hint, job.cancelled = JobState.WAITING, "", "", False
        self.start()

    def cancel(self, job: Job) -> None:
        """Stops a job: at once when it waits, after the file or vector at hand when it runs. An ended job stays as it is."""
        with self.jobs.changing(job):
            job.cancelled = True
            if job.state is JobState.WAITING:
                self._end(job, JobState.CANCELLED)

    def start(self) -> None:
        """Makes sure that the thread runs."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._stop.clear()
                self._thread = threading.Thread(target=self._run, name="indexing", daemon=True)
                self._thread.start()

    def ask_to_stop(self) -> None:
        """Has the running job end after what it has in hand, and waits for nothing."""
        self._stop.set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Ends the thread after what it has in hand; what is unfinished goes on with the next update."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    # ------------------------------------------------------------------------------------------------- in the thread

    def _run(self) -> None:
        while not self._stop.is_set():
            job = self.jobs.next_waiting(self._idle_s)
            if job is not None:
                self._work(job)
                continue
            with self._starting:  # a job that comes now finds no thread and starts another one
                if self.jobs.next_waiting(0) is None:
                    self._thread = None
                    return

    def _work(self, job: Job) -> None:
        with self.jobs.changing(job):
            job.state, job.stage = JobState.RUNNING, "prepare"
        try:
            self._build(job)
            self._settle(job)
        except Stopped:
            with self.jobs.changing(job):
                self._end(job, JobState.CANCELLED)
        except QaError as error:
            self._fail(job, f"{error.message}（{error.reason}）" if error.reason else error.message, error.hint)
        except Exception as error:  # a bug of ours must not end the worker
            LOG.error("indexing job %s failed", job.id, exc_info=error)
            self._fail(job, "程序出错了", "重试；若仍出错，请把运行窗口里的记录发给维护者")

    def _build(self, job: Job) -> None:
        while True:
            try:
                self._update(job.reread, lambda event: self._note(job, event), lambda text: self._say(job, text))
                return
            except IndexBusyError as error:
                self._say(job, f"{error.message}，等它结束")
                self._stop.wait(BUSY_RETRY_S)
                self._check(job)

    def _check(self, job: Job) -> None:
        if job.cancelled or self._stop.is_set():
            raise Stopped

    def _say(self, job: Job, text: str) -> None:
        with self.jobs.changing(job):
            job.message = text

    def _note(self, job: Job, event: BuildEvent) -> None:
        self._check(job)
        with self.jobs.changing(job):
            pages = f"{event.path} 第 {event.pages[0]}/{event.pages[1]} 页" if event.pages else ""
            job.stage, job.done, job.total, job.message = event.stage, event.done, event.total, pages
            if event.stage == "embed" and event.done >= event.total:
                job.stage = "publish"
            file = next((each for each in job.files if each.path == event.path), None)
            if file is None or file.state not in OPEN_FILE_STATES:
                return
            if event.result is None:
                file.state = FileState.READING
            else:
                failed = event.result.status is DocumentStatus.FAILED
                file.state = FileState.FAILED if failed else FileState.EMBEDDING
                file.messages, file.passages = event.result.messages, event.result.passages
                file.document_id = event.result.document_id

    def _settle(self, job: Job) -> None:
        """Tells each file's end from what the published index holds; what came too late for the build gets one of its own."""
        published = {each.path: each for each in self._summaries()}
        with self.jobs.changing(job):
            again = False
            for file in job.files:
                late, file.late = file.late, False
                if late and file.state in OPEN_FILE_STATES:
                    again = True
                    continue
                found = published.get(file.path)
                if found is not None and (file.state in OPEN_FILE_STATES or file.state is FileState.FAILED):
                    file.state, file.messages = _RESULTS[found.status], found.warnings
                    file.passages, file.document_id = found.passages, found.id
                elif found is None and file.state in OPEN_FILE_STATES:
                    file.state, file.messages = FileState.FAILED, ("文件已不在资料文件夹里",)
            if again:
                job.state, job.stage = JobState.WAITING, ""
            else:
                self._end(job, JobState.DONE)

    def _fail(self, job: Job, message: str, hint: str) -> None:
        with self.jobs.changing(job):
            job.message, job.hint = message, hint
            self._end(job, JobState.FAILED)

    @staticmethod
    def _end(job: Job, state: JobState) -> None:
        job.state, job.stage = state, ""
        if state is JobState.DONE:
            job.message = ""
            return
        for file in job.files:
            if file.state in OPEN_FILE_STATES:
                file.state = FileState.CANCELLED
                file.messages = ("已存入资料文件夹，还没有读入；重试或更新索引时继续",)
