"""Addresses: every state of the application has one, and they are made here only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from qa.citing.permalink import Permalink
from qa.records import Filters, Query, Span

FILTER_PARAMETERS = {"first": "from", "last": "to", "section": "section", "kind": "kind", "document_id": "document"}
"""Field of :class:`qa.records.Filters` → name in the address."""


def anchor(span: Span) -> str:
    """The element id of a span on its document's page, ``p=start-end``."""
    return f"p={span.start}-{span.end}"


def document_address(span: Span, asked: Query | None = None, words: Permalink | None = None) -> str:
    """``/documents/{id}?start=…&end=…#p=start-end``: opens the document at exactly these words.

    ``asked`` keeps the way back, with its filters, and the navigation through the hits; it travels as ``ask``, because ``q``
    is the fingerprint of the words in the permanent addresses of :mod:`qa.citing.address`. With ``words`` the page finds them
    again, or says that they changed, after the document was read anew.
    """
    parameters = {"start": str(span.start), "end": str(span.end)}
    if words:
        around = {"quote": words.quote, "before": words.before, "after": words.after}
        parameters |= {"q": words.fingerprint, **{name: text for name, text in around.items() if text}}
    if asked:
        parameters |= {"ask": asked.text, **dict(filter_parameters(asked.filters))}
    return f"{document_page(span.document_id)}?{urlencode(parameters)}#{anchor(span)}"


def document_page(document_id: str) -> str:
    """``/documents/{id}``."""
    return f"/documents/{quote(document_id, safe='')}"


def printed_address(span: Span, number: int) -> str:
    """``/documents/{id}?page=3&start=…&end=…#printed``: the document with printed page ``number`` in view."""
    parameters = {"page": number} | ({"start": span.start, "end": span.end} if span.end else {})
    return f"{document_page(span.document_id)}?{urlencode(parameters)}#printed"


def page_image_address(span: Span, picture: str) -> str:
    """``/documents/{id}/pages/3.png?start=…&end=…``: the picture of a printed page with the words of ``span`` boxed."""
    words = f"?{urlencode({'start': span.start, 'end': span.end})}" if span.end else ""
    return f"{document_page(span.document_id)}/pages/{quote(picture)}{words}"


def file_address(document_id: str) -> str:
    """``/documents/{id}/file``: the file as it lies in the corpus."""
    return f"{document_page(document_id)}/file"


def cite_address(span: Span) -> str:
    """``/cite?…``: the citation of a span in every style."""
    parameters = {"document": span.document_id, "start": str(span.start), "end": str(span.end)}
    return f"/cite?{urlencode(parameters)}"


def around_address(span: Span) -> str:
    """``/around?…``: what stands before and after a span, as a fragment of a page."""
    parameters = {"document": span.document_id, "start": str(span.start), "end": str(span.end)}
    return f"/around?{urlencode(parameters)}"


def collect_address(span: Span) -> str:
    """``/drafts/collect?…``: where a form puts the words of a span into the 引用夹."""
    return f"/drafts/collect?{urlencode({'document': span.document_id, 'start': span.start, 'end': span.end})}"


def ask_address(question: str, filters: Filters) -> str:
    """``/?q=…&from=…``: the page of a question under its filters."""
    return f"/?{urlencode({'q': question, **dict(filter_parameters(filters))})}"


def filter_parameters(filters: Filters) -> tuple[tuple[str, str], ...]:
    """(name, value) of the filters that are set, as they stand in an address."""
    values = {
        "first": filters.first and written_day(filters.first, last=False),
        "last": filters.last and written_day(filters.last, last=True),
        "section": filters.section,
        "kind": filters.kind,
        "document_id": filters.document_id,
    }
    return tuple((FILTER_PARAMETERS[field], value) for field, value in values.items() if value)


def without(filters: Filters, *fields: str) -> Filters:
    """``filters`` with ``fields`` taken away."""
    return replace(filters, **dict.fromkeys(fields))


def written_day(day: date, *, last: bool) -> str:
    """The shortest form that reads back as ``day``: ``2021`` for the border of a year, else ISO."""
    border = (12, 31) if last else (1, 1)
    return f"{day.year:04d}" if (day.month, day.day) == border else day.isoformat()
