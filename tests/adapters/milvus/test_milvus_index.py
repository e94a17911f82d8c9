"""``MilvusIndex`` on milvus-lite, and with ``make test-milvus`` on a real server: what FAISS does, it does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.adapters.faiss_index import FaissIndex
from qa.adapters.milvus import index as index_module
from qa.adapters.milvus.address import StoreAddress
from qa.adapters.milvus.store import MilvusStore
from qa.ports import VectorIndex, Vectors

from ..vector_index_conformance import VectorIndexConformance, exactly, spread_keys, unit_vectors
from .made_generation import RECIPE, made_generation


class TestMilvusIndex(VectorIndexConformance):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path, address: StoreAddress) -> None:
        self.root, self.store = tmp_path, MilvusStore(address)

    def make(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        generation = made_generation(self.root, self.store, keys, vectors)
        return self.store.open(generation, RECIPE)[1]

    def test_ranks_as_faiss_does(self, index: VectorIndex, keys: NDArray[np.int64], vectors: Vectors) -> None:
        faiss = FaissIndex.build(keys, vectors)
        for query in unit_vectors(20, seed=21):
            ours, theirs = index.search(query, 50), faiss.search(query, 50)
            assert [key for key, _ in ours] == [key for key, _ in theirs]

    def test_what_other_generations_left_in_the_pool_takes_no_place(self, vectors: Vectors) -> None:
        """The next generation keeps every tenth vector: nine of ten hits are no longer its own, and it is still exact."""
        keys, kept = spread_keys(len(vectors)), slice(0, None, 10)
        first = made_generation(self.root, self.store, keys, vectors)
        second = made_generation(self.root, self.store, keys[kept], vectors[kept], base=first)
        opened = self.store.open(second, RECIPE)[1]
        for query in unit_vectors(5, seed=22):
            found = opened.search(query, 20)
            assert [key for key, _ in found] == [key for key, _ in exactly(keys[kept], vectors[kept], query, 20)]
        query = vectors[1]
        assert self.store.open(first, RECIPE)[1].search(query, 1)[0][0] == keys[1]  # the one before is whole

    def test_a_filter_gives_the_same_however_it_is_applied(
        self, index: VectorIndex, keys: NDArray[np.int64], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        allowed, query = np.sort(keys[:150]), unit_vectors(1, seed=23)[0]
        monkeypatch.setattr(index_module, "LOOK_THROUGH", 10**9)
        looked_through = index.search(query, 30, allowed)
        monkeypatch.setattr(index_module, "LOOK_THROUGH", 0)
        monkeypatch.setattr(index_module, "IDS_PER_FILTER", 40)
        assert index.search(query, 30, allowed) == looked_through
