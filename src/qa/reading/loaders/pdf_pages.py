"""The pages of a PDF, read by PDFium. Runs in the child process: a damaged file may crash or hang it.

Coordinates are PDF points with the origin at the top left of the page as it is shown (``/Rotate`` applied).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from qa.errors import DocumentError
from qa.reading.loaders.isolated_child import report_page
from qa.reading.loaders.limits import MAX_PAGES
from qa.reading.loaders.page_layout import Box, Piece, page_lines
from qa.reading.loaders.radicals import plain_ideographs

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MIN_TEXT_CHARS = 20
"""A page with a large picture and fewer characters is recognised: they are a stamp, a page number or a scanner's mark."""
MIN_PICTURED_CHARS = 100
MAX_BAD_SHARE = 0.1
PICTURE_SHARE = 0.4
MIN_OUTLINES = 50
"""So many drawn shapes on a page without text may be letters turned into outlines."""
RENDER_DPI = 200
MAX_RENDER_PIXELS = 3200
_LATIN_MOJIBAKE_SHARE = 0.3
_INVISIBLE_MODE = 3
_OBJECTS_LOOKED_AT = 3000


class _Char(NamedTuple):
    text: str
    box: Box
    size: float
    bad: bool


def read_pages(path: str) -> list[dict[str, Any]]:
    """Every page as ``{"width", "height", "lines", "scan", "hidden", "bad"}``.

    ``lines`` are :class:`PageLine` as lists of their fields; ``scan`` is why the page must be recognised ("empty": no text layer,
    "glyphs": its text layer holds glyph codes, "little": hardly any text beside a picture), "" where its text is good, "blank"
    where there is nothing on it; ``hidden`` whether the text is invisible, laid under a picture by another program's recognition; ``bad`` how many characters stand
    for no text and are left out.
    """
    document = _opened(path)
    try:
        count = len(document)
        if count == 0:
            raise DocumentError("这个 PDF 没有页面", reason="页数为 0", hint="用原软件重新导出后再放入")
        if count > MAX_PAGES:
            raise DocumentError(
                f"这个 PDF 有 {count} 页", reason=f"上限 {MAX_PAGES} 页", hint="拆成几个文件后再放入资料文件夹"
            )
        pages = []
        for number in range(count):
            pages.append(_page(document, number))
            report_page(number + 1, count)
        return pages
    finally:
        document.close()


def page_count(path: str) -> int:
    """How many pages the file has. Raises :class:`DocumentError` for what is no readable PDF."""
    document = _opened(path)
    try:
        return len(document)
    finally:
        document.close()


def render_page(path: str, number: int, picture: str, dpi: int = RENDER_DPI, *, grey: bool = True) -> list[float]:
    """Writes page ``number`` (from 0) as a PNG, ``grey`` or in colour, to ``picture``; returns [pixels a point, pixels wide, pixels high]."""
    document = _opened(path)
    try:
        page = document.get_page(number)
        scale = min(dpi / 72, MAX_RENDER_PIXELS / max(1.0, page.get_width(), page.get_height()))
        bitmap = page.render(scale=scale, grayscale=grey)
        image = bitmap.to_pil()
        image.save(picture)
        return [scale, float(image.width), float(image.height)]
    finally:
        document.close()


def page_chars(path: str, number: int) -> list[list[Any]]:
    """The characters of page ``number`` (from 0) in reading order of the file: [text, left, top, right, bottom]."""
    document = _opened(path)
    try:
        return [[char.text.strip(), *char.box] for char in _chars(document.get_page(number)) if char.text.strip()]
    finally:
        document.close()


def _opened(path: str) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        text = str(error).lower()
        if "password" in text:
            raise DocumentError(
                "这个 PDF 有打开密码", reason="内容已加密", hint="用密码打开后另存为不加密的 PDF，再放入资料文件夹"
            ) from error
        if "security" in text:
            raise DocumentError(
                "这个 PDF 的加密方式不支持", reason="内容已加密", hint="用原软件另存为不加密的 PDF"
            ) from error
        raise DocumentError(
            "这个 PDF 打不开", reason="文件已损坏、不完整，或不是 PDF", hint="重新下载或导出后再放入"
        ) from error


def _page(document: PdfDocument, number: int) -> dict[str, Any]:
    import pypdfium2

    try:
        page = document.get_page(number)
    except pypdfium2.PdfiumError:
        return {"width": 0.0, "height": 0.0, "lines": [], "scan": "broken", "hidden": False, "bad": 0}
    try:
        chars = list(_chars(page))
        scan = _scan_reason(page, chars)
        lines = [] if scan else page_lines([Piece(char.text, char.box, char.size) for char in chars if not char.bad])
        hidden = not scan and bool(chars) and _hidden(page)
        width, height = page.get_size()
        rows = [[line.text, *line.box, line.size, line.left, line.right, line.gap] for line in lines]
        bad = sum(char.bad for char in chars)
        return {"width": width, "height": height, "lines": rows, "scan": scan, "hidden": hidden, "bad": bad}
    finally:
        page.close()


def _chars(page: PdfPage) -> Iterator[_Char]:
    """Placed characters in the order of the file. A space becomes part of the Latin word after it; other spaces are seen by place."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        place = _Place(page)
        rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        spaced = False
        high = 0
        for index in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(textpage, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            text = plain_ideographs(chr(code)) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            if text.isspace() or code == 0:
                spaced = True
                continue
            if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
                continue
            if not pdfium.FPDFText_GetLooseCharBox(textpage, index, rect):
                continue
            size = pdfium.FPDFText_GetFontSize(textpage, index)
            if pdfium.FPDFText_GetMatrix(textpage, index, matrix):
                size *= (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
            box = place.box(rect.left, rect.top, rect.right, rect.bottom)
            size = size if 0.5 < size < 2000 else box.bottom - box.top
            bad = _is_bad(text) or pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
            yield _Char(" " + text if spaced and text.isascii() else text, box, size, bad)
            spaced = False
    finally:
        textpage.close()


class _Place:
    """From PDF's own coordinates to those of the page as it is shown."""

    def __init__(self, page: PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._turn = page.get_rotation()

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        if self._turn == 90:
            return Box(bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
        if self._turn == 180:
            return Box(self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
        if self._turn == 270:
            return Box(self._top - top, self._right - right, self._top - bottom, self._right - left)
        return Box(left - self._left, self._top - top, right - self._left, self._top - bottom)


def _is_bad(text: str) -> bool:
    return unicodedata.category(text[0]) in ("Co", "Cn", "Cc", "Cs") or text == "\ufffd"


def _scan_reason(page: PdfPage, chars: list[_Char]) -> str:
    visible = len(chars)
    bad = sum(char.bad for char in chars)
    foreign = sum("\u00a1" <= char.text[-1] <= "\u00ff" for char in chars)
    letters = sum(char.bad or char.text[-1].isalpha() for char in chars)
    if visible >= MIN_TEXT_CHARS and bad > MAX_BAD_SHARE * letters:
        return "glyphs"
    if visible >= MIN_TEXT_CHARS and foreign > _LATIN_MOJIBAKE_SHARE * visible:
        return "glyphs"
    if visible >= MIN_PICTURED_CHARS:
        return ""
    share, outlines = _drawn(page)
    if visible < MIN_TEXT_CHARS and (share >= PICTURE_SHARE or outlines >= MIN_OUTLINES):
        return "little" if visible else "empty"
    if share >= PICTURE_SHARE:
        return "little"
    if visible == 0:
        return "blank"
    return ""


def _drawn(page: PdfPage) -> tuple[float, int]:
    """(share of the page that its largest picture covers, drawn shapes); looks at the first objects only."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    share, outlines = 0.0, 0
    for drawn in islice(page.get_objects(max_depth=4), _OBJECTS_LOOKED_AT):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            share = max(share, abs((right - left) * (top - bottom)) / max(1.0, width * height))
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            outlines += 1
    return share, outlines


def _hidden(page: PdfPage) -> bool:
    """Whether the page's text is drawn invisibly: a recognised layer under a scanned picture."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        modes = []
        for index in range(0, count, max(1, count // 20)):
            drawn = pdfium.FPDFText_GetTextObject(textpage, index)
            if drawn:
                modes.append(pdfium.FPDFTextObj_GetTextRenderMode(drawn))
        return bool(modes) and sum(mode == _INVISIBLE_MODE for mode in modes) * 2 > len(modes)
    finally:
        textpage.close()
