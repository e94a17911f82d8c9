"""A full and a read-only disk, for real: a small tmpfs that this test mounts (root only). Nothing is lost, the cause is named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.sqlite.inspection import findings_of
from qa.adapters.workspace.drafts import SqliteDraftStore
from qa.errors import IndexError_, StorageFullError, WorkspaceError
from qa.indexing.build import BuildEvent, Notify
from qa.indexing.intake import Intake
from qa.web.app import create_app

from .bigram_library import BigramLibrary
from .workshop import Workshop

STEPS = min(60, int(os.environ.get("QA_FAULTS", "16")) // 2)
ANALYZER = JiebaAnalyzer()


class SmallDisk:
    """A mounted file system of a size that can be changed."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def mount(self, kilobytes: int) -> bool:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(self.place)], capture_output=True
        )
        return done.returncode == 0

    def resize(self, kilobytes: int) -> None:
        subprocess.run(["mount", "-o", f"remount,rw,size={kilobytes}k", str(self.place)], check=True)

    def read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.place)], check=True)

    def used_kilobytes(self) -> int:
        return (shutil.disk_usage(self.place).used + 1023) // 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    place = tmp_path / "小盘"
    place.mkdir()
    small = SmallDisk(place)
    if os.geteuid() != 0 or shutil.which("mount") is None or not small.mount(64 * 1024):
        pytest.skip("needs to mount a tmpfs (root, CAP_SYS_ADMIN)")
    try:
        yield small
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def contents(workshop: Workshop) -> dict[str, str]:
    newest = workshop.generations.newest()
    assert newest is not None
    assert findings_of(workshop.generations, newest) == []
    return {each.path: each.text for each in workshop.library().documents()}


def test_a_disk_that_fills_at_any_point_of_a_build_loses_nothing(disk: SmallDisk, tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "c", disk.place / "i", analyzer=ANALYZER)
    workshop.corpus.mkdir()
    workshop.write("旧.txt", "旧有的一件，数值1.5亿元。")
    workshop.build()
    before = contents(workshop)
    for number in range(40):
        workshop.write(
            f"{number:02d}.txt",
            "\n".join(f"第{number}号文件第{line}条，数值{number * 100 + line}亿元。" for line in range(30)),
        )
    expected = {path.name: path.read_text("utf-8") for path in workshop.corpus.glob("*.txt")}
    needed = _needed(workshop, tmp_path)
    finished: list[str] = []
    full = 0

    def note(event: BuildEvent) -> None:
        if event.result is not None:
            finished.append(event.path)

    for _ in range(STEPS):
        disk.resize(disk.used_kilobytes() + max(8, needed // STEPS))
        workshop.reads.clear()
        done = set(finished)
        refused = _refused(workshop, note)
        if refused is None:
            break
        assert "磁盘已满" in refused.message, refused
        assert "腾出空间" in refused.hint
        full += 1
        assert contents(workshop) == before
        assert not done & set(workshop.reads), "a file that was reported as finished was read again"
    disk.resize(64 * 1024)
    workshop.build()
    assert contents(workshop) == expected
    assert full >= 2, "the disk was never full"


def _refused(workshop: Workshop, note: Notify) -> IndexError_ | None:
    try:
        workshop.build(note)
    except IndexError_ as error:
        return error
    return None


def _needed(workshop: Workshop, tmp_path: Path) -> int:
    """Kilobytes that the build takes elsewhere, staging and published together."""
    other = Workshop(workshop.corpus, tmp_path / "elsewhere", analyzer=ANALYZER)
    other.build()
    return sum(each.stat().st_size for each in other.index.rglob("*") if each.is_file()) // 1024


def test_an_upload_that_does_not_fit_is_refused_and_leaves_nothing_behind(disk: SmallDisk) -> None:
    intake = Intake(disk.place)
    (disk.place / "旧.txt").write_text("旧有的一件")
    disk.resize(256)
    receiving = intake.receive("批", 1)
    with pytest.raises(StorageFullError, match="磁盘已满"):
        receiving.write(b"x" * 1024**2)
    receiving.abandon()
    intake.discard("批")
    assert [each.name for each in disk.place.rglob("*") if each.is_file()] == ["旧.txt"]
    receiving = intake.receive("批", 2)
    receiving.write("新的一件".encode())
    assert receiving.finish().read_text("utf-8") == "新的一件"


def test_drafts_on_a_full_disk_keep_what_was_reported(disk: SmallDisk) -> None:
    store = SqliteDraftStore(disk.place / "w")
    kept = [store.make(f"汇报{number}", "official").name for number in range(3)]
    disk.resize(disk.used_kilobytes() + 4)
    with pytest.raises(WorkspaceError) as refused:
        kept += (store.make(f"汇报{number}", "official").name for number in range(3, 400))
    assert "磁盘已满" in refused.value.reason
    assert "磁盘" in refused.value.hint
    disk.resize(64 * 1024)
    store.make("腾出空间以后", "official")
    assert {each.name for each in store.list()} == {*kept, "腾出空间以后"}


def test_on_a_read_only_disk_questions_are_answered_and_changes_are_refused_by_name(disk: SmallDisk) -> None:
    library = BigramLibrary(disk.place, analyzer=ANALYZER)
    library.write("简报.txt", "科技简报\n2020年第1期\n\n全市引进新品种556个，推广新技术384项。")
    library.update()
    disk.read_only()
    with pytest.raises(IndexError_, match="无权写入") as refused:
        library.update()
    assert refused.value.reason
    with TestClient(create_app(library.assistant(), update=library.update), raise_server_exceptions=False) as client:
        answer = client.get("/api/ask", params={"q": "引进了多少个新品种？"})
        assert (answer.status_code, answer.json()["answer"]["text"]) == (200, "556个")
        page = client.get("/", params={"q": "引进了多少个新品种？"})
        assert (page.status_code, "556" in page.text) == (200, True)
        changes = (
            client.post("/api/documents", files={"files": ("新.txt", "新增一件。".encode(), "text/plain")}),
            client.delete("/api/documents/简报"),
            client.post("/api/drafts", json={"name": "汇报"}),
        )
        for response in changes:
            assert 400 <= response.status_code < 600
            error = response.json()["error"]
            assert error["code"] not in ("internal", "error"), error
            assert error["hint"]
    assert (library.corpus / "简报.txt").is_file()
