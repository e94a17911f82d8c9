"""What is put into a pool for a text: its number, its vector and, where words are kept there, its term weights.

The weights are BM25 as FTS5 computes it (https://www.sqlite.org/fts5.html#the_bm25_function), so that

    score = Σ over query terms of idf(term) · weight(term, text)

is an inner product. What depends on the text alone is the row's weight; idf is the question's side and comes from the generation
that is asked. Only the mean length is frozen, when the pool is made.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping

K1, B = 1.2, 0.75  # FTS5's own
CONTEXT_WEIGHT = 0.6  # as qa.adapters.sqlite.library gives it
_DIGITS = 15  # of the hash, hexadecimal: 60 bits, so a number is positive and fits INT64


def row_of(embedding_hash: str) -> int:
    """The number of the row of a text, from the hash of what was embedded."""
    return int(embedding_hash[:_DIGITS], 16)


def prefix_of(row: int) -> str:
    """What the hash of the row's text begins with."""
    return f"{row:0{_DIGITS}x}"


def term_number(term: str) -> int:
    """A dimension of the sparse vectors, 32 bits of a hash; the two highest numbers are not allowed there."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "big") % (2**32 - 2)


def text_weights(body: Iterable[str], context: Iterable[str], mean_terms: float) -> dict[int, float]:
    """Term number → weight of a text with the index terms ``body`` under ``context``; ``mean_terms`` is a passage's mean length."""
    in_body, in_context = Counter(body), Counter(context)
    length = in_body.total() + in_context.total()
    weights: dict[int, float] = {}
    for term in in_body.keys() | in_context.keys():
        frequency = in_body[term] + CONTEXT_WEIGHT * in_context[term]
        damped = frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean_terms))
        number = term_number(term)
        weights[number] = weights.get(number, 0.0) + damped
    return weights


def question_weights(frequencies: Mapping[str, int], passages: int) -> dict[int, float]:
    """Term number → idf for terms that stand in so many of ``passages``; terms that stand nowhere are left out."""
    weights: dict[int, float] = {}
    for term, count in frequencies.items():
        if count:
            idf = math.log((passages - count + 0.5) / (count + 0.5))
            number = term_number(term)
            weights[number] = weights.get(number, 0.0) + (idf if idf > 0 else 1e-6)
    return weights
