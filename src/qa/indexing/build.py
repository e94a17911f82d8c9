"""The corpus folder → the next generation of the index. Only new and changed files are read, only new passages embedded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import DocumentError
from qa.indexing.duplicates import find_duplicates, sketch
from qa.indexing.plan import FileToRead, Plan, plan
from qa.indexing.quality import watched
from qa.ports import Embedder, LibraryWriter, Progress
from qa.reading.correction import corrected, read_correction
from qa.reading.loaders.isolated import PARSING
from qa.records import Document, DocumentStatus, Passage

LOG = logging.getLogger(__name__)
PAGE_NOTICE_S = 0.5  # a long file tells of its pages that often
EMBEDDING_BATCH = 64  # texts whose vectors are made durable together

Read = Callable[[Path, Path], Document]
"""(file, corpus folder) → document; raises DocumentError."""

Split = Callable[[Document], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class BuildEvent:
    """Progress: ``stage`` is "read" or "embed" (of a vector store, "store"); ``done`` of ``total``.

    ``path`` is the file at hand (stage "read"); with ``result`` set it is the file that was just finished, and the words in it
    are durable. ``pages`` is how far a long file is read: (pages done, pages in all).
    """

    stage: str
    done: int
    total: int
    path: str = ""
    result: FileResult | None = None
    pages: tuple[int, int] | None = None


Notify = Callable[[BuildEvent], None]


@dataclass(frozen=True, slots=True)
class FileResult:
    """How reading one file ended. ``status`` of a file that cannot be read is failed, and ``messages`` say why."""

    path: str
    status: DocumentStatus
    messages: tuple[str, ...]
    passages: int
    document_id: str = ""


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
    moved: int = 0  # renamed: neither read nor embedded again
    duplicates: int = 0  # documents that (nearly) repeat another one


def build(
    corpus: Path,
    writer: LibraryWriter,
    embedder: Embedder,
    read: Read,
    split: Split,
    notify: Notify = lambda _: None,
    *,
    reread: Collection[str] = (),
) -> BuildReport:
    """Brings ``writer`` up to date with ``corpus`` and publishes it; the files of ``reread`` are read even if unchanged.

    Whatever stops it (an exception from ``notify``, Ctrl-C, a kill) leaves the published index as it is and the finished files
    in ``writer``, where the next build goes on.
    """
    begun = time.monotonic()
    todo = plan(corpus, writer.known(), reread)
    _drop_and_move(todo, writer)
    problems = []
    for number, each in enumerate(todo.changed):
        notify(BuildEvent("read", number, len(todo.changed), each.file.path))
        with _told_of_pages(notify, BuildEvent("read", number, len(todo.changed), each.file.path)):
            result = _take_in(each, corpus, writer, read, split)
        if result.status is not DocumentStatus.READ:
            problems.append(FileProblem(result.path, result.status, result.messages))
        notify(BuildEvent("read", number + 1, len(todo.changed), each.file.path, result))
    embedded = _embed(writer, embedder, notify)
    passages = writer.passage_count()
    summaries = writer.summaries()
    duplicates = find_duplicates(summaries, writer.sketches())
    writer.put_duplicates(duplicates)
    return BuildReport(
        read=len(todo.changed) - sum(problem.status is DocumentStatus.FAILED for problem in problems),
        unchanged=todo.unchanged,
        removed=len(todo.gone),
        failed=sum(summary.status is DocumentStatus.FAILED for summary in summaries),
        passages=passages,
        embedded=embedded,
        split=embedder.split_count,
        generation=writer.publish(),
        seconds=time.monotonic() - begun,
        problems=tuple(problems),
        moved=len(todo.moved),
        duplicates=len(duplicates),
    )


@contextmanager
def _told_of_pages(notify: Notify, event: BuildEvent) -> Iterator[None]:
    """While a file is read, tells how many of its pages are, now and then; what ``notify`` raises stops the reading there."""
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= PAGE_NOTICE_S:
            told = time.monotonic()
            notify(replace(event, pages=(done, total)))

    PARSING.page_progress = progress
    try:
        yield
    finally:
        PARSING.page_progress = None


def _drop_and_move(todo: Plan, writer: LibraryWriter) -> None:
    for path in todo.gone:
        writer.remove(path)
    # A marked id goes before a plain one is taken over: two names of one Unicode form may change places.
    for path, file in sorted(todo.moved, key=lambda pair: "%" not in pair[1].document_id):
        writer.move(path, file.path, file.document_id)


def _take_in(each: FileToRead, corpus: Path, writer: LibraryWriter, read: Read, split: Split) -> FileResult:
    """Reads one file and makes it durable; a file that cannot be read is kept with the reason."""
    passages: Sequence[Passage] = ()
    try:
        document = replace(read(each.file.location, corpus), id=each.file.document_id)
        document = corrected(document, read_correction(each.file.location))
        passages = split(document)
        document = watched(document, passages)
    except DocumentError as error:
        document, passages = _failed(each, str(error)), ()
    except Exception as error:  # a bug in one format must not keep the other files out
        LOG.error("reading %s failed", each.file.path, exc_info=error)
        reason = f"程序出错（{type(error).__name__}: {error}）"[:300]
        hint = "请把这份文件和运行窗口里的记录发给维护者；其余文件不受影响"
        document, passages = _failed(each, f"{each.file.path} 没有读成；原因：{reason}；下一步：{hint}"), ()
    writer.put(document, passages, correction=each.correction, sketch=sketch(document.text))
    return FileResult(document.path, document.status, document.warnings, len(passages), document.id)


def _failed(each: FileToRead, reason: str) -> Document:
    return Document(
        id=each.file.document_id,
        path=each.file.path,
        sha256=each.sha256,
        text="",
        status=DocumentStatus.FAILED,
        warnings=(reason,),
    )


def _embed(writer: LibraryWriter, embedder: Embedder, notify: Notify) -> int:
    waiting = sorted(writer.unembedded(), key=lambda each: len(each[1]))  # like lengths together: less padding
    for first in range(0, len(waiting), EMBEDDING_BATCH):
        notify(BuildEvent("embed", first, len(waiting)))
        part = waiting[first : first + EMBEDDING_BATCH]
        vectors = embedder.embed_documents([text for _, text in part], _shifted(notify, first, len(waiting)))
        writer.put_embeddings([digest for digest, _ in part], vectors)
    notify(BuildEvent("embed", len(waiting), len(waiting)))
    return len(waiting)


def _shifted(notify: Notify, first: int, total: int) -> Progress:
    """Progress inside a batch that begins at ``first``; the batch's end is told when it is durable."""

    def progress(done: int, batch: int) -> None:
        if done < batch:
            notify(BuildEvent("embed", first + done, total))

    return progress
