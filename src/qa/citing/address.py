"""The address of cited words: a path inside the product that opens the document with the words marked."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote as percent_encoded

from qa.records import Citation
from qa.text.normalise import comparable

DIGEST_CHARS = 12


def digest(words: str) -> str:
    """12 hexadecimal characters of SHA-256 over the words in their :func:`~qa.text.normalise.comparable` form."""
    return sha256(comparable(words).encode()).hexdigest()[:DIGEST_CHARS]


def document_address(document_id: str) -> str:
    """``/documents/{id}``, percent-encoded."""
    return f"/documents/{percent_encoded(document_id, safe='')}"


def span_address(document_id: str, start: int, end: int, words: str) -> str:
    """``/documents/{id}?start=S&end=E&q=DIGEST#p=S-E``.

    The query lets the server mark the words and see whether they still stand there; the fragment scrolls to them.
    """
    return f"{document_address(document_id)}?start={start}&end={end}&q={digest(words)}#p={start}-{end}"


def citation_address(citation: Citation) -> str:
    """The address of the quotation of ``citation``."""
    return span_address(*citation.span, citation.quote)
