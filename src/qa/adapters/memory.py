"""Adapters without a model: for tests, and for trying the rest of the system in milliseconds."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from qa.ports import Progress, Vectors


class BigramEmbedder:
    """``Embedder``: hashed character pairs, L2-normalised. Deterministic; knows words, not meaning. ``embedded`` counts texts."""

    name = "bigrams"
    split_count = 0

    def __init__(self, dim: int = 64) -> None:
        self.dim = dim
        self.fingerprint = f"bigrams-{dim}"
        self.embedded = 0

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.embedded += len(texts)
        if progress:
            progress(len(texts), len(texts))
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for at in range(len(text)):
                vectors[row, zlib.crc32(text[at : at + 2].encode()) % self.dim] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms == 0, 1, norms), np.float32)
