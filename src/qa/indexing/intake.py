"""Taking files into the corpus: written beside it first, durable before they get their name, never over another file unasked.

::

    corpus/.uploading/<batch>/<n>.part   what is being received; a cut-off upload is deleted again
    corpus/.uploading/<batch>/<n>        complete, waiting for a decision because the name is taken
    corpus/<name>                        placed by one rename
"""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from qa.errors import DocumentError, StorageFullError, UsageError
from qa.indexing.plan import digest
from qa.indexing.removal import REMOVED, set_aside
from qa.indexing.scan import DICTIONARY, is_temporary
from qa.reading import SUPPORTED_SUFFIXES
from qa.reading.correction import SUFFIX as CORRECTION_SUFFIX

UPLOADING = ".uploading"
MAX_NAME_BYTES = 200  # of the 255 that file systems allow: room for a number and ".card.toml"
LEFT_BEHIND_S = 24 * 3600
_FORMAT_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_KEPT_FORMAT = frozenset("\u200d\ufe0f")  # hold emoji together


class OnConflict(StrEnum):
    """What to do when the corpus already has a file of the name."""

    ASK = "ask"
    REPLACE = "replace"  # the old one is kept below corpus/.removed
    KEEP_BOTH = "keep_both"  # the new one gets a number
    SKIP = "skip"


class Placement(StrEnum):
    """How placing a file ended."""

    ADDED = "added"
    REPLACED = "replaced"
    SAME = "same"  # the corpus already has these bytes under this name
    CONFLICT = "conflict"  # waits for a decision
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a received file is: ``path`` in the corpus (wanted, for a conflict); ``waiting`` the file that waits for a decision."""

    placement: Placement
    path: str
    waiting: Path | None = None
    kept: str = ""  # where the replaced file is, below corpus/.removed


def safe_name(name: str) -> str:
    """The name under which a file is kept: without folders and control characters, in Unicode NFC; emoji and spaces stay.

    Raises :class:`UsageError` naming the file when it cannot be a document: no name, a hidden or temporary file, a format that
    is not read, our own files, too long.
    """
    plain = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    kept = "".join(
        each for each in plain if each in _KEPT_FORMAT or unicodedata.category(each) not in _FORMAT_CATEGORIES
    ).strip()
    shown = kept[:60] or "（没有名字的文件）"
    if not kept.strip(". ") or kept in (".", ".."):
        raise UsageError(f"{shown} 没有可用的文件名", reason="名字是空的", hint="改名后再上传")
    if kept.endswith(CORRECTION_SUFFIX) or kept == DICTIONARY:
        raise UsageError(f"{shown} 不是文档", reason="这是引证自己的文件", hint="直接放进资料文件夹，或用“更正信息”")
    if is_temporary(kept):
        raise UsageError(f"{shown} 不能上传", reason="这是隐藏文件或临时文件", hint="上传原文件")
    suffix = PurePosixPath(kept).suffix.lower()
    if suffix not in SUPPORTED_SUFFIXES:
        reason = f"扩展名是 {suffix}" if suffix else "没有扩展名"
        raise UsageError(f"{shown} 的格式不支持", reason=reason, hint=f"支持：{'、'.join(SUPPORTED_SUFFIXES)}")
    if len(kept.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        raise UsageError(f"{shown}… 名字太长", reason=f"超过 {MAX_NAME_BYTES} 字节", hint="改短后再上传")
    return kept


class Intake:
    """The door of one corpus folder. Thread-safe; placing is done one file at a time."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self._root = corpus / UPLOADING
        self._lock = threading.Lock()

    def receive(self, batch: str, number: int) -> Receiving:
        """A place to write a file to. Raises :class:`StorageFullError` or :class:`DocumentError`."""
        with named_failures("上传的文件"):
            folder = self._root / batch
            if self._root.is_symlink():
                raise DocumentError(f"{UPLOADING} 是一个链接", reason="上传的文件会写到别处", hint="删掉这个链接再试")
            folder.mkdir(parents=True, exist_ok=True)
            return Receiving(folder / str(number))

    def place(self, received: Path, name: str, on_conflict: OnConflict) -> Placed:
        """Gives a complete file its name in the corpus; ``name`` comes from :func:`safe_name`.

        Raises :class:`StorageFullError` or :class:`DocumentError`; the received file then stays where it is.
        """
        with self._lock, named_failures(name):
            target = self.corpus / name
            if not (target.exists() or target.is_symlink()):
                return self._rename(received, name, Placement.ADDED)
            if target.is_file() and digest(target) == digest(received):
                received.unlink()
                return Placed(Placement.SAME, name)
            if on_conflict is OnConflict.ASK:
                return Placed(Placement.CONFLICT, name, waiting=received)
            if on_conflict is OnConflict.SKIP:
                received.unlink()
                return Placed(Placement.SKIPPED, name)
            if on_conflict is OnConflict.KEEP_BOTH or target.is_dir():
                return self._rename(received, self._free(name), Placement.ADDED)
            kept = set_aside(self.corpus, name)  # with its card correction: that was made for the old words
            self._rename(received, name, Placement.REPLACED)
            return Placed(Placement.REPLACED, name, kept=kept.relative_to(self.corpus / REMOVED).as_posix())

    def discard(self, batch: str) -> None:
        """Deletes what a batch received and did not place."""
        shutil.rmtree(self._root / batch, ignore_errors=True)

    def clear_left_behind(self, older_than_s: float = LEFT_BEHIND_S) -> None:
        """Deletes what an ended process received and never placed."""
        if self._root.is_symlink() or not self._root.is_dir():
            return
        for folder in self._root.iterdir():
            if folder.is_dir() and time.time() - folder.stat().st_mtime > older_than_s:
                shutil.rmtree(folder, ignore_errors=True)

    def _rename(self, received: Path, name: str, placement: Placement) -> Placed:
        received.rename(self.corpus / name)
        _sync_folder(self.corpus)
        return Placed(placement, name)

    def _free(self, name: str) -> str:
        path, number = PurePosixPath(name), 2
        while (self.corpus / f"{path.stem} ({number}){path.suffix}").exists():
            number += 1
        return f"{path.stem} ({number}){path.suffix}"


class Receiving:
    """A file while it is received. ``finish`` makes it durable; leaving without it deletes what came."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size_bytes = 0
        self._partial = path.with_name(f"{path.name}.part")
        self._file: BinaryIO | None = self._partial.open("wb")

    def write(self, data: bytes) -> None:
        assert self._file is not None
        with named_failures("上传的文件"):
            self._file.write(data)
        self.size_bytes += len(data)

    def finish(self) -> Path:
        """The complete file, synced to disk."""
        assert self._file is not None
        with named_failures("上传的文件"):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            self._partial.rename(self.path)
        return self.path

    def abandon(self) -> None:
        """Deletes what came; harmless after :meth:`finish`."""
        if self._file is not None:
            with suppress(OSError):  # what could not be flushed is thrown away anyway
                self._file.close()
            self._file = None
        self._partial.unlink(missing_ok=True)


@contextmanager
def named_failures(name: str) -> Iterator[None]:
    """Turns "disk full" and "no permission" into errors that say what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFullError(
                f"磁盘已满，{name} 没有存下", reason="没有剩余空间", hint="腾出空间后重新上传；已存下的文件不受影响"
            ) from error
        raise DocumentError(
            f"{name} 没有存下", reason=error.strerror or str(error), hint="检查资料文件夹的写权限和磁盘"
        ) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
