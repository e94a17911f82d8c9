"""Runs of adjoining words of one sort: what names are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from qa.records import Word


def word_runs(words: Sequence[Word], tags: Set[str], also: Set[str] = frozenset()) -> Iterator[list[Word]]:
    """Longest runs of adjoining words with one of the tags, or ``also`` as they are."""
    run: list[Word] = []
    for word in words:
        joins = word.tag in tags or word.text in also
        if run and (not joins or word.start != run[-1].end):
            yield run
            run = []
        if joins:
            run.append(word)
    if run:
        yield run
