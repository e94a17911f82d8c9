"""The library's tables, by numbered migrations. SQLite is the source of truth; vectors and terms are made from it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from qa.errors import IndexDamagedError

MIGRATIONS = (
    # 1: the first layout
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE documents (
        id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, text TEXT NOT NULL,
        card TEXT NOT NULL, card_sources TEXT NOT NULL, headings TEXT NOT NULL, blocks TEXT NOT NULL,
        source_map TEXT NOT NULL, status TEXT NOT NULL, warnings TEXT NOT NULL,
        date TEXT, kind TEXT
    );
    CREATE TABLE passages (
        key INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, heading_path TEXT NOT NULL,
        section TEXT NOT NULL, lead TEXT NOT NULL, role TEXT NOT NULL, context TEXT NOT NULL,
        title TEXT NOT NULL, date TEXT, kind TEXT, region TEXT, embedding TEXT NOT NULL
    );
    CREATE INDEX passages_by_document ON passages(document_id, start);
    CREATE INDEX passages_by_embedding ON passages(embedding);
    CREATE TABLE embeddings (hash TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE terms USING fts5(body, context, tokenize = "unicode61 remove_diacritics 0 tokenchars '.%+-/&_'");
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab(terms, row);
    """,
    # 2: card corrections, when a file was read, near-duplicates
    """
    ALTER TABLE documents ADD COLUMN correction TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN read_at TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';
    CREATE TABLE duplicates (document_id TEXT PRIMARY KEY, shown_id TEXT NOT NULL, similarity REAL NOT NULL) WITHOUT ROWID;
    """,
    # 3: pages of documents, clause paths of passages
    """
    ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE passages ADD COLUMN clause TEXT NOT NULL DEFAULT '';
    """,
    # 4: the issuer of a passage's document
    """
    ALTER TABLE passages ADD COLUMN issuer TEXT;
    UPDATE passages SET issuer = (SELECT json_extract(card, '$.issuer') FROM documents WHERE id = document_id);
    """,
)
LAYOUT = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the tables to the newest layout, one migration a transaction. A file from a newer program is refused."""
    version = layout_of(connection)
    if version > len(MIGRATIONS):
        raise IndexDamagedError(
            "索引由更新版本的程序建立",
            reason=f"布局 {version}，本程序只认到 {len(MIGRATIONS)}",
            hint="升级程序，或运行 qa index --rebuild",
        )
    for number in range(version, len(MIGRATIONS)):
        connection.executescript(f"BEGIN; {MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;")


def layout_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def open_immutable(path: Path) -> sqlite3.Connection:
    """A read-only connection to a published file, which nothing will change."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
