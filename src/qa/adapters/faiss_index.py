"""Vectors in FAISS, one file: exact for small libraries; for large ones a scan in few bits, and the best of it compared exactly.

:mod:`qa.adapters.vector_policy` says which kind is taken when. What is kept in fp16 is mapped from the file, not read into memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from qa.adapters.vector_policy import VectorKind, kind_for, rescored
from qa.errors import IndexDamagedError
from qa.ports import Vectors

TRAINING_ROWS = 65_536
"""Vectors that the codebooks are made from, spread over all."""

_EXACT_BELOW_SHARE = 0.25
"""Where filters let less than this share through, only what they let through is compared, exactly."""


class FaissIndex:
    """Search over L2-normalised vectors; keys are positive 63-bit integers. Threads may search together."""

    # faiss's own types lack what its wrappers add at run time, hence Any.
    def __init__(self, index: Any) -> None:
        self._index = index  # IDMap or IDMap2
        self._inner: Any = faiss.downcast_index(index.index)
        self.kind = _kind_of(self._inner)

    @classmethod
    def build(cls, keys: NDArray[np.int64], vectors: Vectors, kind: VectorKind | None = None) -> FaissIndex:
        """An index of ``vectors`` (n, dim) float32 under ``keys`` (n,), of the ``kind`` that their number asks for."""
        index = cls.empty(len(keys), vectors[:: max(1, len(keys) // TRAINING_ROWS)], kind)
        if len(keys):
            index.add(keys, vectors)
        return index

    @classmethod
    def empty(cls, count: int, sample: Vectors, kind: VectorKind | None = None) -> FaissIndex:
        """An index without vectors for ``count`` of them; ``sample`` (m, dim) float32 is what codebooks are made from."""
        dim = sample.shape[1]
        kind = kind or kind_for(count, dim)
        inner = faiss.index_factory(dim, _FACTORY[kind].format(pairs=dim // 2), faiss.METRIC_INNER_PRODUCT)
        if count:
            inner.train(np.ascontiguousarray(sample))
        wrapped = faiss.IndexIDMap2(inner) if kind is VectorKind.EXACT else faiss.IndexIDMap(inner)
        return cls(wrapped)

    @classmethod
    def load(cls, path: Path, *, to_change: bool = False) -> FaissIndex:
        """Raises :class:`IndexDamagedError`. A flipped byte loads silently: check the manifest's checksum first.

        What is to be searched only is mapped from the file; with ``to_change`` it is read into memory.
        """
        try:
            return cls(faiss.read_index(str(path), 0 if to_change else faiss.IO_FLAG_MMAP_IFC))
        except (RuntimeError, AttributeError) as error:
            raise IndexDamagedError(
                f"向量索引 {path.name} 无法载入",
                reason=str(error).splitlines()[0][:200],
                hint="运行 qa index --rebuild 重建",
            ) from error

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def keys(self) -> set[int]:
        """The keys of all vectors."""
        return set(self._keys.tolist())

    # ------------------------------------------------------------------------------------------------------- changing

    def add(self, keys: NDArray[np.int64], vectors: Vectors) -> None:
        """Takes ``vectors`` (n, dim) float32 in under ``keys`` (n,) that it does not hold."""
        self._index.add_with_ids(np.ascontiguousarray(vectors), np.ascontiguousarray(keys))
        self._forget()

    def remove(self, keys: Iterable[int]) -> None:
        """Drops the vectors of ``keys``; the others keep their order."""
        gone = self._rows(np.sort(np.fromiter(keys, np.int64)))
        if not len(gone):
            return
        kept = np.delete(self._keys, gone)
        for part in self._parts():
            part.remove_ids(faiss.IDSelectorBatch(gone))
        self._inner.ntotal = self._index.ntotal = len(kept)
        faiss.copy_array_to_vector(kept, self._index.id_map)
        self._forget()

    def _parts(self) -> list[Any]:
        if self.kind is not VectorKind.SCANNED:
            return [self._inner]
        return [faiss.downcast_index(self._inner.base_index), self._exact]

    def _forget(self) -> None:
        for name in ("_keys", "_by_key"):
            self.__dict__.pop(name, None)

    # ------------------------------------------------------------------------------------------------------ searching

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        k = min(k, len(self))
        if k < 1 or (allowed is not None and not len(allowed)):
            return []
        # One query is searched by one thread anyway; more would only wait for each other (24 ms instead of 0.01 on a busy
        # machine). The number is kept for each thread that calls, so it is set here.
        faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(vector.reshape(1, -1))
        if allowed is not None:
            rows, scores = self._among(query, k, self._rows(allowed))
        elif self.kind is VectorKind.SCANNED:
            parameters = faiss.IndexRefineSearchParameters()
            parameters.k_factor = rescored(len(self), k) / k
            rows, scores = _first(self._inner, query, k, parameters)
        else:
            rows, scores = _first(self._inner, query, k)
        found = zip(self._keys[rows].tolist(), scores.tolist(), strict=True)
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def exact(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """As :meth:`search`, every vector compared as it is kept: what recall is measured against."""
        faiss.omp_set_num_threads(1)
        rows, scores = _first(self._exact, np.ascontiguousarray(vector.reshape(1, -1)), min(k, len(self)))
        found = zip(self._keys[rows].tolist(), scores.tolist(), strict=True)
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def recall(self, samples: int, k: int = 10) -> float:
        """Of the exact best ``k`` of ``samples`` kept vectors, spread over all, the share that :meth:`search` finds; 1 for none."""
        rows = range(0, len(self), max(1, len(self) // max(1, samples)))[:samples]
        shares = []
        for row in rows:
            vector: Vectors = self._exact.reconstruct(row)
            wanted = self.exact(vector, k)
            found = sum(score >= wanted[-1][1] - _SAME for _, score in self.search(vector, k))
            shares.append(found / len(wanted))
        return sum(shares) / len(shares) if shares else 1.0

    def _among(self, query: Vectors, k: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """The best ``k`` of ``rows``."""
        count = len(self)
        if self.kind is VectorKind.SCANNED and len(rows) >= _EXACT_BELOW_SHARE * count:
            wanted = rescored(count, k)
            scanned = faiss.downcast_index(self._inner.base_index)
            seen, _ = _first(scanned, query, min(count, int(wanted * count / len(rows))))
            seen = seen[_marked(rows, count)[seen]]
            if len(seen) >= max(k, wanted // 2):
                # einsum, not a matrix product: BLAS would start threads that wait for each other.
                scores = np.einsum("nd,d->n", self._exact.reconstruct_batch(seen), query[0])
                best = np.argsort(-scores, kind="stable")[:k]
                return seen[best], scores[best]
        bits = np.packbits(_marked(rows, count), bitorder="little")
        parameters = faiss.SearchParameters()
        parameters.sel = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        return _first(self._exact, query, min(k, len(rows)), parameters)

    @property
    def _exact(self) -> Any:
        """The part that holds every vector as it is compared in the end."""
        return faiss.downcast_index(self._inner.refine_index) if self.kind is VectorKind.SCANNED else self._inner

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        """(n,) keys by row."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), np.int64)

    @cached_property
    def _by_key(self) -> NDArray[np.int64]:
        """(n,) rows by ascending key."""
        return np.argsort(self._keys, kind="stable")

    def _rows(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of those of ``keys`` that it holds."""
        if not len(self):
            return np.empty(0, np.int64)
        by_key, own = self._by_key, self._keys
        places = np.minimum(np.searchsorted(own, keys, sorter=by_key), len(own) - 1)
        rows = by_key[places]
        return np.asarray(rows[own[rows] == keys], np.int64)


_FACTORY = {
    VectorKind.EXACT: "Flat",
    VectorKind.HALF: "SQfp16",
    VectorKind.SCANNED: "PQ{pairs}x4fs,Refine(SQfp16)",  # 16 code words for each pair of numbers, 4 bits; then fp16
}
_SAME = 1e-6  # two vectors that are the same text may come in either order


def _kind_of(inner: Any) -> VectorKind:
    if isinstance(inner, faiss.IndexRefine):
        return VectorKind.SCANNED
    return VectorKind.HALF if isinstance(inner, faiss.IndexScalarQuantizer) else VectorKind.EXACT


def _first(
    index: Any, query: Vectors, k: int, parameters: faiss.SearchParameters | None = None
) -> tuple[NDArray[np.int64], Vectors]:
    """(rows, scores) of the best ``k`` of ``index``, best first; fewer where it has fewer."""
    if k < 1:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    scores, rows = index.search(query, k, params=parameters)
    held = rows[0] >= 0
    return rows[0][held], scores[0][held]


def _marked(rows: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    marked: NDArray[np.bool_] = np.zeros(count, np.bool_)
    marked[rows] = True
    return marked
