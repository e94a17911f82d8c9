"""A checksum a document over what is kept of it, so that unfinished work is gone on with only where it is as it was written.

A published generation is covered by its manifest; the staging file grows and has none. SQLite notices a damaged page, but not a
changed letter in a row.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

import numpy as np

from qa.adapters.sqlite.schema import LAYOUT

_PREFIX = f"seal{LAYOUT}:"
"""A seal covers every column, so a migration makes all of them void."""
_NORM_WITHIN = 1e-3
"""Stored vectors have length 1; one further from it was not written by an embedder."""


def seal(connection: sqlite3.Connection, document_id: str) -> None:
    """Notes the checksum of a document that was just written."""
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_PREFIX + document_id, _sum(connection, document_id))
    )


def unseal(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """For documents that are taken out."""
    connection.executemany("DELETE FROM meta WHERE name = ?", [(_PREFIX + each,) for each in document_ids])


def seal_all(connection: sqlite3.Connection, *, anew: bool = False) -> None:
    """Seals the documents that have no seal of this layout yet, or all ``anew``.

    For a library file that was just compared with its manifest: what it holds is what was written.
    """
    connection.execute("DELETE FROM meta WHERE name LIKE 'seal%' AND (? OR name NOT LIKE ?)", (anew, _PREFIX + "%"))
    unsealed = "SELECT id FROM documents WHERE ? || id NOT IN (SELECT name FROM meta)"
    for (document_id,) in connection.execute(unsealed, (_PREFIX,)).fetchall():
        seal(connection, document_id)


def is_as_written(connection: sqlite3.Connection) -> bool:
    """Whether every document carries its seal, no other does, the words agree with the passages, and vectors have their length."""
    ids = {row[0] for row in connection.execute("SELECT id FROM documents")}
    rows = connection.execute("SELECT name, value FROM meta WHERE name LIKE ?", (_PREFIX + "%",))
    seals = {name.removeprefix(_PREFIX): value for name, value in rows}
    if seals != {each: _sum(connection, each) for each in ids}:
        return False
    if connection.execute("SELECT 1 FROM passages WHERE document_id NOT IN (SELECT id FROM documents)").fetchone():
        return False
    for (vector,) in connection.execute("SELECT vector FROM embeddings"):
        if not abs(float(np.linalg.norm(np.frombuffer(vector, np.float32))) - 1) < _NORM_WITHIN:
            return False
    try:
        connection.execute("INSERT INTO terms(terms) VALUES ('integrity-check')")
    finally:
        connection.rollback()
    return True


def _sum(connection: sqlite3.Connection, document_id: str) -> str:
    digest = hashlib.sha256()
    for table, column in (("documents", "id"), ("passages", "document_id")):
        rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY rowid", (document_id,))
        for row in rows:
            digest.update(repr(row).encode())
    return digest.hexdigest()
