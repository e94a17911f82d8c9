"""The corpus folder → the next generation of the index. Only new and changed files are read, only new passages embedded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import DocumentError
from qa.indexing.scan import CorpusFile, corpus_files
from qa.ports import Embedder, LibraryWriter
from qa.reading.document_id import document_id
from qa.records import Document, DocumentStatus, Passage

EMBEDDING_BATCH = 64  # texts whose vectors are made durable together

Read = Callable[[Path, Path], Document]
"""(file, corpus folder) → document; raises DocumentError."""

Split = Callable[[Document], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class BuildEvent:
    """Progress: ``stage`` is "read" or "embed"; ``done`` of ``total``; ``path`` is the file at hand."""

    stage: str
    done: int
    total: int
    path: str = ""


Notify = Callable[[BuildEvent], None]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that was read with warnings or not at all."""

    path: str
    status: DocumentStatus
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``generation`` is ``None`` when nothing had changed."""

    read: int
    unchanged: int
    removed: int
    failed: int
    passages: int
    embedded: int
    split: int  # texts longer than the model's window, embedded in several windows
    seconds: float
    generation: str | None
    problems: tuple[FileProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs between the corpus folder and what is known."""

    changed: tuple[tuple[CorpusFile, str], ...]  # with the file's sha256, "" when it cannot be read
    unchanged: int
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def plan(corpus: Path, known: dict[str, tuple[str, DocumentStatus]]) -> Plan:
    """Compares by content hash. A file that failed with the same bytes is not tried again."""
    files = corpus_files(corpus)
    changed: list[tuple[CorpusFile, str]] = []
    for file in files:
        digest = _digest(file.location)
        if not digest or file.path not in known or known[file.path][0] != digest:
            changed.append((file, digest))
    present = {file.path for file in files}
    return Plan(tuple(changed), len(files) - len(changed), tuple(sorted(set(known) - present)))


def build(
    corpus: Path, writer: LibraryWriter, embedder: Embedder, read: Read, split: Split, notify: Notify = lambda _: None
) -> BuildReport:
    """Brings ``writer`` up to date with ``corpus`` and publishes it.

    Whatever stops it (an exception from ``notify``, Ctrl-C, a kill) leaves the published index as it is and the finished files
    in ``writer``, where the next build goes on.
    """
    begun = time.monotonic()
    todo = plan(corpus, writer.known())
    for path in todo.gone:
        writer.remove(path)
    problems = []
    for number, (file, digest) in enumerate(todo.changed):
        notify(BuildEvent("read", number, len(todo.changed), file.path))
        document = _read(file, corpus, digest, read)
        writer.put(document, split(document) if document.status is not DocumentStatus.FAILED else ())
        if document.status is not DocumentStatus.READ:
            problems.append(FileProblem(document.path, document.status, document.warnings))
    notify(BuildEvent("read", len(todo.changed), len(todo.changed)))
    embedded = _embed(writer, embedder, notify)
    passages = writer.passage_count()
    failed = sum(status is DocumentStatus.FAILED for _, status in writer.known().values())
    read_now = len(todo.changed) - sum(problem.status is DocumentStatus.FAILED for problem in problems)
    return BuildReport(
        read=read_now,
        unchanged=todo.unchanged,
        removed=len(todo.gone),
        failed=failed,
        passages=passages,
        embedded=embedded,
        split=embedder.split_count,
        generation=writer.publish(),
        seconds=time.monotonic() - begun,
        problems=tuple(problems),
    )


def _embed(writer: LibraryWriter, embedder: Embedder, notify: Notify) -> int:
    waiting = sorted(writer.unembedded(), key=lambda each: len(each[1]))  # like lengths together: less padding
    for first in range(0, len(waiting), EMBEDDING_BATCH):
        notify(BuildEvent("embed", first, len(waiting)))
        part = waiting[first : first + EMBEDDING_BATCH]
        writer.put_embeddings([digest for digest, _ in part], embedder.embed_documents([text for _, text in part]))
    notify(BuildEvent("embed", len(waiting), len(waiting)))
    return len(waiting)


def _read(file: CorpusFile, corpus: Path, digest: str, read: Read) -> Document:
    try:
        return read(file.location, corpus)
    except DocumentError as error:
        return Document(
            id=document_id(file.path),
            path=file.path,
            sha256=digest,
            text="",
            status=DocumentStatus.FAILED,
            warnings=(str(error),),
        )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
