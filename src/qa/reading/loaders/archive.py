"""Archives: a member of ``甲.zip`` is a document of its own, ``甲.zip/文件夹/乙.docx``.

Members are read from the archive when they are needed and never unpacked to disk, so that no name in it leads anywhere.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine
from qa.reading.loaders.files import file_bytes
from qa.reading.loaders.limits import (
    MAX_BINARY_BYTES,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
)

SUFFIX = ".zip"
MAX_NAME_CHARS = 300
_NESTED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".iso", ".cab"})
_LEFTOVERS = ("__MACOSX/",)
_HIDDEN = (".", "~$", "Thumbs.db", "desktop.ini")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 18
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds: names of the members that can be read, and (name, reason) of those that are refused."""

    members: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class ArchiveLoader:
    """Stands for the archive itself, which is only read to say what of it was refused; its members have their own loaders."""

    suffixes: tuple[str, ...] = (SUFFIX,)
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The names of its members. Raises :class:`DocumentError` when the archive or anything in it is refused."""
        with _opened(io.BytesIO(data), name) as archive:
            held = _held(archive)
        if held.refused:
            shown = "；".join(f"{member}：{reason}" for member, reason in held.refused[:_SHOWN])
            more = " 等" if len(held.refused) > _SHOWN else ""
            raise DocumentError(
                f"{name} 中有 {len(held.refused)} 个文件没有读入，其余照常读入",
                reason=shown + more,
                hint="解压核对后，把需要的文件单独放入资料文件夹",
            )
        return Loaded.of_lines([SourceLine(member, whole=True) for member in held.members])


def held_in(path: Path) -> Archive:
    """What the archive at ``path`` holds. Raises :class:`DocumentError` when it cannot be opened at all."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DocumentError(f"{path.name} 打不开", reason="文件不存在或没有权限", hint="检查文件") from error
    if size > MAX_BINARY_BYTES:
        limit = MAX_BINARY_BYTES // 1024**2
        raise DocumentError(
            f"{path.name} 太大", reason=f"文件 {size / 1024**2:.0f} MB，上限 {limit} MB", hint="拆成几个压缩包"
        )
    if not path.is_file():  # a pipe would be waited for, a device never ends
        raise DocumentError(f"{path.name} 打不开", reason="这是管道或设备，不是文件", hint="从资料文件夹中移走")
    with _opened(path, path.name) as archive:
        return _held(archive)


def archive_of(path: Path) -> tuple[Path, str] | None:
    """(archive, name of the member) for a path that leads into an archive, as ``corpus/甲.zip/乙.docx``; else ``None``."""
    for parent in path.parents:
        if parent.suffix.lower() == SUFFIX and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def member_bytes(archive: Path, member: str, max_bytes: int = MAX_MEMBER_BYTES) -> bytes:
    """The bytes of a member, at most ``max_bytes``. Raises :class:`DocumentError` when it is not there, refused, damaged or larger than allowed."""
    name = f"{archive.name}/{member}"
    with _opened(archive, archive.name) as opened:
        found = next((info for info in opened.infolist() if not _is_folder(info) and member_name(info) == member), None)
        if found is None:
            raise DocumentError(f"{name} 打不开", reason="压缩包里没有这个文件", hint="运行 qa index 更新")
        if reason := _refusal(found, member):
            raise DocumentError(f"{name} 没有读入", reason=reason, hint="解压核对后单独放入资料文件夹")
        data = _unpacked(opened, found, name, max_bytes)
    if not data:
        raise DocumentError(f"{name} 是空文件", reason="文件大小为 0", hint="补上内容后重新压缩")
    return data


def original_bytes(path: Path) -> bytes:
    """The bytes of a file of the corpus, be it on disk or in an archive. Raises :class:`DocumentError`."""
    place = archive_of(path)
    return file_bytes(path, MAX_MEMBER_BYTES) if place is None else member_bytes(*place)


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name with ``/``, in the encoding its program wrote: UTF-8 where it says so or reads so, else GBK."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw and not raw.isascii() else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _opened(source: Path | io.BytesIO, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise DocumentError(
            f"{name} 打不开", reason="压缩包损坏、被截断，或不是 .zip", hint="重新压缩为 .zip，或解压后放入文件"
        ) from error
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    reason = ""
    if len(infos) > MAX_MEMBERS:
        reason = f"里面有 {len(infos)} 个文件，上限 {MAX_MEMBERS} 个"
    elif total > MAX_UNPACKED_BYTES:
        reason = f"解压后有 {total / 1024**2:.0f} MB，上限 {MAX_UNPACKED_BYTES // 1024**2} MB，疑似压缩炸弹"
    elif infos and all(info.flag_bits & _ENCRYPTED for info in infos if not _is_folder(info)):
        reason = "压缩包有密码"
    elif not any(not _is_folder(info) for info in infos):
        reason = "压缩包是空的"
    if reason:
        archive.close()
        raise DocumentError(f"{name} 没有读入", reason=reason, hint="解压核对后，把需要的文件放入资料文件夹")
    return archive


def _held(archive: zipfile.ZipFile) -> Archive:
    members: dict[str, None] = {}
    refused: list[tuple[str, str]] = []
    seen: set[str] = set()
    for info, name in _files(archive):
        reason = _refusal(info, name)
        key = unicodedata.normalize("NFC", name).casefold()
        if not reason and key in seen:
            reason = "与包里另一个文件重名"
        seen.add(key)
        if reason:
            refused.append((_shown(name), reason))
        else:
            members[name] = None
    return Archive(tuple(sorted(members)), tuple(refused))


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """As ``ZipInfo.is_dir``, which fails on a member without a name."""
    return info.filename.endswith("/")


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """The members that are files, without what systems leave behind."""
    for info in archive.infolist():
        name = member_name(info)
        if not info.filename or not name:
            continue  # damage left a member without a name
        left = name.startswith(_LEFTOVERS) or PurePosixPath(name).name.startswith(_HIDDEN)
        if _is_folder(info) or name.endswith("/") or (left and ".." not in name.split("/")):
            continue
        yield info, name


def _refusal(info: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not read; "" when it may be."""
    from qa.reading.loaders import loader_for  # the registry names this module

    parts = name.split("/")
    suffix = PurePosixPath(name).suffix.lower()
    if name.startswith("/") or ".." in parts or (len(name) > 1 and name[1] == ":"):
        return "路径越界（绝对路径或 ../）"
    if "" in parts or "." in parts or len(name) > MAX_NAME_CHARS or not name.isprintable():
        return "文件名不合规"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是符号链接"
    if info.flag_bits & _ENCRYPTED:
        return "有密码"
    if suffix in _NESTED:
        return "压缩包里的压缩包不展开"
    if loader_for(PurePosixPath(name)) is None:
        return "格式不支持"
    if info.file_size > MAX_MEMBER_BYTES:
        return f"解压后 {info.file_size / 1024**2:.0f} MB，上限 {MAX_MEMBER_BYTES // 1024**2} MB"
    if info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return f"压缩比超过 {MAX_RATIO}，疑似压缩炸弹"
    return ""


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, max_bytes: int) -> bytes:
    """A member's bytes, checked by its checksum; unpacking stops at the bound, whatever the header says."""
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > max_bytes:
                    raise DocumentError(
                        f"{name} 太大",
                        reason=f"解压后超过 {max_bytes // 1024**2} MB 的上限",
                        hint="拆成几个文件后再放入",
                    )
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise DocumentError(
            f"{name} 读不出来", reason="压缩包的这一部分已损坏", hint="重新压缩，或解压后放入文件"
        ) from error
    return b"".join(chunks)


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in name)[:80]
