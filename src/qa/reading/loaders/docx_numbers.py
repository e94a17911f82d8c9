"""Word's automatic numbers: 第一条, 一、, （一）, 1. are not in a file's text but follow from its numbering part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.reading.loaders.number_forms import written

if TYPE_CHECKING:
    from lxml import etree

MAX_LEVEL = 8
_PLACEHOLDER = re.compile(r"%([1-9])")
_SILENT = frozenset({"bullet", "none"})


def local_name(element: etree._Element) -> str:
    """The tag without its namespace: transitional and strict files have different ones."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along ``path`` of local names."""
    for name in path:
        element = next((each for each in element if local_name(each) == name), None) if element is not None else None
    return element


def number_of(element: etree._Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute; ``None`` where there is none or it is absurd."""
    text = attribute(element, name)
    if text is None or not re.fullmatch(r"-?\d{1,9}", text):
        return None
    return int(text)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "  # between number and text
    style: str | None = None
    plain: bool = False  # isLgl: every number in it is Arabic
    restart: int | None = None  # the level (from 1) whose numbers restart this one; 0: never


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    link: str | None = None  # the numbering style that holds the levels
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The counters of one document; :meth:`label` is called once for each numbered paragraph, in the document's order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}  # numId → list, starts, levels
        self._begun: set[str] = set()
        named: dict[str, str] = {}
        for element in root if root is not None else ():
            kind = local_name(element)
            if kind == "abstractNum":
                key = attribute(element, "abstractNumId") or ""
                self._lists[key] = _List(_levels(element), attribute(child(element, "numStyleLink")))
                if style := attribute(child(element, "styleLink")):
                    named[style] = key
            elif kind == "num":
                starts, levels = _overrides(element)
                key = attribute(element, "numId") or ""
                self._numbers[key] = (attribute(child(element, "abstractNumId")) or "", starts, levels)
        for each in self._lists.values():
            if each.link in named:
                each.levels = each.levels or self._lists[named[each.link]].levels

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of the list ``number`` that the paragraph style belongs to."""
        levels = self._lists[self._numbers[number][0]].levels if self._knows(number) else {}
        return next((level for level, each in levels.items() if each.style == style), None)

    def label(self, number: str, level: int) -> str:
        """The number that Word would print, with the gap after it; ``""`` for bullets and unknown lists. Counts on."""
        if not self._knows(number) or not 0 <= level <= MAX_LEVEL:
            return ""
        key, starts, own = self._numbers[number]
        listed = self._lists[key]
        levels = {**listed.levels, **own}
        if number not in self._begun:
            self._begun.add(number)
            for index, start in starts.items():
                listed.counts[index] = start - 1
        here = levels.get(level, _Level())
        counts = listed.counts
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [index for index in counts if index > level]:
            restart = levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        if here.form in _SILENT:
            return ""

        def filled(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            each = levels.get(index, _Level())
            return written(counts.get(index, each.start), "decimal" if here.plain else each.form)

        text = _PLACEHOLDER.sub(filled, here.text)
        closed = not text or text[-1] in "、.．)）:：。"
        return text if closed and not text.endswith(".") else text + (here.gap if text else "")

    def _knows(self, number: str) -> bool:
        return number in self._numbers and self._numbers[number][0] in self._lists


def _levels(element: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for each in element:
        index = number_of(each, "ilvl")
        if local_name(each) == "lvl" and index is not None and 0 <= index <= MAX_LEVEL:
            found[index] = _level(each)
    return found


def _level(element: etree._Element) -> _Level:
    gap = {"nothing": ""}.get(attribute(child(element, "suff")) or "tab", " ")
    start = number_of(child(element, "start"))
    plain = child(element, "isLgl")
    return _Level(
        start=1 if start is None else start,
        form=attribute(child(element, "numFmt")) or "decimal",
        text=attribute(child(element, "lvlText")) or "",
        gap=gap,
        style=attribute(child(element, "pStyle")),
        plain=plain is not None and is_on(plain),
        restart=number_of(child(element, "lvlRestart")),
    )


def _overrides(element: etree._Element) -> tuple[dict[int, int], dict[int, _Level]]:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for each in _named(element, "lvlOverride"):
        index = number_of(each, "ilvl")
        if index is None or not 0 <= index <= MAX_LEVEL:
            continue
        start = number_of(child(each, "startOverride"))
        if start is not None:
            starts[index] = start
        if (level := child(each, "lvl")) is not None:
            levels[index] = _level(level)
    return starts, levels


def _named(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return (each for each in element if local_name(each) == name)


def is_on(element: etree._Element | None) -> bool:
    """The value of an on/off property element: present without a value means on."""
    return element is not None and (attribute(element) or "1").lower() not in ("0", "false", "off", "none")
