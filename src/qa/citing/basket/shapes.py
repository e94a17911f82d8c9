"""The JSON shapes of the 引用夹, for the API and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.citing.address import citation_address
from qa.citing.basket.collecting import link_of
from qa.citing.basket.standing import ItemStanding
from qa.citing.styles import format_citation
from qa.records import Draft, DraftChange, DraftSummary


@dataclass(frozen=True, slots=True)
class ChangeShape:
    """A change that can be undone or done again."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class ItemShape:
    """A collected quotation.

    ``quote`` is cut from the document as it is while its words stand there (``state`` is ``same`` or ``moved``), else it is as it
    was collected and ``warning`` says what is wrong; ``present`` are the changed words as they stand now. ``start`` and ``end``:
    half-open, code points of the document's text. ``url`` opens the words; ``permalink`` finds them again in a changed document.
    """

    id: int
    number: int
    group: str
    note: str
    document_id: str
    start: int
    end: int
    quote: str
    citation: str
    url: str
    permalink: str
    state: str
    warning: str
    present: str | None


@dataclass(frozen=True, slots=True)
class DraftShape:
    """A draft with its quotations, cited in its style. ``undo`` and ``redo`` are the next steps back and forth, or null."""

    id: int
    name: str
    style: str
    version: int
    undo: ChangeShape | None
    redo: ChangeShape | None
    items: list[ItemShape]


@dataclass(frozen=True, slots=True)
class SummaryShape:
    """A draft in a list; ``changed_at`` in UTC, ISO 8601."""

    id: int
    name: str
    style: str
    items: int
    changed_at: str


def draft_shape(draft: Draft, standings: Sequence[ItemStanding]) -> DraftShape:
    """A draft; ``standings`` are those of its items, in order."""
    return DraftShape(
        id=draft.id,
        name=draft.name,
        style=draft.style,
        version=draft.version,
        undo=_change(draft.undoable),
        redo=_change(draft.redoable),
        items=[item_shape(number, each, draft.style) for number, each in enumerate(standings, 1)],
    )


def item_shape(number: int, each: ItemStanding, style: str) -> ItemShape:
    """An item; ``number`` is its place in the draft, from 1."""
    citation = each.citation
    return ItemShape(
        id=each.item.id,
        number=number,
        group=each.item.group,
        note=each.item.note,
        document_id=citation.span.document_id,
        start=citation.span.start,
        end=citation.span.end,
        quote=citation.quote,
        citation=format_citation(citation, style),
        url=citation_address(citation),
        permalink=link_of(each.item).text,
        state=each.standing.value,
        warning=each.warning,
        present=each.present.quote if each.present else None,
    )


def summary_shape(summary: DraftSummary) -> SummaryShape:
    """A draft in a list."""
    return SummaryShape(summary.id, summary.name, summary.style, summary.items, summary.changed_at.isoformat())


def _change(change: DraftChange | None) -> ChangeShape | None:
    return ChangeShape(change.number, change.label) if change else None
