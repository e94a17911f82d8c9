"""From words of a document to an item of a draft, and back to the address that finds them again."""

from __future__ import annotations

from qa.citing.address import fingerprint
from qa.citing.citation import cite
from qa.citing.permalink import Permalink, permalink
from qa.errors import UsageError
from qa.records import Document, DraftItem, Span

MAX_QUOTE_CHARS = 5000


def collected(document: Document, span: Span, note: str = "", group: str = "") -> DraftItem:
    """The words of ``span``, cut from the document, as a new item; white space around them is left out.

    Raises :class:`qa.errors.NotFoundError` or :class:`qa.errors.UsageError` where there are no such words, or too many.
    """
    link = permalink(document, trimmed(document, span))
    if len(link.quote) > MAX_QUOTE_CHARS:
        raise UsageError(
            f"选取的文字太长：{len(link.quote)} 字", reason=f"一条引文最多 {MAX_QUOTE_CHARS} 字", hint="分成几条收集"
        )
    return DraftItem(cite(document, link.span), link.before, link.after, link.path, note, group)


def trimmed(document: Document, span: Span) -> Span:
    """``span`` without the white space at its ends; an empty or impossible one as it is."""
    words = document.text[span.start : span.end] if 0 <= span.start < span.end <= len(document.text) else ""
    if not words.strip():
        return span
    lead = len(words) - len(words.lstrip())
    return Span(span.document_id, span.start + lead, span.start + len(words.rstrip()))


def link_of(item: DraftItem) -> Permalink:
    """The permalink of an item: where its words stood, and what finds them now."""
    citation = item.citation
    return Permalink(citation.span, fingerprint(citation.quote), citation.quote, item.before, item.after, item.clause)
