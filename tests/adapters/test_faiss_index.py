from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.adapters.faiss_index import FaissIndex
from qa.adapters.vector_policy import HALF_FROM, SCANNED_FROM, VectorKind, explanation, kind_for, rescored
from qa.errors import IndexDamagedError
from qa.ports import VectorIndex, Vectors

from .vector_index_conformance import VectorIndexConformance, exactly, spread_keys, unit_vectors


class TestExact(VectorIndexConformance):
    def make(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        return FaissIndex.build(keys, vectors)


class TestHalf(VectorIndexConformance):
    tolerance = 2e-4

    def make(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        return FaissIndex.build(keys, vectors, VectorKind.HALF)


class TestScanned(VectorIndexConformance):
    tolerance = 2e-4

    def make(self, keys: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        return FaissIndex.build(keys, vectors, VectorKind.SCANNED)


def test_kind_follows_from_the_number_of_vectors() -> None:
    assert kind_for(0, 384) is kind_for(HALF_FROM - 1, 384) is VectorKind.EXACT
    assert kind_for(HALF_FROM, 384) is kind_for(SCANNED_FROM - 1, 384) is VectorKind.HALF
    assert kind_for(SCANNED_FROM, 384) is VectorKind.SCANNED
    assert kind_for(SCANNED_FROM, 383) is VectorKind.HALF
    for kind in VectorKind:
        assert "7654321" in explanation(kind, 7_654_321)


def test_rescores_more_where_there_are_more() -> None:
    counts = [rescored(count, 50) for count in (100, 1_000, 250_000, 500_000, 1_000_000, 9_000_000)]
    assert counts == sorted(counts)
    assert counts[0] == 100
    assert rescored(10, 50) == 10
    assert rescored(5_000_000, 5_000) == 5_000


@pytest.fixture(scope="module")
def clustered() -> Vectors:
    """(6000, 32), in bunches as texts on one subject are."""
    random = np.random.default_rng(1)
    drawn = random.normal(size=(60, 32))[random.integers(0, 60, 6000)] + 0.5 * random.normal(size=(6000, 32))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def recall(
    index: FaissIndex, keys: NDArray[np.int64], vectors: Vectors, allowed: NDArray[np.int64] | None = None
) -> float:
    shares = []
    for query in unit_vectors(20, 32, seed=5):
        rows = np.arange(len(keys)) if allowed is None else np.flatnonzero(np.isin(keys, allowed))
        wanted = exactly(keys[rows], vectors[rows], query, 10)
        found = {key for key, _ in index.search(query, 50, allowed)[:10]}
        shares.append(sum(key in found for key, _ in wanted) / 10)
    return float(np.mean(shares))


@pytest.mark.parametrize("share", [None, 0.01, 0.3, 0.9])
def test_a_scan_finds_what_comparing_all_finds(clustered: Vectors, share: float | None) -> None:
    keys = spread_keys(6000)
    index = FaissIndex.build(keys, clustered, VectorKind.SCANNED)
    allowed = (
        None if share is None else np.sort(np.random.default_rng(3).choice(keys, int(6000 * share), replace=False))
    )
    assert recall(index, keys, clustered, allowed) >= 0.98
    assert index.recall(20) >= 0.98


def test_a_filter_that_lets_only_far_away_vectors_through_is_exact(clustered: Vectors) -> None:
    keys = spread_keys(6000)
    index = FaissIndex.build(keys, clustered, VectorKind.SCANNED)
    query = clustered[0]
    far = np.argsort(clustered @ query)[:3000]  # the scan's best are none of these
    found = index.search(query, 10, np.sort(keys[far]))
    wanted = exactly(keys[far], clustered[far], query, 10)
    assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=2e-4)


@pytest.mark.parametrize("kind", list(VectorKind))
def test_keeps_what_it_holds_over_a_file(kind: VectorKind, clustered: Vectors, tmp_path: Path) -> None:
    keys = spread_keys(6000)
    index = FaissIndex.build(keys, clustered, kind)
    index.save(tmp_path / "v.faiss")
    loaded = FaissIndex.load(tmp_path / "v.faiss")
    assert loaded.kind is kind
    assert loaded.keys() == set(keys.tolist())
    for query in unit_vectors(5, 32, seed=6):
        assert loaded.search(query, 20) == index.search(query, 20)
        assert loaded.search(query, 20, np.sort(keys[:900])) == index.search(query, 20, np.sort(keys[:900]))


@pytest.mark.parametrize("kind", list(VectorKind))
def test_takes_in_and_drops_vectors(kind: VectorKind, clustered: Vectors, tmp_path: Path) -> None:
    keys = spread_keys(6000)
    FaissIndex.build(keys[:5000], clustered[:5000], kind).save(tmp_path / "v.faiss")
    index = FaissIndex.load(tmp_path / "v.faiss", to_change=True)
    index.remove([*keys[:1000].tolist(), 12])  # 12: never held
    index.remove([])
    index.add(keys[5000:], clustered[5000:])
    assert len(index) == 5000
    assert index.keys() == set(keys[1000:].tolist())
    index.save(tmp_path / "w.faiss")
    for each in (index, FaissIndex.load(tmp_path / "w.faiss")):
        assert recall(each, keys[1000:], clustered[1000:]) >= 0.98
        for row in (1000, 4999, 5000, 5999):
            assert each.search(clustered[row], 1)[0][0] == keys[row]
        assert keys[0] not in [key for key, _ in each.search(clustered[0], 50)]


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_bytes(b"IxM2" + bytes(40))
    with pytest.raises(IndexDamagedError, match=r"vectors\.faiss"):
        FaissIndex.load(tmp_path / "vectors.faiss")
