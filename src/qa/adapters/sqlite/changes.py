"""What one generation has that the one before had not, kept in the generation itself."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime

from qa.ports import KnownFile
from qa.records import LibraryChanges

_NAME = "changes"


def changes_between(before: dict[str, KnownFile], after: dict[str, KnownFile]) -> LibraryChanges:
    """Compares by path and content. A file that vanished where the same bytes appeared under another name counts as moved."""
    vanished = {path: before[path].sha256 for path in sorted(set(before) - set(after))}
    appeared = sorted(set(after) - set(before))
    moved = []
    for path in appeared:
        source = next((old for old, digest in vanished.items() if digest and digest == after[path].sha256), None)
        if source is not None:
            del vanished[source]
            moved.append((source, path))
    targets = {path for _, path in moved}
    changed = [path for path in sorted(set(before) & set(after)) if _content(before[path]) != _content(after[path])]
    return LibraryChanges(
        added=tuple(path for path in appeared if path not in targets),
        changed=tuple(changed),
        removed=tuple(vanished),
        moved=tuple(moved),
        built_at=datetime.now(UTC).replace(microsecond=0),
    )


def _content(file: KnownFile) -> tuple[str, str, str]:
    return file.sha256, file.correction, file.status


def write_changes(connection: sqlite3.Connection, changes: LibraryChanges) -> None:
    built = changes.built_at.isoformat() if changes.built_at else None
    value = [changes.added, changes.changed, changes.removed, changes.moved, built]
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, json.dumps(value, ensure_ascii=False)))


def read_changes(connection: sqlite3.Connection) -> LibraryChanges:
    """Empty where the generation says nothing."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    if row is None:
        return LibraryChanges()
    added, changed, removed, moved, built = json.loads(row[0])
    pairs = tuple((source, target) for source, target in moved)
    return LibraryChanges(
        tuple(added), tuple(changed), tuple(removed), pairs, datetime.fromisoformat(built) if built else None
    )
