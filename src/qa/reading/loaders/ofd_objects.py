"""What stands on an OFD page (GB/T 33190—2016), with where: text, paths and pictures, templates first. Runs in the child process.

Coordinates are millimetres with the origin at the top left of the page. Annotations, seals and clipping are left out.
"""

from __future__ import annotations

import math
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NamedTuple

from qa.errors import DocumentError, NotFoundError
from qa.reading.loaders.package import Package

if TYPE_CHECKING:
    from lxml import etree

MAX_NESTING = 32
MAX_OBJECTS = 60_000
A4_MM = (0.0, 0.0, 210.0, 297.0)
_MAX_XML_BYTES = 64 * 1024**2
_PATH_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_PATH_NAMES = {"S": "M", "B": "C", "C": "Z"}


class Affine(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def after(self, inner: Affine) -> Affine:
        """The transform that applies ``inner`` first."""
        (a, b, c, d, e, f), (p, q, r, s, t, u) = self, inner
        return Affine(a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


@dataclass(frozen=True, slots=True)
class Pen:
    """How a thing is drawn; colours are ``#rrggbb``, "" where nothing is filled or stroked."""

    fill: str = "#000000"
    stroke: str = "#000000"
    width: float = 0.353
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One TextCode: its characters, the baseline point of each in the object's own coordinates, and how these lead to the page."""

    characters: str
    points: tuple[tuple[float, float], ...]
    size: float
    font: str
    bold: bool
    place: Affine
    pen: Pen


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area; ``steps`` are as SVG writes them."""

    steps: str
    even_odd: bool
    place: Affine
    pen: Pen


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the unit square that ``place`` leads to the page; ``part`` holds it."""

    part: str
    place: Affine
    alpha: float


class PageObjects(NamedTuple):
    """``box`` is the page's (x, y, width, height)."""

    box: tuple[float, float, float, float]
    objects: tuple[Text | Path | Picture, ...]


def page_objects(package: Package, number: int) -> PageObjects:
    """What page ``number`` (from 0) shows, in drawing order. Raises :class:`NotFoundError` for a page that is not there and
    :class:`DocumentError` for a file that is no OFD."""
    return _Document(package).page(number)


def page_count(path: str) -> int:
    """How many pages the OFD at ``path`` has; raises as :func:`page_objects`."""
    return len(_Document(Package(File(path).read_bytes(), "这个 OFD")).places)


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._folded = {part.lower(): part for part in package.parts}
        self._left = MAX_OBJECTS
        entry = self._part("", "OFD.xml")
        root = self._xml(entry) if entry else None
        place = next((each.text for each in root.iter("{*}DocRoot")), None) if root is not None else None
        self._home = self._part("", place) if place else ""
        document = self._xml(self._home) if self._home else None
        if document is None:
            raise DocumentError("这个 OFD 没有版面", reason="找不到文档入口 Document.xml", hint="下载原文件查看")
        self._document = document
        self.places = [each.get("BaseLoc") for pages in document.findall("{*}Pages") for each in pages.iter("{*}Page")]
        self._fonts: dict[str, str] = {}
        self._pictures: dict[str, str] = {}
        self._units: dict[str, etree._Element] = {}
        self._pens: dict[str, etree._Element] = {}
        for name in ("PublicRes", "DocumentRes"):
            for each in document.iter("{*}" + name):
                self._take_resources(self._part(self._home, each.text))

    def page(self, number: int) -> PageObjects:
        if not 0 <= number < len(self.places):
            raise NotFoundError(f"没有第 {number + 1} 页", reason=f"共 {len(self.places)} 页", hint="回到文档页")
        box = _box(next((each.text for each in self._document.iter("{*}PhysicalBox")), None)) or A4_MM
        part = self._part(self._home, self.places[number])
        root = self._xml(part) if part else None
        if root is None:
            return PageObjects(box, ())
        box = _box(next((each.text for each in root.iter("{*}PhysicalBox")), None)) or box
        for each in root.findall("{*}PageRes"):
            self._take_resources(self._part(part, each.text))
        below: list[str | None] = []
        above: list[str | None] = []
        for each in root.findall("{*}Template"):
            (above if each.get("ZOrder") == "Foreground" else below).append(each.get("TemplateID"))
        drawn = [*self._templates(below), *self._content(root), *self._templates(above)]
        return PageObjects(box, tuple(drawn))

    def _templates(self, wanted: list[str | None]) -> Iterator[Text | Path | Picture]:
        for each in self._document.iter("{*}TemplatePage"):
            if each.get("ID") in wanted:
                part = self._part(self._home, each.get("BaseLoc"))
                root = self._xml(part) if part else None
                if root is not None:
                    yield from self._content(root)

    def _content(self, root: etree._Element) -> Iterator[Text | Path | Picture]:
        for content in root.findall("{*}Content"):
            for layer in content.findall("{*}Layer"):
                yield from self._walk(layer, Affine(), self._pen(layer, Pen()), 0)

    def _walk(self, parent: etree._Element, outer: Affine, pen: Pen, depth: int) -> Iterator[Text | Path | Picture]:
        for element in parent:
            self._left -= 1
            if self._left < 0 or depth > MAX_NESTING:
                return
            name = local_name(element)
            if name == "PageBlock":
                yield from self._walk(element, outer, pen, depth + 1)
                continue
            if name not in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                continue
            if element.get("Visible") == "false":
                continue
            corner = _box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
            own = Affine(*(_numbers(element.get("CTM"), 6) or Affine()))
            place = outer.after(own._replace(e=own.e + corner[0], f=own.f + corner[1]))
            if name == "TextObject":
                yield from self._texts(element, place, self._pen(element, pen))
            elif name == "PathObject":
                yield from self._paths(element, place, self._pen(element, pen))
            elif name == "ImageObject":
                part = self._pictures.get(element.get("ResourceID") or "", "")
                if not element.get("CTM"):
                    place = outer.after(Affine(corner[2], 0, 0, corner[3], corner[0], corner[1]))
                if part:
                    yield Picture(part, place, _alpha(element.get("Alpha")))
            elif (unit := self._units.get(element.get("ResourceID") or "")) is not None:
                for content in unit.findall("{*}Content"):
                    yield from self._walk(content, place, pen, depth + 1)

    def _texts(self, element: etree._Element, place: Affine, pen: Pen) -> Iterator[Text]:
        size = _number(element.get("Size"), 0.0)
        if size <= 0 or element.get("Fill") == "false":
            return
        stretch = _number(element.get("HScale"), 1.0)
        font = self._fonts.get(element.get("Font") or "", "")
        bold = _number(element.get("Weight"), 400) >= 600
        x = y = 0.0
        for code in element.findall("{*}TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            characters = "".join(c for c in code.text or "" if unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
            points = _points(characters, x, y, code, size * stretch)
            if characters.strip():
                yield Text(characters, points, size, font, bold, place, pen)

    def _paths(self, element: etree._Element, place: Affine, pen: Pen) -> Iterator[Path]:
        data = element.find("{*}AbbreviatedData")
        steps = _steps(data.text if data is not None else None)
        if element.get("Fill") != "true":
            pen = replace(pen, fill="")
        if element.get("Stroke") == "false":
            pen = replace(pen, stroke="")
        if steps and (pen.fill or pen.stroke):
            yield Path(steps, element.get("Rule") == "Even-Odd", place, pen)

    def _pen(self, element: etree._Element, pen: Pen) -> Pen:
        """``pen`` as the element and its DrawParam change it."""
        seen: list[etree._Element] = [element]
        named = element.get("DrawParam")
        while named and named in self._pens and len(seen) < MAX_NESTING:
            seen.append(self._pens[named])
            named = seen[-1].get("Relative")
        for each in reversed(seen):
            for child in each:
                colour = _colour(child.get("Value"))
                if colour and local_name(child) == "FillColor":
                    pen = replace(pen, fill=colour)
                elif colour and local_name(child) == "StrokeColor":
                    pen = replace(pen, stroke=colour)
            pen = replace(pen, width=_number(each.get("LineWidth"), pen.width))
        return replace(pen, alpha=_alpha(element.get("Alpha")) * pen.alpha)

    def _take_resources(self, part: str) -> None:
        root = self._xml(part) if part else None
        if root is None:
            return
        base = root.get("BaseLoc") or ""
        for each in root.iter("{*}Font", "{*}MultiMedia", "{*}CompositeGraphicUnit", "{*}DrawParam"):
            key, name = each.get("ID") or "", local_name(each)
            if name == "Font":
                self._fonts[key] = each.get("FamilyName") or each.get("FontName") or ""
            elif name == "CompositeGraphicUnit":
                self._units[key] = each
            elif name == "DrawParam":
                self._pens[key] = each
            else:
                file = next((found.text for found in each.iter("{*}MediaFile")), None) or ""
                self._pictures[key] = self._part(part, posixpath.join(base, file.strip())) or self._named(file)

    def _part(self, beside: str, place: str | None) -> str:
        """The part at ``place`` as written in the part ``beside``; "" where there is none. Producers get the case wrong."""
        written = (place or "").strip().replace("\\", "/")
        if not written:
            return ""
        around = posixpath.dirname(beside)
        tried = (written.lstrip("/"),) if written.startswith("/") else (posixpath.join(around, written), written)
        found = (self._folded.get(posixpath.normpath(each).lower()) for each in tried)
        return next(filter(None, found), "")

    def _named(self, file: str) -> str:
        name = posixpath.basename(file.strip().replace("\\", "/")).lower()
        return next((part for part in self._package.parts if name and posixpath.basename(part).lower() == name), "")

    def _xml(self, part: str) -> etree._Element | None:
        try:
            return self._package.xml(part, _MAX_XML_BYTES)
        except DocumentError:
            return None  # what can be drawn is drawn


def local_name(element: etree._Element) -> str:
    """The name without its namespace, which producers write in several ways."""
    tag: Any = element.tag
    return str(tag).rpartition("}")[2]


def _points(characters: str, x: float, y: float, code: etree._Element, em: float) -> tuple[tuple[float, float], ...]:
    """Where each character stands; a step that is not given is the character's usual width."""
    across, down = (_deltas(code.get(name), len(characters)) for name in ("DeltaX", "DeltaY"))
    points = []
    for index, character in enumerate(characters):
        points.append((x, y))
        usual = em if unicodedata.east_asian_width(character) in "WF" else em / 2
        vertical = index < len(down) and down[index] != 0 and not across
        x += across[index] if index < len(across) else 0.0 if vertical else usual
        y += down[index] if index < len(down) else 0.0
    return tuple(points)


def _deltas(value: str | None, limit: int) -> list[float]:
    """The numbers of a DeltaX or DeltaY; ``g 3 2.1`` stands for three times 2.1."""
    tokens = iter((value or "").split())
    made: list[float] = []
    for token in tokens:
        if len(made) >= limit:
            break
        if token == "g":
            count, step = int(_number(next(tokens, None), 0)), _number(next(tokens, None), 0.0)
            made += [step] * max(0, min(count, limit - len(made)))
        else:
            made.append(_number(token, 0.0))
    return made


def _steps(data: str | None) -> str:
    """AbbreviatedData as SVG's path data; what cannot be read ends it."""
    tokens = re.findall(r"[A-Za-z]|-?[\d.]+(?:[eE][-+]?\d+)?", data or "")
    made: list[str] = []
    at = 0
    while at < len(tokens) and tokens[at] in _PATH_NUMBERS:
        name, count = tokens[at], _PATH_NUMBERS[tokens[at]]
        numbers = _numbers(" ".join(tokens[at + 1 : at + 1 + count]), count) if count else ()
        if numbers is None or (not made and name not in "MS"):
            break
        made.append(" ".join([_PATH_NAMES.get(name, name), *(f"{number:g}" for number in numbers)]))
        at += 1 + count
    return " ".join(made)


def _colour(value: str | None) -> str:
    parts = [_number(each, -1.0) for each in (value or "").split()]
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:  # cyan, magenta, yellow, black
        parts = [(255 - min(each, 255)) * (255 - min(parts[3], 255)) / 255 for each in parts[:3]]
    if len(parts) != 3 or not all(0 <= each <= 255 for each in parts):
        return ""
    return "#" + "".join(f"{round(each):02x}" for each in parts)


def _alpha(value: str | None) -> float:
    return min(max(_number(value, 255.0), 0.0), 255.0) / 255


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    found = _numbers(value, 4)
    return None if found is None else (found[0], found[1], found[2], found[3])


def _number(value: str | None, default: float) -> float:
    found = _numbers(value, 1)
    return default if found is None else found[0]


def _numbers(value: str | None, count: int) -> tuple[float, ...] | None:
    try:
        found = tuple(float(part) for part in (value or "").replace(",", " ").split()[:count])
    except ValueError:
        return None
    return found if len(found) == count and all(map(math.isfinite, found)) else None
