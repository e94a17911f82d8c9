"""The documents that a page quotes: looked up once a page, cited in the styles that the page offers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from qa.citing.address import fingerprint
from qa.citing.citation import cite
from qa.citing.permalink import Permalink
from qa.citing.styles import SHORT_STYLE, STYLES, format_citation
from qa.records import Card, Citation, Document, Filters, Query, Span
from qa.web.addresses import cite_address, collect_address, document_address
from qa.web.contexts import CitationLine, CitationMenu
from qa.web.facade import AssistantFacade

CONTEXT_CHARS = 12
"""What stands around short words and tells them apart from the same words elsewhere; ours are opened soon, so a little is enough."""
QUOTED_CHARS = 30
MENU_STYLES = ("gbt7714-2025", "gongwen", "plain")
"""What the menu beside a passage offers; ``/cite`` has every style."""


class Sources:
    """Documents by id for the time of one page, so that ten passages of one document read it once."""

    def __init__(self, assistant: AssistantFacade) -> None:
        self._assistant = assistant
        self._documents: dict[str, Document] = {}
        self._names: dict[str, str] = {}

    def document(self, document_id: str) -> Document:
        """Raises :class:`qa.errors.NotFoundError`."""
        if document_id not in self._documents:
            self._documents[document_id] = self._assistant.document(document_id)
        return self._documents[document_id]

    def name(self, document_id: str) -> str:
        """:func:`document_name` of a document. Raises :class:`qa.errors.NotFoundError`."""
        if document_id not in self._names:
            self._names[document_id] = document_name(self.document(document_id))
        return self._names[document_id]

    def citation(self, span: Span) -> Citation:
        """The words of ``span`` as a citation. Raises :class:`qa.errors.QaError` where the document ends before."""
        return cite(self.document(span.document_id), span)

    def address(self, span: Span, asked: Query | None = None) -> str:
        """The page that opens the words of ``span``, and finds them again when the document was read anew since."""
        document = self.document(span.document_id)
        quote = document.text[span.start : span.end]
        if len(quote) > QUOTED_CHARS:  # long words are found by their fingerprint alone
            return document_address(span, asked, Permalink(span, fingerprint(quote)))
        before = document.text[max(0, span.start - CONTEXT_CHARS) : span.start]
        after = document.text[span.end : span.end + CONTEXT_CHARS]
        return document_address(span, asked, Permalink(span, fingerprint(quote), quote, before, after))

    def passage_count(self, filters: Filters) -> int:
        """How many passages of the library the filters let through."""
        return self._assistant.passage_count(filters)

    def text(self, span: Span) -> str:
        """The words of ``span``, cut from the document."""
        return self.document(span.document_id).text[span.start : span.end]


def short_citation(citation: Citation) -> str:
    """《科技简报》2021年第1期（2021年3月25日）【高层声音】."""
    return format_citation(citation, SHORT_STYLE)


def citation_lines(citation: Citation, styles: tuple[str, ...] | None = None) -> tuple[CitationLine, ...]:
    """The citation in each of ``styles`` (all of them by default), in the styles' own order."""
    chosen = tuple(STYLES) if styles is None else styles
    return tuple(CitationLine(style, STYLES[style], format_citation(citation, style)) for style in chosen)


@lru_cache(maxsize=512)  # passages come up again from question to question
def citation_menu(citation: Citation) -> CitationMenu:
    """The common styles, and the quotation with its source as one line for a draft."""
    quoted = CitationLine("quoted", "原文与出处", f"「{citation.quote}」（{short_citation(citation)}）")
    lines = (*citation_lines(citation, MENU_STYLES), quoted)
    return CitationMenu(lines, cite_address(citation.span), collect_address(citation.span))


def document_name(document: Document) -> str:
    """The document in one line as it is cited, or its file name where it has no title."""
    if document.card.title is None or not document.text:
        return PurePosixPath(document.path).name
    return short_citation(cite(document, Span(document.id, 0, 1)))


def document_heading(document: Document) -> str:
    """Title and 期号, without what stands beside them on the document's own page; the file name where there is no title."""
    card = document.card
    if card.title is None:
        return PurePosixPath(document.path).name
    return f"{card.title} {card.issue}" if card.issue else card.title


def written_date(day: date) -> str:
    """``2021年3月25日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def card_fields(card: Card) -> tuple[tuple[str, str], ...]:
    """(name, value) of what the document says about itself, in the order of an official document."""
    values = (
        ("文号", card.number),
        ("机关", card.issuer),
        ("成文日期", card.date and written_date(card.date)),
        ("印发日期", card.printed and written_date(card.printed)),
        ("期号", card.issue),
        ("文种", card.kind),
        ("地区", card.region),
    )
    return tuple((name, value) for name, value in values if value)
