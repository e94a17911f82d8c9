"""The parts of ``make bench-scale`` that its figures rest on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from benchmarks.scale.store import multiply
from benchmarks.scale.synthesis import NEIGHBOURS, VectorSource
from benchmarks.scale.vector_run import recall
from qa.adapters.generations import LIBRARY, Recipe
from qa.adapters.sqlite.rows import passage_key
from qa.adapters.sqlite.schema import open_immutable
from qa.adapters.sqlite.writer import StagingWriter
from qa.ports import Vectors
from tests.indexing.bigram_library import BigramLibrary


@pytest.fixture(scope="module")
def real() -> Vectors:
    random = np.random.default_rng(2)
    drawn = random.normal(size=(12, 32))[random.integers(0, 12, 400)] + 0.4 * random.normal(size=(400, 32))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def test_made_vectors_lie_as_near_to_real_ones_as_those_to_each_other(real: Vectors) -> None:
    source = VectorSource(real)
    made = np.concatenate(list(source.made(300)))
    assert made.shape == (300, 32)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    own = np.sort(real @ real.T, axis=1)[:, -NEIGHBOURS - 1 : -1].mean()
    assert abs(np.sort(made @ real.T, axis=1)[:, -NEIGHBOURS:].mean() - own) < 0.1
    assert not (made @ real.T > 0.9999).any()


def test_made_vectors_are_the_same_however_many_are_asked_for(real: Vectors) -> None:
    few, many = (np.concatenate(list(VectorSource(real).made(count))) for count in (50, 300))
    assert (few == many[:50]).all()


def test_recall_counts_what_is_as_good_as_the_last() -> None:
    scores, keys = np.array([0.9, 0.8, 0.8, 0.7], np.float32), np.array([1, 2, 3, 4])
    assert recall([(1, 0.9), (3, 0.8)], scores, keys, 2) == 1
    assert recall([(1, 0.9), (4, 0.7)], scores, keys, 2) == 1 / 2
    assert recall([], scores, keys, 2) == 0


def test_a_library_is_multiplied_with_its_words_and_keys(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path)
    for number in range(6):
        library.write(f"{number}.txt", f"关于第{number}号事项的通知\n\n本事项由{number}个单位办理。\n")
    library.update()
    recipe = Recipe(library.embedder.name, library.embedder.fingerprint, library.analyzer.fingerprint, 1)
    with library.generations.writing():
        writer = StagingWriter(library.generations, recipe, library.analyzer)
        before = writer.passage_count()
        multiply(writer, 2 * before + 3)
        hashes = [digest for digest, _ in writer.unembedded()]
        writer.put_embeddings(hashes, np.eye(64, dtype=np.float32)[np.arange(len(hashes)) % 64])
        writer.publish()
    newest = library.generations.newest()
    assert newest is not None
    with closing(open_immutable(newest / LIBRARY)) as connection:
        rows = connection.execute("SELECT key, document_id, start, end FROM passages").fetchall()
        worded = {row[0] for row in connection.execute("SELECT rowid FROM terms")}
    assert len(rows) == 2 * before + 3
    assert all(key == passage_key(f"{document}:{start}-{end}") for key, document, start, end in rows)
    assert worded == {key for key, *_ in rows}
    assert len(library.snapshot().vectors) == len(rows)
