"""Putting the rows of the next generation into a pool, before the generation is published."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from qa.adapters.generations import LIBRARY, Recipe, read_manifest
from qa.adapters.milvus import library_file
from qa.adapters.milvus.address import StoreAddress
from qa.adapters.milvus.generation_record import RECORD, GenerationRecord, read_record, write_record
from qa.adapters.milvus.pool import Pool
from qa.adapters.milvus.rows import row_of
from qa.errors import IndexDamagedError, StoreError
from qa.ports import Progress

EXACT = "FLAT"
"""Every vector is looked at, which is exact. A graph (HNSW) found .84 of the ten best at 25,000 rows: only where it is asked for."""
BATCH_ROWS = 1_000  # 1.5 MB at 384 dimensions
_MEAN_DRIFT = (
    0.2  # a mean length that moved by more makes a new pool: the frozen one would bend the scores of the words
)
_PENDING = "milvus-pending.json"


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder of the next generation, the generation it began from, and the newest one.

    With ``repair`` nothing is taken for granted: every row is compared, not only those that are new against ``base``.
    """

    folder: Path
    base: Path | None
    newest: Path | None
    repair: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the rows go; ``trusted``: the pool has all rows of the base already."""

    pool: Pool
    record: GenerationRecord
    trusted: bool


def place(
    address: StoreAddress, connection: sqlite3.Connection, recipe: Recipe, staging: Staging, progress: Progress
) -> str:
    """Makes a pool hold every row of the staged library (``connection``) and leaves :data:`RECORD` in its folder.

    Returns the record's file name. Whatever stops it, what readers use stays in the pool, and the next try goes on. Raises
    :class:`StoreError`.
    """
    placement = _placement(address, connection, recipe, staging)
    pool, newest, previous = placement.pool, staging.newest, record_of(staging.newest)
    if staging.base and placement.trusted:
        hashes = library_file.texts_lacking_in(connection, staging.base / LIBRARY)
    else:
        hashes = library_file.all_texts(connection)
    _fill(placement, connection, hashes, progress)
    retired: tuple[int, ...] = ()
    if newest and newest == staging.base and previous and previous.collection == pool.name and not staging.repair:
        retired = tuple(row_of(each) for each in library_file.texts_only_in(connection, newest / LIBRARY))
        # What the generation before had retired is used by no generation that stays, unless this one uses it again.
        pool.delete([row for row in previous.retired if not library_file.is_used(connection, row)])
    _sweep(placement, previous)
    write_record(staging.folder, replace(placement.record, retired=retired))
    (staging.folder / _PENDING).unlink(missing_ok=True)
    return RECORD


def record_of(generation: Path | None) -> GenerationRecord | None:
    """``None`` for a damaged one too: what it says is not needed to make the next."""
    try:
        return read_record(generation) if generation else None
    except IndexDamagedError:
        return None


def _placement(address: StoreAddress, connection: sqlite3.Connection, recipe: Recipe, staging: Staging) -> Placement:
    passages, rows = library_file.counts(connection)
    library, collection = _names(staging.folder, record_of(staging.newest))
    fresh = GenerationRecord(
        library=library,
        collection=collection,
        dim=library_file.dimension(connection),
        index=address.index or EXACT,
        passages=passages,
        rows=rows,
        words_mean=library_file.mean_terms(connection) if address.words else 0.0,
    )
    base, previous = staging.base, record_of(staging.base)
    goes_on = base and previous and _serves(previous, fresh, read_manifest(base).recipe, recipe)
    record = replace(previous, passages=passages, rows=rows) if goes_on and previous else fresh
    pool = Pool(address, record.collection)
    if pool.exists():
        pool.load()
        holds_base = previous is not None and record.collection == previous.collection and len(pool) >= previous.rows
        return Placement(pool, record, holds_base and not staging.repair)
    about = {"library": record.library, "model": recipe.model_fingerprint}
    pool.create(record.dim, record.index, words=record.words_mean > 0, about=about)
    return Placement(pool, record, False)


def _serves(before: GenerationRecord, wanted: GenerationRecord, old: Recipe, new: Recipe) -> bool:
    """Whether the pool of the generation before serves the next one too."""
    same_words = not wanted.words_mean and not before.words_mean
    if wanted.words_mean and before.words_mean and old.analyzer_fingerprint == new.analyzer_fingerprint:
        same_words = abs(wanted.words_mean / before.words_mean - 1) < _MEAN_DRIFT
    same_model = old.model_fingerprint == new.model_fingerprint and before.dim == wanted.dim
    return same_model and before.index == wanted.index and same_words


def _names(folder: Path, newest: GenerationRecord | None) -> tuple[str, str]:
    """(library, collection) for a new pool; the same again when the work on it goes on after a stop."""
    pending = folder / _PENDING
    if pending.is_file():
        library, collection = json.loads(pending.read_text("utf-8"))
        return str(library), str(collection)
    library = newest.library if newest else secrets.token_hex(4)
    collection = f"qa_{library}_{secrets.token_hex(4)}"
    pending.write_text(json.dumps([library, collection]), "utf-8")
    return library, collection


def _fill(placement: Placement, connection: sqlite3.Connection, hashes: Sequence[str], progress: Progress) -> None:
    """Puts the rows of these texts that the pool lacks, or has otherwise; then looks whether all are there."""
    pool = placement.pool
    put: list[int] = []
    for first in range(0, len(hashes), BATCH_ROWS):
        progress(first, len(hashes))
        part = hashes[first : first + BATCH_ROWS]
        ids = [row_of(each) for each in part]
        vectors = dict(zip(ids, library_file.vectors_of(connection, part), strict=True))
        held = pool.vectors(ids)
        lacking = [each for each in ids if each not in held]
        # Embedded once more, in another batch, a text may get other last bits.
        other = [each for each in held if not np.array_equal(held[each], vectors[each])]
        for wanted, again in ((lacking, False), (other, True)):
            if wanted:
                mean = placement.record.words_mean
                words = library_file.words_of(connection, wanted, mean) if mean else None
                pool.put(wanted, np.array([vectors[each] for each in wanted], np.float32), words, replace=again)
                put += wanted
    if put:
        pool.flush()
        lost = pool.missing(put)
        if lost:
            raise StoreError(
                f"Milvus {pool.address.shown} 没有存下全部向量",
                reason=f"放入 {len(put)} 行，查不到其中 {len(lost)} 行",
                hint="再运行一次 qa index，会接着放；仍这样时看 Milvus 的日志",
            )
    progress(len(hashes), len(hashes))


def _sweep(placement: Placement, previous: GenerationRecord | None) -> None:
    """Drops this library's collections that neither the next nor the last generation uses."""
    kept = {placement.pool.name, previous.collection if previous else ""}
    for name in placement.pool.siblings(f"qa_{placement.record.library}_"):
        if name not in kept:
            Pool(placement.pool.address, name).drop()
