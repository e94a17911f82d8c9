"""What differs between the corpus folder and what the index knows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qa.errors import DocumentError
from qa.indexing.scan import CorpusFile, corpus_files, lone_corrections
from qa.ports import KnownFile
from qa.reading.correction import correction_hash
from qa.reading.loaders.archive import archive_of, member_bytes
from qa.records import DocumentStatus


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A new or changed file. ``sha256`` is empty when it cannot be read; ``correction`` is that of its card correction."""

    file: CorpusFile
    sha256: str
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done. ``moved`` are (path before, file now): the same bytes under another name, not to be read again."""

    changed: tuple[FileToRead, ...]
    moved: tuple[tuple[str, CorpusFile], ...]
    unchanged: int
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.moved or self.gone)


def plan(
    corpus: Path, known: Mapping[str, KnownFile], reread: Collection[str] = (), hash_file: HashFile | None = None
) -> Plan:
    """Compares by content. A file that failed with the same bytes is not tried again unless ``reread`` holds its path."""
    hash_file = hash_file or digest
    files = corpus_files(corpus)
    changed: list[FileToRead] = []
    moved: list[tuple[str, CorpusFile]] = []
    present = {file.path for file in files}
    vanished = _by_content({path: each for path, each in known.items() if path not in present})
    for file in files:
        found = FileToRead(file, hash_file(file.location), correction_hash(file.location))
        before = known.get(file.path)
        if not found.sha256 or file.path in reread:
            changed.append(found)
        elif before is not None and (before.sha256, before.correction) == (found.sha256, found.correction):
            if before.document_id not in ("", file.document_id):
                moved.append((file.path, file))
        elif before is None and (sources := vanished.get(_content(file.path, found.sha256, found.correction))):
            moved.append((sources.pop(0), file))
        else:
            changed.append(found)
    taken = {source for source, _ in moved}
    gone = tuple(sorted(set(known) - present - taken))
    return Plan(tuple(changed), tuple(moved), len(files) - len(changed) - len(moved), gone)


def differences(corpus: Path, known: Mapping[str, KnownFile], hash_file: HashFile | None = None) -> list[str]:
    """What the next build would change, each in one Chinese line; and card corrections without their document.

    A file that could not be opened the last time and cannot now (a dangling link) waits for nothing.
    """
    todo = plan(corpus, known, hash_file=hash_file)
    waiting = [each for each in todo.changed if each.sha256 or not _failed_unread(known.get(each.file.path))]
    found = [f"{each.file.path} 是新增或改动的文件，尚未读入；运行 qa index" for each in waiting]
    found += [f"{source} 已改名为 {file.path}；运行 qa index" for source, file in todo.moved]
    found += [f"{path} 已不在资料文件夹，索引中还有；运行 qa index" for path in todo.gone]
    found += [f"更正文件 {path} 旁边没有它所更正的文档；改名或移走" for path in lone_corrections(corpus)]
    return found


def _failed_unread(before: KnownFile | None) -> bool:
    return before is not None and before.status is DocumentStatus.FAILED and not before.sha256


HashFile = Callable[[Path], str]


class RememberedDigests:
    """:func:`digest` of files that are asked for again and again; a file is hashed anew when size, time or inode differ.

    Good enough to say that something waits to be read; a build always hashes the bytes.
    """

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def __call__(self, path: Path) -> str:
        try:
            place = archive_of(path)
            status = (path if place is None else place[0]).stat()
        except OSError:
            return ""
        stamp = (status.st_size, status.st_mtime_ns, status.st_ino)
        kept = self._known.get(path)
        if kept is None or kept[0] != stamp:
            kept = (stamp, digest(path))
            self._known[path] = kept
        return kept[1]


def digest(path: Path) -> str:
    """sha256 of the file's bytes, on disk or in an archive; empty when it cannot be read."""
    try:
        if (place := archive_of(path)) is not None:
            return hashlib.sha256(member_bytes(*place)).hexdigest()
        if not path.is_file():  # a pipe would be waited for, a device never ends
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, DocumentError):
        return ""


_Content = tuple[str, str, str]


def _content(path: str, sha256: str, correction: str) -> _Content:
    return PurePosixPath(path).suffix.lower(), sha256, correction  # another suffix may mean another way of reading


def _by_content(known: Mapping[str, KnownFile]) -> dict[_Content, list[str]]:
    """Paths whose document can be taken over under another name; a failed file is read again, as its message names it."""
    found: dict[_Content, list[str]] = defaultdict(list)
    for path, each in sorted(known.items()):
        if each.sha256 and each.status is not DocumentStatus.FAILED:
            found[_content(path, each.sha256, each.correction)].append(path)
    return found
