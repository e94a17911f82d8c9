"""Two rankings → one: scores scaled to [0, 1] and added (measured better than reciprocal ranks here, see docs/decisions)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DENSE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage key with its scaled scores; ``None`` where that way did not find it."""

    key: int
    score: float
    lexical: float | None
    dense: float | None


def scale(ranking: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Min-max scaling of one ranking to [0, 1]: the best gets 1, the worst found 0; a single hit or a tie throughout gets 1."""
    if not ranking:
        return {}
    scores = [score for _, score in ranking]
    low, high = min(scores), max(scores)
    return {key: 1.0 if high == low else (score - low) / (high - low) for key, score in ranking}


def fuse(
    lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]], dense_weight: float = DENSE_WEIGHT
) -> list[Fused]:
    """score = (1 − w)·lexical + w·dense over the union, best first, ties by key; a way that did not find a passage gives 0."""
    by_words, by_meaning = scale(lexical), scale(dense)
    fused = [
        Fused(
            key,
            (1 - dense_weight) * by_words.get(key, 0.0) + dense_weight * by_meaning.get(key, 0.0),
            by_words.get(key),
            by_meaning.get(key),
        )
        for key in by_words.keys() | by_meaning.keys()
    ]
    return sorted(fused, key=lambda each: (-each.score, each.key))
