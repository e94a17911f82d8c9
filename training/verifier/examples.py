"""What the verifier learns from: the public questions, and questions written for one span and past it."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from qa.models.reader.tokens import BOS, EOS, PAD, ReaderTokenizer, Tokens
from qa.models.reader.windows import LONGEST_QUESTION_TOKENS, PAIR_SPECIALS
from training.reader.batches import LENGTHS, TOKENS_A_BATCH, token_span
from training.reader.examples import Example
from training.verifier.candidates import candidate_spans
from training.verifier.wording import asked_of_a_library

MOST_NEGATIVES = 24
ASKED_OF_A_LIBRARY = frozenset({"bulletin", "right", "trap"})
MISS_RATE = 0.1  # of the answered questions, shown through a window that holds no answer

Span = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """A question on ``context``: ``right`` spans answer it, the ``wrong`` one does not though it looks so (half-open code points).

    ``closed``: nothing else of the context answers either, so that every other stretch is a negative too.
    """

    question: str
    context: str
    right: tuple[Span, ...]
    wrong: tuple[Span, ...]
    closed: bool
    source: str


def from_public(examples: Iterable[Example]) -> list[Judged]:
    """The reader's examples, answered and unanswerable."""
    return [Judged(each.question, each.context, each.spans, (), True, each.source) for each in examples]


def passage_key(text: str) -> str:
    """Sixteen hexadecimal digits that find a passage again without telling it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_traps(path: Path, passages: dict[str, str]) -> list[Judged]:
    """The written questions of ``path`` (a line a stretch: ``passage``, ``span``, and the questions ``right``, ``trap``, ``other``) whose passage is among ``passages`` (key → text).

    Raises ``ValueError`` where a span does not lie in its passage.
    """
    found: list[Judged] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        context = passages.get(entry["passage"])
        if context is None:
            continue
        start, end = entry["span"]
        if not 0 <= start < end <= len(context):
            raise ValueError(f"{path.name}: {entry['passage']} {entry['span']}")
        span = ((start, end),)
        found += [Judged(question, context, span, (), True, "right") for question in entry["right"]]
        found += [Judged(question, context, (), span, True, "trap") for question in entry["trap"]]
        found += [Judged(question, context, (), span, False, "other") for question in entry["other"]]
    return found


def read_bulletins(path: Path, kept: bool) -> list[Judged]:
    """The questions of ``path`` on the invented texts it holds; ``kept``: every tenth text, which is not trained on."""
    found: list[Judged] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = entry["text"]
        if (int(passage_key(text), 16) % 10 == 0) is not kept:
            continue
        for name in ("right", "trap"):
            for question, words in entry[name]:
                if text.count(words) != 1:
                    raise ValueError(f"{path.name}: {question} {words}")
                start = text.index(words)
                span = ((start, start + len(words)),)
                right, wrong = (span, ()) if name == "right" else ((), span)
                found.append(Judged(question, text, right, wrong, True, "bulletin"))
    return found


@dataclass(frozen=True)
class Row:
    """One input and its spans: (first, last, right, told) with places in ``ids``, inclusive; told: written as right or wrong.

    ``answer`` is the stretch that a reader should give, (0, 0) for none, (-1, -1) where it is not known.
    """

    ids: list[int]
    head: int
    spans: list[tuple[int, int, bool, bool]]
    answer: tuple[int, int]


class Rows:
    """Turns judged questions into rows; contexts are tokenised once."""

    def __init__(self, tokenizer: ReaderTokenizer) -> None:
        self._tokenizer = tokenizer
        self._contexts: dict[str, Tokens] = {}

    def row(self, example: Judged, rng: random.Random, whole: bool = False) -> Row | None:
        """A window of random length that holds the span told of, now and then one that misses every answer; None where there is
        none. ``whole``: the longest window, which holds it.
        """
        passage = self._contexts.get(example.context)
        if passage is None:
            passage = self._contexts[example.context] = self._tokenizer.encode(example.context)
        mark = "" if rng.random() < 0.5 else "？"  # people end a question either way
        asked = example.question.rstrip("？?")
        if example.source in ASKED_OF_A_LIBRARY:
            asked = asked_of_a_library(asked, example.context, rng)
        question = self._tokenizer.encode(asked + mark).ids[-LONGEST_QUESTION_TOKENS:]
        if not question or not len(passage):
            return None
        length = LENGTHS[-1] if whole else rng.choice(LENGTHS)
        size = min(length - len(question) - PAIR_SPECIALS, len(passage))
        told = [(token_span(passage, *span), True) for span in example.right]
        told += [(token_span(passage, *span), False) for span in example.wrong]
        kept = [(span, right) for span, right in told if span is not None and span[1] - span[0] < size]
        if told and not kept:
            return None
        missed = not whole and bool(example.right) and example.closed and rng.random() < MISS_RATE
        begin = self._missing(example, passage, size, rng) if missed else None
        first, last = (-1, -1) if begin is not None or not kept else rng.choice(kept)[0]
        if begin is None:
            lowest, highest = max(0, last + 1 - size), min(first, len(passage) - size)
            begin = rng.randint(lowest, highest) if kept else rng.randint(0, len(passage) - size)
        head = [BOS, *question, EOS, EOS]
        place = len(head) - begin
        spans = [(place + a, place + b, right, True) for (a, b), right in kept if begin <= a and b < begin + size]
        if example.closed:
            spans += self._others(example, passage, begin, size, len(head), rng)
        answer = (place + first, place + last) if example.right and first >= 0 else (0, 0)
        if not example.closed:
            answer = (-1, -1)
        ids = [*head, *passage.ids[begin : begin + size], EOS]
        return Row(ids, len(head), spans, answer) if spans else None

    def _missing(self, example: Judged, passage: Tokens, size: int, rng: random.Random) -> int | None:
        """Where a window begins that touches no place of the answers' words."""
        words = {example.context[a:b] for a, b in example.right}
        found = {each.span() for word in words for each in re.finditer(re.escape(word), example.context)}
        places = [span for span in (token_span(passage, *each) for each in found) if span is not None]
        begins = [
            begin
            for begin in range(0, len(passage) - size + 1, 8)
            if all(last < begin or first >= begin + size for first, last in places)
        ]
        return rng.choice(begins) if begins else None

    def _others(
        self, example: Judged, passage: Tokens, begin: int, size: int, head: int, rng: random.Random
    ) -> list[tuple[int, int, bool, bool]]:
        low, high = passage.starts[begin], passage.ends[begin + size - 1]
        text = example.context[low:high]
        told = [(a - low, b - low) for a, b in (*example.right, *example.wrong)]
        words = {example.context[a:b] for a, b in example.right}
        found = []
        for start, end in candidate_spans(text, rng, MOST_NEGATIVES):
            apart = all(end <= a or start >= b for a, b in told)
            if apart and not any(text[start:end] in word or word in text[start:end] for word in words):
                span = token_span(passage, low + start, low + end)
                if span is not None:
                    found.append((head + span[0] - begin, head + span[1] - begin, False, False))
        return found


@dataclass(frozen=True)
class JudgedBatch:
    """int64 ids, segments, bool mask and allowed answer places (batch, length); int64 start and end of the answer (batch,), 0 for
    none, -1 where it is not known; int64 rows, firsts, lasts and bool right, told (spans,).
    """

    ids: Tensor
    segments: Tensor
    mask: Tensor
    allowed: Tensor
    start: Tensor
    end: Tensor
    rows: Tensor
    firsts: Tensor
    lasts: Tensor
    right: Tensor
    told: Tensor


def batch_of(rows: Sequence[Row], length: int) -> JudgedBatch:
    """Rows of at most ``length`` tokens as one batch."""
    ids = torch.full((len(rows), length), PAD)
    segments = torch.zeros((len(rows), length), dtype=torch.int64)
    allowed = torch.zeros((len(rows), length), dtype=torch.bool)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        segments[i, row.head : len(row.ids)] = 1
        allowed[i, row.head : len(row.ids) - 1] = True
    allowed[:, 0] = True
    answers = torch.tensor([row.answer for row in rows])
    flat = [(i, *span) for i, row in enumerate(rows) for span in row.spans]
    columns = [torch.tensor(column) for column in zip(*flat, strict=True)]
    return JudgedBatch(ids, segments, ids != PAD, allowed, answers[:, 0], answers[:, 1], *columns)


def batches(stream: Iterator[Judged], rows: Rows, rng: random.Random) -> Iterator[JudgedBatch]:
    """Batches of about ``TOKENS_A_BATCH`` tokens, rows of like length together."""
    waiting: dict[int, list[Row]] = {length: [] for length in LENGTHS}
    for example in stream:
        row = rows.row(example, rng)
        if row is None:
            continue
        length = next(size for size in LENGTHS if size >= len(row.ids))
        waiting[length].append(row)
        if len(waiting[length]) == TOKENS_A_BATCH // length:
            yield batch_of(waiting[length], length)
            waiting[length].clear()
