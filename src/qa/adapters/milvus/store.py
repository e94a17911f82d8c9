"""Generations and their rows in Milvus: putting them there, opening them, and holding the two against each other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from qa.adapters.generations import LIBRARY, Recipe
from qa.adapters.milvus.address import StoreAddress
from qa.adapters.milvus.generation_record import GenerationRecord, read_record
from qa.adapters.milvus.index import GenerationRows, MilvusIndex
from qa.adapters.milvus.library_file import all_texts, vectors_of
from qa.adapters.milvus.placing import BATCH_ROWS, EXACT, Staging, place
from qa.adapters.milvus.pool import Pool
from qa.adapters.milvus.rows import row_of
from qa.adapters.milvus.words import LibraryWithRemoteWords
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.schema import open_immutable
from qa.errors import IndexDamagedError, IndexModelError, IndexOutdatedError, StoreError
from qa.ports import Progress

_PROBES = 24  # rows that are fetched and compared when a generation is opened
_REPAIR = "运行 qa verify --repair 补齐，不必重新计算向量"


class MilvusStore:
    """The rows of the generations of one index folder. ``progress`` is told (rows done, rows in all) while rows are put."""

    def __init__(self, address: StoreAddress, progress: Progress = lambda done, total: None) -> None:
        self.address = address
        self.progress = progress

    def put(self, connection: sqlite3.Connection, recipe: Recipe, staging: Staging) -> str:
        """The rows of the staged library, see :func:`qa.adapters.milvus.placing.place`."""
        return place(self.address, connection, recipe, staging, self.progress)

    def open(self, generation: Path, recipe: Recipe) -> tuple[SqliteLibrary, MilvusIndex]:
        """Documents, passages and words, and the vectors, of a generation whose checksums were compared.

        Raises :class:`StoreError` when Milvus or the collection is not there, :class:`IndexModelError` when the collection is
        that of another model, :class:`IndexDamagedError` when rows are missing or changed.
        """
        record = self._require(generation)
        pool = Pool(self.address, record.collection)
        if not pool.exists():
            raise StoreError(
                f"Milvus {self.address.shown} 里没有集合 {record.collection}",
                reason="它被删除了，或 QA_STORE 指着另一个服务",
                hint="改正 QA_STORE，或运行 qa index 把向量放进去（不重新计算）",
            )
        library = LibraryWithRemoteWords(generation / LIBRARY)
        self._require_same(pool, record, recipe)
        pool.load()
        self._probe(pool, record, library)
        rows = GenerationRows(pool, record, library)
        if record.words_mean:
            library.search_in(rows, record.passages)
        return library, MilvusIndex(rows, record.passages)

    def _require(self, generation: Path) -> GenerationRecord:
        record = read_record(generation)
        if record is None:
            raise IndexOutdatedError(
                "索引的向量存在本机，不在 Milvus 里",
                reason=f"QA_STORE 现在是 {self.address.shown}",
                hint="运行 qa index 把向量放进 Milvus（不重新计算），或清除 QA_STORE",
            )
        return record

    def _require_same(self, pool: Pool, record: GenerationRecord, recipe: Recipe) -> None:
        about = pool.about()
        if int(about["dim"]) != record.dim:
            raise IndexModelError(
                f"集合 {pool.name} 的向量是 {about['dim']} 维，索引的是 {record.dim} 维",
                reason=f"Milvus {self.address.shown} 里的这个集合不是这个索引建立的",
                hint="改正 QA_STORE，或删除这个集合后运行 qa index 重新放入",
            )
        if about.get("model", recipe.model_fingerprint) != recipe.model_fingerprint:
            raise IndexModelError(
                f"集合 {pool.name} 里是另一个模型的向量",
                reason=f"索引是用 {recipe.model} 建立的，两者的向量不能混用",
                hint="改正 QA_STORE，或删除这个集合后运行 qa index 重新放入",
            )

    @staticmethod
    def _probe(pool: Pool, record: GenerationRecord, library: SqliteLibrary) -> None:
        """Enough rows, and some of them, spread over all, to the byte."""
        if len(pool) < record.rows:
            raise IndexDamagedError(
                f"集合 {pool.name} 里少了向量", reason=f"应有至少 {record.rows} 行，实有 {len(pool)}", hint=_REPAIR
            )
        wanted = {row_of(each): vector for each, vector in library.some_embeddings(_PROBES).items()}
        held = pool.vectors(list(wanted))
        wrong = [each for each, vector in wanted.items() if each not in held or not np.array_equal(held[each], vector)]
        if wrong:
            raise IndexDamagedError(
                f"集合 {pool.name} 里的向量与索引不符",
                reason=f"抽查 {len(wanted)} 行，{len(wrong)} 行不同",
                hint=_REPAIR,
            )

    def holds(self, generation: Path) -> bool:
        """Whether the generation is one of this store, as the address asks for it, and its rows are there. Raises :class:`StoreError`."""
        record = read_record(generation)
        if record is None or bool(record.words_mean) != (self.address.words and record.passages > 0):
            return False
        if (self.address.index or EXACT) != record.index:
            return False
        pool = Pool(self.address, record.collection)
        return pool.exists() and len(pool) >= record.rows

    def findings(self, generation: Path) -> list[str]:
        """Every row of the generation held against the library file; what is wrong, each in one Chinese line."""
        pool = Pool(self.address, self._require(generation).collection)
        if not pool.exists():
            return [f"Milvus {self.address.shown} 里没有集合 {pool.name}；{_REPAIR}"]
        pool.load()
        lacking = different = 0
        with closing(open_immutable(generation / LIBRARY)) as connection:
            hashes = all_texts(connection)
            for first in range(0, len(hashes), BATCH_ROWS):
                part = hashes[first : first + BATCH_ROWS]
                held = pool.vectors([row_of(each) for each in part])
                for each, vector in zip(part, vectors_of(connection, part), strict=True):
                    kept = held.get(row_of(each))
                    lacking += kept is None
                    different += kept is not None and not np.array_equal(kept, vector)
        found = [f"集合 {pool.name} 里少了 {lacking} 行向量；{_REPAIR}"] if lacking else []
        return found + ([f"集合 {pool.name} 里有 {different} 行向量与索引不同；{_REPAIR}"] if different else [])

    def describe(self, generation: Path | None) -> str:
        """One Chinese line for ``qa doctor``. Raises :class:`StoreError`."""
        record = self._require(generation) if generation else None
        if record is None:
            return f"{self.address.shown}（{Pool(self.address, '').version()}），还没有放入向量"
        pool = Pool(self.address, record.collection)
        kind = {"FLAT": "逐个比较，精确", "HNSW": "HNSW 图，近似"}.get(record.index, record.index)
        words = "；词语索引也在其中" if record.words_mean else ""
        return f"{self.address.shown}（{pool.version()}），集合 {pool.name}，{len(pool)} 行，{kind}{words}"
