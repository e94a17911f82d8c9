"""What the library screen and the API do to the corpus: files in and out, cards corrected, the index brought up to date."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from qa.errors import ConflictError, DocumentError, NotFoundError, QaError
from qa.indexing.build import Notify
from qa.indexing.intake import Intake, OnConflict, Placed, Placement
from qa.indexing.jobs import FileState, Job, JobFile, JobKind, JobState
from qa.indexing.plan import RememberedDigests
from qa.indexing.removal import REMOVED, inside, restore, set_aside
from qa.indexing.worker import IndexingWorker, Update
from qa.reading.correction import Correction, Value, card_values, correction_paths, read_correction, written
from qa.reading.document_id import document_id
from qa.records import CARD_FIELDS, AuditAction, DocumentSummary
from qa.settings import Settings
from qa.web.auditing import Auditor
from qa.web.gate import Gate
from qa.web.library_upload import ReceivedFile, Upload

_OPENING_S = 30.0

_PLACED_STATES = {
    Placement.ADDED: (FileState.WAITING, ()),
    Placement.REPLACED: (FileState.WAITING, ("旧的一份已移走，可在“已移走”里放回",)),
    Placement.SAME: (FileState.SAME, ("资料库里已有一模一样的文件",)),
    Placement.SKIPPED: (FileState.SAME, ("已有同名文件，没有改动",)),
    Placement.CONFLICT: (FileState.CONFLICT, ("资料库里已有同名文件，内容不同",)),
}


_OUTCOMES = {FileState.REFUSED: "没有收下", FileState.CONFLICT: "同名，等待决定", FileState.SAME: "已有，没有改动"}


class LibraryDesk:
    """One a server. Every method that changes something returns the job in which the index follows."""

    def __init__(self, settings: Settings, gate: Gate, update: Update | None, auditor: Auditor) -> None:
        self.settings = settings
        self.intake = Intake(settings.corpus)
        self.worker = IndexingWorker(update or self._update, self._published)
        self._gate = gate
        self._auditor = auditor
        self._digests = RememberedDigests()
        with suppress(OSError):
            self.intake.clear_left_behind()

    # ----------------------------------------------------------------------------------------------------- looking

    def job(self, job_id: str) -> Job:
        """Raises :class:`NotFoundError` for a job of an earlier process."""
        job = self.worker.jobs.get(job_id)
        if job is None:
            raise NotFoundError(
                f"没有任务 {job_id}", reason="编号有误，或程序重新启动过", hint="回到资料库页面；文件都在，可更新索引"
            )
        return job

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """The library as it answers now; empty before the first index."""
        try:
            return self._gate.assistant().summaries()
        except QaError as error:
            if error.code == "index_missing":
                return ()
            raise

    def summary(self, identity: str) -> DocumentSummary:
        """Raises :class:`NotFoundError`."""
        for each in self.summaries():
            if each.id == identity:
                return each
        raise NotFoundError(f"没有文档 {identity}", reason="编号有误，或已移走", hint="在资料库页面查看全部文档")

    def pending(self) -> list[str]:
        """What of the folder is not in the index yet; empty where the folder cannot be looked at."""
        from qa.bootstrap import pending_changes

        try:
            return pending_changes(self.settings, self._digests)
        except QaError:
            return []

    # ---------------------------------------------------------------------------------------------------- changing

    def take_in(self, upload: Upload, batch: str) -> Job:
        """Gives the received files their names and reads them."""
        self.settings.corpus.mkdir(parents=True, exist_ok=True)
        files = [self._place(each, upload.on_conflict) for each in upload.files]
        self._unhide(files)
        for file in files:
            self._note_placed(file)
        if not any(each.state is FileState.CONFLICT for each in files):
            self.intake.discard(batch)
        return self.worker.submit(JobKind.UPLOAD, files, job_id=batch)

    def decide(self, job: Job, number: int, on_conflict: OnConflict) -> Job:
        """Ends a conflict: ``number`` counts the job's files from 0. Raises :class:`ConflictError` when it has ended already."""
        with self.worker.jobs.changing(job):
            file = job.files[number] if 0 <= number < len(job.files) else None
            if file is None or file.state is not FileState.CONFLICT or file.received is None:
                raise ConflictError("这一项已经处理过", reason="可能在另一个窗口里按过了", hint="刷新本页")
            placed = self.intake.place(file.received, file.path, on_conflict)
            job.files[number] = _placed_file(placed, file.size_bytes)
            job.files[number].late = job.state is JobState.RUNNING
            self._note_placed(job.files[number])
        if not job.undecided:
            self.intake.discard(job.id)
        if job.files[number].state is FileState.WAITING and job.ended:
            self.worker.again(job)
        return job

    def remove(self, identity: str) -> Job:
        """Sets a document's file aside. It vanishes from every answer at once, from the index a moment later."""
        summary = self.summary(identity)
        kept = set_aside(self.settings.corpus, summary.path).relative_to(self.settings.corpus / REMOVED).as_posix()
        self._auditor.note(AuditAction.REMOVE, summary.path)
        self._gate.assistant().hide([identity])
        return self.worker.submit(JobKind.REMOVE, [JobFile(summary.path, FileState.GONE, kept=kept)])

    def restore(self, kept: str) -> Job:
        """Puts a file back. Raises as :func:`qa.indexing.removal.restore` does."""
        path = restore(self.settings.corpus, kept)
        self._auditor.note(AuditAction.RESTORE, path)
        files = [JobFile(path)]
        self._unhide(files)
        return self.worker.submit(JobKind.RESTORE, files)

    def reread(self, identities: Collection[str]) -> Job:
        """Reads documents again although their files are unchanged."""
        paths = [self.summary(each).path for each in identities]
        return self.worker.submit(JobKind.REREAD, [JobFile(path) for path in paths], reread=paths)

    def update(self) -> Job:
        """Reads what was put into the folder, changed or taken out by hand."""
        return self.worker.submit(JobKind.UPDATE, [])

    def correction(self, summary: DocumentSummary) -> Correction | None:
        """What the card correction beside the document's file says."""
        return read_correction(inside(self.settings.corpus, summary.path))

    def correct(self, identity: str, values: Mapping[str, Value], as_read: Collection[str]) -> Job:
        """Writes the fields that differ from the card into the correction file; those of ``as_read`` are taken out of it.

        Raises :class:`DocumentError` when the file cannot be written.
        """
        summary = self.summary(identity)
        place = inside(self.settings.corpus, summary.path)
        if not place.is_file():
            raise NotFoundError(f"没有文件 {summary.path}", reason="可能已被移走", hint="更新索引后再看")
        before = read_correction(place)
        kept = dict(before.values) if before else {}
        card = card_values(summary.card)
        kept.update({name: value for name, value in values.items() if value != card[name]})
        kept = {name: kept[name] for name in CARD_FIELDS if name in kept and name not in as_read}
        _write_correction(place, kept)
        self._auditor.note(AuditAction.CORRECT, summary.path, "、".join(kept) or "恢复原样")
        return self.worker.submit(JobKind.CORRECT, [JobFile(summary.path)])

    # ---------------------------------------------------------------------------------------------------- the worker

    def _unhide(self, files: Iterable[JobFile]) -> None:
        """A file of the name of a removed one came: it may be seen again."""
        with suppress(QaError):
            self._gate.assistant().unhide([document_id(file.path) for file in files if file.state is FileState.WAITING])

    def _note_placed(self, file: JobFile) -> None:
        outcome = _OUTCOMES.get(file.state, "")
        self._auditor.note(AuditAction.REPLACE if file.kept else AuditAction.UPLOAD, file.path, outcome)

    def _place(self, each: ReceivedFile, on_conflict: OnConflict) -> JobFile:
        if each.error is not None or each.received is None:
            error = each.error or DocumentError(f"{each.name} 没有收完", reason="连接断了", hint="重新上传")
            return JobFile(each.name, FileState.REFUSED, (str(error),), size_bytes=each.size_bytes)
        try:
            return _placed_file(self.intake.place(each.received, each.name, on_conflict), each.size_bytes)
        except QaError as error:
            each.received.unlink(missing_ok=True)
            return JobFile(each.name, FileState.REFUSED, (str(error),), size_bytes=each.size_bytes)

    def _update(self, reread: Collection[str], notify: Notify, status: Callable[[str], None]) -> None:
        from qa.bootstrap import index_corpus

        index_corpus(self.settings, reread=reread, notify=notify, status=status)

    def _published(self) -> Iterable[DocumentSummary]:
        """The library after a build. The first index of all is opened here."""
        deadline = time.monotonic() + _OPENING_S
        while True:
            try:
                return self._gate.assistant().summaries()
            except QaError as error:
                if error.code != "index_missing" or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)  # the gate remembers for a moment that there was none


def _placed_file(placed: Placed, size_bytes: int) -> JobFile:
    state, messages = _PLACED_STATES[placed.placement]
    return JobFile(placed.path, state, messages, size_bytes=size_bytes, received=placed.waiting, kept=placed.kept)


def _write_correction(document: Path, values: Mapping[str, Value]) -> None:
    """One correction file beside the document, or none when nothing is corrected; never half of one."""
    own, by_stem = correction_paths(document)
    try:
        if not values:
            own.unlink(missing_ok=True)
            by_stem.unlink(missing_ok=True)
            return
        partial = document.with_name(f".{own.name}.part")
        partial.write_text(written(values), "utf-8")
        partial.replace(own)
    except OSError as error:
        raise DocumentError(
            f"{own.name} 写不进去", reason=error.strerror or str(error), hint="检查资料文件夹的写权限和磁盘"
        ) from error
