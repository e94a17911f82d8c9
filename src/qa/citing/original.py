"""Words that were recognised from a picture: how sure they are, and when they have to be held against the original."""

from __future__ import annotations

from typing import NamedTuple

from qa.reading.loaders.page_source import pages_named
from qa.records import Document, PageStart, Span


class Recognition(NamedTuple):
    """How the pages of some words were read.

    ``pages`` are those that were recognised or are doubtful, ascending. ``confidence`` is the lowest mean confidence of a
    recognised one in [0, 1], ``None`` where none was recognised by us; ``doubtful`` when one is to be held against the original.
    """

    pages: tuple[int, ...]
    confidence: float | None
    doubtful: bool


def recognition_of(document: Document, span: Span) -> Recognition | None:
    """How the words of ``span`` were recognised; ``None`` where all of them were read as text."""
    met = [page for page in _pages_of(document, span) if page.confidence is not None or page.doubtful]
    if not met:
        return None
    confidences = [page.confidence for page in met if page.confidence is not None]
    return Recognition(
        tuple(page.number for page in met), min(confidences, default=None), any(page.doubtful for page in met)
    )


def original_note(document: Document, span: Span) -> str:
    """What a reader of ``span`` is told of it, as 第 3 页的文字由识别得来，可信度 0.83，请核对原件; "" where there is nothing to tell."""
    found = recognition_of(document, span)
    if found is None:
        return ""
    where = pages_named(found.pages)
    if found.confidence is None:
        return f"{where}请核对原件"
    told = f"{where}的文字由识别得来，可信度 {found.confidence:.2f}"
    return f"{told}，请核对原件" if found.doubtful else told


def _pages_of(document: Document, span: Span) -> list[PageStart]:
    """The pages on which words of ``span`` stand."""
    if not document.pages:
        return []
    ends = [*(page.start for page in document.pages[1:]), len(document.text)]
    return [
        page
        for page, end in zip(document.pages, ends, strict=True)
        if page.start < max(span.end, span.start + 1) and span.start < end
    ]
