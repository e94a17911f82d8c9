"""Where words stand in a document, as officials say it: 第三部分（二）第1点, 【科技兴蒙】“一批项目签约落地准旗”."""

from __future__ import annotations

import re

from qa.records import Block, BlockRole, Document

_NUMERAL = "一二三四五六七八九十百"
_ENUMERATION = re.compile(rf"(?:^|[。；;：:，,])\s*((?:[{_NUMERAL}]{{1,3}}是)|(?:第[{_NUMERAL}]{{1,3}}(?=[，,是])))")
_OUTSIDE = (BlockRole.MASTHEAD, BlockRole.IMPRINT)
_LABELS = (
    (re.compile(rf"\s*([{_NUMERAL}]{{1,4}})、"), "第{}部分"),
    (re.compile(rf"\s*[（(]([{_NUMERAL}]{{1,4}})[）)]"), "（{}）"),
    (re.compile(r"\s*(\d{1,3})[.．、]"), "第{}点"),
    (re.compile(r"\s*[（(](\d{1,3})[）)]"), "（{}）"),
    (re.compile(rf"\s*(第[{_NUMERAL}\d]{{1,5}}[编章节条款])"), "{}"),
    (re.compile(rf"\s*([{_NUMERAL}]{{1,3}}是)$"), "{}"),
)


def clause_path(document: Document, position: int) -> tuple[str, ...]:
    """From the outermost heading inwards to the item's title sentence and the enumeration (一是…) at ``position``.

    Empty where the document has no structure there. ``position`` is in code points of ``document.text``.
    """
    if any(b.start <= position < b.end and b.role in _OUTSIDE for b in document.blocks):
        return ()
    titles, last_heading = _headings(document, position)
    item, block = _item_and_block(document, last_heading, position)
    if item is not None and item.lead_end is not None and item.lead_end > item.start:
        titles.append(document.text[item.start : item.lead_end].strip().rstrip("。：:"))
    if block is not None:
        titles.extend(_enumerator(document.text[block.start : block.end], position - block.start))
    return tuple(title for title in titles if title)


def heading_path(document: Document, position: int) -> tuple[str, ...]:
    """The titles of the headings over ``position``, the outermost first."""
    if any(b.start <= position < b.end and b.role in _OUTSIDE for b in document.blocks):
        return ()
    return tuple(title for title in _headings(document, position)[0] if title)


def clause_label(path: tuple[str, ...]) -> str:
    """A clause path in short: numbered headings by their numbers, the first other one in 【】, further ones in “”."""
    parts: list[str] = []
    for title in path:
        for pattern, form in _LABELS:
            if match := pattern.match(title):
                parts.append(form.format(match.group(1)))
                break
        else:
            parts.append(f"“{title}”" if any(part.startswith("【") for part in parts) else f"【{title.strip('【】')}】")
    return "".join(parts)


def _headings(document: Document, position: int) -> tuple[list[str], int]:
    """The titles over ``position``, and where the last heading before it ends."""
    path: list[tuple[int, str]] = []
    last_heading = 0
    for heading in document.headings:
        if heading.start > position:
            break
        path = [(level, title) for level, title in path if level < heading.level]
        path.append((heading.level, heading.title.strip()))
        last_heading = heading.end
    return [title for _, title in path], last_heading


def _item_and_block(document: Document, after: int, position: int) -> tuple[Block | None, Block | None]:
    """The block at ``position`` and the block that opened its item, looking back no further than ``after``."""
    item = here = None
    for block in document.blocks:
        if block.start > position:
            break
        if block.start < after or block.role is not BlockRole.BODY:
            item = None
            continue
        item = block if block.item else item
        here = block if position < block.end else None
    return item, here


def _enumerator(text: str, position: int) -> list[str]:
    found = [match.group(1) for match in _ENUMERATION.finditer(text) if match.start(1) <= position]
    return found[-1:]
