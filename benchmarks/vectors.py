"""The vectors of the larger sizes, made once: 引证's 8-bit network on every distinct text; copies get a neighbour of theirs.

Embedding 250,000 passages with every peer would take days on two processors and measure the same network over and over, so from
25,000 passages on every system is given the same vectors, and speed of indexing is measured where all embed for themselves.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import read_rows, unstamped
from qa.adapters.onnx_embedder import OnnxEmbedder
from qa.models.encoder import int8_encoder
from qa.models.resolve import resolve_model

SPREAD = 0.15  # length of what is added to a copy's vector (of length 1): the cosine of two copies is about .98
_BATCH = 64
Matrix = NDArray[np.float32]


def write_vectors(folder: Path, cache: Path, model_cache: Path) -> Path:
    """``folder/vectors.npy``, (n, dim) float32 with rows of length 1, in the order of ``folder/passages.jsonl``."""
    target = folder / "vectors.npy"
    if target.is_file():
        return target
    texts = [row["text"] for row in read_rows(folder / "passages.jsonl")]
    shared = [unstamped(text) for text in texts]
    known = _embedded(list(dict.fromkeys(shared)), cache, model_cache)
    rows = np.stack([known[text] for text in shared])
    changed = np.array([text != plain for text, plain in zip(texts, shared, strict=True)])
    target.with_suffix(".part").unlink(missing_ok=True)
    with target.with_suffix(".part").open("wb") as file:
        np.save(file, _spread(rows, changed))
    target.with_suffix(".part").rename(target)
    return target


def _spread(rows: Matrix, changed: NDArray[np.bool_]) -> Matrix:
    """The rows that stand for repeated text, each moved a little in a direction of its own and brought back to length 1."""
    noise = np.random.default_rng(0).standard_normal(rows.shape, dtype=np.float32)
    noise *= SPREAD / np.linalg.norm(noise, axis=1, keepdims=True)
    moved = rows + noise * changed[:, None]
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _embedded(texts: Sequence[str], cache: Path, model_cache: Path) -> dict[str, Matrix]:
    """text → vector; what was embedded in an earlier run is taken from ``cache``."""
    keys = {text: hashlib.sha256(text.encode()).digest() for text in texts}
    with closing(sqlite3.connect(cache)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
        known = dict(connection.execute("SELECT key, vector FROM vectors"))
        missing = sorted((text for text in texts if keys[text] not in known), key=len)
        embedder = _embedder(model_cache) if missing else None
        for first in range(0, len(missing), _BATCH):
            assert embedder is not None
            batch = missing[first : first + _BATCH]
            made = [
                (keys[text], row.tobytes()) for text, row in zip(batch, embedder.embed_documents(batch), strict=True)
            ]
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?,?)", made)
            known.update(made)
            print(f"\r句向量 {first + len(batch)}/{len(missing)}", end="", file=sys.stderr, flush=True)
    return {text: np.frombuffer(known[keys[text]], np.float32) for text in texts}


def _embedder(model_cache: Path) -> OnnxEmbedder:
    folder = resolve_model(None, model_cache)
    files = int8_encoder(folder, model_cache)
    assert files is not None
    return OnnxEmbedder(folder, files)
