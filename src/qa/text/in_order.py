"""Short forms: 高企 of 高新技术企业, 化工系 of 化学工程系."""

from __future__ import annotations


def stands_in_order(short: str, whole: str) -> bool:
    """Whether the characters of ``short`` stand in ``whole`` in this order, whatever stands between them."""
    rest = iter(whole)
    return all(character in rest for character in short)
