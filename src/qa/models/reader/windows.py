"""A question and a passage → inputs of the network, a long passage as several overlapping windows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from qa.models.reader.tokens import BOS, EOS, Tokens

LONGEST_QUESTION_TOKENS = 64
WHOLE_TOKENS = 240  # the longest input in training
WINDOW_TOKENS = 208
OVERLAP_TOKENS = 64
PAIR_SPECIALS = 4


@dataclass(frozen=True, slots=True)
class Window:
    """One input ``<s> question </s></s> passage </s>``.

    ``head`` tokens stand before the passage's; the passage token at place ``head`` is number ``first`` of the passage.
    """

    ids: list[int]
    head: int
    first: int

    @property
    def passage_tokens(self) -> int:
        """How many tokens of the passage it holds."""
        return len(self.ids) - self.head - 1


def windows(
    question: Tokens,
    passage: Tokens,
    window_tokens: int = WINDOW_TOKENS,
    overlap_tokens: int = OVERLAP_TOKENS,
    whole_tokens: int = WHOLE_TOKENS,
) -> Iterator[Window]:
    """One window when question and passage make at most ``whole_tokens``; else windows of at most ``window_tokens``
    that cover the passage, evenly placed, each sharing at least ``overlap_tokens`` (where it fits) with the next.

    A question beyond ``LONGEST_QUESTION_TOKENS`` loses its beginning, since what is asked stands at the end. One window
    for an empty passage.
    """
    head = [BOS, *question.ids[-LONGEST_QUESTION_TOKENS:], EOS, EOS]
    total = len(passage)
    room = (whole_tokens if len(head) + total + 1 <= whole_tokens else window_tokens) - len(head) - 1
    overlap = min(overlap_tokens, room // 2)
    count = 1 if total <= room else math.ceil((total - overlap) / (room - overlap))
    for number in range(count):
        first = 0 if count == 1 else round(number * (total - room) / (count - 1))
        yield Window([*head, *passage.ids[first : first + room], EOS], len(head), first)


def window_around(question: Tokens, passage: Tokens, first: int, last: int, most_tokens: int) -> Window:
    """One window of at most ``most_tokens`` that holds the passage's tokens ``first`` to ``last`` (inclusive), two thirds of what else
    fits before them: what a figure is of mostly stands before it. A span that does not fit is cut at its end.
    """
    head = [BOS, *question.ids[-LONGEST_QUESTION_TOKENS:], EOS, EOS]
    room = min(most_tokens - len(head) - 1, len(passage))
    spare = max(0, room - (last - first + 1))
    begin = max(0, min(first - spare * 2 // 3, len(passage) - room))
    return Window([*head, *passage.ids[begin : begin + room], EOS], len(head), begin)
