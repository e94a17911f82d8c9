"""The folder ``index/``: numbered generations, each complete and never changed, and one staging place.

::

    index/generations/00000007/library.sqlite   documents, passages, terms, embeddings
                               vectors.faiss
                               manifest.json    format, model, analyzer, counts, kind of vectors, bytes and sha256 of the other two, own checksum
    index/staging/                              the next generation while it is made
    index/lock                                  held by the one writer

The newest generation is the one with the highest number: a finished staging folder becomes it by one rename, so readers see the
old one or the new one, never a mixture. The one before it is kept for readers that still use it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qa.errors import IndexBusyError, IndexDamagedError, IndexError_

FORMAT = 1
LIBRARY = "library.sqlite"
VECTORS = "vectors.faiss"
MANIFEST = "manifest.json"
REBUILD = "运行 qa index --rebuild 重建；资料文件不受影响"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index was made with. Another model, analyzer or reading version means other contents."""

    model: str
    model_fingerprint: str
    analyzer_fingerprint: str
    reading_version: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's description; ``corpus_hash`` covers every file's path and sha256.

    ``vectors`` is the kind (:class:`qa.adapters.vector_policy.VectorKind`) of its vector file; empty where there is none, or where
    an older program made it.
    """

    recipe: Recipe
    documents: int
    passages: int
    corpus_hash: str
    files: tuple[tuple[str, int, str], ...]  # (name, bytes, sha256)
    format: int = FORMAT
    vectors: str = ""


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Generations:
    """The generations below one index folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.staging = root / "staging"
        self._folder = root / "generations"

    # ------------------------------------------------------------------------------------------------------- reading

    def newest(self) -> Path | None:
        """The newest generation's folder, or ``None`` when nothing has been published."""
        return next(iter(self.all()), None)

    def all(self) -> list[Path]:
        """The generations' folders, the newest first."""
        with suppress(FileNotFoundError, NotADirectoryError):
            numbered = [name for name in os.listdir(self._folder) if name.isdigit()]
            return [self._folder / name for name in sorted(numbered, reverse=True)]
        return []

    def sound_base(self) -> Path | None:
        """The newest generation whose library file and manifest are as they were written; ``None`` when there is none."""
        for generation in self.all():
            try:
                sums = {name: digest for name, _, digest in read_manifest(generation).files}
                if sha256_of(generation / LIBRARY) == sums.get(LIBRARY):
                    return generation
            except (IndexDamagedError, OSError):
                continue
        return None

    def check(self, generation: Path) -> Manifest:
        """The manifest, after every file's size and checksum were compared. Raises :class:`IndexDamagedError` naming the file."""
        manifest = read_manifest(generation)
        for name, size, digest in manifest.files:
            path = generation / name
            if not path.is_file():
                raise IndexDamagedError(f"索引文件 {name} 不见了", reason=f"{generation.name} 中没有它", hint=REBUILD)
            if path.stat().st_size != size:
                raise IndexDamagedError(
                    f"索引文件 {name} 已损坏", reason=f"应有 {size} 字节，实有 {path.stat().st_size}", hint=REBUILD
                )
            if sha256_of(path) != digest:
                raise IndexDamagedError(f"索引文件 {name} 已损坏", reason="校验和不符", hint=REBUILD)
        return manifest

    # ------------------------------------------------------------------------------------------------------- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the writer's lock. Raises :class:`IndexBusyError` when another process has it."""
        import fcntl

        with named_failures(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            lock = (self.root / "lock").open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise IndexBusyError(
                    f"索引 {self.root} 正由另一个进程建立", reason="写锁被占用", hint="等它结束后再试"
                ) from error
            yield

    def publish(self, manifest: Manifest) -> Path:
        """Makes the staging folder the newest generation and removes all but it and the one before."""
        with named_failures(self.root):
            write_manifest(self.staging, manifest)
            for name in (*(file[0] for file in manifest.files), MANIFEST):
                _sync(self.staging / name)
            _sync(self.staging)
            self._folder.mkdir(exist_ok=True)
            newest = self.newest()
            target = self._folder / f"{int(newest.name) + 1 if newest else 1:08d}"
            self.staging.rename(target)
            _sync(self._folder)
        for name in sorted(os.listdir(self._folder))[:-2]:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        return target

    def clear_staging(self) -> None:
        with named_failures(self.root):
            if self.staging.exists():
                shutil.rmtree(self.staging)


def read_manifest(generation: Path) -> Manifest:
    """Raises :class:`IndexDamagedError` when it is missing, unreadable or of a newer format."""
    try:
        values: dict[str, Any] = json.loads((generation / MANIFEST).read_text("utf-8"))
        if values.pop("sum", None) not in (None, _sum(values)):  # None: written before manifests had one
            raise IndexDamagedError(f"索引清单 {generation.name}/{MANIFEST} 已损坏", reason="校验和不符", hint=REBUILD)
        if values["format"] != FORMAT:
            raise IndexDamagedError(
                f"索引格式 {values['format']} 与本程序不符", reason=f"本程序用格式 {FORMAT}", hint=REBUILD
            )
        return Manifest(
            recipe=Recipe(**values["recipe"]),
            documents=int(values["documents"]),
            passages=int(values["passages"]),
            corpus_hash=str(values["corpus_hash"]),
            files=tuple((str(name), int(size), str(digest)) for name, size, digest in values["files"]),
            vectors=str(values.get("vectors", "")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(
            f"索引清单 {generation.name}/{MANIFEST} 无法读取", reason=f"{type(error).__name__}: {error}", hint=REBUILD
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    values = json.loads(json.dumps(asdict(manifest)))
    text = json.dumps({**values, "sum": _sum(values)}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text, "utf-8")


def _sum(values: dict[str, Any]) -> str:
    """sha256 over what a manifest says, whatever its layout."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@contextmanager
def named_failures(folder: Path) -> Iterator[None]:
    """Turns "disk full" and "no permission" into errors that say what to do; what was published stays untouched."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise IndexError_(
                f"磁盘已满，无法写入 {folder}",
                reason="没有剩余空间",
                hint="腾出空间后再运行 qa index；已有索引未受影响",
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise IndexError_(
                f"无权写入索引文件夹 {folder}",
                reason=error.strerror or "没有写权限",
                hint="改正文件夹权限，或用 --index 指定另一处",
            ) from error
        raise IndexError_(
            f"无法写入索引文件夹 {folder}",
            reason=error.strerror or str(error),
            hint="检查路径与磁盘，或用 --index 指定另一处",
        ) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
