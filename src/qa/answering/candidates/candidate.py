"""What a candidate is."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """A stretch ``[start, end)`` of a passage and how well its form fits the question, in [0, 1]."""

    start: int
    end: int
    fit: float
