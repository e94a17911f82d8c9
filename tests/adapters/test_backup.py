"""A backup holds everything, is taken while others write, and is put back whole or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from qa.adapters.backup import MANIFEST, Places, back_up, restore
from qa.adapters.workspace.database import Database
from qa.errors import BackupError
from qa.indexing.removal import set_aside
from qa.records import Query
from tests.indexing.bigram_library import BigramLibrary

SCHEMA = ("CREATE TABLE notes (text TEXT NOT NULL);",)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "资 料", tmp_path / "workspace", tmp_path / "index")
    (made.corpus / "子目录").mkdir(parents=True)
    (made.corpus / "科技简报 一.txt").write_bytes("原样的字节\r\n".encode("gb18030"))
    (made.corpus / "子目录" / "函.txt").write_text("内容", encoding="utf-8")
    for number in (1, 2):
        generation = made.index / "generations" / f"{number:08d}"
        generation.mkdir(parents=True)
        (generation / "library.sqlite").write_bytes(b"SQLite format 3\0" + bytes([number]) * 100)
    (made.index / "README.md").write_text("格式", encoding="utf-8")
    with Database(made.workspace / "notes.sqlite", SCHEMA).writing() as connection:
        connection.execute("INSERT INTO notes VALUES ('已提交')")
    return made


def _elsewhere(tmp_path: Path) -> Places:
    return Places(tmp_path / "新" / "corpus", tmp_path / "新" / "workspace", tmp_path / "新" / "index")


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _notes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "notes.sqlite")) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY rowid")]


def test_everything_comes_back_byte_for_byte(places: Places, tmp_path: Path) -> None:
    back_up(places, tmp_path / "b.zip")
    there = _elsewhere(tmp_path)
    report = restore(tmp_path / "b.zip", there)
    assert report.files == {"corpus": 2, "workspace": 1, "index": 1}
    assert _contents(there.corpus) == _contents(places.corpus)
    newest = "generations/00000002/library.sqlite"
    assert _contents(there.index)[newest] == _contents(places.index)[newest]
    assert not (there.index / "generations" / "00000001").exists()
    assert _notes(there.workspace) == ["已提交"]


def test_a_database_in_use_is_copied_with_its_log(places: Places, tmp_path: Path) -> None:
    """What is committed but still in the WAL is in the backup; what is not committed is not."""
    with closing(sqlite3.connect(places.workspace / "notes.sqlite", isolation_level=None)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("INSERT INTO notes VALUES ('还在日志里')")
        writer.execute("BEGIN")
        writer.execute("INSERT INTO notes VALUES ('没有提交')")
        back_up(places, tmp_path / "b.zip")
        writer.execute("ROLLBACK")
    there = _elsewhere(tmp_path)
    restore(tmp_path / "b.zip", there)
    assert _notes(there.workspace) == ["已提交", "还在日志里"]


def test_what_is_there_is_not_overwritten_unasked(places: Places, tmp_path: Path) -> None:
    back_up(places, tmp_path / "b.zip")
    before = _contents(tmp_path)
    with pytest.raises(BackupError, match="已有内容"):
        restore(tmp_path / "b.zip", places)
    assert _contents(tmp_path) == before


def test_replacing_keeps_what_was_there_beside(places: Places, tmp_path: Path) -> None:
    back_up(places, tmp_path / "b.zip")
    (places.corpus / "后来的.txt").write_text("后来", encoding="utf-8")
    restore(tmp_path / "b.zip", places, replace=True)
    restore(tmp_path / "b.zip", places, replace=True)
    assert not (places.corpus / "后来的.txt").exists()
    assert (tmp_path / "资 料.before-restore" / "后来的.txt").read_text("utf-8") == "后来"
    assert (tmp_path / "资 料.before-restore-2").is_dir()
    assert (places.index / "README.md").read_text("utf-8") == "格式"


def _rewritten(source: Path, target: Path, change: dict[str, bytes], manifest: dict[str, object] | None = None) -> Path:
    """The archive with members exchanged or added, and the manifest's file list changed accordingly where asked."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != MANIFEST and name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
        content = json.loads(old.read(MANIFEST))
        if manifest:
            content["files"] |= manifest
        new.writestr(MANIFEST, json.dumps(content))
    return target


@pytest.mark.parametrize(
    ("change", "manifest", "named"),
    [
        ({"corpus/子目录/函.txt": "被改".encode()}, None, "函"),
        ({"corpus/多出来的.txt": b"x"}, None, "清单不符"),
        ({"corpus/../../逃.txt": b"x"}, {"corpus/../../逃.txt": (1, "0")}, "写到别处"),
        ({"/etc/逃.txt": b"x"}, {"/etc/逃.txt": (1, "0")}, "写到别处"),
        ({"别处/逃.txt": b"x"}, {"别处/逃.txt": (1, "0")}, "写到别处"),
        ({"corpus/弹.txt": b"0" * 10_000_000}, {"corpus/弹.txt": (10, "0")}, "弹"),
    ],
)
def test_a_damaged_or_hostile_archive_changes_nothing(
    places: Places, tmp_path: Path, change: dict[str, bytes], manifest: dict[str, object] | None, named: str
) -> None:
    back_up(places, tmp_path / "b.zip")
    bad = _rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", change, manifest)
    before = _contents(tmp_path)
    with pytest.raises(BackupError, match=named):
        restore(bad, places, replace=True)
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"no zip", "PK\x03\x04 半个".encode()])
def test_a_file_that_is_no_backup_is_named(places: Places, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match=r"x\.zip"):
        restore(tmp_path / "x.zip", places)


def test_a_stopped_backup_leaves_the_earlier_one(places: Places, tmp_path: Path) -> None:
    back_up(places, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()

    def stop(done: int, total: int, name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(places, tmp_path / "b.zip", stop)
    assert (tmp_path / "b.zip").read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_a_stopped_restore_changes_nothing(places: Places, tmp_path: Path) -> None:
    back_up(places, tmp_path / "b.zip")
    before = _contents(tmp_path)

    def stop(done: int, total: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "b.zip", places, replace=True, progress=stop)
    assert _contents(tmp_path) == before
    assert not list(tmp_path.glob(".*restoring*"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
@pytest.mark.parametrize(
    ("name", "shown"), [("测试.txt".encode("gbk"), r"\xb2\xe2\xca\xd4.txt"), (rb"a\b.txt", r"a\b.txt")]
)
def test_a_name_that_could_not_be_put_back_is_told_before_anything_is_written(
    places: Places, tmp_path: Path, name: bytes, shown: str
) -> None:
    Path(os.fsdecode(os.fsencode(places.corpus) + b"/" + name)).write_text("内容", "utf-8")
    with pytest.raises(BackupError) as caught:
        back_up(places, tmp_path / "b.zip")
    assert shown in caught.value.message
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_beside_removals_uploads_and_updates_is_whole(tmp_path: Path) -> None:
    """A file goes before its turn, one comes, and the generation is two updates old before it is read."""
    library = BigramLibrary(tmp_path / "lib")
    for name in ("甲", "乙", "丙"):
        library.write(f"{name}.txt", f"{name}市科技支出24.82亿元。")
    library.update()
    places = Places(library.corpus, library.settings.workspace, library.settings.index)

    def meanwhile(done: int, _: int, name: str) -> None:
        if done == 0:
            set_aside(library.corpus, "乙.txt")
            library.write("丁.txt", "丁市科技支出31.5亿元。")
            library.update()
            library.write("甲二.txt", "甲市另有一件。")
            library.update()
            assert not (library.settings.index / "generations" / "00000001").exists()

    back_up(places, tmp_path / "b.zip", meanwhile)
    there = BigramLibrary(tmp_path / "there")
    restore(tmp_path / "b.zip", Places(there.corpus, there.settings.workspace, there.settings.index))
    assert sorted(_contents(there.corpus)) == [".removed/乙.txt", "丁.txt", "丙.txt", "甲.txt", "甲二.txt"]
    assert there.newest() == "00000001"
    assert {each.path for each in there.snapshot().store.summaries()} == {"甲.txt", "乙.txt", "丙.txt"}
    assert (there.update().read, there.snapshot().store.summaries()[0].path) == (2, "丁.txt")


def test_a_server_takes_up_what_was_restored_even_where_the_numbers_meet(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path / "lib")
    places = Places(library.corpus, library.settings.workspace, library.settings.index)
    library.write("甲.txt", "全市科技支出24.82亿元。")
    library.update()
    back_up(places, tmp_path / "b.zip")
    library.write("甲.txt", "全市科技支出31.5亿元。")
    library.update()
    serving = library.assistant()

    def told() -> str:
        best = serving.ask(Query("全市科技支出是多少？")).answer.best
        return best.text if best else ""

    assert told() == "31.5亿元"
    restore(
        tmp_path / "b.zip", places, replace=True
    )  # and before the next question somebody updates: the same number again
    library.write("乙.txt", "别的一件事，与此无关。")
    library.update()
    assert told() == "24.82亿元"
    assert int(library.newest() or 0) == 4
