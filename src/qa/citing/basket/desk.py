"""The 引用夹 as every door uses it: the page, the API and the command line say what to do here, and it is kept and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qa.citing.basket import changes
from qa.citing.basket.changes import Direction
from qa.citing.basket.collecting import collected
from qa.citing.basket.contents import Contents, Notes, contents_of
from qa.citing.basket.data_export import as_data
from qa.citing.basket.standing import ItemStanding, standing_of, standings_of
from qa.citing.basket.text_export import as_markdown, as_text
from qa.citing.styles import DEFAULT_STYLE
from qa.errors import NotFoundError, UsageError
from qa.ports import DraftStore
from qa.records import Document, Draft, DraftItem, Span

FIRST_NAME = "引用夹"


class Export(StrEnum):
    """What a draft can be written as; the value is the ending of the file's name."""

    WORD = "docx"
    MARKDOWN = "md"
    TEXT = "txt"
    BIBTEX = "bib"
    RIS = "ris"
    CSL_JSON = "json"


_DATA_STYLES = {Export.BIBTEX: "bibtex", Export.RIS: "ris", Export.CSL_JSON: "csl-json"}


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting came to: the draft, the item, and whether it is new in the draft."""

    draft: Draft
    item: DraftItem
    new: bool


class Desk:
    """Drafts over a library. Raises what :class:`qa.ports.DraftStore` raises, and errors that name what was asked for."""

    def __init__(self, store: DraftStore, document_of: Callable[[str], Document]) -> None:
        self._store = store
        self._document_of = document_of

    def standings(self, draft: Draft) -> tuple[ItemStanding, ...]:
        """What is true of each item of the draft now, in order."""
        return standings_of(draft.items, self._document_of)

    def contents(self, draft: Draft) -> Contents:
        """The draft laid out to be written."""
        return contents_of(draft, self.standings(draft))

    def exported(self, draft: Draft, form: Export, notes: Notes = Notes.BOTH) -> bytes:
        """The draft as a file. ``notes`` is for Word alone."""
        if form in _DATA_STYLES:
            return as_data(self.standings(draft), _DATA_STYLES[form]).encode()
        contents = self.contents(draft)
        if form is Export.WORD:
            from qa.citing.basket.word_export import as_word

            return as_word(contents, notes)
        return (as_markdown(contents) if form is Export.MARKDOWN else as_text(contents)).encode()

    def make(self, name: str, style: str = DEFAULT_STYLE, *, token: str = "") -> Draft:
        """A new draft."""
        return self._store.make(
            changes.checked_name(name, "引用夹", empty=False), changes.checked_style(style), token=token
        )

    def make_first(self) -> Draft:
        """A new draft with a name that is free: 引用夹, 引用夹 2, …"""
        taken = {each.name for each in self._store.list()}
        names = (FIRST_NAME if n == 1 else f"{FIRST_NAME} {n}" for n in range(1, len(taken) + 2))
        return self.make(next(name for name in names if name not in taken))

    def checked(self, span: Span) -> None:
        """Raises what :meth:`collect` would raise for ``span``, before a draft is made for it."""
        collected(self._document_of(span.document_id), span)

    def collect(self, draft_id: int, span: Span, *, note: str = "", group: str = "", token: str = "") -> Collected:
        """Puts the words of ``span`` into a draft, once."""
        item = collected(self._document_of(span.document_id), span, changes.checked_note(note), group)
        before = self._store.draft(draft_id)
        known = changes.held(before, item)
        draft = self._store.change(draft_id, "加入引文", changes.added(item), token=token)
        kept = changes.held(draft, item)
        if kept is None:  # sent twice, and taken out again in between
            raise NotFoundError("这条引文已经从引用夹里拿掉", reason="同一个请求发了两次", hint="需要的话重新加入")
        return Collected(draft, kept, known is None)

    def remove(self, draft_id: int, item_id: int, *, token: str = "") -> Draft:
        return self._store.change(draft_id, "删去引文", changes.removed(item_id), token=token)

    def note(self, draft_id: int, item_id: int, note: str, was: str | None = None) -> Draft:
        """Writes a note; with ``was``, only over the note that the writer saw."""
        return self._store.change(draft_id, "改备注", changes.noted(item_id, note, was))

    def group(self, draft_id: int, item_id: int, group: str) -> Draft:
        return self._store.change(draft_id, "改分组", changes.grouped(item_id, group))

    def step(self, draft_id: int, item_id: int, direction: Direction, *, token: str = "") -> Draft:
        return self._store.change(draft_id, "移动引文", changes.stepped(item_id, direction), token=token)

    def place(self, draft_id: int, item_id: int, before: int | None, group: str) -> Draft:
        return self._store.change(draft_id, "移动引文", changes.placed(item_id, before, group))

    def renew(self, draft_id: int, item_id: int) -> Draft:
        """Takes the words as they stand in the document now, where they changed."""
        item = changes.item_in(self._store.draft(draft_id), item_id)
        found = standing_of(item, self._document_of(item.citation.span.document_id))
        present = found.present or (found.citation if found.standing.sound else None)
        if present is None:
            raise UsageError("原文里找不到这段文字", reason=found.warning, hint="在原文里重新选取，或删去这一条")
        renewed = collected(self._document_of(present.span.document_id), present.span)
        return self._store.change(draft_id, "改用现在的文字", changes.renewed(item_id, renewed))

    def rename_group(self, draft_id: int, group: str, name: str) -> Draft:
        return self._store.change(draft_id, "分组改名", changes.group_renamed(group, name))

    def step_group(self, draft_id: int, group: str, direction: Direction, *, token: str = "") -> Draft:
        return self._store.change(draft_id, "移动分组", changes.group_stepped(group, direction), token=token)

    def restyle(self, draft_id: int, style: str) -> Draft:
        return self._store.change(draft_id, "改样式", changes.restyled(style))

    def rename(self, draft_id: int, name: str) -> Draft:
        return self._store.change(draft_id, "改名", changes.renamed(name))

    @property
    def store(self) -> DraftStore:
        """Listing, reading, undoing, deleting and restoring need no library."""
        return self._store
