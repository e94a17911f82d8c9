"""Headers, footers and page numbers: what repeats at the edge of the pages is layout, not text of the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from qa.reading.loaders.page_layout import PageLine

EDGE_SHARE = 0.12
"""How much of a page's height, at its top and at its bottom, may hold headers and footers."""
EDGE_LINES = 3
MIN_REPEATS = 3
MIN_SHARE = 0.3
_DIGITS = re.compile(r"[\d一二三四五六七八九十百〇零]+")
_SPACE = re.compile(r"\s+")
_COUNTED = re.compile(r"(?:附\s?[件表图录注]|[第表图])#")
"""What counts itself and not the pages, though attachments of one page each count alike."""
_Key = tuple[str, bool, int]
_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*\d{1,5}[-—–―·•\s]*|[-—–―\s]*[ivxlcIVXLC]{1,6}[-—–―\s]*|"
    r"第\s?\d{1,5}\s?页(?:\s?[/／,，]?\s?共\s?\d{1,5}\s?页)?|\d{1,5}\s?[/／]\s?\d{1,5}|第\s?[一二三四五六七八九十百]{1,5}\s?页|Page\s?\d{1,5}(?:\s?of\s?\d{1,5})?",
    re.IGNORECASE,
)


def without_running_heads(
    pages: Sequence[Sequence[PageLine]], heights: Sequence[float]
) -> tuple[list[list[PageLine]], list[tuple[str, int]]]:
    """The pages without page numbers and repeated headers and footers, and (text, on how many pages) of the repeated ones.

    A line repeats when it stands on the same height at the edge of at least three pages and of three in ten. Its figures are the same
    there, or count the pages: 编号：001, 编号：002 are no header.
    """
    places: dict[_Key, _Place] = defaultdict(_Place)
    first_text: dict[str, str] = {}
    for number, lines in enumerate(pages):
        for index, key in _edge_keys(lines, heights[number]):
            for neighbour in (-1, 0, 1):
                places[key[0], key[1], key[2] + neighbour].add(number, lines[index].text)
            first_text.setdefault(key[0], lines[index].text)
    removed: Counter[str] = Counter()
    kept_pages = []
    for number, lines in enumerate(pages):
        drop = set()
        for index, key in _edge_keys(lines, heights[number]):
            repeats = places[key].repeats(number, lines[index].text)
            if repeats >= MIN_REPEATS and repeats >= MIN_SHARE * len(pages) and key[0]:
                drop.add(index)
                if _PAGE_NUMBER.fullmatch(lines[index].text) is None:
                    removed[key[0]] += 1
            elif _PAGE_NUMBER.fullmatch(lines[index].text):
                drop.add(index)
        kept_pages.append([line for index, line in enumerate(lines) if index not in drop])
    return kept_pages, [(first_text[key], count) for key, count in removed.most_common()]


class _Place:
    """What stands at one height of the edge, but for its figures."""

    def __init__(self) -> None:
        self._pages: set[int] = set()
        self._seen: Counter[tuple[int, str]] = Counter()

    def add(self, page: int, text: str) -> None:
        if page not in self._pages:
            self._pages.add(page)
            self._seen.update(sign for signs in _signs(page, text) for sign in signs)

    def repeats(self, page: int, text: str) -> int:
        """On how many pages each figure of this line is the same, or as far from the number of its page."""
        return min([len(self._pages), *(max(self._seen[sign] for sign in signs) for signs in _signs(page, text))])


def _signs(page: int, text: str) -> list[list[tuple[int, str]]]:
    """For each figure of a line what other pages would share: its value, and how far it is ahead of the page."""
    counts_itself = _COUNTED.match(_folded(text)) is not None
    found = []
    for at, figure in enumerate(_DIGITS.findall(_SPACE.sub("", text))):
        ahead = figure.isdecimal() and not counts_itself
        found.append([(at, figure), *([(at, f"+{int(figure[:12]) - page}")] if ahead else [])])
    return found


def _edge_keys(lines: Sequence[PageLine], height: float) -> list[tuple[int, _Key]]:
    """(index, (text without figures, at the top, height in steps)) of the lines at the top and bottom edge."""
    if height <= 0:
        return []
    by_height = sorted(range(len(lines)), key=lambda index: lines[index].box.middle)
    top = [i for i in by_height[:EDGE_LINES] if lines[i].box.middle < EDGE_SHARE * height]
    bottom = [i for i in by_height[-EDGE_LINES:] if lines[i].box.middle > (1 - EDGE_SHARE) * height and i not in top]
    step = height / 100
    return [
        (index, (_folded(lines[index].text), at_top, round(lines[index].box.middle / step)))
        for at_top, indexes in ((True, top), (False, bottom))
        for index in indexes
    ]


def _folded(text: str) -> str:
    return _DIGITS.sub("#", _SPACE.sub("", text))
