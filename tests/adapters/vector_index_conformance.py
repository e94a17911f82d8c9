"""What every ``VectorIndex`` must do: derive from :class:`VectorIndexConformance` and say how one is made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.ports import VectorIndex, Vectors

DIM = 24
COUNT = 300


def unit_vectors(count: int, dim: int = DIM, seed: int = 7) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def spread_keys(count: int, seed: int = 8) -> NDArray[np.int64]:
    """Keys as passages have them: positive, of up to 63 bits, in no order."""
    drawn = np.random.default_rng(seed).choice(2**62, size=count, replace=False)
    return np.asarray(drawn * 2 + 1, np.int64)


def exactly(keys: NDArray[np.int64], vectors: Vectors, query: Vectors, k: int) -> list[tuple[int, float]]:
    """The oracle: numpy over everything, best first, ties by key."""
    scores = vectors @ query.reshape(-1)
    order = sorted(range(len(keys)), key=lambda row: (-scores[row], keys[row]))[:k]
    return [(int(keys[row]), float(scores[row])) for row in order]


class VectorIndexConformance:
    """``tolerance`` is how far a score may be from the inner product in float32."""

    tolerance = 1e-5

    def make(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        raise NotImplementedError

    @pytest.fixture
    def vectors(self) -> Vectors:
        return unit_vectors(COUNT)

    @pytest.fixture
    def keys(self) -> NDArray[np.int64]:
        return spread_keys(COUNT)

    @pytest.fixture
    def index(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        return self.make(keys, vectors)

    def test_finds_what_comparing_all_of_them_finds(
        self, index: VectorIndex, keys: NDArray[np.int64], vectors: Vectors
    ) -> None:
        assert len(index) == COUNT
        for query in unit_vectors(10, seed=9):
            found, wanted = index.search(query, 50), exactly(keys, vectors, query, 50)
            assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=self.tolerance)
            # Keys may only change places where their scores are as close as the index keeps them.
            true = dict(exactly(keys, vectors, query, COUNT))
            assert [true[key] for key, _ in found] == pytest.approx([score for _, score in wanted], abs=self.tolerance)
            assert len(dict(found)) == 50

    def test_takes_a_row_as_well_as_a_vector(self, index: VectorIndex, vectors: Vectors) -> None:
        assert index.search(vectors[:1], 5) == index.search(vectors[0], 5)

    def test_finds_each_vector_by_itself(self, index: VectorIndex, keys: NDArray[np.int64], vectors: Vectors) -> None:
        for row in range(0, COUNT, 29):
            ((key, score),) = index.search(vectors[row], 1)
            assert (key, score) == (keys[row], pytest.approx(1, abs=self.tolerance))

    def test_gives_all_when_more_are_wanted_than_there_are(self, index: VectorIndex, keys: NDArray[np.int64]) -> None:
        found = index.search(unit_vectors(1, seed=10)[0], COUNT + 50)
        assert {key for key, _ in found} == set(keys.tolist())
        assert len(found) == COUNT

    def test_orders_ties_by_key(self, keys: NDArray[np.int64], vectors: Vectors) -> None:
        vectors = vectors.copy()
        vectors[10:20] = vectors[10]
        found = self.make(keys, vectors).search(vectors[10], 10)
        assert [key for key, _ in found] == sorted(keys[10:20].tolist())

    @pytest.mark.parametrize("count", [1, 7, COUNT // 2, COUNT - 1])
    def test_stays_within_the_allowed_keys(
        self, index: VectorIndex, keys: NDArray[np.int64], vectors: Vectors, count: int
    ) -> None:
        chosen = np.random.default_rng(count).choice(COUNT, size=count, replace=False)
        query = unit_vectors(1, seed=count)[0]
        found = index.search(query, 20, np.sort(keys[chosen]))
        assert [key for key, _ in found] == [key for key, _ in exactly(keys[chosen], vectors[chosen], query, 20)]

    def test_allowed_keys_that_it_does_not_hold_change_nothing(
        self, index: VectorIndex, keys: NDArray[np.int64]
    ) -> None:
        query = unit_vectors(1, seed=12)[0]
        some = np.sort(keys[:40])
        assert index.search(query, 9, np.sort(np.append(some, [2, 4, 6]))) == index.search(query, 9, some)
        assert index.search(query, 9, np.array([2, 4, 6], np.int64)) == []

    def test_finds_nothing_where_nothing_is_asked_or_allowed(self, index: VectorIndex) -> None:
        query = unit_vectors(1)[0]
        assert index.search(query, 0) == []
        assert index.search(query, 5, np.array([], np.int64)) == []

    def test_an_empty_one_finds_nothing(self) -> None:
        empty = self.make(np.array([], np.int64), np.zeros((0, DIM), np.float32))
        assert len(empty) == 0
        assert empty.search(unit_vectors(1)[0], 5) == []

    def test_threads_get_what_one_gets(self, index: VectorIndex) -> None:
        queries = list(unit_vectors(24, seed=13))
        alone = [index.search(query, 10) for query in queries]
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda query: index.search(query, 10), queries)) == alone
