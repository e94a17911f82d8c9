"""Drafts as rows, and what changes between two states of a draft: the journal keeps these differences, both ways.

A *state* is ``{"draft": {"name", "style"}, "items": {id: row}}``; a *patch* names only what differs, and an item that is not there
as ``null``. Applying the patch of a change, or that of its way back, needs nothing but the patch.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from qa.records import Card, Citation, Draft, DraftItem, Span

Row = dict[str, Any]
State = dict[str, dict[str, Any]]

_COLUMNS = (
    "position", "group", "note", "document_id", "start", "end", "quote", "before", "after", "clause", "path", "heading_path",
    "card",
)  # fmt: skip
_DAYS = ("date", "printed")


@dataclass(frozen=True, slots=True)
class Patch:
    """What to write to come from one state to another; false when there is nothing."""

    draft: Row
    items: dict[str, Row | None]

    def __bool__(self) -> bool:
        return bool(self.draft or self.items)

    @property
    def text(self) -> str:
        return json.dumps({"draft": self.draft, "items": self.items}, ensure_ascii=False)

    def apply(self, connection: sqlite3.Connection, draft_id: int) -> None:
        """Writes it. Only names of :data:`_COLUMNS`, ``name`` and ``style`` become part of a statement."""
        if self.draft:
            names, values = _assignments(self.draft, ("name", "style"))
            connection.execute(f"UPDATE drafts SET {names} WHERE id = ?", (*values, draft_id))
        for item_id, row in self.items.items():
            if row is None:
                connection.execute("DELETE FROM items WHERE id = ? AND draft = ?", (int(item_id), draft_id))
            elif len(row) == len(_COLUMNS):
                _put(connection, draft_id, int(item_id), row)
            else:
                names, values = _assignments(row, _COLUMNS)
                connection.execute(f"UPDATE items SET {names} WHERE id = ?", (*values, int(item_id)))


def patch(text: str) -> Patch:
    """The patch that was written as :attr:`Patch.text`."""
    return Patch(**json.loads(text))


def written(draft: Draft) -> State:
    """The state of a draft whose items all have ids."""
    items = {str(item.id): row_of(position, item) for position, item in enumerate(draft.items)}
    return {"draft": {"name": draft.name, "style": draft.style}, "items": items}


def difference(before: State, after: State) -> tuple[Patch, Patch]:
    """(the way forth, the way back)."""
    return _patch(before, after), _patch(after, before)


def _patch(old: State, new: State) -> Patch:
    items: dict[str, Row | None] = {}
    for item_id in {**old["items"], **new["items"]}:
        was, now = old["items"].get(item_id), new["items"].get(item_id)
        if was is None or now is None:
            items[item_id] = now
        elif was != now:
            items[item_id] = {name: value for name, value in now.items() if was[name] != value}
    return Patch({name: value for name, value in new["draft"].items() if old["draft"][name] != value}, items)


def row_of(position: int, item: DraftItem) -> Row:
    """An item as it stands in its row."""
    citation = item.citation
    card = {
        name: value.isoformat() if name in _DAYS and value else value for name, value in asdict(citation.card).items()
    }
    return {
        "position": position,
        "group": item.group,
        "note": item.note,
        "document_id": citation.span.document_id,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "before": item.before,
        "after": item.after,
        "clause": _json(item.clause),
        "path": citation.path,
        "heading_path": _json(citation.heading_path),
        "card": _json({name: value for name, value in card.items() if value is not None}),
    }


def item_of(row: sqlite3.Row) -> DraftItem:
    """The item in a row. A card field that this program does not know is left out."""
    known = {each.name for each in fields(Card)}
    card: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value
        for name, value in json.loads(row["card"]).items()
        if name in known
    }
    return DraftItem(
        citation=Citation(
            span=Span(row["document_id"], row["start"], row["end"]),
            quote=row["quote"],
            card=Card(**card),
            path=row["path"],
            heading_path=tuple(json.loads(row["heading_path"])),
        ),
        before=row["before"],
        after=row["after"],
        clause=tuple(json.loads(row["clause"])),
        note=row["note"],
        group=row["group"],
        id=row["id"],
    )


def insert_item(connection: sqlite3.Connection, draft_id: int, position: int, item: DraftItem) -> int:
    """Puts a new item in and returns its id."""
    return _put(connection, draft_id, None, row_of(position, item))


def _put(connection: sqlite3.Connection, draft_id: int, item_id: int | None, row: Row) -> int:
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    places = ", ".join("?" * (len(_COLUMNS) + 2))
    values = (item_id, draft_id, *(row[name] for name in _COLUMNS))
    made = connection.execute(f"INSERT OR REPLACE INTO items (id, draft, {names}) VALUES ({places})", values).lastrowid
    assert made is not None
    return made


def _assignments(row: Row, allowed: tuple[str, ...]) -> tuple[str, list[Any]]:
    kept = {name: value for name, value in row.items() if name in allowed}
    return ", ".join(f'"{name}" = ?' for name in kept), list(kept.values())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
