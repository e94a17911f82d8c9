"""``drafts.sqlite``: the 引用夹, with a journal of every change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from qa.adapters.workspace.database import Database
from qa.adapters.workspace.draft_rows import Patch, difference, insert_item, item_of, patch, written
from qa.errors import ConflictError, NotFoundError, UsageError
from qa.records import Draft, DraftChange, DraftSummary

FILE = "drafts.sqlite"
MAX_DRAFTS = 500
KEPT_DELETED = 200
"""How many deleted drafts can be restored; the ones untouched longest go for good."""
KEPT_CHANGES = 300
"""How many changes of a draft can be undone; older ones fall out of its journal."""

MIGRATIONS = (
    """
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        style TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,  -- the journal's newest change that is not undone
        changed_at TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0
    );
    CREATE UNIQUE INDEX draft_names ON drafts (name) WHERE NOT deleted;
    CREATE TABLE items (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        draft INTEGER NOT NULL REFERENCES drafts (id),
        position INTEGER NOT NULL,
        "group" TEXT NOT NULL,
        note TEXT NOT NULL,
        document_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        clause TEXT NOT NULL,
        path TEXT NOT NULL,
        heading_path TEXT NOT NULL,
        card TEXT NOT NULL
    );
    CREATE INDEX items_of ON items (draft, position);
    CREATE TABLE changes (
        draft INTEGER NOT NULL REFERENCES drafts (id),
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (draft, number)
    );
    CREATE TABLE tokens (token TEXT PRIMARY KEY, draft INTEGER NOT NULL, used_at TEXT NOT NULL);
    """,
)


class SqliteDraftStore:
    """:class:`qa.ports.DraftStore` in a workspace folder."""

    def __init__(self, workspace: Path) -> None:
        self._database = Database(workspace / FILE, MIGRATIONS)

    def list(self, *, deleted: bool = False) -> tuple[DraftSummary, ...]:
        if not self._database.path.exists():
            return ()  # looking makes no file
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT drafts.*, (SELECT count(*) FROM items WHERE draft = drafts.id) AS items FROM drafts"
                " WHERE deleted = ? ORDER BY changed_at DESC, id DESC",
                (deleted,),
            )
            return tuple(
                DraftSummary(
                    row["id"], row["name"], row["style"], row["items"], datetime.fromisoformat(row["changed_at"])
                )
                for row in rows
            )

    def draft(self, id: int) -> Draft:
        if not self._database.path.exists():
            raise _not_there(id)
        with self._database.reading() as connection:
            return _read(connection, id)

    def make(self, name: str, style: str, *, token: str = "") -> Draft:
        with self._writing() as connection:
            made = _used(connection, token)
            if made is None:
                if connection.execute("SELECT count(*) FROM drafts WHERE NOT deleted").fetchone()[0] >= MAX_DRAFTS:
                    raise UsageError(
                        f"引用夹太多：已有 {MAX_DRAFTS} 个", reason="到了上限", hint="删除不用的，或在已有的里接着收集"
                    )
                row = (name, style, _now())
                made = connection.execute(
                    "INSERT INTO drafts (name, style, changed_at) VALUES (?, ?, ?)", row
                ).lastrowid
                assert made is not None
                _use(connection, token, made)
            return _read(connection, made)

    def change(self, id: int, label: str, edit: Callable[[Draft], Draft], *, token: str = "") -> Draft:
        with self._writing() as connection:
            draft = _read(connection, id)
            if _used(connection, token) is not None:
                return draft
            after = _with_ids(connection, id, edit(draft))
            forth, back = difference(written(draft), written(after))
            if forth:
                _note(connection, id, label, back, forth)
                _apply(connection, id, forth)
            _use(connection, token, id)
            return _read(connection, id)

    def undo(self, id: int, number: int | None = None) -> Draft:
        with self._writing() as connection:
            change = _next_step(_read(connection, id).undoable, number, "撤销")
            row = _change(connection, id, change.number)
            _apply(connection, id, patch(row["before"]), done=change.number - 1)
            return _read(connection, id)

    def redo(self, id: int, number: int | None = None) -> Draft:
        with self._writing() as connection:
            change = _next_step(_read(connection, id).redoable, number, "重做")
            row = _change(connection, id, change.number)
            _apply(connection, id, patch(row["after"]), done=change.number)
            return _read(connection, id)

    def delete(self, id: int) -> None:
        with self._writing() as connection:
            if (
                connection.execute("UPDATE drafts SET deleted = 1, changed_at = ? WHERE id = ?", (_now(), id)).rowcount
                == 0
            ):
                raise _not_there(id)
            gone = "SELECT id FROM drafts WHERE deleted ORDER BY changed_at DESC, id DESC LIMIT -1 OFFSET ?"
            for table, column in (("items", "draft"), ("changes", "draft"), ("drafts", "id")):
                connection.execute(f"DELETE FROM {table} WHERE {column} IN ({gone})", (KEPT_DELETED,))

    def restore(self, id: int) -> None:
        with self._writing() as connection:
            if connection.execute("UPDATE drafts SET deleted = 0 WHERE id = ?", (id,)).rowcount == 0:
                raise _not_there(id)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; the one rule that the tables themselves hold is told in words."""
        with self._database.writing() as connection:
            try:
                yield connection
            except sqlite3.IntegrityError as error:
                if "drafts.name" not in str(error):
                    raise
                raise ConflictError(
                    "已有同名的引用夹", reason="名称用来分清各个引用夹，不能重复", hint="换一个名称，或打开已有的那个"
                ) from error


def _read(connection: sqlite3.Connection, id: int) -> Draft:
    row = connection.execute("SELECT * FROM drafts WHERE id = ? AND NOT deleted", (id,)).fetchone()
    if row is None:
        raise _not_there(id)
    items = connection.execute("SELECT * FROM items WHERE draft = ? ORDER BY position, id", (id,))
    return Draft(
        name=row["name"],
        style=row["style"],
        items=tuple(item_of(item) for item in items),
        version=row["version"],
        undoable=_step(connection, id, row["done"]),
        redoable=_step(connection, id, row["done"] + 1),
        id=id,
    )


def _step(connection: sqlite3.Connection, id: int, number: int) -> DraftChange | None:
    row = connection.execute("SELECT label FROM changes WHERE draft = ? AND number = ?", (id, number)).fetchone()
    return DraftChange(number, row["label"]) if row else None


def _change(connection: sqlite3.Connection, id: int, number: int) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "SELECT * FROM changes WHERE draft = ? AND number = ?", (id, number)
    ).fetchone()
    return row


def _next_step(step: DraftChange | None, asked: int | None, what: str) -> DraftChange:
    if step is None:
        raise UsageError(f"没有可{what}的改动", reason="已经到头了", hint="刷新页面看现在的内容")
    if asked is not None and asked != step.number:
        raise ConflictError(
            f"没有{what}：最近的改动已经不是页面上的那一个",
            reason="另一个窗口也在改这个引用夹",
            hint=f"刷新页面，看过之后再{what}",
        )
    return step


def _with_ids(connection: sqlite3.Connection, id: int, draft: Draft) -> Draft:
    """``draft`` with an id for each of its new items, which are put in at once so that the ids are theirs for ever."""
    items = []
    for position, item in enumerate(draft.items):
        items.append(item if item.id else replace(item, id=insert_item(connection, id, position, item)))
    return replace(draft, items=tuple(items))


def _apply(connection: sqlite3.Connection, id: int, change: Patch, *, done: int | None = None) -> None:
    change.apply(connection, id)
    set_done = "" if done is None else f", done = {done}"
    connection.execute(f"UPDATE drafts SET version = version + 1, changed_at = ?{set_done} WHERE id = ?", (_now(), id))


def _note(connection: sqlite3.Connection, id: int, label: str, back: Patch, forth: Patch) -> None:
    done = connection.execute("SELECT done FROM drafts WHERE id = ?", (id,)).fetchone()["done"]
    connection.execute("DELETE FROM changes WHERE draft = ? AND number > ?", (id, done))
    row = (id, done + 1, label, back.text, forth.text)
    connection.execute("INSERT INTO changes (draft, number, label, before, after) VALUES (?, ?, ?, ?, ?)", row)
    connection.execute("DELETE FROM changes WHERE draft = ? AND number <= ?", (id, done + 1 - KEPT_CHANGES))
    connection.execute("UPDATE drafts SET done = ? WHERE id = ?", (done + 1, id))


def _used(connection: sqlite3.Connection, token: str) -> int | None:
    """The draft that a token was used on, or ``None``."""
    row = connection.execute("SELECT draft FROM tokens WHERE token = ?", (token,)).fetchone() if token else None
    return row["draft"] if row else None


def _use(connection: sqlite3.Connection, token: str, id: int) -> None:
    if token:
        connection.execute("INSERT INTO tokens VALUES (?, ?, ?)", (token, id, _now()))
        # A page that is sent twice is sent twice soon.
        connection.execute(
            "DELETE FROM tokens WHERE rowid <= (SELECT rowid FROM tokens ORDER BY rowid DESC LIMIT 1 OFFSET 10000)"
        )


def _not_there(id: int) -> NotFoundError:
    return NotFoundError(
        f"没有编号为 {id} 的引用夹", reason="编号有误，或已经删除", hint="在引用夹页查看，删除的可以在那里恢复"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
