"""Makes the next generation in the staging folder. Each document is one transaction: killed at any moment, what is done stays."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np

from qa.adapters.faiss_index import FaissIndex
from qa.adapters.generations import (
    LIBRARY,
    VECTORS,
    Generations,
    Manifest,
    Recipe,
    named_failures,
    read_manifest,
    sha256_of,
)
from qa.adapters.sqlite.rows import DOCUMENT_COLUMNS, PASSAGE_COLUMNS, document_row, passage_key, passage_row
from qa.adapters.sqlite.schema import migrate
from qa.errors import IndexError_
from qa.ports import Analyzer, Vectors
from qa.records import Document, DocumentStatus, Passage


class StagingWriter:
    """``LibraryWriter``. Starts from unfinished work of the same base and recipe, else from the newest generation, else empty.

    With ``fresh`` nothing is taken over.
    """

    def __init__(self, generations: Generations, recipe: Recipe, analyzer: Analyzer, *, fresh: bool = False) -> None:
        self._generations = generations
        self._recipe = recipe
        self._analyzer = analyzer
        newest = generations.newest()
        basis = json.dumps([newest.name if newest and not fresh else None, asdict(recipe)], sort_keys=True)
        path = generations.staging / LIBRARY
        if not self._resumable(path, basis):
            generations.clear_staging()
            with named_failures(generations.root):
                generations.staging.mkdir(parents=True)
            _start(path, basis, newest if newest and not fresh else None, recipe.reading_version)
        self._connection = _connect(path)
        with self._writing():
            migrate(self._connection)
            self._refresh_terms(newest if not fresh else None)

    @staticmethod
    def _resumable(path: Path, basis: str) -> bool:
        if not path.is_file():
            return False
        try:
            connection = sqlite3.connect(path)
            try:
                row = connection.execute("SELECT value FROM meta WHERE name = 'basis'").fetchone()
                sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
                return row is not None and row[0] == basis and sound
            finally:
                connection.close()
        except sqlite3.DatabaseError:
            return False

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connection:
                yield self._connection
        except sqlite3.OperationalError as error:
            full = "full" in str(error)
            raise IndexError_(
                f"磁盘已满，无法写入 {self._generations.root}" if full else f"无法写入索引 {self._generations.root}",
                reason=str(error),
                hint="腾出空间后再运行 qa index；已有索引未受影响" if full else "检查权限与磁盘；已有索引未受影响",
            ) from error

    # -------------------------------------------------------------------------------------------------------- content

    def known(self) -> dict[str, tuple[str, DocumentStatus]]:
        rows = self._connection.execute("SELECT path, sha256, status FROM documents")
        return {path: (sha256, DocumentStatus(status)) for path, sha256, status in rows}

    def put(self, document: Document, passages: Sequence[Passage]) -> None:
        with self._writing() as connection:
            self._drop(connection, document.path)
            connection.execute(
                f"INSERT INTO documents ({DOCUMENT_COLUMNS}, date, kind) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                document_row(document),
            )
            connection.executemany(
                f"INSERT INTO passages ({PASSAGE_COLUMNS}, section, embedding) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                [passage_row(passage) for passage in passages],
            )
            self._index_terms(connection, [(passage_key(each.id), each.text, each.context) for each in passages])

    def remove(self, path: str) -> None:
        with self._writing() as connection:
            self._drop(connection, path)

    @staticmethod
    def _drop(connection: sqlite3.Connection, path: str) -> None:
        own = "document_id IN (SELECT id FROM documents WHERE path = ?)"
        connection.execute(f"DELETE FROM terms WHERE rowid IN (SELECT key FROM passages WHERE {own})", (path,))
        connection.execute(f"DELETE FROM passages WHERE {own}", (path,))
        connection.execute("DELETE FROM documents WHERE path = ?", (path,))

    def _index_terms(self, connection: sqlite3.Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        join = " ".join
        connection.executemany(
            "INSERT INTO terms (rowid, body, context) VALUES (?,?,?)",
            [
                (key, join(self._analyzer.terms(text)), join(self._analyzer.terms(context)))
                for key, text, context in rows
            ],
        )

    def _refresh_terms(self, newest: Path | None) -> None:
        """Makes all terms anew when the dictionary or the rules changed; passages and vectors stay."""
        if newest is None or read_manifest(newest).recipe.analyzer_fingerprint == self._recipe.analyzer_fingerprint:
            return
        self._connection.execute("DELETE FROM terms")
        rows = self._connection.execute("SELECT key, text, context FROM passages ORDER BY key").fetchall()
        self._index_terms(self._connection, rows)

    # ----------------------------------------------------------------------------------------------------- embeddings

    def unembedded(self) -> list[tuple[str, str]]:
        rows = self._connection.execute(
            "SELECT embedding, context, text FROM passages WHERE embedding NOT IN (SELECT hash FROM embeddings) "
            "GROUP BY embedding ORDER BY min(rowid)"
        )
        return [(digest, f"{context}\n{text}" if context else text) for digest, context, text in rows]

    def put_embeddings(self, hashes: Sequence[str], vectors: Vectors) -> None:
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings (hash, vector) VALUES (?,?)",
                [(digest, vector.tobytes()) for digest, vector in zip(hashes, vectors, strict=True)],
            )

    def passage_count(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    # ----------------------------------------------------------------------------------------------------- publishing

    def publish(self) -> str:
        with self._writing() as connection:
            connection.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT embedding FROM passages)")
        corpus = self._connection.execute("SELECT path, sha256 FROM documents ORDER BY path").fetchall()
        documents, passages = len(corpus), self.passage_count()
        vectors = self._vectors()
        with self._writing() as connection:
            connection.execute("INSERT INTO terms(terms) VALUES ('optimize')")
        self._connection.execute("PRAGMA journal_mode = DELETE")  # folds the log in: one file, ready to be read-only
        self._connection.close()
        staging = self._generations.staging
        with named_failures(staging):
            vectors.save(staging / VECTORS)
        files = tuple((name, os.path.getsize(staging / name), sha256_of(staging / name)) for name in (LIBRARY, VECTORS))
        corpus_hash = hashlib.sha256(json.dumps(corpus, ensure_ascii=False).encode()).hexdigest()
        return self._generations.publish(Manifest(self._recipe, documents, passages, corpus_hash, files)).name

    def _vectors(self) -> FaissIndex:
        rows = self._connection.execute(
            "SELECT key, vector FROM passages JOIN embeddings ON hash = embedding ORDER BY key"
        ).fetchall()
        keys = np.array([row[0] for row in rows], np.int64)
        dim = len(rows[0][1]) // np.dtype(np.float32).itemsize if rows else 1
        vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float32).reshape(len(rows), dim)
        return FaissIndex.build(keys, vectors)

    def discard(self) -> None:
        self.close()
        self._generations.clear_staging()

    def close(self) -> None:
        """Leaves the work where it is, to go on with it next time."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _start(path: Path, basis: str, newest: Path | None, reading_version: int) -> None:
    """A staging file at ``path``: a copy of ``newest`` or an empty one, there only when complete."""
    with named_failures(path.parent):
        partial = path.with_suffix(".partial")
        connection = sqlite3.connect(partial)
        try:
            if newest:
                source = sqlite3.connect(f"{(newest / LIBRARY).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
                source.backup(connection)
                source.close()
            migrate(connection)
            if newest and read_manifest(newest).recipe.reading_version != reading_version:
                with connection:
                    connection.execute("UPDATE documents SET sha256 = ''")  # every file counts as changed
            with connection:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('basis', ?)", (basis,))
        finally:
            connection.close()
        partial.replace(path)
