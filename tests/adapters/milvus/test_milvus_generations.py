"""Generations whose vectors are in Milvus: what a switch, a stop, a loss and a change of mind do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.generations import LIBRARY, VECTORS
from qa.adapters.memory import BigramEmbedder
from qa.adapters.milvus import placing
from qa.adapters.milvus.library_file import all_texts
from qa.adapters.milvus.pool import Pool
from qa.adapters.milvus.rows import row_of
from qa.errors import IndexDamagedError, IndexModelError, IndexOutdatedError, StoreError

from .shared_workshop import SharedWorkshop


class Stopped(Exception):
    pass


def test_only_new_texts_are_put_and_a_removed_document_is_gone(workshop: SharedWorkshop) -> None:
    assert workshop.build().passages == 5
    assert len(workshop.pool()) == 5
    workshop.write(丁="新增一句话。")
    (workshop.corpus / "乙.txt").unlink()
    told: list[tuple[int, int]] = []
    workshop.build(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)  # one row, not five
    assert workshop.found("新增一句话", k=1) == ["新增一句话。"]
    assert "全市科技支出24.82亿元。" not in workshop.found("全市科技支出24.82亿元", k=9)
    assert len(workshop.open()[1]) == len(workshop.found("科技", k=9)) == 5
    assert workshop.findings() == []


def test_readers_of_the_generation_before_go_on_while_the_next_is_made(workshop: SharedWorkshop) -> None:
    workshop.build()
    before = workshop.newest
    library, index = workshop.open()
    question = workshop.embedder.embed_queries(["全市科技支出24.82亿元"])
    first = index.search(question, 5)
    workshop.write(乙="全市科技支出30亿元。", 丁="另一句话。")
    workshop.build()
    assert index.search(question, 5) == first  # not one passage of the newer one, none of its own lost
    assert workshop.found("全市科技支出", before, k=1) == ["全市科技支出24.82亿元。"]
    assert workshop.found("全市科技支出", k=1) == ["全市科技支出30亿元。"]
    assert library.passages([first[0][0]])


def test_what_two_generations_no_longer_use_is_deleted(workshop: SharedWorkshop) -> None:
    workshop.build()
    (workshop.corpus / "丙.txt").unlink()
    workshop.build()
    assert len(workshop.pool()) == 5  # the one before still uses them
    assert len(workshop.record().retired) == 2
    workshop.write(丁="另一句话。")
    workshop.build()
    assert len(workshop.pool()) == 4
    assert workshop.findings() == []


def test_a_text_that_comes_back_before_its_row_is_deleted_keeps_it(workshop: SharedWorkshop) -> None:
    workshop.build()
    (workshop.corpus / "乙.txt").unlink()
    workshop.build()
    workshop.write(乙="全市科技支出24.82亿元。")
    workshop.build()
    assert workshop.found("全市科技支出24.82亿元", k=1) == ["全市科技支出24.82亿元。"]
    assert workshop.findings() == []


def test_the_same_words_in_several_places_share_a_row(workshop: SharedWorkshop) -> None:
    workshop.write(戊="甲乙丙丁。\n甲乙丙丁。\n甲乙丙丁。")
    workshop.build()
    assert workshop.record().passages - workshop.record().rows == 2
    assert workshop.found("甲乙丙丁", k=3) == ["甲乙丙丁。"] * 3
    assert len(workshop.open()[1]) == 8


def test_a_stop_while_rows_are_put_leaves_the_old_and_goes_on(
    workshop: SharedWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    before, collection = workshop.newest, workshop.record().collection
    monkeypatch.setattr(placing, "BATCH_ROWS", 2)
    workshop.write(**{f"新{number}": f"第{number}句新话。" for number in range(6)})

    def stop(done: int, total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        workshop.build(progress=stop)
    assert workshop.newest == before
    assert "第1句新话。" not in workshop.found("第1句新话", k=20)  # its row may be there; it is nobody's yet
    embedded = workshop.embedder.embedded
    workshop.build()
    assert workshop.embedder.embedded == embedded  # what was embedded stayed
    assert workshop.found("第1句新话", k=1) == ["第1句新话。"]
    assert workshop.record().collection == collection
    assert workshop.findings() == []


def test_a_first_build_that_was_stopped_goes_on_in_its_collection(
    workshop: SharedWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "BATCH_ROWS", 2)

    def stop(done: int, total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        workshop.build(progress=stop)
    workshop.build()
    library = workshop.record().library
    assert Pool(workshop.address, "").siblings(f"qa_{library}_") == [workshop.record().collection]
    assert workshop.findings() == []


def test_lost_rows_are_found_and_repaired_without_embedding(workshop: SharedWorkshop) -> None:
    workshop.build()
    embedded = workshop.embedder.embedded
    library = workshop.open()[0]
    lost = [row_of(each) for each in sorted(library.some_embeddings(4))[:2]]
    workshop.pool().delete(lost)
    with pytest.raises(IndexDamagedError, match="少了向量"):
        workshop.open()
    assert "少了 2 行" in workshop.findings()[0]
    workshop.repair()
    assert workshop.findings() == []
    assert workshop.found("居全区首位", k=1) == ["居全区首位。"]
    assert workshop.embedder.embedded == embedded


def test_a_changed_vector_is_refused_and_repaired(workshop: SharedWorkshop) -> None:
    workshop.build()
    library = workshop.open()[0]
    digest, vector = next(iter(library.some_embeddings(1).items()))
    bent = np.array(vector)
    bent[0] += 2**-20  # one bit or two
    workshop.pool().put([row_of(digest)], bent.reshape(1, -1), replace=True)
    with pytest.raises(IndexDamagedError, match="与索引不符"):
        workshop.open()
    assert "1 行向量与索引不同" in workshop.findings()[0]
    workshop.repair()
    assert workshop.findings() == []
    workshop.open()


def test_a_wiped_server_is_named_and_filled_again(workshop: SharedWorkshop) -> None:
    workshop.build()
    embedded = workshop.embedder.embedded
    workshop.pool().drop()
    with pytest.raises(StoreError, match="没有集合") as caught:
        workshop.open()
    assert "qa index" in caught.value.hint
    assert not workshop.store().holds(workshop.newest)
    workshop.build()
    assert workshop.store().holds(workshop.newest)
    assert workshop.findings() == []
    assert workshop.embedder.embedded == embedded


def test_another_model_gets_another_collection_and_the_old_one_goes(workshop: SharedWorkshop) -> None:
    workshop.build()
    first = workshop.record()
    workshop.embedder = BigramEmbedder(32)
    workshop.build(fresh=True)
    second = workshop.record()
    assert (second.dim, second.library) == (32, first.library)
    assert sorted(workshop.pool().siblings(f"qa_{first.library}_")) == sorted([first.collection, second.collection])
    workshop.write(丁="另一句话。")
    workshop.build()
    assert workshop.pool().siblings(f"qa_{first.library}_") == [second.collection]
    assert workshop.findings() == []


def test_a_collection_of_another_dimension_is_named(workshop: SharedWorkshop) -> None:
    workshop.build()
    pool = workshop.pool()
    pool.drop()
    pool.create(8, "FLAT", words=False, about={})
    with pytest.raises(IndexModelError, match="8 维，索引的是 64 维") as caught:
        workshop.open()
    assert "QA_STORE" in caught.value.hint


def test_a_collection_of_another_model_is_named(workshop: SharedWorkshop) -> None:
    """milvus-lite keeps no description: there the vectors tell."""
    workshop.build()
    pool = workshop.pool()
    pool.drop()
    pool.create(64, "FLAT", words=False, about={"model": "another"})
    rows = [row_of(each) for each in workshop_hashes(workshop.newest)]
    pool.put(rows, np.eye(len(rows), 64, dtype=np.float32))
    with pytest.raises((IndexModelError, IndexDamagedError), match=r"另一个模型的向量|与索引不符"):
        workshop.open()


def workshop_hashes(generation: Path) -> list[str]:
    with closing(sqlite3.connect(generation / LIBRARY)) as connection:
        return all_texts(connection)


def test_from_files_to_milvus_and_back_nothing_is_embedded_again(workshop: SharedWorkshop) -> None:
    workshop.build(in_file=True)
    embedded = workshop.embedder.embedded
    assert (workshop.newest / VECTORS).exists()
    with pytest.raises(IndexOutdatedError, match="不在 Milvus 里") as caught:
        workshop.open()
    assert "qa index" in caught.value.hint
    workshop.build()
    assert not (workshop.newest / VECTORS).exists()
    assert workshop.findings() == []
    workshop.build(in_file=True)
    assert (workshop.newest / VECTORS).exists()
    assert workshop.embedder.embedded == embedded


def test_an_empty_library_opens(workshop: SharedWorkshop) -> None:
    for path in workshop.corpus.glob("*.txt"):
        path.unlink()
    workshop.build()
    assert workshop.found("科技") == []
    workshop.write(甲="科技特派员引进新品种556个。")
    workshop.build()
    assert workshop.found("科技", k=1) == ["科技特派员引进新品种556个。"]
