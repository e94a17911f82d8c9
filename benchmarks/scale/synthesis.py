"""Vectors around real ones, where the text runs out.

A made vector is a convex mix of a real vector and one of its near neighbours, plus what such a mix leaves unexplained of some other
real vector (its residual), so that both the directions and the size of the noise are measured and not assumed; then scaled to 1.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qa.ports import Vectors

NEIGHBOURS = 10
MOST_OF_NEIGHBOUR = 0.5
CHUNK = 50_000


class VectorSource:
    """Real vectors first, then made ones; the same for the same seed, however many are asked for at once."""

    def __init__(self, real: Vectors, seed: int = 7) -> None:
        self.real = real
        self.seed = seed
        self.neighbours = _neighbours(real)
        self.residuals = _residuals(real, self.neighbours)

    @property
    def residual_norms(self) -> Vectors:
        """(n,) length of what a mix of a vector's neighbours leaves unexplained of it."""
        return np.asarray(np.linalg.norm(self.residuals, axis=1), np.float32)

    def made(self, count: int) -> Iterator[Vectors]:
        """``count`` made vectors, in chunks of at most :data:`CHUNK` rows."""
        for number, first in enumerate(range(0, count, CHUNK)):
            yield self._chunk(np.random.default_rng([self.seed, number]), min(CHUNK, count - first))

    def _chunk(self, random: np.random.Generator, rows: int) -> Vectors:
        base = random.integers(0, len(self.real), CHUNK)[:rows]
        near = self.neighbours[base, random.integers(0, NEIGHBOURS, CHUNK)[:rows]]
        other = random.integers(0, len(self.real), CHUNK)[:rows]
        share = random.uniform(0, MOST_OF_NEIGHBOUR, (CHUNK, 1)).astype(np.float32)[:rows]
        sign = random.choice(np.array([-1, 1], np.float32), (CHUNK, 1))[:rows]
        mixed = (1 - share) * self.real[base] + share * self.real[near] + sign * self.residuals[other]
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def _neighbours(real: Vectors) -> NDArray[np.int64]:
    """(n, NEIGHBOURS) rows of the nearest other vectors."""
    import faiss

    index = faiss.IndexFlatIP(real.shape[1])
    index.add(real)
    found = index.search(real, NEIGHBOURS + 1)[1]
    return np.array([[each for each in row if each != own][:NEIGHBOURS] for own, row in enumerate(found)], np.int64)


def _residuals(real: Vectors, neighbours: NDArray[np.int64]) -> Vectors:
    """(n, dim): each vector less the best combination (least squares) of its neighbours."""
    found = np.empty_like(real)
    for row, vector in enumerate(real):
        around = real[neighbours[row]].T
        found[row] = vector - around @ np.linalg.lstsq(around, vector, rcond=None)[0]
    return found
