"""A page as it looks in print, with words marked on it: the original that a quotation is held against."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from tempfile import TemporaryDirectory

from qa.errors import DocumentError, NotFoundError
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import PARSE_LIMIT_S
from qa.records import Document

SUFFIXES = (".pdf",)
"""Formats whose pages can be drawn. OFD has no program for it here; its scanned pictures could be shown, its text could not."""
SCREEN_DPI = 110


def has_page_images(document: Document) -> bool:
    """Whether :func:`page_image` can draw the document's pages."""
    return bool(document.pages) and document.path.lower().endswith(SUFFIXES)


def page_of(document: Document, position: int) -> int | None:
    """The number of the page on which the character at ``position`` of the text stands; ``None`` where there are no pages."""
    index = bisect_right([page.start for page in document.pages], position) - 1
    return document.pages[index].number if index >= 0 else None


def words_on_page(document: Document, number: int, start: int, end: int) -> tuple[str, int]:
    """(the part of ``text[start:end]`` that stands on page ``number``, how often the same words come before it on the page).

    ``("", 0)`` when none of it does. A word that a page break divides counts for the page on which its line begins.
    """
    text = ""
    before = 0
    starts = [*(page.start for page in document.pages), len(document.text)]
    for index, page in enumerate(document.pages):
        if page.number != number:
            continue
        first, last = max(start, starts[index]), min(end, starts[index + 1])
        if first < last and not text:
            text = "".join(document.text[first:last].split())
            before = "".join(document.text[starts[index] : first].split()).count(text) if text else 0
    return text, before


def page_image(data: bytes, name: str, number: int, words: str = "", before: int = 0) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG, ``words`` marked where they stand the ``before``-th time (from 0).

    Words that have no place on the page, as on a scanned one, are not marked. Raises :class:`NotFoundError` for a page that
    the file does not have and :class:`DocumentError` for a file that cannot be drawn.
    """
    if not name.lower().endswith(SUFFIXES):
        raise DocumentError(f"{name} 没有版面图", reason="只有 PDF 能显示原页", hint="下载原文件查看")
    with TemporaryDirectory(prefix="qa-page-") as folder:
        path, picture = Path(folder, "file.pdf"), Path(folder, "page.png")
        path.write_bytes(data)
        count = PARSING.call("qa.reading.loaders.pdf_pages:page_count", [str(path)], name=name, limit_s=PARSE_LIMIT_S)
        if not 1 <= number <= count:
            raise NotFoundError(f"{name} 没有第 {number} 页", reason=f"共 {count} 页", hint="回到文档页")
        PARSING.call(
            "qa.reading.loaders.marked_page:draw",
            [str(path), number - 1, str(picture), words, before, SCREEN_DPI],
            name=name,
            limit_s=PARSE_LIMIT_S,
        )
        return picture.read_bytes()
