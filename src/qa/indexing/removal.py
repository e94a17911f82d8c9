"""Taking a document out of the corpus without losing the file, and putting it back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from qa.errors import DocumentError, NotFoundError
from qa.reading.correction import SUFFIX, correction_paths
from qa.reading.loaders.archive import archive_of

REMOVED = ".removed"


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A file set aside. ``kept`` is its path below ``corpus/.removed``, which is where it goes back to in the corpus."""

    kept: str
    removed_at: datetime
    size_bytes: int


def set_aside(corpus: Path, path: str) -> Path:
    """Moves ``corpus/path`` below ``corpus/.removed`` (which is not scanned) and returns where it is now.

    Its card correction goes with it. An earlier file of the same name there is kept: the new one gets a number. A symbolic link
    is moved itself, not what it points to. Raises :class:`NotFoundError` when the file is not there and :class:`DocumentError`
    when it cannot be moved.
    """
    source = inside(corpus, path)
    if (place := archive_of(source)) is not None:
        archive = place[0].name
        raise DocumentError(
            f"{path} 不能单独移走", reason=f"它在压缩包 {archive} 里", hint=f"移走整个 {archive}，或重新压缩后替换"
        )
    if not source.is_file() and not source.is_symlink():
        raise NotFoundError(f"没有文件 {path}", reason="可能已被移走", hint="更新索引后再看")
    target = _free(corpus / REMOVED / path)
    _move(source, target)
    if not any(_shares_stem(source, each) for each in _siblings(source)):
        for old, new in zip(correction_paths(source), correction_paths(target), strict=True):
            if old.is_file():
                _move(old, new)
    elif (own := correction_paths(source)[0]).is_file():
        _move(own, correction_paths(target)[0])
    os.utime(target.parent)
    return target


def restore(corpus: Path, kept: str) -> str:
    """Puts a file set aside back to where it was and returns its path in the corpus.

    Raises :class:`NotFoundError` when it is not kept any more, :class:`DocumentError` when another file has its name by now.
    """
    source = inside(corpus / REMOVED, kept)
    if not source.is_file():
        raise NotFoundError(f"没有移走的文件 {kept}", reason="可能已放回或删掉", hint="刷新资料库页面")
    path = PurePosixPath(kept).as_posix()
    target = inside(corpus, path)
    if target.exists() or target.is_symlink():
        raise DocumentError(f"{path} 无法放回", reason="资料库里已有同名文件", hint="先移走或改名那一份，再放回")
    _move(source, target)
    for old, new in zip(correction_paths(source), correction_paths(target), strict=True):
        if old.is_file() and not new.exists():
            _move(old, new)
    return path


def removed_files(corpus: Path) -> list[RemovedFile]:
    """What is kept below ``corpus/.removed``, the latest first."""
    root = corpus / REMOVED
    found = []
    for path in root.rglob("*") if root.is_dir() and not root.is_symlink() else ():
        if path.is_file() and not path.name.endswith(SUFFIX):
            status = path.lstat()
            moved_at = datetime.fromtimestamp(status.st_ctime, UTC)  # a rename changes it, reading does not
            found.append(RemovedFile(path.relative_to(root).as_posix(), moved_at, status.st_size))
    return sorted(found, key=lambda each: (each.removed_at, each.kept), reverse=True)


def inside(root: Path, path: str) -> Path:
    """``root/path``. Raises :class:`NotFoundError` for a path that leads out of ``root``."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\x00" in path:
        raise NotFoundError(f"没有文件 {path}", reason="路径不在资料文件夹内", hint="从资料库页面操作")
    place = root.joinpath(*parts)
    if not place.parent.resolve().is_relative_to(root.resolve()):
        raise NotFoundError(f"没有文件 {path}", reason="路径经由链接指向资料文件夹之外", hint="直接在那个文件夹里操作")
    return place


def _free(target: Path) -> Path:
    stem, number = target.stem, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = target.with_name(f"{stem} ({number}){target.suffix}")
    return target


def _siblings(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each != path and not each.name.endswith(SUFFIX)]


def _shares_stem(path: Path, other: Path) -> bool:
    return path.stem == other.stem


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise DocumentError(
            f"无法移动 {source.name}", reason=error.strerror or str(error), hint="检查文件夹权限"
        ) from error
