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
_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*\d{1,5}[-—–―·•\s]*|[-—–―\s]*[ivxlcIVXLC]{1,6}[-—–―\s]*|"
    r"第\s?\d{1,5}\s?页(?:\s?[/／,，]?\s?共\s?\d{1,5}\s?页)?|\d{1,5}\s?[/／]\s?\d{1,5}|第\s?[一二三四五六七八九十百]{1,5}\s?页|Page\s?\d{1,5}(?:\s?of\s?\d{1,5})?",
    re.IGNORECASE,
)


def without_running_heads(
    pages: Sequence[Sequence[PageLine]], heights: Sequence[float]
) -> tuple[list[list[PageLine]], list[tuple[str, int]]]:
    """The pages without page numbers and repeated headers and footers, and (text, on how many pages) of the repeated ones.

    A line repeats when it stands, but for its figures, on the same height at the edge of at least three pages and of three in ten.
    """
    places: dict[tuple[str, bool, int], set[int]] = defaultdict(set)
    first_text: dict[str, str] = {}
    for number, lines in enumerate(pages):
        for index, key in _edge_keys(lines, heights[number]):
            for neighbour in (-1, 0, 1):
                places[key[0], key[1], key[2] + neighbour].add(number)
            first_text.setdefault(key[0], lines[index].text)
    removed: Counter[str] = Counter()
    kept_pages = []
    for number, lines in enumerate(pages):
        drop = set()
        for index, key in _edge_keys(lines, heights[number]):
            repeats = len(places[key])
            if repeats >= MIN_REPEATS and repeats >= MIN_SHARE * len(pages) and key[0]:
                drop.add(index)
                if _PAGE_NUMBER.fullmatch(lines[index].text) is None:
                    removed[key[0]] += 1
            elif _PAGE_NUMBER.fullmatch(lines[index].text):
                drop.add(index)
        kept_pages.append([line for index, line in enumerate(lines) if index not in drop])
    return kept_pages, [(first_text[key], count) for key, count in removed.most_common()]


def _edge_keys(lines: Sequence[PageLine], height: float) -> list[tuple[int, tuple[str, bool, int]]]:
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
