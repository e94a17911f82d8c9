"""Documents that hold the same or nearly the same words, found from small sketches of their texts.

A sketch is the hash of the words (for "the same") and the smallest hashes of all runs of five characters (for "nearly the
same"): the share of the smallest hashes of two texts that both have estimates the Jaccard similarity of their runs (bottom-k
sketches; Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.records import CARD_FIELDS, DocumentStatus, DocumentSummary, Duplicate
from qa.text.normalise import fold

RUN_CHARS = 5
KEPT_HASHES = 128
NEAR = 0.8
"""Estimated similarity from which on two documents count as nearly the same; its standard error is at most .04 there."""
_PROBED_HASHES = 16
_MIN_SHARED_PROBES = 4
"""Two texts as similar as NEAR share 13 of their 16 smallest hashes on average, fewer than 4 once in millions of pairs."""
_MIN_CHARS = 100
"""A shorter text is a duplicate only of the same words."""
_DIGEST_BYTES = 16
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def sketch(text: str) -> bytes:
    """What is compared of a document's text: 16 bytes, and up to 128 ascending uint64. Empty for a text without words."""
    words = "".join(fold(text).split())
    if not words:
        return b""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()
    return digest + (_smallest(words).tobytes() if len(words) >= _MIN_CHARS else b"")


def find_duplicates(summaries: Sequence[DocumentSummary], sketches: Mapping[str, bytes]) -> list[Duplicate]:
    """For each document that repeats another one: which one stands for both, by document id.

    Shown is the one with more card fields, then with fewer warnings, then the first by path; a family has one shown member.
    """
    found = []
    by_digest: dict[bytes, str] = {}
    by_hash: dict[int, list[str]] = defaultdict(list)
    kept: dict[str, NDArray[np.uint64]] = {}
    for summary in sorted(summaries, key=_preference):
        own = sketches.get(summary.id, b"")
        if summary.status is DocumentStatus.FAILED or not own:
            continue
        hashes = np.frombuffer(own[_DIGEST_BYTES:], np.uint64)
        match = _match(own[:_DIGEST_BYTES], hashes, by_digest, by_hash, kept)
        if match:
            found.append(Duplicate(summary.id, *match))
            continue
        by_digest[own[:_DIGEST_BYTES]] = summary.id
        kept[summary.id] = hashes
        for value in hashes[:_PROBED_HASHES].tolist():
            by_hash[value].append(summary.id)
    return sorted(found, key=lambda each: each.document_id)


def similarity(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The estimated Jaccard similarity of the runs of two texts; both ascending."""
    both = np.sort(np.concatenate((one, other)))  # a shared hash stands twice in a row
    twice = np.zeros(len(both), bool)
    twice[1:] = both[1:] == both[:-1]
    distinct = np.cumsum(~twice)
    union = min(KEPT_HASHES, int(distinct[-1])) if len(both) else 0
    return float((twice & (distinct <= union)).sum()) / union if union else 0.0


def _match(
    digest: bytes,
    hashes: NDArray[np.uint64],
    by_digest: Mapping[bytes, str],
    by_hash: Mapping[int, Sequence[str]],
    kept: Mapping[str, NDArray[np.uint64]],
) -> tuple[str, float] | None:
    if digest in by_digest:
        return by_digest[digest], 1.0
    shared = Counter(each for value in hashes[:_PROBED_HASHES].tolist() for each in by_hash.get(value, ()))
    probed = [each for each, count in shared.items() if count >= _MIN_SHARED_PROBES]
    likely = [(round(similarity(hashes, kept[each]), 3), each) for each in sorted(probed)]
    best = max(likely, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))
    return (best[1], min(best[0], 0.999)) if best[0] >= NEAR else None  # 1 is for the very same words


def _preference(summary: DocumentSummary) -> tuple[int, int, str]:
    filled = sum(getattr(summary.card, name) is not None for name in CARD_FIELDS)
    return -filled, len(summary.warnings), summary.path


def _smallest(words: str) -> NDArray[np.uint64]:
    """The smallest distinct hashes of the runs of ``words``, ascending."""
    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = len(codes) - RUN_CHARS + 1
    values = np.zeros(count, np.uint64)
    for offset in range(RUN_CHARS):  # wraps modulo 2**64, as a hash may
        values = values * _FACTOR + codes[offset : offset + count]
    values ^= values >> np.uint64(29)
    values *= _FACTOR
    values ^= values >> np.uint64(32)
    distinct = np.unique(values) if count <= 4 * KEPT_HASHES else np.unique(np.partition(values, 4 * KEPT_HASHES - 1))
    return distinct[:KEPT_HASHES]
