"""Half-open stretches ``(start, end)`` of a text."""

from __future__ import annotations

Range = tuple[int, int]


def inside(position: int, span: Range) -> bool:
    """Whether ``position`` lies in ``span``."""
    return span[0] <= position < span[1]


def overlap(a: Range, b: Range) -> bool:
    """Whether the two share a character."""
    return a[0] < b[1] and b[0] < a[1]
