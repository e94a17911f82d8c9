"""The folder in which one file is taken apart: for this user alone, gone afterwards, also when a process before was killed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from qa.errors import DocumentError

PREFIX = "qa-reading-"
LEFT_BEHIND_S = 7 * 24 * 3600
"""No file takes that long: what is older was left by a process that was killed."""


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new folder in the system's place for temporary files; it is deleted at the end, whatever happens.

    Raises :class:`DocumentError` when there is no room for what is written to it.
    """
    try:
        _clear_left_behind(tempfile.gettempdir())
        with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise DocumentError(
            f"临时文件夹写不下：{tempfile.gettempdir()}",
            reason=error.strerror or str(error),
            hint="腾出空间（或用 TMPDIR 指定另一处），再运行 qa index --retry",
        ) from error


@lru_cache(maxsize=8)
def _clear_left_behind(place: str) -> None:
    """Deletes, once in a process, this user's old folders of ours."""
    for folder in Path(place).glob(f"{PREFIX}*"):
        try:
            about = folder.lstat()
        except OSError:
            continue
        own = not hasattr(os, "getuid") or about.st_uid == os.getuid()
        if own and folder.is_dir() and not folder.is_symlink() and time.time() - about.st_mtime > LEFT_BEHIND_S:
            shutil.rmtree(folder, ignore_errors=True)
