"""A whole library of a wanted size: the real documents as the product reads and writes them, then repeats of them.

Repeats are copied inside the library file, words and all, under other names: the share of passages that a word stands in stays,
and that is what a word search costs. The vector of a repeat is a made one (:mod:`benchmarks.scale.synthesis`).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale.passages import RealPassages
from benchmarks.scale.synthesis import VectorSource
from qa.adapters.generations import Generations
from qa.adapters.sqlite.rows import embedding_hash, embedding_text, passage_key
from qa.adapters.sqlite.writer import StagingWriter
from qa.ports import Vectors
from qa.settings import Settings

_EMBEDDING_ROWS = 5_000


def fill(folder: Path, real: RealPassages, passages: int, source: VectorSource) -> Path:
    """The published generation of a library of ``passages`` passages below ``folder``; one that is there already is kept."""
    generations, newest = _generations(folder, passages)
    if newest is not None:
        return newest
    if passages > len(real.vectors):
        _, base = _generations(folder, len(real.vectors))
        base = base or fill(folder, real, len(real.vectors), source)
        shutil.copytree(base, generations.root / "generations" / base.name)
    with generations.writing():
        writer = _writer(generations)
        if passages > len(real.vectors):
            multiply(writer, passages)
        else:
            _put_real(writer, real, passages)
        give_vectors(writer, real, source)
        writer.publish()
    newest = generations.newest()
    assert newest is not None
    print(f"{passages} passages in {newest}", flush=True)
    return newest


def _generations(folder: Path, passages: int) -> tuple[Generations, Path | None]:
    generations = Generations(folder / f"index-{passages}")
    return generations, generations.newest()


def _writer(generations: Generations) -> StagingWriter:
    from qa.bootstrap import _analyzer, _recipe

    settings = Settings.from_environment(index=generations.root)
    return StagingWriter(generations, _recipe(settings), _analyzer(settings))


def _put_real(writer: StagingWriter, real: RealPassages, passages: int) -> None:
    left, known = passages, writer.known()
    for document, own in real.documents:
        if left and document.path not in known:
            writer.put(document, own[:left])
        left -= min(left, len(own))


def multiply(writer: StagingWriter, passages: int) -> None:
    """Repeats every document until there are ``passages`` passages; of the last repeat as many documents as fit."""
    connection = writer._connection
    connection.create_function("passage_key", 1, passage_key, deterministic=True)
    real = writer.passage_count()
    with connection:
        connection.execute("CREATE TEMP TABLE originals AS SELECT id FROM documents ORDER BY path")
        turn = 1
        while (left := passages - writer.passage_count()) > 0:
            _repeat(connection, turn, left if left < real else None)
            turn += 1
    writer._put = passages - real


def _repeat(connection: sqlite3.Connection, turn: int, most: int | None) -> None:
    """Copies the first originals, with ``most`` passages together at most (``None``: all of them)."""
    connection.execute("DROP TABLE IF EXISTS temp.chosen")
    connection.execute(
        "CREATE TEMP TABLE chosen AS SELECT key AS old, passage_key(? || document_id || ':' || start || '-' || end) AS new "
        "FROM passages WHERE document_id IN (SELECT id FROM originals) ORDER BY document_id, start LIMIT ?",
        (f"{turn:03d}-", -1 if most is None else most),
    )
    for table, changed, where in (
        (
            "documents",
            {"id": "? || id", "path": "? || path"},
            "id IN (SELECT document_id FROM passages JOIN chosen ON key = old)",
        ),
        (
            "passages",
            {"document_id": "? || document_id", "embedding": "? || embedding"},
            "key IN (SELECT old FROM chosen)",
        ),
    ):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        written = {**changed, "key": "(SELECT new FROM chosen WHERE old = key)"}
        values = ", ".join(written.get(column, column) for column in columns)
        if table == "passages":
            connection.execute("CREATE INDEX temp.chosen_old ON chosen(old)")
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {where}",
            (f"{turn:03d}-", f"{turn:03d}-"),
        )
    connection.execute(
        "INSERT INTO terms (rowid, body, context) SELECT new, body, context FROM chosen JOIN terms ON terms.rowid = old ORDER BY new"
    )


def give_vectors(writer: StagingWriter, real: RealPassages, source: VectorSource) -> None:
    """Real passages get their own vectors, repeats made ones."""
    own = {embedding_hash(embedding_text(each)): row for row, each in enumerate(real.passages)}
    waiting = [row[0] for row in writer._connection.execute("SELECT embedding FROM passages ORDER BY rowid")]
    kept = {row[0] for row in writer._connection.execute("SELECT hash FROM embeddings")}
    waiting = [digest for digest in dict.fromkeys(waiting) if digest not in kept]
    known = [digest for digest in waiting if digest in own]
    made = [digest for digest in waiting if digest not in own]
    _put(writer, known, real.vectors[[own[digest] for digest in known]])
    first = 0
    for chunk in source.made(len(made)) if made else ():
        _put(writer, made[first : first + len(chunk)], chunk)
        first += len(chunk)


def _put(writer: StagingWriter, digests: Sequence[str], vectors: Vectors) -> None:
    for first in range(0, len(digests), _EMBEDDING_ROWS):
        part = slice(first, first + _EMBEDDING_ROWS)
        writer.put_embeddings(digests[part], vectors[part])
