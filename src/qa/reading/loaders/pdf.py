"""PDF: digital text by PDFium, scanned pages by recognition, decided page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import DocumentError
from qa.ports import Loaded, SourcePage
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import MAX_BINARY_BYTES, MAX_OCR_PAGES, PARSE_LIMIT_S, PARSE_PAGE_LIMIT_S
from qa.reading.loaders.ocr import RecognisedPage, missing_ocr, ocr_available, recognise, require_ocr
from qa.reading.loaders.page_layout import Box, PageLine
from qa.reading.loaders.page_source import pages_named, source_lines
from qa.reading.loaders.running_heads import without_running_heads
from qa.reading.loaders.work_folder import work_folder

_PAGES = "qa.reading.loaders.pdf_pages:"
MIN_PAGE_CHARS = 10
MIN_BAD_CHARS = 3
"""Fewer on a page are bullets and ornaments."""


@dataclass(slots=True)
class ReadPage:
    """A page while it is read; ``number`` counts from 1, ``scan`` is as :func:`qa.reading.loaders.pdf_pages.read_pages` says."""

    number: int
    height: float
    lines: list[PageLine]
    scan: str = ""
    hidden: bool = False
    bad: int = 0
    confidence: float | None = None
    doubtful: bool = False

    @property
    def chars(self) -> int:
        return sum(len(line.text) for line in self.lines)


class PdfLoader:
    """Reads .pdf. Repeated headers, footers and page numbers are left out and reported."""

    suffixes: tuple[str, ...] = (".pdf",)
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The lines with their pages. Raises :class:`DocumentError`."""
        if b"%PDF-" not in data[:1024]:
            raise DocumentError(
                f"{name} 不是 PDF",
                reason="文件开头没有 PDF 标记，文件已损坏或扩展名不对",
                hint="重新下载或导出后再放入",
            )
        with work_folder() as folder:
            path = Path(folder, "file.pdf")
            path.write_bytes(data)
            try:
                pages = _digital_pages(path, name)
            except DocumentError as error:  # the child does not know how the file is called
                raise DocumentError(
                    error.message.replace("这个 PDF", name), reason=error.reason, hint=error.hint
                ) from error
            warnings = _recognise_pages(pages, path, Path(folder, "page.png"), name)
        return loaded_pages(pages, warnings, name)


def loaded_pages(pages: Sequence[ReadPage], warnings: list[str], name: str) -> Loaded:
    """The source that read pages make; shared with OFD. Raises :class:`DocumentError` when no page holds text."""
    kept, repeated = without_running_heads([page.lines for page in pages], [page.height for page in pages])
    if repeated:
        shown = "、".join(f"“{text[:30]}”（{count} 页）" for text, count in repeated[:4])
        warnings.append(f"页眉页脚每页重复，已略去：{shown}{' 等' if len(repeated) > 4 else ''}")
    if dropped := [page.number for page in pages if page.bad >= MIN_BAD_CHARS and not page.scan]:
        count = sum(page.bad for page in pages if not page.scan)
        warnings.append(f"{pages_named(dropped)}有 {count} 个字符没有文字含义（字形代码），已略去，请核对原件")
    if hidden := [page.number for page in pages if page.hidden]:
        warnings.append(f"{pages_named(hidden)}的文字是别的软件识别后藏在图片下的，引用前请核对原件")
    lines = list(source_lines((page.number, each) for page, each in zip(pages, kept, strict=True)))
    if not any(line.text for line in lines):
        raise DocumentError(
            f"{name} 读不出文字", reason="；".join(warnings) or "所有页面都是空白", hint="换用有文字的版本，或重新扫描"
        )
    if thin := _thin_pages(pages):
        warnings.append(f"{pages_named(thin)}几乎没有文字，请核对原件")
    marks = [SourcePage(page.number, "", page.confidence, page.doubtful) for page in pages]
    return Loaded.of_lines(lines, warnings, marks)


def recognition_notes(pages: Sequence[ReadPage]) -> list[str]:
    """What a user is told of recognised pages: which, how surely, and which to hold against the original."""
    recognised = [page for page in pages if page.confidence is not None and page.chars]
    if not recognised:
        return []
    mean = sum((page.confidence or 0.0) * page.chars for page in recognised) / sum(page.chars for page in recognised)
    notes = [f"{pages_named([page.number for page in recognised])}是扫描件，文字由识别得来（平均可信度 {mean:.2f}）"]
    doubtful = [page for page in recognised if page.doubtful]
    if doubtful:
        notes.append(f"{pages_named([page.number for page in doubtful])}识别可信度低，请核对原件")
    return notes


def _digital_pages(path: Path, name: str) -> list[ReadPage]:
    count = PARSING.call(_PAGES + "page_count", [str(path)], name=name, limit_s=PARSE_LIMIT_S)
    limit_s = PARSE_LIMIT_S + PARSE_PAGE_LIMIT_S * count
    found = PARSING.call(_PAGES + "read_pages", [str(path)], name=name, limit_s=limit_s, progress=PARSING.page_progress)
    return [_read_page(number, page) for number, page in enumerate(found, start=1)]


def _read_page(number: int, page: dict[str, Any]) -> ReadPage:
    lines = [PageLine(row[0], Box(*row[1:5]), *row[5:9]) for row in page["lines"]]
    return ReadPage(number, page["height"], lines, page["scan"], page["hidden"], page["bad"])


def _recognise_pages(pages: Sequence[ReadPage], path: Path, picture: Path, name: str) -> list[str]:
    """Fills in the pages that need recognition; returns what must be said of them."""
    warnings = []
    if broken := [page.number for page in pages if page.scan == "broken"]:
        warnings.append(f"{pages_named(broken)}已损坏，没有读入")
    todo = [page for page in pages if page.scan in ("empty", "glyphs", "little")]
    if not todo:
        return warnings
    named = pages_named([page.number for page in todo])
    if not ocr_available():
        if all(page.scan for page in pages):
            require_ocr(name, named)
        return [*warnings, missing_ocr(name, named)]
    if glyphs := [page.number for page in todo if page.scan == "glyphs"]:
        warnings.append(f"{pages_named(glyphs)}的文字层是字形代码，不是文字，已改用识别")
    failed = []
    for done, page in enumerate(todo[:MAX_OCR_PAGES]):
        try:
            size = PARSING.call(
                _PAGES + "render_page", [str(path), page.number - 1, str(picture)], name=name, limit_s=PARSE_LIMIT_S
            )
            take_recognised(page, recognise(picture, name), size[2])
        except DocumentError:
            failed.append(page.number)
        if PARSING.page_progress is not None:
            PARSING.page_progress(done + 1, len(todo))
    if failed:
        warnings.append(f"{pages_named(failed)}识别失败或超时，没有读入")
    if len(todo) > MAX_OCR_PAGES:
        rest = [page.number for page in todo[MAX_OCR_PAGES:]]
        warnings.append(f"扫描页超过 {MAX_OCR_PAGES} 页的上限，{pages_named(rest)}没有读入；请拆成几个文件")
    return warnings + recognition_notes(pages)


def take_recognised(page: ReadPage, found: RecognisedPage, height: float) -> None:
    """Puts what was recognised, on a picture ``height`` pixels high, in the place of a page's lines; the fuller of both stays."""
    if found.chars < page.chars:
        return
    page.lines = list(found.lines)
    page.height = height
    page.confidence = found.confidence
    page.doubtful = found.doubtful and found.chars > 0


def _thin_pages(pages: Sequence[ReadPage]) -> list[int]:
    """Pages with a picture and next to no text even after recognition; blank pages are none."""
    return [
        page.number
        for page in pages
        if page.scan in ("empty", "little") and page.confidence is not None and page.chars < MIN_PAGE_CHARS
    ]
