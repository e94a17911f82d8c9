"""How the vectors of a library are kept and searched, by how many there are. Measured in docs/sizing.md.

Lists of neighbours (IVF) are not among the kinds: questions lie apart from passages in the space of the default model, so a quarter to
a third of all lists must be looked through for a recall@10 of .98 (``make bench-scale``). Looking at all vectors in a fortieth
of their size, and again at the best of them as they are, is faster and misses less.
"""

from __future__ import annotations

from enum import StrEnum

HALF_FROM = 10_000
"""Below, float32 is 15 MB at most; from here on fp16 halves memory and time, at a change of a score by 0.0001 at most."""

SCANNED_FROM = 100_000
"""Up to here exact search takes 4 ms of one processor at most (384 numbers a vector)."""

LEAST_RECALL = 0.98
"""The share of the exact best ten that a scan has to find."""

LEAST_RESCORED = 400
MOST_RESCORED = 1_600
_RESCORED_A_WANTED = 8
_RESCORED_EVERY = 250_000  # so many times as many are rescored as there are of these in the library


class VectorKind(StrEnum):
    """What stands in ``vectors.faiss``."""

    EXACT = "exact-float32"
    HALF = "exact-fp16"
    SCANNED = "pq4-scan-fp16"


def kind_for(count: int, dim: int) -> VectorKind:
    """The kind for ``count`` vectors of ``dim`` numbers; one of an odd length cannot be cut into pairs and stays exact."""
    if count < HALF_FROM:
        return VectorKind.EXACT
    return VectorKind.HALF if count < SCANNED_FROM or dim % 2 else VectorKind.SCANNED


def rescored(count: int, k: int) -> int:
    """How many of ``count`` vectors are compared in fp16 for the best ``k``, after all were looked at in 4 bits a pair."""
    share = max(1, round(count / _RESCORED_EVERY))
    return min(count, max(k, min(MOST_RESCORED, max(LEAST_RESCORED, _RESCORED_A_WANTED * k) * share)))


def explanation(kind: VectorKind, count: int) -> str:
    """In one Chinese line: what the kind is, and why this one."""
    if kind is VectorKind.EXACT:
        return f"逐一精确比较（float32）：{count} 个向量，不足 {HALF_FROM}"
    if kind is VectorKind.HALF:
        return f"逐一精确比较（半精度，按需从磁盘映射）：{count} 个向量，{HALF_FROM} 到 {SCANNED_FROM} 之间"
    return (
        f"先按压缩码（每两维 4 位）通览全部 {count} 个向量，再取前 {rescored(count, 50)} 个按半精度精确比较"
        f"（按需从磁盘映射）：向量不少于 {SCANNED_FROM} 个"
    )
