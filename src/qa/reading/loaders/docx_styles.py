"""What a Word file's styles say of a paragraph or a run: outline level, list, bold, hidden, table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.reading.loaders.docx_numbers import attribute, child, is_on, local_name, number_of

if TYPE_CHECKING:
    from lxml import etree

_MAX_CHAIN = 20
_HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"toc (?:\d|heading)|toc\d|目录 ?\d?|table of figures", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """Properties as they hold after inheritance; ``None`` where nothing is said. ``outline`` is 1 to 9, 0: body text."""

    outline: int | None = None
    number: str | None = None  # numId
    level: int | None = None  # ilvl
    numbered_by: str = ""  # id of the style that brings the list
    bold: bool | None = None
    hidden: bool | None = None
    contents: bool = False  # a line of the table of contents


def paragraph_marks(properties: etree._Element | None) -> Style:
    """What the properties of a paragraph, or of a style, say by themselves."""
    if properties is None:
        return Style()
    outline = number_of(child(properties, "outlineLvl"))
    listed = child(properties, "numPr")
    return Style(
        outline=None if outline is None else outline + 1 if 0 <= outline <= 8 else 0,
        number=attribute(child(listed, "numId")),
        level=number_of(child(listed, "ilvl")),
    )


def run_marks(properties: etree._Element | None) -> tuple[bool | None, bool | None]:
    """(bold, hidden) as the properties of a run say; ``None`` where they do not."""
    bold = hidden = None
    for each in properties if properties is not None else ():
        kind = local_name(each)
        if kind == "b":
            bold = is_on(each)
        elif kind in ("vanish", "webHidden"):
            hidden = is_on(each) or hidden
    return bold, hidden


class Styles:
    """The styles of one document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._own: dict[str, tuple[str | None, Style]] = {}
        self._resolved: dict[str, Style] = {}
        self.default: str | None = None
        for element in root if root is not None else ():
            key = attribute(element, "styleId")
            if local_name(element) != "style" or key is None:
                continue
            self._own[key] = (attribute(child(element, "basedOn")), _style(element))
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
                self.default = key

    def of(self, key: str | None) -> Style:
        """The style ``key`` with what it inherits; the default paragraph style where ``key`` is unknown."""
        key = key if key in self._own else self.default
        if key is None:
            return Style()
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def _resolve(self, key: str) -> Style:
        chain: list[str] = []
        current: str | None = key
        while current in self._own and current not in chain and len(chain) < _MAX_CHAIN:
            chain.append(current)
            current = self._own[current][0]
        style = Style()
        for each in reversed(chain):
            style = merged(style, self._own[each][1])
            if self._own[each][1].number is not None:
                style = replace(style, numbered_by=each)
        return style


def merged(under: Style, over: Style) -> Style:
    """``over`` where it says something, else ``under``."""
    return Style(
        outline=under.outline if over.outline is None else over.outline,
        number=under.number if over.number is None else over.number,
        level=under.level if over.level is None else over.level,
        numbered_by=under.numbered_by,
        bold=under.bold if over.bold is None else over.bold,
        hidden=under.hidden if over.hidden is None else over.hidden,
        contents=under.contents or over.contents,
    )


def _style(element: etree._Element) -> Style:
    style = paragraph_marks(child(element, "pPr"))
    bold, hidden = run_marks(child(element, "rPr"))
    name = attribute(child(element, "name")) or ""
    heading = _HEADING_NAME.fullmatch(name)
    outline = int(heading[1]) if heading and style.outline is None else style.outline
    return replace(style, outline=outline, bold=bold, hidden=hidden, contents=bool(_CONTENTS_NAME.fullmatch(name)))
