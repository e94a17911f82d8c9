"""Examples → batches of one length, cut so that (nearly) nothing is padded."""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from qa.models.reader.tokens import BOS, EOS, PAD, ReaderTokenizer, Tokens
from qa.models.reader.windows import LONGEST_QUESTION_TOKENS, PAIR_SPECIALS
from training.reader.examples import Example

LENGTHS = (96, 128, 160, 192, 240)
TOKENS_A_BATCH = 4096


@dataclass(frozen=True)
class Batch:
    """int64 ids, segments (batch, length); bool mask and allowed answer places; start, end (batch,) token places, 0 = no answer."""

    ids: Tensor
    segments: Tensor
    mask: Tensor
    allowed: Tensor
    start: Tensor
    end: Tensor


@dataclass(frozen=True)
class Encoded:
    """A tokenised example; spans are inclusive (first, last) passage token numbers.

    ``mentions`` are all places of the answers' words, ``spans`` those that answer.
    """

    question: Tokens
    passage: Tokens
    spans: tuple[tuple[int, int], ...]
    mentions: tuple[tuple[int, int], ...]


def token_span(passage: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first = bisect_right(passage.ends, start)
    last = bisect_left(passage.starts, end) - 1
    return (first, last) if first <= last else None


def _mentions(example: Example) -> set[tuple[int, int]]:
    words = {example.context[a:b] for a, b in example.spans}
    return {found.span() for word in words for found in re.finditer(re.escape(word), example.context)}


class Encoder:
    """Tokenises examples; contexts are tokenised once."""

    def __init__(self, tokenizer: ReaderTokenizer) -> None:
        self._tokenizer = tokenizer
        self._contexts: dict[str, Tokens] = {}

    def encode(self, example: Example) -> Encoded:
        """The example in tokens; spans that hold no token are dropped."""
        passage = self._contexts.get(example.context)
        if passage is None:
            passage = self._contexts[example.context] = self._tokenizer.encode(example.context)
        spans = [token_span(passage, a, b) for a, b in example.spans]
        mentions = [token_span(passage, a, b) for a, b in sorted(_mentions(example))]
        question = self._tokenizer.encode(example.question)
        return Encoded(
            question, passage, tuple(s for s in spans if s is not None), tuple(m for m in mentions if m is not None)
        )


def _row(example: Encoded, length: int, rng: random.Random, miss: bool) -> tuple[list[int], int, int, int] | None:
    """(ids, question tokens with specials, start, end) of a window of at most ``length`` tokens.

    A window holds one whole answer at a random place, or, with ``miss``, touches none. None when that cannot be.
    """
    question = example.question.ids[-LONGEST_QUESTION_TOKENS:]
    room = length - len(question) - PAIR_SPECIALS
    total = len(example.passage)
    size = min(room, total)
    first, last = rng.choice(example.spans) if example.spans else (-1, -1)
    if example.spans and miss:
        places = [p for p in range(0, total - size + 1, 8) if all(b < p or a >= p + size for a, b in example.mentions)]
        if not places:
            return None
        begin, first = rng.choice(places), -1
    elif example.spans:
        if last - first + 1 > size:
            return None
        begin = rng.randint(max(0, last + 1 - size), min(first, total - size))
    else:
        begin = rng.randint(0, total - size)
    head = [BOS, *question, EOS, EOS]
    ids = head + example.passage.ids[begin : begin + size] + [EOS]
    if first < 0:
        return ids, len(head), 0, 0
    return ids, len(head), len(head) + first - begin, len(head) + last - begin


def _batch(rows: list[tuple[list[int], int, int, int]], length: int) -> Batch:
    ids = torch.full((len(rows), length), PAD)
    segments = torch.zeros((len(rows), length), dtype=torch.int64)
    allowed = torch.zeros((len(rows), length), dtype=torch.bool)
    for i, (row, head, _start, _end) in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        segments[i, head : len(row)] = 1
        allowed[i, head : len(row) - 1] = True
    allowed[:, 0] = True
    mask = ids != PAD
    start = torch.tensor([row[2] for row in rows])
    end = torch.tensor([row[3] for row in rows])
    return Batch(ids, segments, mask, allowed, start, end)


def batches(stream: Iterator[Encoded], seed: int, miss_rate: float) -> Iterator[Batch]:
    """Batches of about ``TOKENS_A_BATCH`` tokens, all rows of one length, from an endless stream.

    ``miss_rate`` is the share of answered examples shown through a window of their own passage that misses the answer.
    """
    rng = random.Random(seed)
    waiting: dict[int, list[tuple[list[int], int, int, int]]] = {length: [] for length in LENGTHS}
    for example in stream:
        whole = min(len(example.question), LONGEST_QUESTION_TOKENS) + PAIR_SPECIALS + len(example.passage)
        fitting = [length for length in LENGTHS if length <= whole] or [LENGTHS[0]]
        length = rng.choice(fitting)
        miss = bool(example.spans) and rng.random() < miss_rate
        row = _row(example, length, rng, miss) or _row(example, LENGTHS[-1], rng, miss=False)
        if row is None:
            continue
        length = next(size for size in LENGTHS if size >= len(row[0]))
        queue = waiting[length]
        queue.append(row)
        if len(queue) == TOKENS_A_BATCH // length:
            yield _batch(queue, length)
            queue.clear()
