"""Whether the words that a draft collected still stand in their document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial

from qa.citing.basket.collecting import link_of
from qa.citing.citation import cite
from qa.citing.concordance import Concordance
from qa.citing.difference import Edit, edits
from qa.citing.drift import DriftState, resolve
from qa.errors import NotFoundError
from qa.records import Citation, Document, DraftItem, Span


class Standing(StrEnum):
    """What became of collected words."""

    SAME = "same"
    MOVED = "moved"  # the same words elsewhere in the document
    CHANGED = "changed"
    VANISHED = "vanished"
    REMOVED = "removed"  # the document itself is not in the library any more

    @property
    def sound(self) -> bool:
        """Whether the words still stand in the document as they were collected."""
        return self in (Standing.SAME, Standing.MOVED)


_MARKS = re.compile(r"\W+")
_MARKS_AT_END = re.compile(r"\W+$")


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item with what is true of it now.

    ``citation`` is what to show and cite: cut from the document as it is while the words stand there, else as it was collected
    (under the document's present card where the document is still there). ``present`` are the changed words as they stand now, and
    ``edits`` lead from the collected ones to them.
    """

    item: DraftItem
    standing: Standing
    citation: Citation
    present: Citation | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def warning(self) -> str:
        """What a reader of the quotation must know, in one Chinese sentence; empty when its words stand."""
        if self.standing is Standing.CHANGED and self.present is not None:
            return f"原文已改动，现为「{self.present.quote}」，请核对。"
        if self.standing is Standing.VANISHED:
            return "原文已改动，其中找不到这段文字，请核对。"
        if self.standing is Standing.REMOVED:
            return f"来源文档“{self.citation.path}”已不在资料库，无法核对。"
        return ""


def standing_of(
    item: DraftItem, document: Document | None, concordance: Callable[[], Concordance] | None = None
) -> ItemStanding:
    """What is true of ``item`` against its document as it is now; ``None``: there is no such document. ``concordance``: of it."""
    saved = item.citation
    if document is None:
        return ItemStanding(item, Standing.REMOVED, saved)
    found = resolve(link_of(item), document, concordance)
    if found.span is None:
        as_collected = Citation(saved.span, saved.quote, document.card, document.path, saved.heading_path)
        return ItemStanding(item, Standing.VANISHED, as_collected)
    exact = found.state is DriftState.EXACT
    present = cite(document, found.span if exact else _with_marks(document, found.span, saved.quote))
    if found.state is DriftState.CHANGED:
        as_collected = Citation(saved.span, saved.quote, document.card, document.path, present.heading_path)
        return ItemStanding(item, Standing.CHANGED, as_collected, present, tuple(edits(saved.quote, present.quote)))
    return ItemStanding(item, Standing.SAME if exact else Standing.MOVED, present)


def _with_marks(document: Document, span: Span, quote: str) -> Span:
    """``span`` with the marks around it that stand around ``quote`` as well: words are compared without them."""
    start, end = span.start, span.end
    opening = _MARKS.match(quote)
    closing = _MARKS_AT_END.search(quote)
    if opening and document.text[:start].endswith(opening.group()):
        start -= len(opening.group())
    if closing and document.text.startswith(closing.group(), end):
        end += len(closing.group())
    return Span(span.document_id, start, end)


def standings_of(items: Iterable[DraftItem], document_of: Callable[[str], Document]) -> tuple[ItemStanding, ...]:
    """:func:`standing_of` for each item; every document is read once. ``document_of`` raises :class:`NotFoundError`."""
    documents: dict[str, tuple[Document | None, Callable[[], Concordance]]] = {}

    def document(document_id: str) -> tuple[Document | None, Callable[[], Concordance]]:
        if document_id not in documents:
            try:
                found = document_of(document_id)
                documents[document_id] = found, cache(partial(Concordance, [found]))
            except NotFoundError:
                documents[document_id] = None, partial(Concordance, [])
        return documents[document_id]

    return tuple(standing_of(item, *document(item.citation.span.document_id)) for item in items)
