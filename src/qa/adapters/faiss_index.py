"""Vectors in FAISS: exact inner product, in memory, written and read as one file."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexDamagedError
from qa.ports import Vectors

HALF_PRECISION_FROM = 50_000
"""From this many vectors on they are kept as fp16: half the memory; below, float32 costs nothing worth saving."""


class FaissIndex:
    """Exact search over L2-normalised vectors; keys are positive 63-bit integers."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, keys: NDArray[np.int64], vectors: Vectors) -> FaissIndex:
        """An index of ``vectors`` (n, dim) float32 under ``keys`` (n,)."""
        dim = vectors.shape[1]
        kind = "IDMap2,SQfp16" if len(keys) >= HALF_PRECISION_FROM else "IDMap2,Flat"
        index = faiss.index_factory(dim, kind, faiss.METRIC_INNER_PRODUCT)
        if len(keys):
            index.train(vectors)
            index.add_with_ids(np.ascontiguousarray(vectors), keys)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> FaissIndex:
        """Raises :class:`IndexDamagedError`. A flipped byte loads silently: check the manifest's checksum first."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
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
        return set(faiss.vector_to_array(self._index.id_map).tolist())  # type: ignore[attr-defined]

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        if not len(self) or k < 1 or (allowed is not None and not len(allowed)):
            return []
        # One query is searched by one thread anyway; more would only wait for each other (24 ms instead of 0.01 on a busy
        # machine). The number is kept for each thread that calls, so it is set here.
        faiss.omp_set_num_threads(1)
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(allowed)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, keys = self._index.search(
            np.ascontiguousarray(vector.reshape(1, -1)), min(k, len(self)), params=parameters
        )
        found = [(int(key), float(score)) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0]
        return sorted(found, key=lambda each: (-each[1], each[0]))
