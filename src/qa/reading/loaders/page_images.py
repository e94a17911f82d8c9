"""A page as it looks in print, with words marked on it: the original that a quotation is held against."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

from qa.errors import DocumentError, NotFoundError
from qa.reading.loaders.isolated import DRAWING
from qa.reading.loaders.limits import PARSE_LIMIT_S
from qa.reading.loaders.work_folder import work_folder
from qa.records import Document

MEDIA_TYPES = {".pdf": "image/png", ".ofd": "image/svg+xml"}
"""Formats whose pages can be drawn → what they are drawn as. A PDF page is the facsimile; an OFD page is set in the viewer's fonts."""
SCREEN_DPI = 110


def has_page_images(document: Document) -> bool:
    """Whether :func:`page_image` can draw the document's pages."""
    return bool(document.pages) and Path(document.path).suffix.lower() in MEDIA_TYPES


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


def page_address(number: int, name: str) -> str:
    """The last part of a picture's address: ``3.png``, ``3.svg``."""
    return f"{number}.{'svg' if media_type(name) == 'image/svg+xml' else 'png'}"


def media_type(name: str) -> str:
    """What the pages of the file called ``name`` are drawn as, "" where they are not."""
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "")


def page_image(data: bytes, name: str, number: int, words: str = "", before: int = 0) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG or of an OFD as SVG, ``words`` boxed where they stand the ``before``-th time (from 0).

    Words that have no place on the page, as on a scanned one, are not boxed. Raises :class:`NotFoundError` for a page that
    the file does not have and :class:`DocumentError` for a file that cannot be drawn.
    """
    kind = media_type(name)
    if not kind:
        raise DocumentError(f"{name} 没有版面图", reason="只有 PDF 和 OFD 能显示原页", hint="下载原文件查看")
    with work_folder() as folder:
        path, picture = str(Path(folder, "file")), str(Path(folder, "page.png"))
        Path(path).write_bytes(data)
        pages = f"qa.reading.loaders.{'pdf_pages' if kind == 'image/png' else 'ofd_objects'}:page_count"
        count = DRAWING.call(pages, [path], name=name, limit_s=PARSE_LIMIT_S)
        if not 1 <= number <= count:
            raise NotFoundError(f"{name} 没有第 {number} 页", reason=f"共 {count} 页", hint="回到文档页")
        drawn = [path, number - 1, picture, words, before]
        if kind == "image/png":
            DRAWING.call("qa.reading.loaders.marked_page:draw", [*drawn, SCREEN_DPI], name=name, limit_s=PARSE_LIMIT_S)
        else:
            DRAWING.call("qa.reading.loaders.ofd_drawing:draw", drawn, name=name, limit_s=PARSE_LIMIT_S)
        return Path(picture).read_bytes()
