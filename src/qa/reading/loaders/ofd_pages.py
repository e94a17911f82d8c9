"""The pages of an OFD file (GB/T 33190), read by ofdkit. Runs in the child process.

Coordinates are millimetres with the origin at the top left of the page.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from qa.errors import DocumentError
from qa.reading.loaders.isolated_child import report_page
from qa.reading.loaders.limits import MAX_MEMBER_BYTES, MAX_PAGES
from qa.reading.loaders.package import Package
from qa.reading.loaders.page_layout import Box, Piece, page_lines
from qa.reading.loaders.radicals import plain_ideographs

if TYPE_CHECKING:
    from lxml import etree
    from ofdkit import Page, TextRun

MAX_BAD_SHARE = 0.1
MIN_TEXT_CHARS = 20
MARGIN_MM = 2.0
_ASCENT, _DESCENT = 0.88, 0.12
_MAX_XML_BYTES = 64 * 1024**2
_READABLE_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff")
_ENCRYPTIONS = "Encryptions.xml"
"""What was encrypted and how (GM/T 0099); a file that has it holds its pages in no readable form."""
_REASONS = (
    ("not a ZIP", "压缩结构损坏、被截断，或不是 OFD"),
    ("OFD.xml is missing", "包里没有 OFD.xml，不是 OFD 文件"),
    ("has root", "OFD.xml 的根元素不是 OFD"),
    ("no DocBody", "OFD.xml 里没有文档（DocBody）"),
    ("Document.xml not found", "找不到文档入口 Document.xml"),
    ("DTD", "含有 DTD 实体定义，正常文件不会有"),
    ("DOCTYPE", "含有 DTD 实体定义，正常文件不会有"),
    ("entities", "含有 DTD 实体定义，正常文件不会有"),
    ("too large", "部件解压后过大，疑似压缩炸弹"),
    ("too many entries", "包内部件过多"),
)


def read_pages(path: str) -> dict[str, Any]:
    """``{"pages": [{"width", "height", "lines", "scan", "picture", "bad"}], "attachments": [names], "lost": [page numbers]}``.

    ``lines`` and ``scan`` are as of a PDF ("glyphs": the text is glyph codes of an embedded font; "empty": a picture without
    text); ``bad`` counts characters without a meaning; ``picture`` is the part that holds the page's largest picture, "" where there is none. ``lost`` pages have no content
    in the file.
    """
    import ofdkit

    package = Package(Path(path).read_bytes(), "这个 OFD")
    if _ENCRYPTIONS in package:
        raise _encrypted()
    try:
        with ofdkit.open(path) as document:
            count = len(document.pages)
            if count == 0:
                raise DocumentError("这个 OFD 没有页面", reason="页数为 0", hint="用原软件重新导出后再放入")
            if count > MAX_PAGES:
                raise DocumentError(
                    f"这个 OFD 有 {count} 页", reason=f"上限 {MAX_PAGES} 页", hint="拆成几个文件后再放入资料文件夹"
                )
            pages, lost = [], []
            for number, page in enumerate(document.pages, start=1):
                try:
                    pages.append(_page(page, package))
                except ofdkit.OFDError:
                    pages.append({"width": 0.0, "height": 0.0, "lines": [], "scan": "broken", "picture": "", "bad": 0})
                if page.location is None:
                    lost.append(number)
                report_page(number, count)
            return {"pages": pages, "attachments": _attachments(package), "lost": lost}
    except ofdkit.OFDError as error:
        if "encrypted" in str(error):
            raise _encrypted() from error
        reason = next((chinese for mark, chinese in _REASONS if mark in str(error)), f"内容不合格式（{error}）")
        raise DocumentError(
            "这个 OFD 读不出来", reason=reason, hint="用 OFD 阅读器打开核对；能打开的话另存一份，或导出为 PDF 再放入"
        ) from error


def _encrypted() -> DocumentError:
    return DocumentError(
        "这个 OFD 有打开密码，无法读取",
        reason="文件已加密",
        hint="用 OFD 阅读器打开，去掉密码后另存一份，或导出为 PDF 再放入",
    )


def take_picture(path: str, part: str, picture: str) -> list[int]:
    """Writes the picture in ``part`` to ``picture`` as PNG; returns its width and height in pixels."""
    import io

    from PIL import Image, UnidentifiedImageError

    data = Package(Path(path).read_bytes(), "这个 OFD").read(part, MAX_MEMBER_BYTES)
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.thumbnail((3200, 3200))
            opened.convert("L").save(picture)
            return [opened.width, opened.height]
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise DocumentError("图片打不开", reason="图片已损坏或格式不认识", hint="导出为 PDF 再放入") from error


def _page(page: Page, package: Package) -> dict[str, Any]:
    x0, y0, width, height = page.box
    runs = [
        run
        for run in page.runs
        if x0 - MARGIN_MM <= run.x <= x0 + width + MARGIN_MM and y0 - MARGIN_MM <= run.y <= y0 + height + MARGIN_MM
    ]
    text = "".join("".join(run.text.split()) for run in runs)
    bad = sum(_is_bad(character) for character in text)
    letters = bad + sum(character.isalpha() for character in text)
    picture = _largest_picture(page, package) if len(text) < MIN_TEXT_CHARS or bad else ""
    scan = ""
    if bad > MAX_BAD_SHARE * letters:
        scan = "glyphs"
    elif len(text) < MIN_TEXT_CHARS and picture:
        scan = "little" if text else "empty"
    elif not text:
        scan = "blank"
    lines = [] if scan in ("glyphs", "blank") else page_lines([_piece(run) for run in runs])
    rows = [[line.text, *line.box, line.size, line.left, line.right, line.gap] for line in lines]
    return {"width": width, "height": height, "lines": rows, "scan": scan, "picture": picture, "bad": bad}


def _piece(run: TextRun) -> Piece:
    text = plain_ideographs("".join(character for character in run.text if not _is_bad(character)))
    size = max(run.size, 0.5)
    return Piece(text, Box(run.x, run.y - _ASCENT * size, run.x + run.width, run.y + _DESCENT * size), size)


def _is_bad(character: str) -> bool:
    return unicodedata.category(character) in ("Co", "Cn", "Cc", "Cs") or character == "\ufffd"


def _largest_picture(page: Page, package: Package) -> str:
    """The part of the largest picture that the page shows, "" when there is none that can be opened."""
    root = _root(package, page.location or "")
    if root is None:
        return ""
    best, resource = 0.0, ""
    for found in root.iter("{*}ImageObject"):
        box = (found.get("Boundary") or "").split()
        area = float(box[2]) * float(box[3]) if len(box) == 4 else 1.0
        if area > best:
            best, resource = area, found.get("ResourceID") or ""
    if not resource or best < 0.2 * page.width * page.height:
        return ""
    for part in package.parts:
        if part.lower().endswith("res.xml") and (resources := _root(package, part)) is not None:
            for media in resources.iter("{*}MultiMedia"):
                if media.get("ID") == resource:
                    file = next((child.text for child in media.iter("{*}MediaFile")), None) or ""
                    return _picture_part(package, file.strip())
    return ""


def _picture_part(package: Package, file: str) -> str:
    """The part whose name is ``file``'s, folders and case aside: producers get both wrong."""
    name = PurePosixPath(file.replace("\\", "/")).name.lower()
    if not name.endswith(_READABLE_PICTURES):
        return ""
    return next((part for part in package.parts if PurePosixPath(part).name.lower() == name), "")


def _attachments(package: Package) -> list[str]:
    """The names of attached files, as the attachment list gives them."""
    names = []
    for part in package.parts:
        if PurePosixPath(part).name.lower() == "attachments.xml" and (root := _root(package, part)) is not None:
            names += [name for found in root.iter("{*}Attachment") if (name := (found.get("Name") or "").strip())]
    return names[:100]


def _root(package: Package, part: str) -> etree._Element | None:
    """An XML part, ``None`` where it is missing or broken: what is read from it is an extra."""
    if part not in package:
        return None
    try:
        return package.xml(part, _MAX_XML_BYTES)
    except DocumentError:
        return None
