from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.whole_files import require_writable, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_all_stand_in_their_folders_and_nothing_else(tmp_path: Path) -> None:
    write_whole({tmp_path / "a.txt": "一\n", tmp_path / "b" / "c.txt": "二"})
    assert names(tmp_path) == ["a.txt", "b/c.txt"]
    assert (tmp_path / "a.txt").read_bytes() == "一\n".encode()
    write_whole({tmp_path / "a.txt": "三"})
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "三"


def test_when_the_last_cannot_be_written_the_first_keep_what_they_held(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("旧", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"写不了 .*file.*；原因：") as caught:
        write_whole({tmp_path / "a.txt": "新", tmp_path / "file" / "c.txt": "新"})
    assert caught.value.hint
    assert names(tmp_path) == ["a.txt", "file"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "旧"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("旧", encoding="utf-8")
    write = Path.write_text

    def half(self: Path, text: str, **how: str) -> int:
        write(self, text[:1], **how)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(UsageError, match=r"写不了 .*a\.txt；原因：No space left on device"):
        write_whole({path: "新的"})
    assert (names(tmp_path), path.read_text(encoding="utf-8")) == (["a.txt"], "旧")


def test_what_cannot_be_written_is_known_before_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    require_writable(tmp_path / "new" / "deep" / "report.html")
    require_writable(tmp_path / "file")
    for path in (tmp_path / "file" / "report.html", tmp_path / "file" / "new" / "report.html"):
        with pytest.raises(UsageError, match=r"report\.html；原因：.*file 不是文件夹"):
            require_writable(path)
    assert names(tmp_path) == ["file"]
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_of_somebody_else(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="不许写入"):
        require_writable(tmp_path / "a.txt")
