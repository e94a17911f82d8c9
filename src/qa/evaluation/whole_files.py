"""Files that stand whole or not at all: reports, run records, the expectation."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qa.errors import UsageError


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write the texts (UTF-8, ``\\n``), making their folders; all are on the disk before the first takes its place.

    Raises :class:`UsageError` when that cannot be done; what stood there before still does.
    """
    beside = {path: path.with_name(path.name + ".part") for path in texts}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_text(text, encoding="utf-8", newline="\n")
        for path, part in beside.items():
            part.replace(path)
    except OSError as error:
        for part in beside.values():
            with suppress(OSError):  # its folder may not have been made
                part.unlink(missing_ok=True)
        raise _unwritable(Path(error.filename or next(iter(texts))), error.strerror or str(error)) from error


def require_writable(path: Path) -> None:
    """Check, without making anything, that ``path`` could be written: to be asked before the work that fills it.

    Raises :class:`UsageError` naming the nearest folder there is when that is no folder, or not ours to write in.
    """
    there = next(each for each in (path, *path.parents) if each.exists())
    if there != path and not there.is_dir():
        raise _unwritable(path, f"{there} 不是文件夹")
    if not os.access(there, os.W_OK):
        raise _unwritable(path, f"{there} 不许写入")


def _unwritable(path: Path, reason: str) -> UsageError:
    return UsageError(f"写不了 {path}", reason=reason, hint="换一个文件夹，或检查权限和磁盘空间")
