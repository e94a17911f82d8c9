"""Makes the next generation in the staging folder. Each document is one transaction: killed at any moment, what is done stays."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, astuple, replace
from datetime import UTC, datetime
from pathlib import Path

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
from qa.adapters.milvus.placing import Staging
from qa.adapters.milvus.store import MilvusStore
from qa.adapters.sqlite.changes import changes_between, write_changes
from qa.adapters.sqlite.library import known_files
from qa.adapters.sqlite.rows import (
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    SUMMARY_COLUMNS,
    document_from,
    document_row,
    passage_from,
    passage_key,
    passage_row,
    summary_from,
)
from qa.adapters.sqlite.schema import migrate, open_immutable
from qa.adapters.sqlite.seals import seal, unseal
from qa.adapters.sqlite.staging import connect, is_full, is_resumable, start
from qa.adapters.sqlite.vectors import index_of
from qa.errors import IndexError_
from qa.ports import Analyzer, KnownFile, Vectors
from qa.records import Document, DocumentSummary, Duplicate, Passage

_OPTIMIZE_SHARE = 0.2
"""The word index is merged into one piece when at least this share of the passages is new; below, that costs more than the build."""
_FILE_COLUMNS = "path, sha256, status, correction, id"


class StagingWriter:
    """``LibraryWriter``. Starts from unfinished work of the same base and recipe, else from ``base`` (the newest generation whose
    library file is as it was written, where none is named), else empty.

    With ``fresh`` nothing is taken over. The vectors go into ``store``, or where none is given into a file of the generation.
    """

    def __init__(
        self,
        generations: Generations,
        recipe: Recipe,
        analyzer: Analyzer,
        *,
        fresh: bool = False,
        base: Path | None = None,
        store: MilvusStore | None = None,
    ) -> None:
        self._generations = generations
        self._store = store
        self._repair = base is not None
        self._recipe = recipe
        self._analyzer = analyzer
        self._base = None if fresh else base or generations.sound_base()
        basis = json.dumps([self._base.name if self._base else None, asdict(recipe)], sort_keys=True)
        path = generations.staging / LIBRARY
        with _named_failures(generations.root):
            resumable = is_resumable(path, basis)
        if not resumable:
            generations.clear_staging()
            with named_failures(generations.root):
                generations.staging.mkdir(parents=True)
            with _named_failures(generations.root):
                start(path, basis, self._base, recipe.reading_version)
        with _named_failures(generations.root):
            self._connection = connect(path)
        self._put = 0  # passages
        self._vector_kind = ""  # of vectors that are in a file
        with self._writing():
            migrate(self._connection)
            if self._base and read_manifest(self._base).recipe.analyzer_fingerprint != recipe.analyzer_fingerprint:
                self._make_terms()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _named_failures(self._generations.root), self._connection:
            yield self._connection

    # -------------------------------------------------------------------------------------------------------- content

    def known(self) -> dict[str, KnownFile]:
        return known_files(self._connection.execute(f"SELECT {_FILE_COLUMNS} FROM documents").fetchall())

    def put(
        self, document: Document, passages: Sequence[Passage], *, correction: str = "", sketch: bytes = b""
    ) -> None:
        with self._writing() as connection:
            self._drop(connection, document.path)
            # Another name of the same Unicode form may still hold the id; its file is read or moved in this same build.
            for (path,) in connection.execute("SELECT path FROM documents WHERE id = ?", (document.id,)).fetchall():
                self._drop(connection, path)
            self._insert(connection, document, passages, (correction, _now(), sketch))

    def move(self, path: str, new_path: str, document_id: str) -> None:
        columns = f"{DOCUMENT_COLUMNS}, correction, read_at, sketch"
        row = self._connection.execute(f"SELECT {columns} FROM documents WHERE path = ?", (path,)).fetchone()
        document = document_from(row[:-3])
        rows = self._connection.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY start", (document.id,)
        ).fetchall()
        passages = [replace(passage_from(each)[1], document_id=document_id) for each in rows]
        with (
            self._writing() as connection
        ):  # one transaction: killed here, the file is known under one name or the other
            self._drop(connection, path)
            self._insert(connection, replace(document, id=document_id, path=new_path), passages, row[-3:])

    def _insert(
        self,
        connection: sqlite3.Connection,
        document: Document,
        passages: Sequence[Passage],
        kept_beside: tuple[str, str, bytes],
    ) -> None:
        values = (*document_row(document), *kept_beside)
        connection.execute(
            f"INSERT INTO documents ({DOCUMENT_COLUMNS}, date, kind, correction, read_at, sketch) "
            f"VALUES ({','.join('?' * len(values))})",
            values,
        )
        rows = [passage_row(passage) for passage in passages]
        if rows:
            marks = ",".join("?" * len(rows[0]))
            connection.executemany(
                f"INSERT INTO passages ({PASSAGE_COLUMNS}, section, embedding) VALUES ({marks})", rows
            )
        self._index_terms(connection, [(passage_key(each.id), each.text, each.context) for each in passages])
        seal(connection, document.id)
        self._put += len(passages)

    def remove(self, path: str) -> None:
        with self._writing() as connection:
            self._drop(connection, path)

    @staticmethod
    def _drop(connection: sqlite3.Connection, path: str) -> None:
        unseal(connection, [row[0] for row in connection.execute("SELECT id FROM documents WHERE path = ?", (path,))])
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

    def remake_terms(self) -> None:
        """Makes the word index anew from the passages."""
        with self._writing():
            self._make_terms()

    def _make_terms(self) -> None:
        """For a changed dictionary or changed rules; passages and vectors stay."""
        self._connection.execute("DELETE FROM terms")
        rows = self._connection.execute("SELECT key, text, context FROM passages ORDER BY key").fetchall()
        self._index_terms(self._connection, rows)

    def summaries(self) -> list[DocumentSummary]:
        rows = self._connection.execute(
            f"SELECT {SUMMARY_COLUMNS} FROM documents LEFT JOIN duplicates ON document_id = id ORDER BY path"
        )
        return [summary_from(row) for row in rows]

    def sketches(self) -> dict[str, bytes]:
        return dict(self._connection.execute("SELECT id, sketch FROM documents"))

    def put_duplicates(self, duplicates: Sequence[Duplicate]) -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM duplicates")
            connection.executemany("INSERT INTO duplicates VALUES (?,?,?)", [astuple(each) for each in duplicates])

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
            write_changes(connection, changes_between(self._published(), self.known()))
        corpus = self._connection.execute("SELECT path, sha256 FROM documents ORDER BY path").fetchall()
        documents, passages = len(corpus), self.passage_count()
        vectors_file = self._place_vectors()
        if self._put >= _OPTIMIZE_SHARE * passages:
            with self._writing() as connection:
                connection.execute("INSERT INTO terms(terms) VALUES ('optimize')")
        with _named_failures(self._generations.root):
            self._connection.execute(
                "PRAGMA journal_mode = DELETE"
            )  # folds the log in: one file, ready to be read-only
        self._connection.close()
        staging = self._generations.staging
        names = (LIBRARY, vectors_file)
        files = tuple((name, os.path.getsize(staging / name), sha256_of(staging / name)) for name in names)
        corpus_hash = hashlib.sha256(json.dumps(corpus, ensure_ascii=False).encode()).hexdigest()
        manifest = Manifest(self._recipe, documents, passages, corpus_hash, files, vectors=self._vector_kind)
        return self._generations.publish(manifest).name

    def _published(self) -> dict[str, KnownFile]:
        """What the generation before knows; empty where there is none or it cannot be read."""
        newest = self._base or self._generations.sound_base()  # a damaged one could tell anything
        try:
            if newest is None:
                return {}
            with closing(open_immutable(newest / LIBRARY)) as connection:
                columns = {row[1] for row in connection.execute("PRAGMA table_info(documents)")}
                correction = "correction" if "correction" in columns else "''"
                return known_files(
                    connection.execute(f"SELECT path, sha256, status, {correction}, id FROM documents").fetchall()
                )
        except sqlite3.DatabaseError:
            return {}

    def _place_vectors(self) -> str:
        """Puts the vectors where they will be searched; the file in the staging folder that holds them, or says where they are."""
        folder, newest = self._generations.staging, self._generations.newest()
        if self._store is not None:
            staging = Staging(folder, self._base, newest, repair=self._repair)
            return self._store.put(self._connection, self._recipe, staging)
        with named_failures(folder):
            self._vectors().save(folder / VECTORS)
        return VECTORS

    def _vectors(self) -> FaissIndex:
        index = index_of(self._connection, self._recipe, None if self._repair else self._base)
        self._vector_kind = str(index.kind)
        return index

    def discard(self) -> None:
        self.close()
        self._generations.clear_staging()

    def close(self) -> None:
        """Leaves the work where it is, to go on with it next time."""
        self._connection.close()


@contextmanager
def _named_failures(root: Path) -> Iterator[None]:
    """Turns what SQLite cannot do into an error that says what to do; where its log has no room to grow it speaks of an I/O error."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = "full" in str(error) or is_full(root)
        raise IndexError_(
            f"磁盘已满，无法写入 {root}" if full else f"无法写入索引 {root}",
            reason=str(error),
            hint="腾出空间后再运行 qa index；已有索引未受影响" if full else "检查权限与磁盘；已有索引未受影响",
        ) from error


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
