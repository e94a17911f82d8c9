"""Addresses that survive a rebuild of the index and find their words again in a changed document.

A permalink holds where the words stood, the words themselves with a little of what stood around them, the clause
they belong to, and a fingerprint. Written out it is one address that the web application opens; see
docs/decisions/0004-permalinks.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.parse import quote as percent_encoded

from qa.citing.address import fingerprint, span_address
from qa.citing.clause import clause_path
from qa.errors import NotFoundError, UsageError
from qa.records import Document, Span

CONTEXT_CHARS = 30


@dataclass(frozen=True, slots=True)
class Permalink:
    """Words of a document and how to find them again.

    ``span`` is where they stood when they were cited. ``before`` and ``after`` are up to :data:`CONTEXT_CHARS`
    characters around them, ``path`` the clause path. A permalink read from a short address has no words, only their
    ``fingerprint``.
    """

    span: Span
    fingerprint: str
    quote: str = ""
    before: str = ""
    after: str = ""
    path: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The short address: ``/documents/{id}?start=S&end=E&q=FINGERPRINT#p=S-E``."""
        return span_address(self.span, self.fingerprint)

    @property
    def text(self) -> str:
        """The whole permalink as one address; :func:`parse_permalink` reads it back unchanged."""
        fields = [("quote", self.quote), ("before", self.before), ("after", self.after)]
        fields += [("path", part) for part in self.path]
        more = "".join(f"&{name}={percent_encoded(value, safe='')}" for name, value in fields if value)
        return span_address(self.span, self.fingerprint, more)


def permalink(document: Document, span: Span) -> Permalink:
    """The permalink of ``document.text[span.start:span.end]``.

    Raises :class:`~qa.errors.NotFoundError` when the span is not in the document, :class:`~qa.errors.UsageError`
    when it holds no words.
    """
    if span.document_id != document.id or span.end > len(document.text):
        raise NotFoundError(
            f"文档“{document.id}”中没有位置 {span.start}-{span.end}",
            reason="该位置属于别的文档，或超出了文档末尾",
            hint="请在原文中重新选取文字",
        )
    quote = document.text[span.start : span.end] if 0 <= span.start < span.end else ""
    if not quote.strip():
        raise UsageError(
            f"位置 {span.start}-{span.end} 没有可引用的文字", reason="所选范围为空", hint="请在原文中重新选取文字"
        )
    return Permalink(
        span=span,
        fingerprint=fingerprint(quote),
        quote=quote,
        before=document.text[max(0, span.start - CONTEXT_CHARS) : span.start],
        after=document.text[span.end : span.end + CONTEXT_CHARS],
        path=clause_path(document, span.start),
    )


def parse_permalink(text: str) -> Permalink:
    """The permalink written as ``text``, short or whole, with or without a host before it.

    Raises :class:`~qa.errors.UsageError` when it is not one, or when its words do not have its fingerprint.
    """
    parts = urlsplit(text.strip())
    place = re.search(r"/documents/([^/]+)$", parts.path)
    query = parse_qs(parts.query, keep_blank_values=True)
    numbers = [query.get(name, [""])[0] for name in ("start", "end")]
    mark = query.get("q", [""])[0]
    if place is None or not all(re.fullmatch(r"\d{1,12}", n) for n in numbers) or not _FINGERPRINT.fullmatch(mark):
        raise _not_a_permalink(text)
    quote = query.get("quote", [""])[0]
    span = Span(unquote(place.group(1)), int(numbers[0]), int(numbers[1]))
    if span.start >= span.end or (quote and fingerprint(quote) != mark):
        raise _not_a_permalink(text)
    return Permalink(
        span=span,
        fingerprint=mark,
        quote=quote,
        before=query.get("before", [""])[0],
        after=query.get("after", [""])[0],
        path=tuple(query.get("path", [])),
    )


_FINGERPRINT = re.compile(r"\d{1,9}\.[0-9a-f]{12}")


def _not_a_permalink(text: str) -> UsageError:
    return UsageError(
        f"“{text[:60]}”不是引文地址",
        reason="地址应形如 /documents/文档?start=起点&end=终点&q=指纹，且指纹须与所引文字相符",
        hint="请在原文页重新复制该段文字的地址",
    )
