"""One published generation, read only: documents, passages and the lexical index. Any number of threads may read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.adapters.sqlite.changes import read_changes
from qa.adapters.sqlite.rows import (
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    SUMMARY_COLUMNS,
    document_from,
    passage_from,
    summary_from,
)
from qa.adapters.sqlite.schema import LAYOUT, layout_of, open_immutable
from qa.errors import IndexDamagedError, IndexOutdatedError, NotFoundError
from qa.ports import KnownFile
from qa.records import Document, DocumentStatus, DocumentSummary, Filters, LibraryChanges, Passage, Span

T = TypeVar("T")

_CONTEXT_WEIGHT = 0.6  # a word in title, heading or lead counts somewhat less than one in the passage itself
_VARIABLES_PER_QUERY = 900  # SQLite's default limit is 999


class SqliteLibrary:
    """``DocumentStore`` and ``LexicalIndex`` over one immutable file.

    Raises :class:`IndexOutdatedError` for a file that an older program wrote, and :class:`IndexDamagedError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._first = self._local.connection = self._open()
        self._rows("SELECT count(*) FROM documents")  # fail now, not at the first question
        with self._reading() as connection:
            if layout_of(connection) < LAYOUT:
                raise IndexOutdatedError(
                    "索引由旧版程序建立", reason="布局已更新", hint="运行 qa index 更新；不必重新计算向量"
                )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            if not hasattr(self._local, "connection"):
                # A generation is deleted when two newer ones stand; who still reads it goes on with the file that is open.
                self._local.connection = self._open() if self._path.exists() else self._first
            yield self._local.connection
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _open(self) -> sqlite3.Connection:
        try:
            return open_immutable(self._path)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _made(self, make: Callable[[tuple[Any, ...]], T], rows: Iterable[tuple[Any, ...]]) -> list[T]:
        """What ``make`` makes of each row. A row that it can make nothing of was damaged since the file was checked."""
        try:
            return [make(row) for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexDamagedError:
        return IndexDamagedError(
            f"索引文件 {self._path.name} 已损坏或被截断",
            reason=str(error),
            hint="运行 qa index --rebuild 重建；资料文件不受影响",
        )

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._reading() as connection:
            return connection.execute(sql, values).fetchall()

    # ----------------------------------------------------------------------------------------------------- documents

    def documents(self) -> list[Document]:
        return self._made(document_from, self._rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents ORDER BY path"))

    def document(self, document_id: str) -> Document:
        rows = self._rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise NotFoundError(
                f"没有文档 {document_id}", reason="资料库中无此编号", hint="用 qa documents 查看全部文档"
            )
        return self._made(document_from, rows)[0]

    def words_at(self, span: Span) -> str:
        """The document's text in ``span``; "" where there is no such document."""
        rows = self._rows(
            "SELECT substr(text, ?, ?) FROM documents WHERE id = ?",
            (span.start + 1, span.end - span.start, span.document_id),
        )
        return str(rows[0][0]) if rows else ""

    def summaries(self) -> list[DocumentSummary]:
        rows = self._rows(
            f"SELECT {SUMMARY_COLUMNS} FROM documents LEFT JOIN duplicates ON document_id = id ORDER BY path"
        )
        return self._made(summary_from, rows)

    def known(self) -> dict[str, KnownFile]:
        """path → what was read there."""
        return known_files(self._rows("SELECT path, sha256, status, correction, id FROM documents"))

    def changes(self) -> LibraryChanges:
        with self._reading() as connection:
            return read_changes(connection)

    # ------------------------------------------------------------------------------------------------------ passages

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        wanted = list(keys)
        found: dict[int, Passage] = {}
        for first in range(0, len(wanted), _VARIABLES_PER_QUERY):
            part = wanted[first : first + _VARIABLES_PER_QUERY]
            marks = ",".join("?" * len(part))
            rows = self._rows(f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE key IN ({marks})", part)
            found.update(self._made(passage_from, rows))
        return found

    def passages_of(self, document_id: str) -> list[Passage]:
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY start", (document_id,)
        )
        return [passage for _, passage in self._made(passage_from, rows)]

    def keys_matching(self, filters: Filters) -> NDArray[np.int64]:
        where, values = _condition(filters)
        return np.array(
            [row[0] for row in self._rows(f"SELECT key FROM passages {where} ORDER BY key", values)], np.int64
        )

    def keys_of(self, document_id: str) -> list[int]:
        """Keys of the passages of a document, ascending."""
        rows = self._rows("SELECT key FROM passages WHERE document_id = ? ORDER BY key", (document_id,))
        return [row[0] for row in rows]

    def keys_by_embedding(self, prefixes: Sequence[str]) -> dict[str, list[int]]:
        """Prefix of an embedding's hash → keys of the passages that it stands for, ascending; one that stands for none is left out."""
        found: dict[str, list[int]] = {}
        for first in range(0, len(prefixes), _VARIABLES_PER_QUERY):
            part = prefixes[first : first + _VARIABLES_PER_QUERY]
            # Cross join: SQLite keeps this order, one look into passages_by_embedding for each prefix.
            sql = (
                f"WITH wanted(prefix) AS (VALUES {','.join(['(?)'] * len(part))}) SELECT prefix, key FROM wanted "
                "CROSS JOIN passages WHERE embedding >= prefix AND embedding < prefix || 'g' ORDER BY key"
            )
            for prefix, key in self._rows(sql, part):
                found.setdefault(prefix, []).append(key)
        return found

    def embeddings_of(self, keys: Sequence[int]) -> set[str]:
        """The hashes of what was embedded for these passages."""
        found: set[str] = set()
        for first in range(0, len(keys), _VARIABLES_PER_QUERY):
            part = keys[first : first + _VARIABLES_PER_QUERY]
            marks = ",".join("?" * len(part))
            found.update(row[0] for row in self._rows(f"SELECT embedding FROM passages WHERE key IN ({marks})", part))
        return found

    def some_embeddings(self, count: int) -> dict[str, NDArray[np.float32]]:
        """Hash → (dim,) float32 of up to ``count`` embeddings, the same ones each time, spread over all."""
        starts = [f"{number * 16**4 // count:04x}" for number in range(count)]
        rows = [self._rows("SELECT hash, vector FROM embeddings WHERE hash >= ? LIMIT 1", (each,)) for each in starts]
        return {digest: np.frombuffer(vector, np.float32) for found in rows for digest, vector in found}

    def term_keys(self) -> set[int]:
        """Keys of the passages that the word index holds."""
        return {row[0] for row in self._rows("SELECT rowid FROM terms")}

    def sections(self) -> list[str]:
        """The distinct innermost headings, in reading order."""
        return [
            row[0]
            for row in self._rows(
                "SELECT section FROM passages WHERE section <> '' GROUP BY section ORDER BY min(rowid)"
            )
        ]

    # ------------------------------------------------------------------------------------------------------- lexical

    def search(self, terms: Sequence[str], k: int, filters: Filters) -> list[tuple[int, float]]:
        wanted = [term for term in dict.fromkeys(terms) if any(character.isalnum() for character in term)]
        if not wanted or k < 1:
            return []
        match = " OR ".join('"' + term.replace('"', '""') + '"' for term in wanted)
        where, values = _condition(filters)
        limit = f"AND rowid IN (SELECT key FROM passages {where})" if where else ""
        rows = self._rows(
            f"SELECT rowid, -bm25(terms, 1.0, {_CONTEXT_WEIGHT}) AS score FROM terms WHERE terms MATCH ? {limit} "
            "ORDER BY score DESC, rowid LIMIT ?",
            (match, *values, k),
        )
        return [(int(key), float(score)) for key, score in rows]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        wanted = list(dict.fromkeys(terms))[:_VARIABLES_PER_QUERY]
        marks = ",".join("?" * len(wanted))
        return dict.fromkeys(wanted, 0) | {
            str(term): int(count)
            for term, count in self._rows(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", wanted)
        }


def known_files(rows: Iterable[tuple[Any, ...]]) -> dict[str, KnownFile]:
    """Of rows ``path, sha256, status, correction, id``."""
    return {path: KnownFile(sha, DocumentStatus(status), correction, id) for path, sha, status, correction, id in rows}


def _condition(filters: Filters) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for column, operator, value in (
        ("date", ">=", filters.first.isoformat() if filters.first else None),
        ("date", "<=", filters.last.isoformat() if filters.last else None),
        ("kind", "=", filters.kind),
        ("document_id", "=", filters.document_id),
    ):
        if value is not None:
            parts.append(f"{column} {operator} ?")
            values.append(value)
    if filters.section is not None:
        parts.append("EXISTS (SELECT 1 FROM json_each(heading_path) WHERE value = ?)")
        values.append(filters.section)
    return ("WHERE " + " AND ".join(parts) if parts else ""), values
