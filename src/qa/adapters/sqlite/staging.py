"""The unfinished library file in the staging folder: begun from a published one, gone on with after a stop."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from qa.adapters.generations import LIBRARY, named_failures, read_manifest
from qa.adapters.sqlite.schema import migrate
from qa.adapters.sqlite.seals import is_as_written, seal_all

_COPY_BYTES = 1 << 26
FULL_BELOW_BYTES = 1 << 20


def is_resumable(path: Path, basis: str) -> bool:
    """Whether ``path`` is sound unfinished work that began from the same ``basis``.

    Raises :class:`sqlite3.OperationalError` where the full disk keeps it from being looked at.
    """
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'basis'").fetchone()
            sound = row is not None and row[0] == basis
            sound = sound and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            return sound and is_as_written(connection)
    except sqlite3.OperationalError:
        if is_full(path.parent):  # it cannot be looked at; that is no reason to throw it away
            raise
        return False
    except (sqlite3.DatabaseError, ValueError):
        return False


def is_full(folder: Path) -> bool:
    """Whether a failure to read or write in ``folder`` is put down to its full disk."""
    return shutil.disk_usage(folder).free < FULL_BELOW_BYTES


def start(path: Path, basis: str, newest: Path | None, reading_version: int) -> None:
    """A staging file at ``path``: a copy of the library of the generation ``newest`` or an empty one, there only when complete."""
    with named_failures(path.parent):
        partial = path.with_suffix(".partial")
        if newest:
            copy_file(newest / LIBRARY, partial)
        with closing(sqlite3.connect(partial)) as connection:
            migrate(connection)
            reading_changed = newest is not None and read_manifest(newest).recipe.reading_version != reading_version
            if reading_changed:
                with connection:
                    connection.execute("UPDATE documents SET sha256 = ''")  # every file counts as changed
            with connection:
                seal_all(connection, anew=reading_changed)
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('basis', ?)", (basis,))
        partial.replace(path)


def connect(path: Path) -> sqlite3.Connection:
    """A connection for the one writer. Other threads may use it one after the other."""
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def copy_file(source: Path, target: Path) -> None:
    """The bytes of ``source`` at ``target``; where the file system can, by sharing blocks instead of copying them."""
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            while os.copy_file_range(reading.fileno(), writing.fileno(), _COPY_BYTES):
                pass
    except (AttributeError, OSError):  # not on this system, or not between these two places
        shutil.copyfile(source, target)
