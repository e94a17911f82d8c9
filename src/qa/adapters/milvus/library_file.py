"""What a library file holds for a pool: the hashes of its texts, their vectors and their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from qa.adapters.milvus.pool import Weights
from qa.adapters.milvus.rows import prefix_of, text_weights
from qa.ports import Vectors

_VARIABLES_PER_QUERY = 900
_OWN = "SELECT DISTINCT embedding FROM main.passages"
_OTHER = "SELECT embedding FROM other.passages"


def all_texts(connection: sqlite3.Connection) -> list[str]:
    """The hashes of what the library's passages are embedded as, ascending, each once."""
    return [row[0] for row in connection.execute(f"{_OWN} ORDER BY 1")]


def texts_lacking_in(connection: sqlite3.Connection, other: Path) -> list[str]:
    """Those that the library file ``other`` has not."""
    return _compared(connection, other, f"{_OWN} EXCEPT {_OTHER} ORDER BY 1")


def texts_only_in(connection: sqlite3.Connection, other: Path) -> list[str]:
    """Those that only the library file ``other`` has."""
    return _compared(connection, other, f"{_OTHER} EXCEPT {_OWN} ORDER BY 1")


def _compared(connection: sqlite3.Connection, other: Path, sql: str) -> list[str]:
    connection.execute("ATTACH DATABASE ? AS other", (str(other),))
    try:
        return [row[0] for row in connection.execute(sql)]
    finally:
        connection.execute("DETACH DATABASE other")


def vectors_of(connection: sqlite3.Connection, hashes: Sequence[str]) -> Iterator[Vectors]:
    """(dim,) float32 for each hash, in order."""
    found: dict[str, bytes] = {}
    for first in range(0, len(hashes), _VARIABLES_PER_QUERY):
        part = hashes[first : first + _VARIABLES_PER_QUERY]
        marks = ",".join("?" * len(part))
        found.update(connection.execute(f"SELECT hash, vector FROM embeddings WHERE hash IN ({marks})", part))
    return (np.frombuffer(found[each], np.float32) for each in hashes)


def dimension(connection: sqlite3.Connection) -> int:
    """Of the library's vectors; the smallest that Milvus takes where there are none."""
    row = connection.execute("SELECT vector FROM embeddings LIMIT 1").fetchone()
    return len(row[0]) // np.dtype(np.float32).itemsize if row else 2


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """(passages, different texts)."""
    passages, rows = connection.execute("SELECT count(*), count(DISTINCT embedding) FROM passages").fetchone()
    return int(passages), int(rows)


def mean_terms(connection: sqlite3.Connection) -> float:
    """Index terms of a passage with its context, on average; 0 where there are no passages."""
    total, passages = connection.execute(
        "SELECT (SELECT total(cnt) FROM vocabulary), (SELECT count(*) FROM passages)"
    ).fetchone()
    return float(total) / passages if passages else 0.0


def words_of(connection: sqlite3.Connection, rows: Sequence[int], mean: float) -> list[Weights]:
    """The term weights of the text of each row."""
    sql = (
        "SELECT body, context FROM terms WHERE rowid = "
        "(SELECT key FROM passages WHERE embedding >= ? AND embedding < ? || 'g' LIMIT 1)"
    )
    found = (connection.execute(sql, (prefix_of(row), prefix_of(row))).fetchone() for row in rows)
    return [text_weights(body.split(), context.split(), mean) for body, context in found]


def is_used(connection: sqlite3.Connection, row: int) -> bool:
    """Whether a passage of the library has this row."""
    sql = "SELECT 1 FROM passages WHERE embedding >= ? AND embedding < ? || 'g' LIMIT 1"
    return connection.execute(sql, (prefix_of(row), prefix_of(row))).fetchone() is not None
