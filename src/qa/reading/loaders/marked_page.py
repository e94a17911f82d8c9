"""Drawing a PDF page with words marked. Runs in the child process."""

from __future__ import annotations

from collections.abc import Sequence

from qa.reading.loaders.page_layout import Box
from qa.reading.loaders.pdf_pages import page_chars, render_page

_MARK = (255, 214, 0)
_EDGE = (178, 34, 34)


def draw(path: str, number: int, picture: str, words: str, before: int, dpi: int) -> int:
    """Writes page ``number`` (from 0) to ``picture`` and returns how many boxes were drawn around ``words``."""
    from PIL import Image, ImageChops, ImageDraw

    scale = render_page(path, number, picture, dpi, grey=False)[0]
    boxes = word_boxes(path, number, words, before) if words else []
    if not boxes:
        return 0
    with Image.open(picture) as opened:
        page = opened.convert("RGB")
    ink = Image.new("RGB", page.size, (255, 255, 255))
    pen = ImageDraw.Draw(ink)
    placed = [tuple(round(edge * scale) for edge in box) for box in boxes]
    for left, top, right, bottom in placed:
        pen.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=_MARK)
    page = ImageChops.multiply(page, ink)
    pen = ImageDraw.Draw(page)
    for left, top, right, bottom in placed:
        pen.rectangle((left - 2, top - 2, right + 2, bottom + 2), outline=_EDGE)
    page.save(picture)
    return len(boxes)


def word_boxes(path: str, number: int, words: str, before: int = 0) -> list[Box]:
    """One box a printed line around ``words`` where they stand the ``before``-th time (from 0) on page ``number`` (from 0), in points
    from the top left; empty when they are not there. White space does not count.
    """
    chars = page_chars(path, number)
    text = "".join(char[0] for char in chars)
    wanted = "".join(words.split())
    place = -1
    for _ in range(before + 1):
        following = text.find(wanted, place + 1)
        if following < 0:
            break
        place = following
    if place < 0 or not wanted:
        return []
    owners = [index for index, char in enumerate(chars) for _ in char[0]]
    found = dict.fromkeys(owners[place : place + len(wanted)])
    return _lines([Box(*chars[index][1:5]) for index in found])


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of characters in order, joined along each line."""
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
