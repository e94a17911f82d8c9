"""The vectors of a library file → an index; where the generation before has a large one, from that, by what has changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.adapters.faiss_index import TRAINING_ROWS, FaissIndex
from qa.adapters.generations import LIBRARY, VECTORS, Recipe, read_manifest, sha256_of
from qa.adapters.sqlite.schema import open_immutable
from qa.adapters.vector_policy import VectorKind, kind_for
from qa.errors import QaError
from qa.ports import Vectors

_ROWS_AT_ONCE = 20_000  # 31 MB of 384 float32 each


def index_of(connection: sqlite3.Connection, recipe: Recipe, base: Path | None = None) -> FaissIndex:
    """An index of every passage's vector under its key.

    A small library's is made anew, so that it depends on nothing but the passages. A large one's is changed from that of the
    generation ``base`` (whose library file is as it was written), if that is too, made with the same model and of the kind that is
    wanted now; the codebooks stay, and recall is measured by ``qa doctor``.
    """
    passages = _Passages(connection)
    dim = _dim_of(connection)
    if base is not None and kind_for(len(passages), dim) is VectorKind.SCANNED:
        index = _changed(passages, recipe, base, dim)
        if index is not None:
            return index
    keys = passages.keys
    index = FaissIndex.empty(len(keys), _sample(connection, keys, dim))
    for part, vectors in _vectors_of(connection, keys, dim):
        index.add(part, vectors)
    return index


class _Passages:
    """``keys`` (n,) ascending, and ``texts`` (n,) the hash of what was embedded for each, 16 bytes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        count = int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])
        self.keys: NDArray[np.int64] = np.empty(count, np.int64)
        self.texts: NDArray[np.bytes_] = np.empty(count, "S32")
        for row, (key, text) in enumerate(connection.execute("SELECT key, embedding FROM passages ORDER BY key")):
            self.keys[row], self.texts[row] = key, text.encode()

    def __len__(self) -> int:
        return len(self.keys)


def _changed(passages: _Passages, recipe: Recipe, base: Path, dim: int) -> FaissIndex | None:
    try:
        manifest = read_manifest(base)
        sums = {name: digest for name, _, digest in manifest.files}
        if manifest.recipe.model_fingerprint != recipe.model_fingerprint:
            return None
        if sums.get(VECTORS) != sha256_of(base / VECTORS):
            return None
        index = FaissIndex.load(base / VECTORS, to_change=True)
    except (QaError, OSError):
        return None
    if index.kind is not VectorKind.SCANNED:
        return None
    with closing(open_immutable(base / LIBRARY)) as connection:
        before = _Passages(connection)
    at = np.minimum(np.searchsorted(before.keys, passages.keys), max(0, len(before) - 1))
    same = (before.keys[at] == passages.keys) & (before.texts[at] == passages.texts)
    if np.count_nonzero(same) < len(passages) // 2:
        return None  # codebooks of other texts; and adding so many takes as long as making anew
    kept = passages.keys[same]
    index.remove(np.setdiff1d(np.fromiter(index.keys(), np.int64), kept, assume_unique=True).tolist())
    if len(index) != len(kept):
        return None
    for part, vectors in _vectors_of(passages.connection, passages.keys[~same], dim):
        index.add(part, vectors)
    return index


def _dim_of(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT length(vector) FROM passages JOIN embeddings ON hash = embedding LIMIT 1"
    ).fetchone()
    return int(row[0]) // np.dtype(np.float32).itemsize if row else 1


def _sample(connection: sqlite3.Connection, keys: NDArray[np.int64], dim: int) -> Vectors:
    """Vectors of keys spread over all, (m, dim), m at most about twice :data:`TRAINING_ROWS`."""
    chosen = keys[:: max(1, len(keys) // TRAINING_ROWS)]
    parts = [vectors for _, vectors in _vectors_of(connection, chosen, dim)]
    return np.concatenate(parts) if parts else np.empty((0, dim), np.float32)


def _vectors_of(
    connection: sqlite3.Connection, keys: NDArray[np.int64], dim: int
) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """(keys, vectors) in parts, by key; a key without a vector is left out. ``keys`` are ascending."""
    for first in range(0, len(keys), _ROWS_AT_ONCE):
        wanted = json.dumps(keys[first : first + _ROWS_AT_ONCE].tolist())
        rows = connection.execute(  # cross joins: SQLite keeps this order and sorts nothing but what is wanted
            "SELECT passages.key, vector FROM json_each(?) AS wanted CROSS JOIN passages ON passages.key = wanted.value "
            "CROSS JOIN embeddings ON hash = embedding ORDER BY passages.key",
            (wanted,),
        ).fetchall()
        vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float32).reshape(len(rows), dim)
        yield np.array([row[0] for row in rows], np.int64), vectors
