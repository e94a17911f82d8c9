"""A generation with given vectors under given keys: a library file with the rows that a pool is filled from, nothing read or embedded."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.adapters.generations import LIBRARY, Manifest, Recipe, write_manifest
from qa.adapters.milvus.placing import Staging
from qa.adapters.milvus.store import MilvusStore
from qa.adapters.sqlite.rows import embedding_hash
from qa.adapters.sqlite.schema import migrate
from qa.ports import Vectors

RECIPE = Recipe("made", "made-1", "words-1", 1)
_NUMBER = itertools.count(1)


def made_generation(
    root: Path, store: MilvusStore, keys: NDArray[np.int64], vectors: Vectors, base: Path | None = None
) -> Path:
    """Equal vectors stand for equal texts and share a row, as in a real library."""
    folder = root / f"{next(_NUMBER):08d}"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / LIBRARY)) as connection:
        migrate(connection)
        with connection:
            connection.execute(
                "INSERT INTO documents (id, path, sha256, text, card, card_sources, headings, blocks, source_map, status, warnings) "
                "VALUES ('d', 'd.txt', '', '', '{}', '[]', '[]', '[]', '[]', 'read', '[]')"
            )
            for key, vector in zip(keys.tolist(), vectors, strict=True):
                digest = embedding_hash(vector.tobytes().hex())
                connection.execute(
                    "INSERT INTO passages (key, document_id, start, end, text, heading_path, section, lead, role, context, title, "
                    "embedding) VALUES (?, 'd', 0, 0, '', '[]', '', '', 'body', '', '', ?)",
                    (key, digest),
                )
                connection.execute("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", (digest, vector.tobytes()))
        store.put(connection, RECIPE, Staging(folder, base, base))
    write_manifest(folder, Manifest(RECIPE, 1, len(keys), "", ()))
    return folder
