"""Search in a pool, seen as one generation: what of the pool is not of the generation is left out, whatever the pool holds."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from qa.adapters.milvus.generation_record import GenerationRecord
from qa.adapters.milvus.pool import IDS_PER_FILTER, MOST_HITS, Pool, Weights
from qa.adapters.milvus.rows import prefix_of, row_of
from qa.adapters.sqlite.library import SqliteLibrary
from qa.ports import Vectors

SPARE_HITS = 14  # rows of neighbouring generations, and ties at the end; they cost nothing
STRONG_FOR_S = 10.0
"""Right after a generation is opened every replica must see its rows; later the bounded view, 5 s behind at most, has them too."""
LOOK_THROUGH = (
    2_000  # expected hits from which on a filter is handed to Milvus instead of looking through what it returns
)

Keys = NDArray[np.int64]


class GenerationRows:
    """The rows of one generation, to be searched by ``vector`` or by ``words``."""

    def __init__(self, pool: Pool, record: GenerationRecord, library: SqliteLibrary) -> None:
        self._pool = pool
        self._record = record
        self._library = library
        self._strong_until = time.monotonic() + STRONG_FOR_S

    def nearest(self, field: str, query: Vectors | Weights, k: int, allowed: Keys | None) -> list[tuple[int, float]]:
        """(passage key, inner product), best first, ties by key; exact wherever the collection's own index is."""
        if k < 1 or not self._record.rows or (allowed is not None and not len(allowed)):
            return []
        limit = min(k + SPARE_HITS, MOST_HITS)
        if allowed is not None:
            allowed = np.sort(allowed, kind="stable")
            if limit * self._record.passages > LOOK_THROUGH * len(allowed):
                return self._among(field, query, k, allowed)
        while True:
            hits = self._search(field, query, limit)
            found = self._passages(hits, allowed)
            if len(found) >= k or len(hits) < limit:
                return found[:k]
            if limit == MOST_HITS:
                return found if allowed is None else self._among(field, query, k, allowed)
            limit = min(4 * limit, MOST_HITS)

    def _among(self, field: str, query: Vectors | Weights, k: int, allowed: Keys) -> list[tuple[int, float]]:
        """The same with the rows of ``allowed`` named to Milvus, some thousands at a time."""
        rows = sorted(row_of(each) for each in self._library.embeddings_of(allowed.tolist()))
        hits: list[tuple[int, float]] = []
        for first in range(0, len(rows), IDS_PER_FILTER):
            part = rows[first : first + IDS_PER_FILTER]
            hits += self._search(field, query, min(k + SPARE_HITS, len(part), MOST_HITS), part)
        return self._passages(hits, allowed)[:k]

    def _search(
        self, field: str, query: Vectors | Weights, limit: int, among: list[int] | None = None
    ) -> list[tuple[int, float]]:
        strong = time.monotonic() < self._strong_until
        index = self._record.index if field == "vector" else ""
        return self._pool.nearest(field, query, limit, index=index, among=among, strong=strong)

    def _passages(self, hits: list[tuple[int, float]], allowed: Keys | None) -> list[tuple[int, float]]:
        """Passages for rows: none for a row of another generation, several for a text that stands in several places."""
        keys = self._library.keys_by_embedding([prefix_of(row) for row, _ in hits])
        found = [(key, score) for row, score in hits for key in keys.get(prefix_of(row), ())]
        if allowed is not None:
            wanted = np.array([key for key, _ in found], np.int64)
            at = np.minimum(np.searchsorted(allowed, wanted), len(allowed) - 1)
            found = [each for each, inside in zip(found, allowed[at] == wanted, strict=True) if inside]
        return sorted(found, key=lambda each: (-each[1], each[0]))


class MilvusIndex:
    """``VectorIndex``."""

    def __init__(self, rows: GenerationRows, passages: int) -> None:
        self._rows = rows
        self._passages = passages

    def __len__(self) -> int:
        return self._passages

    def search(self, vector: Vectors, k: int, allowed: Keys | None = None) -> list[tuple[int, float]]:
        return self._rows.nearest("vector", vector, k, allowed)
