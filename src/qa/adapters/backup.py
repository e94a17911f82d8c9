"""One file with everything: the corpus, what people made, and the newest index; taken while serving, put back checked.

A zip archive::

    manifest.json                   format, and bytes and sha256 of every other member
    corpus/…                        every file of the corpus folder, removed ones (.removed) too
    workspace/…                     drafts, history, feedback; SQLite files as consistent copies
    index/generations/00000007/…    the newest generation, which never changes once published
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from qa.adapters.generations import Generations
from qa.errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
NOTE = "README.md"
PARTS = ("corpus", "workspace", "index")
_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")
_CHUNK_BYTES = 1 << 20

Progress = Callable[[int, int, str], None]
"""(members done, members in all, the member at hand)."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the three parts are on this machine."""

    corpus: Path
    workspace: Path
    index: Path

    def of(self, part: str) -> Path:
        place: Path = getattr(self, part)
        return place


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What an archive holds: files and bytes of each part."""

    path: Path
    files: dict[str, int]
    bytes: int


def back_up(places: Places, target: Path, progress: Progress = lambda *_: None) -> BackupReport:
    """Writes ``target`` (a new file, or one that is replaced when all is written). The server may go on meanwhile.

    Raises :class:`BackupError` when the archive cannot be written, or a file cannot be read or be put back under its name.
    """
    waiting = target.with_name(target.name + ".part")
    records: dict[str, tuple[int, str]] = {}
    _check_names(name for name, _ in _members(places))
    with _named_failures(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(waiting, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
                _put_all(archive, places, records, progress)
                content = {"format": FORMAT, "files": records}
                archive.writestr(MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))
            with waiting.open("rb") as file:
                os.fsync(file.fileno())
            waiting.replace(target)
        finally:
            waiting.unlink(missing_ok=True)
    progress(len(records), len(records), "")
    return _report(target, records)


def restore(
    source: Path, places: Places, *, replace: bool = False, progress: Progress = lambda *_: None
) -> BackupReport:
    """Puts an archive back. Everything is unpacked and checked beside the places before anything is touched.

    A place that holds something is refused unless ``replace``; then what it held is kept beside it as ``<name>.before-restore``
    (numbered when there is one already). Raises :class:`BackupError` for an archive that is damaged, foreign or unsafe.
    """
    with _named_failures(source), _opened(source) as archive:
        records = _records(archive, source)
        report = _report(source, records)
        held = {part: places.of(part) for part in PARTS if report.files[part]}
        full = [str(place) for place in held.values() if _held(place)]
        if full and not replace:
            raise BackupError(
                f"没有还原：{'、'.join(full)} 里已有内容",
                reason="还原会换掉它们",
                hint="确实要换时加 --replace；原有内容会改名保留在旁边",
            )
        unpacked: dict[str, Path] = {}
        try:
            for part, place in held.items():
                place.parent.mkdir(parents=True, exist_ok=True)
                unpacked[part] = Path(tempfile.mkdtemp(prefix=f".{place.name}-restoring-", dir=place.parent))
            for number, (name, record) in enumerate(records.items()):
                progress(number, len(records), name)
                _take(archive, name, record, unpacked)
            with Generations(places.index).writing():
                if "index" in unpacked:
                    _number_beyond(unpacked["index"], Generations(places.index).newest())
                for part, place in held.items():
                    _switch(unpacked[part], place)
        finally:
            for folder in unpacked.values():
                shutil.rmtree(folder, ignore_errors=True)
    progress(len(records), len(records), "")
    return report


# ------------------------------------------------------------------------------------------------------------- writing


def _put_all(archive: zipfile.ZipFile, places: Places, records: dict[str, tuple[int, str]], progress: Progress) -> None:
    """Writes every member and notes it in ``records``. What is removed meanwhile is left out; what comes meanwhile, or is moved
    (to .removed), is looked for again at the end. The generation's files are opened at once: two updates later it is gone."""
    with ExitStack() as held:
        index = _held_generation(places, held)
        gone: set[str] = set()
        while waiting := [each for each in _members(places) if each[0] not in records and each[0] not in gone]:
            _check_names(name for name, _ in waiting)
            total = len(records) + len(waiting) + len(index)
            for name, path in waiting:
                progress(len(records), total, name)
                try:
                    records[name] = _put(archive, name, path)
                except FileNotFoundError:
                    gone.add(name)
        for number, (name, file) in enumerate(index):
            progress(len(records), len(records) + len(index) - number, name)
            records[name] = _copied(archive, name, file)


def _held_generation(places: Places, held: ExitStack) -> list[tuple[str, BinaryIO]]:
    """(name in the archive, file open for reading) of the newest generation; what was opened stays readable when it is deleted."""
    while (newest := Generations(places.index).newest()) is not None:
        try:
            with ExitStack() as opening:
                found: list[tuple[str, BinaryIO]] = [
                    (
                        f"index/generations/{newest.name}/{path.relative_to(newest).as_posix()}",
                        opening.enter_context(path.open("rb")),
                    )
                    for path in sorted(_files(newest))
                ]
                if newest.is_dir():
                    held.push(opening.pop_all())
                    return found
        except FileNotFoundError:
            continue
    return []


def _members(places: Places) -> Iterator[tuple[str, Path]]:
    """(name in the archive, file) of corpus and workspace, in a fixed order."""
    for part, folder in (("corpus", places.corpus), ("workspace", places.workspace)):
        for path in sorted(_files(folder)):
            if not path.name.endswith(_BESIDE_DATABASE):
                yield f"{part}/{path.relative_to(folder).as_posix()}", path


def _check_names(names: Iterable[str]) -> None:
    """Raises :class:`BackupError` for a name that could not be put back: an archive that cannot be restored is none."""
    for name in names:
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        if shown != name or not _is_safe(name):
            raise BackupError(
                f"没有备份：文件名 {shown} 存不进备份",
                reason="文件名不是 UTF-8 编码，或含有反斜线",
                hint="改名后再备份",
            )


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below ``folder``; links are left out, as they lead elsewhere."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> tuple[int, str]:
    with _steady(path) as file:
        return _copied(archive, name, file)


def _copied(archive: zipfile.ZipFile, name: str, file: BinaryIO) -> tuple[int, str]:
    with archive.open(name, "w", force_zip64=True) as member:
        digest, size = hashlib.sha256(), 0
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return size, digest.hexdigest()


@contextmanager
def _steady(path: Path) -> Iterator[BinaryIO]:
    """The file to read; of a database a copy by SQLite's own means, with what is still in its log."""
    with path.open("rb") as file:
        if file.read(len(_DATABASE)) != _DATABASE:
            file.seek(0)
            yield file
            return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.sqlite"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with copy.open("rb") as file:
            yield file


# ----------------------------------------------------------------------------------------------------------- restoring


def _records(archive: zipfile.ZipFile, source: Path) -> dict[str, tuple[int, str]]:
    try:
        content = json.loads(archive.read(MANIFEST))
        if content["format"] != FORMAT:
            raise _damaged(source, f"格式 {content['format']}，本程序只认 {FORMAT}")
        records = {str(name): (int(size), str(digest)) for name, (size, digest) in content["files"].items()}
    except (KeyError, ValueError, TypeError) as error:
        raise _damaged(source, "里面没有完好的清单 manifest.json") from error
    listed = [each.filename for each in archive.infolist()]
    if sorted(listed) != sorted([*records, MANIFEST]):
        raise _damaged(source, "里面的文件与清单不符")
    unsafe = [name for name in records if not _is_safe(name)]
    if unsafe:
        raise _damaged(source, f"文件名会写到别处：{unsafe[0]!r}")
    return records


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = all(part not in ("..", ".", "") and "\\" not in part and "\0" not in part for part in parts)
    return plain and len(parts) > 1 and parts[0] in PARTS and not name.startswith("/")


def _take(archive: zipfile.ZipFile, name: str, record: tuple[int, str], unpacked: dict[str, Path]) -> None:
    part, _, inside = name.partition("/")
    target = unpacked[part] / inside
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as member, target.open("wb") as file:
        while chunk := member.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > record[0]:  # a bomb says less than it unpacks to
                break
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if (size, digest.hexdigest()) != record:
        raise BackupError(
            f"备份里的 {name} 已损坏", reason="校验和与清单不符", hint="换一份完好的备份；现有资料未受影响"
        )


def _number_beyond(unpacked: Path, newest: Path | None) -> None:
    """Gives the restored generation a number above all that a server may have open: the same number would be the same index to it."""
    restored = Generations(unpacked).newest()
    if restored and newest and int(restored.name) <= int(newest.name):
        restored.rename(restored.with_name(f"{int(newest.name) + 1:08d}"))


def _switch(unpacked: Path, place: Path) -> None:
    """Two renames: what was there goes aside, what was unpacked takes its place. The note on the index's format stays."""
    unpacked.chmod(0o755)
    note = place / NOTE
    if note.is_file() and not (unpacked / NOTE).exists():
        shutil.copy2(note, unpacked / NOTE)
    if place.exists():
        if _held(place):
            place.rename(_aside(place))
        else:
            shutil.rmtree(place)
    unpacked.rename(place)


def _aside(place: Path) -> Path:
    aside, number = place.with_name(f"{place.name}.before-restore"), 1
    while aside.exists():
        number += 1
        aside = place.with_name(f"{place.name}.before-restore-{number}")
    return aside


def _held(place: Path) -> bool:
    """Whether a restore would replace anything of worth."""
    return place.is_dir() and any(each.name not in (NOTE, "lock") for each in place.iterdir())


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise _damaged(source, "不是完整的 zip 文件") from error


def _damaged(source: Path, reason: str) -> BackupError:
    return BackupError(f"{source} 不能用来还原", reason=reason, hint="用 qa backup 生成的文件；现有资料未受影响")


def _report(path: Path, records: dict[str, tuple[int, str]]) -> BackupReport:
    counts = {part: sum(name.startswith(f"{part}/") for name in records) for part in PARTS}
    return BackupReport(path, counts, sum(size for size, _ in records.values()))


@contextmanager
def _named_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        said = getattr(error, "strerror", None) or str(error)
        named = getattr(error, "filename", None) or path
        raise BackupError(f"备份或还原没有完成：{named}", reason=said, hint="检查路径、权限和磁盘空间后重试") from error
