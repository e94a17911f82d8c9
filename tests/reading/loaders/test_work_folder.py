"""Where a file is taken apart: nothing stays, not even what a killed process left."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading.loaders.work_folder import LEFT_BEHIND_S, PREFIX, work_folder


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folder_is_private_and_gone_afterwards(place: Path) -> None:
    with work_folder() as folder:
        (folder / "a").write_bytes(b"x")
        assert folder.parent == place
        assert folder.stat().st_mode & 0o077 == 0
    assert list(place.iterdir()) == []
    with pytest.raises(ValueError, match="damaged"), work_folder():
        raise ValueError("damaged")
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_deleted_later(place: Path) -> None:
    old, new, link, other = (place / name for name in (f"{PREFIX}old", f"{PREFIX}new", f"{PREFIX}link", "other"))
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "file").touch()
    link.symlink_to(other, target_is_directory=True)
    for each in (old, other):
        os.utime(each, (0, 0))
    with work_folder():
        pass
    assert not old.exists()
    assert (new / "file").exists()
    assert (other / "file").exists()
    assert LEFT_BEHIND_S > 86400


def test_a_full_disk_is_named(place: Path) -> None:
    with pytest.raises(DocumentError, match="临时文件夹写不下") as caught, work_folder():
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "--retry" in caught.value.hint
    with pytest.raises(PermissionError), work_folder():
        raise PermissionError(errno.EACCES, "no")
