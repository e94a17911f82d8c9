"""Drawing an OFD page as SVG with words boxed. Runs in the child process.

The viewer's browser brings the fonts: embedded ones are not used, so a page looks like its original without being its facsimile.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path as File
from typing import TYPE_CHECKING, NamedTuple

from qa.errors import DocumentError
from qa.reading.loaders.limits import MAX_MEMBER_BYTES
from qa.reading.loaders.ofd_objects import Affine, PageObjects, Path, Picture, Text, page_objects
from qa.reading.loaders.package import Package
from qa.reading.loaders.page_layout import Box, Piece, page_lines
from qa.reading.loaders.radicals import plain_ideographs

if TYPE_CHECKING:
    from lxml import etree

MAX_PICTURE_EDGE = 1600
MAX_PICTURES = 60
_SVG = "http://www.w3.org/2000/svg"
_ASCENT, _DESCENT = 0.88, 0.12
_FAMILIES = (
    (("黑", "hei", "sans", "arial", "calibri", "helvetica"), "'Noto Sans CJK SC','Microsoft YaHei',SimHei,sans-serif"),
    (("楷", "kai"), "KaiTi,STKaiti,'Noto Serif CJK SC',serif"),
    (("仿宋", "fang"), "FangSong,STFangsong,'Noto Serif CJK SC',serif"),
    (("courier", "mono", "consol"), "'Courier New','Noto Sans Mono CJK SC',monospace"),
)
_SERIF = "'Noto Serif CJK SC','Songti SC',SimSun,serif"


class PlacedCharacter(NamedTuple):
    """A character with the box it stands in on the page."""

    text: str
    box: Box


def draw(path: str, number: int, picture: str, words: str, before: int) -> int:
    """Writes page ``number`` (from 0) of the OFD at ``path`` to ``picture`` as SVG; returns how many boxes were drawn around
    ``words``, where they stand the ``before``-th time (from 0) in reading order. White space does not count."""
    package = Package(File(path).read_bytes(), "这个 OFD")
    page = page_objects(package, number)
    boxes = word_boxes(page, words, before)
    File(picture).write_bytes(_svg(page, package, boxes))
    return len(boxes)


def word_boxes(page: PageObjects, words: str, before: int = 0) -> list[Box]:
    """One box a printed line around ``words``, in millimetres; empty when they are not there."""
    wanted = "".join(words.split())
    characters = reading_order(page)
    text = "".join(character.text for character in characters)
    place = -1
    for _ in range(before + 1):
        following = text.find(wanted, place + 1)
        if following < 0:
            break
        place = following
    if not wanted or place < 0:
        return []
    return _joined([character.box for character in characters[place : place + len(wanted)]])


def reading_order(page: PageObjects) -> list[PlacedCharacter]:
    """Every visible character but white space, in the order in which the document's text has them; drawn twice, they come once.

    The lines are those of :func:`page_lines`. It knows text only, so each character goes through it as a sign of its own.
    """
    signs: dict[str, PlacedCharacter] = {}
    free = {True: iter(map(chr, range(0x3400, 0xA000))), False: iter(map(chr, range(0xAC00, 0xD7A4)))}
    pieces: list[Piece] = []
    seen: set[tuple[str, int, int]] = set()
    for text in (each for each in page.objects if isinstance(each, Text)):
        characters = list(_characters(text))
        if not characters:
            continue
        piece = _piece(characters)
        grain = piece.size / 5
        key = (piece.text, round(piece.box.left / grain), round(piece.box.top / grain))
        own = [next(free[_is_ideograph(each.text)], "") for each in characters]
        if key in seen or "" in own:
            continue
        seen.add(key)
        signs.update(zip(own, characters, strict=True))
        pieces.append(replace(piece, text="".join(own)))
    return [signs[sign] for line in page_lines(pieces) for sign in line.text if sign in signs]


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _characters(text: Text) -> Iterator[PlacedCharacter]:
    size = text.size * (math.sqrt(abs(text.place.a * text.place.d - text.place.b * text.place.c)) or 1.0)
    for index, (character, point) in enumerate(zip(text.characters, text.points, strict=True)):
        if character.isspace():
            continue
        x, y = text.place.point(*point)
        following = text.points[index + 1] if index + 1 < len(text.points) else None
        width = text.place.point(*following)[0] - x if following else 0.0
        if not 0.2 * size <= width <= 1.05 * size:
            width = size * (1.0 if ord(character) > 0x2E7F else 0.5)
        yield PlacedCharacter(plain_ideographs(character), Box(x, y - _ASCENT * size, x + width, y + _DESCENT * size))


def _piece(characters: Sequence[PlacedCharacter]) -> Piece:
    boxes = [each.box for each in characters]
    around = Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )
    return Piece("".join(each.text for each in characters), around, boxes[0].bottom - boxes[0].top)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    joined: list[Box] = []
    for box in boxes:
        last = joined[-1] if joined else None
        if last is not None and last.top < box.middle < last.bottom and box.left >= last.left:
            joined[-1] = Box(
                last.left, min(last.top, box.top), max(last.right, box.right), max(last.bottom, box.bottom)
            )
        else:
            joined.append(box)
    return joined


def _svg(page: PageObjects, package: Package, boxes: Sequence[Box]) -> bytes:
    from lxml import etree

    x, y, width, height = page.box
    size = {"width": f"{width:g}mm", "height": f"{height:g}mm", "viewBox": f"{x:g} {y:g} {width:g} {height:g}"}
    root = etree.Element("svg", nsmap={None: _SVG}, attrib=size)
    paper = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}", "fill": "#ffffff"}
    etree.SubElement(root, "rect", paper)
    pictures = 0
    for each in page.objects:
        if isinstance(each, Text):
            _add_text(root, each)
        elif isinstance(each, Path):
            _add_path(root, each)
        elif pictures < MAX_PICTURES:
            pictures += 1
            _add_picture(root, each, package)
    for box in boxes:
        look = {"fill": "#ffd600", "fill-opacity": "0.35", "stroke": "#b22222", "stroke-width": "0.3"}
        etree.SubElement(root, "rect", _frame(box, 0.5) | look)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _frame(box: Box, by: float) -> dict[str, str]:
    return {
        "x": f"{box.left - by:.2f}",
        "y": f"{box.top - by:.2f}",
        "width": f"{box.right - box.left + 2 * by:.2f}",
        "height": f"{box.bottom - box.top + 2 * by:.2f}",
    }


def _add_text(root: etree._Element, text: Text) -> None:
    from lxml import etree

    if not text.pen.fill:
        return
    attributes = {
        "transform": _matrix(text.place),
        "font-size": f"{text.size:g}",
        "font-family": _family(text.font),
        "fill": text.pen.fill,
        "x": " ".join(f"{x:.3f}" for x, _ in text.points),
        "y": " ".join(f"{y:.3f}" for _, y in text.points),
    }
    if text.bold:
        attributes["font-weight"] = "bold"
    if text.pen.alpha < 1:
        attributes["opacity"] = f"{text.pen.alpha:.3f}"
    element = etree.SubElement(root, "text", attributes)
    element.text = text.characters
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add_path(root: etree._Element, path: Path) -> None:
    from lxml import etree

    attributes = {
        "d": path.steps,
        "transform": _matrix(path.place),
        "fill": path.pen.fill or "none",
        "stroke": path.pen.stroke or "none",
        "stroke-width": f"{path.pen.width:g}",
    }
    if path.even_odd:
        attributes["fill-rule"] = "evenodd"
    if path.pen.alpha < 1:
        attributes["opacity"] = f"{path.pen.alpha:.3f}"
    etree.SubElement(root, "path", attributes)


def _add_picture(root: etree._Element, picture: Picture, package: Package) -> None:
    from lxml import etree
    from PIL import Image

    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(package.read(picture.part, MAX_MEMBER_BYTES))) as opened:
            clear = "A" in opened.getbands() or "transparency" in opened.info
            opened.thumbnail((MAX_PICTURE_EDGE, MAX_PICTURE_EDGE))
            kind = "PNG" if clear or opened.mode in ("1", "L", "P") else "JPEG"
            opened.convert("RGBA" if clear else "RGB").save(made, kind)
    except (OSError, ValueError, DocumentError, Image.DecompressionBombError):
        return  # a picture that cannot be opened leaves its place white
    attributes = {
        "href": f"data:image/{kind.lower()};base64,{base64.b64encode(made.getvalue()).decode()}",
        "width": "1",
        "height": "1",
        "preserveAspectRatio": "none",
        "transform": _matrix(picture.place),
    }
    if picture.alpha < 1:
        attributes["opacity"] = f"{picture.alpha:.3f}"
    etree.SubElement(root, "image", attributes)


def _matrix(place: Affine) -> str:
    return f"matrix({' '.join(f'{number:.6g}' for number in place)})"


def _family(font: str) -> str:
    name = font.lower()
    return next((family for marks, family in _FAMILIES if any(mark in name for mark in marks)), _SERIF)
