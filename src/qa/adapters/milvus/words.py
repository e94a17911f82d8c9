"""The word index in the pool, beside the vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.adapters.milvus.index import GenerationRows
from qa.adapters.milvus.rows import question_weights
from qa.adapters.sqlite.library import SqliteLibrary
from qa.records import Filters


class LibraryWithRemoteWords(SqliteLibrary):
    """``DocumentStore`` and ``LexicalIndex``: documents and passages from the library file, words looked up in Milvus.

    How often a term stands in the generation is asked of the library file, so that scores do not depend on what else the pool
    holds.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._remote: GenerationRows | None = None
        self._passages = 0

    def search_in(self, rows: GenerationRows, passages: int) -> None:
        """From now on words are looked up in ``rows``."""
        self._remote, self._passages = rows, passages

    def search(self, terms: Sequence[str], k: int, filters: Filters) -> list[tuple[int, float]]:
        if self._remote is None:
            return super().search(terms, k, filters)
        wanted = [term for term in dict.fromkeys(terms) if any(character.isalnum() for character in term)]
        query = question_weights(self.frequencies(wanted), self._passages)
        if not query or k < 1:
            return []
        return self._remote.nearest("words", query, k, self.keys_matching(filters) if filters else None)
