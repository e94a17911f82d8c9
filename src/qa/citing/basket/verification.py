"""Every saved citation whose words do not stand in their document any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa.citing.basket.standing import Standing, standings_of
from qa.ports import DraftStore
from qa.records import Document

_WORDS = {Standing.CHANGED: "文字改动", Standing.VANISHED: "文字已无", Standing.REMOVED: "文档已无"}
_SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True)
class UnsoundCitation:
    """A saved citation that does not hold. ``number`` is its place in the draft, from 1; ``state`` is ``changed``, ``vanished`` or
    ``removed``; ``present`` are the changed words as they stand now.
    """

    draft_id: int
    draft: str
    item_id: int
    number: int
    document_id: str
    path: str
    state: Standing
    quote: str
    present: str | None

    @property
    def line(self) -> str:
        """One Chinese line for a person."""
        now = f"，现为「{_short(self.present)}」" if self.present else ""
        return (
            f"引用夹“{self.draft}”第 {self.number} 条：{_WORDS[self.state]}  {self.path}「{_short(self.quote)}」{now}"
        )


def unsound_citations(store: DraftStore, document_of: Callable[[str], Document]) -> list[UnsoundCitation]:
    """In the order of the drafts and their items; deleted drafts are left out. ``document_of`` raises
    :class:`qa.errors.NotFoundError` for a document that is gone.
    """
    found = []
    for summary in store.list():
        draft = store.draft(summary.id)
        for number, each in enumerate(standings_of(draft.items, document_of), 1):
            if each.standing.sound:
                continue
            saved = each.item.citation
            found.append(
                UnsoundCitation(
                    draft_id=draft.id,
                    draft=draft.name,
                    item_id=each.item.id,
                    number=number,
                    document_id=saved.span.document_id,
                    path=saved.path,
                    state=each.standing,
                    quote=saved.quote,
                    present=each.present.quote if each.present else None,
                )
            )
    return found


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARS else f"{line[:_SHOWN_CHARS]}…"
