from __future__ import annotations

import hashlib
import os
import sqlite3
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.faiss_index import FaissIndex
from qa.adapters.generations import LIBRARY, VECTORS, read_manifest, sha256_of, write_manifest
from qa.adapters.sqlite.inspection import findings_of, remake
from qa.errors import IndexBusyError, IndexDamagedError, IndexError_, IndexOutdatedError, NotFoundError
from qa.indexing.build import BuildEvent
from qa.indexing.plan import differences, plan
from qa.records import Document, DocumentStatus, Filters

from . import workshop as workshop_module
from .workshop import Workshop


def fingerprint(workshop: Workshop) -> dict[str, list[str]]:
    library = workshop.library()
    return {each.path: [p.id for p in library.passages_of(each.id)] for each in library.documents()}


def test_first_build_reads_everything(workshop: Workshop) -> None:
    report = workshop.build()
    assert (report.read, report.unchanged, report.removed, report.failed, report.passages) == (3, 0, 0, 0, 5)
    assert report.embedded == 5
    assert sorted(fingerprint(workshop)) == ["乙.txt", "子目录/丙.txt", "甲.txt"]


def test_only_what_changed_is_read_and_embedded_again(workshop: Workshop) -> None:
    workshop.build()
    workshop.reads.clear()
    workshop.write("乙.txt", "全市科技支出24.82亿元。\n占比2.2%。")
    report = workshop.build()
    assert workshop.reads == ["乙.txt"]
    assert (report.read, report.unchanged, report.embedded) == (1, 2, 1)


def test_a_renamed_file_is_not_embedded_again(workshop: Workshop) -> None:
    workshop.build()
    (workshop.corpus / "甲.txt").rename(workshop.corpus / "丁.txt")
    report = workshop.build()
    assert (report.read, report.moved, report.removed, report.embedded) == (0, 1, 0, 0)
    assert "丁.txt" in fingerprint(workshop)
    assert "甲.txt" not in fingerprint(workshop)


def test_a_removed_file_vanishes_from_words_and_vectors(workshop: Workshop) -> None:
    workshop.build()
    (workshop.corpus / "甲.txt").unlink()
    workshop.build()
    library = workshop.library()
    assert library.search(["556"], 10, Filters()) == []
    newest = workshop.generations.newest()
    assert newest is not None
    vectors = FaissIndex.load(newest / VECTORS)
    keys = set(library.keys_matching(Filters()).tolist())
    assert {key for key, _ in vectors.search(workshop.embedder.embed_queries(["新品种"])[0], 10)} == keys


def test_the_same_corpus_gives_the_same_passages_whatever_the_order(workshop: Workshop, tmp_path: Path) -> None:
    workshop.build()
    other = Workshop(tmp_path / "b", tmp_path / "b-index")
    for name in ("子目录/丙.txt", "甲.txt", "乙.txt"):
        other.write(name, (workshop.corpus / name).read_text())
        other.build()
    assert fingerprint(other) == fingerprint(workshop)
    query = workshop.embedder.embed_queries(["研发经费"])[0]
    for each in (workshop, other):
        newest = each.generations.newest()
        assert newest is not None
        each.reads = [str(key) for key, _ in FaissIndex.load(newest / VECTORS).search(query, 5)]
    assert workshop.reads == other.reads


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_through(workshop: Workshop) -> None:
    workshop.write("空.txt", "")
    report = workshop.build()
    assert (report.read, report.failed) == (3, 1)
    assert report.problems[0].path == "空.txt"
    assert "空" in report.problems[0].messages[0]
    failed = next(each for each in workshop.library().documents() if each.path == "空.txt")
    assert failed.status is DocumentStatus.FAILED


def test_an_empty_corpus_gives_an_empty_index(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "c", tmp_path / "i")
    workshop.corpus.mkdir()
    assert workshop.build().passages == 0
    assert workshop.library().documents() == []


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        plan(tmp_path / "nowhere", {})


def test_hidden_files_the_dictionary_and_card_corrections_are_no_documents(workshop: Workshop) -> None:
    for name in (".removed/x.txt", "dictionary.txt", "~$甲.docx", "甲.card.toml"):
        workshop.write(name, "x")
    assert workshop.build().read == 3


def test_a_symlink_loop_ends(workshop: Workshop) -> None:
    (workshop.corpus / "loop").symlink_to(workshop.corpus)
    assert workshop.build().read == 3


def test_stopping_in_the_middle_keeps_the_old_index_and_the_finished_files(workshop: Workshop) -> None:
    workshop.build()
    before = fingerprint(workshop)
    for number in range(5):
        workshop.write(f"新{number}.txt", f"新增第{number}件。")

    def stop(event: BuildEvent) -> None:
        if event.stage == "read" and event.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workshop.build(stop)
    assert fingerprint(workshop) == before
    workshop.reads.clear()
    workshop.build()
    assert len(workshop.reads) == 2  # three were already done
    assert len(fingerprint(workshop)) == 8


@pytest.mark.parametrize("name", [LIBRARY, VECTORS])
def test_one_flipped_byte_anywhere_is_caught(workshop: Workshop, name: str) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    data = (newest / name).read_bytes()
    for at in np.linspace(0, len(data) - 1, 25, dtype=int):
        damaged = bytearray(data)
        damaged[at] ^= 0x10
        (newest / name).write_bytes(bytes(damaged))
        with pytest.raises(IndexDamagedError, match=name):
            workshop.generations.check(newest)
    (newest / name).write_bytes(data)
    workshop.generations.check(newest)


@pytest.mark.parametrize("name", [LIBRARY, VECTORS, "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "missing", "empty"])
def test_cut_and_missing_files_are_named(workshop: Workshop, name: str, damage: str) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    path = newest / name
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    with pytest.raises(IndexDamagedError, match=name):
        workshop.generations.check(newest)


def test_a_fresh_build_repairs_a_damaged_index(workshop: Workshop) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    (newest / LIBRARY).write_bytes(b"gone")
    workshop.build(fresh=True)
    newest = workshop.generations.newest()
    assert newest is not None
    workshop.generations.check(newest)
    assert len(fingerprint(workshop)) == 3


def test_two_writers_do_not_meet(workshop: Workshop) -> None:
    with (
        workshop.generations.writing(),
        pytest.raises(IndexBusyError, match="另一个进程"),
        workshop.generations.writing(),
    ):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission_is_named(workshop: Workshop) -> None:
    workshop.index.mkdir()
    workshop.index.chmod(0o500)
    with pytest.raises(IndexError_, match="无权写入"):
        workshop.build()


def test_the_index_folder_being_a_file_is_named(workshop: Workshop) -> None:
    workshop.index.write_text("x")
    with pytest.raises(IndexError_, match="无法写入"):
        workshop.build()


def test_a_full_disk_is_named_and_nothing_published_is_lost(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    before = fingerprint(workshop)
    workshop.write("新.txt", "新增。")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.adapters.generations.write_manifest", full)
    with pytest.raises(IndexError_, match="磁盘已满"):
        workshop.build()
    assert fingerprint(workshop) == before
    monkeypatch.undo()
    workshop.build()
    assert len(fingerprint(workshop)) == 4


def test_a_new_dictionary_makes_the_terms_anew_without_embedding(workshop: Workshop) -> None:
    workshop.build()
    embedded = workshop.embedder.embedded
    workshop.analyzer = JiebaAnalyzer(["科技特派员"])
    workshop.write("新.txt", "别的。")
    report = workshop.build()
    assert workshop.embedder.embedded == embedded + 1
    assert report.unchanged == 3
    assert workshop.library().frequencies(["科技特派员"]) == {"科技特派员": 1}


def test_a_new_reading_version_reads_everything_but_embeds_only_what_differs(workshop: Workshop) -> None:
    workshop.build()
    workshop.reading_version = 2
    report = workshop.build()
    assert (report.read, report.embedded) == (3, 0)


def test_old_generations_are_cleared_but_the_last_two_stay(workshop: Workshop) -> None:
    for number in range(5):
        workshop.write("乙.txt", f"第{number}版。")
        workshop.build()
    assert len(list((workshop.index / "generations").iterdir())) == 2


def test_checksums_are_of_the_files(workshop: Workshop) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    for name, size, digest in workshop.generations.check(newest).files:
        data = (newest / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, digest)


def test_a_renamed_file_keeps_its_passages_its_words_and_when_it_was_read(workshop: Workshop) -> None:
    workshop.build()
    before = {each.path: each for each in workshop.library().summaries()}
    embedded = workshop.embedder.embedded
    workshop.reads.clear()
    (workshop.corpus / "子目录" / "丙.txt").rename(workshop.corpus / "新名.txt")
    report = workshop.build()
    assert (report.moved, report.read, report.removed) == (1, 0, 0)
    assert workshop.reads == []
    assert workshop.embedder.embedded == embedded
    library = workshop.library()
    assert [p.text for p in library.passages_of("新名")] == ["研发经费投入53.2亿元。", "居全区首位。"]
    assert library.changes().moved == (("子目录/丙.txt", "新名.txt"),)
    assert {each.path: each.read_at for each in library.summaries()}["新名.txt"] == before["子目录/丙.txt"].read_at
    hits = library.search(workshop.analyzer.terms("研发经费"), 5, Filters())
    assert library.passages([key for key, _ in hits])[hits[0][0]].document_id == "新名"
    newest = workshop.generations.newest()
    assert newest is not None
    assert findings_of(workshop.generations, newest) == []


def test_names_of_one_unicode_form_are_two_documents(workshop: Workshop) -> None:
    composed, decomposed = unicodedata.normalize("NFC", "é.txt"), unicodedata.normalize("NFD", "é.txt")
    workshop.write(decomposed, "先来的一份。")
    workshop.build()
    assert {each.id for each in workshop.library().summaries()} >= {composed.removesuffix(".txt")}
    workshop.write(composed, "后来的一份。")
    workshop.build()
    ids = {each.path: each.id for each in workshop.library().summaries()}
    assert (ids[composed], ids[decomposed]) == ("é", "é%2")
    assert workshop.library().document("é%2").text == "先来的一份。"
    (workshop.corpus / composed).unlink()
    workshop.build()
    assert workshop.library().document("é").text == "先来的一份。"
    newest = workshop.generations.newest()
    assert newest is not None
    assert findings_of(workshop.generations, newest) == []


def test_a_card_correction_makes_only_its_document_be_read_again(workshop: Workshop) -> None:
    workshop.build()
    workshop.reads.clear()
    workshop.write("甲.txt.card.toml", 'title = "更正"\nkind = "简报"\n')
    workshop.build()
    assert workshop.reads == ["甲.txt"]
    assert [each.path for each in workshop.library().summaries() if each.corrected] == ["甲.txt"]
    assert workshop.library().document("甲").card.title == "更正"
    workshop.reads.clear()
    workshop.build()
    assert workshop.reads == []
    (workshop.corpus / "甲.txt.card.toml").rename(workshop.corpus / "没有.card.toml")
    workshop.build()
    assert workshop.library().document("甲").card.title is None
    assert differences(workshop.corpus, workshop.library().known()) == [
        "更正文件 没有.card.toml 旁边没有它所更正的文档；改名或移走"
    ]


def test_a_file_that_failed_is_tried_again_when_asked(workshop: Workshop) -> None:
    workshop.write("空.txt", "")
    workshop.build()
    workshop.reads.clear()
    workshop.build()
    assert workshop.reads == []
    workshop.build(reread=["空.txt"])
    assert workshop.reads == ["空.txt"]


def test_changes_tell_what_the_last_build_did(workshop: Workshop) -> None:
    workshop.build()
    assert workshop.library().changes().added == ("乙.txt", "子目录/丙.txt", "甲.txt")
    workshop.write("乙.txt", "改了。")
    workshop.write("丁.txt", "新的。")
    (workshop.corpus / "甲.txt").unlink()
    workshop.build()
    changes = workshop.library().changes()
    assert (changes.added, changes.changed, changes.removed, changes.moved) == (
        ("丁.txt",),
        ("乙.txt",),
        ("甲.txt",),
        (),
    )
    assert changes.built_at is not None


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(bytes(data))


def test_vectors_and_words_are_made_anew_without_embedding(workshop: Workshop) -> None:
    workshop.build()
    embedded = workshop.embedder.embedded
    newest = workshop.generations.newest()
    assert newest is not None
    expected = fingerprint(workshop)
    damage(newest / VECTORS)
    assert "--repair" in findings_of(workshop.generations, newest)[0]
    with workshop.generations.writing():
        base, made = remake(workshop.generations, workshop.recipe(), workshop.analyzer)
    assert (base, made) == ("00000001", "00000002")
    newest = workshop.generations.newest()
    assert newest is not None
    assert findings_of(workshop.generations, newest) == []
    assert fingerprint(workshop) == expected
    assert workshop.embedder.embedded == embedded
    assert workshop.library().search(["556"], 10, Filters())


def test_a_damaged_library_is_repaired_from_the_generation_before(workshop: Workshop) -> None:
    workshop.build()
    workshop.write("新.txt", "新增。")
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    damage(newest / LIBRARY)
    with workshop.generations.writing():
        base, _ = remake(workshop.generations, workshop.recipe(), workshop.analyzer)
    assert base == "00000001"
    workshop.build()
    assert len(fingerprint(workshop)) == 4


def test_without_a_sound_library_repair_says_so(workshop: Workshop) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    damage(newest / LIBRARY)
    with workshop.generations.writing(), pytest.raises(IndexError_, match="没有完好的库文件"):
        remake(workshop.generations, workshop.recipe(), workshop.analyzer)
    assert "--rebuild" in findings_of(workshop.generations, newest)[0]


def test_an_index_of_an_older_layout_is_named_and_brought_up_to_date(workshop: Workshop) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    with closing(sqlite3.connect(newest / LIBRARY)) as connection:
        connection.execute("PRAGMA user_version = 1")
        for column in ("correction", "read_at", "sketch"):
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        connection.execute("DROP TABLE duplicates")
        for table, column in (("documents", "pages"), ("passages", "clause"), ("passages", "issuer")):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.commit()
    files = tuple((name, (newest / name).stat().st_size, sha256_of(newest / name)) for name in (LIBRARY, VECTORS))
    write_manifest(newest, replace(read_manifest(newest), files=files))
    with pytest.raises(IndexOutdatedError, match="旧版程序"):
        workshop.library()
    embedded = workshop.embedder.embedded
    workshop.build()
    assert len(fingerprint(workshop)) == 3
    assert workshop.embedder.embedded == embedded


def test_a_bug_in_one_format_does_not_keep_the_others_out(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    real = workshop_module.read

    def broken(path: Path, corpus: Path) -> Document:
        if path.name == "甲.txt":
            raise ZeroDivisionError("oops")
        return real(path, corpus)

    monkeypatch.setattr(workshop_module, "read", broken)
    report = workshop.build()
    assert (report.read, report.failed) == (2, 1)
    assert "程序出错（ZeroDivisionError: oops）" in report.problems[0].messages[0]


def test_a_flipped_byte_in_the_manifest_is_caught_or_changes_nothing(workshop: Workshop) -> None:
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    sound = workshop.generations.check(newest)
    path = newest / "manifest.json"
    data = path.read_bytes()
    caught = 0
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 0x01
        path.write_bytes(bytes(damaged))
        try:
            assert workshop.generations.check(newest) == sound  # white space, or the name of the checksum itself
        except IndexDamagedError:
            caught += 1
    assert caught > 0.8 * len(data)


def test_a_reader_of_a_deleted_generation_goes_on(workshop: Workshop) -> None:
    workshop.build()
    old = workshop.library()
    for number in range(3):
        workshop.write("乙.txt", f"第{number}版。")
        workshop.build()
    assert not (workshop.index / "generations" / "00000001").exists()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: old.document("乙").text).result() == "全市科技支出24.82亿元。"
