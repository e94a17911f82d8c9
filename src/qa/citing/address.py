"""The address of cited words: a path inside the product that opens the document with the words marked."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote as percent_encoded

from qa.records import Citation, Span
from qa.text.normalise import comparable

_DIGEST_CHARS = 12


def fingerprint(words: str) -> str:
    """``LENGTH.DIGEST`` of the words in comparable form: how many characters, and 12 hexadecimal of their SHA-256.

    White space and marks do not count (see :func:`qa.text.normalise.comparable`). The length lets the words be
    found again by their fingerprint alone.
    """
    compared = comparable(words)
    return f"{len(compared)}.{compared_digest(compared)}"


def compared_digest(compared: str) -> str:
    """The digest part of a fingerprint, of a text that is in its comparable form already."""
    return sha256(compared.encode()).hexdigest()[:_DIGEST_CHARS]


def document_address(document_id: str) -> str:
    """``/documents/{id}``, percent-encoded."""
    return f"/documents/{percent_encoded(document_id, safe='')}"


def span_address(span: Span, words_fingerprint: str, more: str = "") -> str:
    """``/documents/{id}?start=S&end=E&q=FINGERPRINT{more}#p=S-E``.

    The query lets the server mark the words and see whether they still stand there; the fragment scrolls to them.
    """
    query = f"start={span.start}&end={span.end}&q={words_fingerprint}{more}"
    return f"{document_address(span.document_id)}?{query}#p={span.start}-{span.end}"


def citation_address(citation: Citation) -> str:
    """The address of the quotation of ``citation``."""
    return span_address(citation.span, fingerprint(citation.quote))
