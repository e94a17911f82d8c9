"""Where words stand in a document, as officials say it: 第三部分（二）第1点, 【科技兴蒙】“一批项目签约落地准旗”."""

from __future__ import annotations

from qa.reading.clauses import clause_label, enumerator
from qa.records import Block, BlockRole, Document, Span

__all__ = ["clause_label", "clause_path", "heading_path"]

_BESIDE_HEADINGS = " \u3000\n。.：:；;、"
_OUTSIDE = (BlockRole.MASTHEAD, BlockRole.IMPRINT)


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
        titles.append(enumerator(document.text[block.start : block.end], position - block.start))
    return tuple(title for title in titles if title)


def heading_path(document: Document, position: int) -> tuple[str, ...]:
    """The titles of the headings over ``position``, the outermost first."""
    if any(b.start <= position < b.end and b.role in _OUTSIDE for b in document.blocks):
        return ()
    return tuple(title for title in _headings(document, position)[0] if title)


def headings_of(document: Document, span: Span) -> tuple[str, ...]:
    """The titles of the headings that the words of ``span`` stand under, the outermost first.

    Where the span begins with headings, as a passage may, they count: its words stand under the last of them.
    """
    position = reached = span.start
    for heading in document.headings:
        if span.start <= heading.start < span.end:
            if document.text[reached : heading.start].strip(_BESIDE_HEADINGS):
                break
            position, reached = heading.start, heading.end
    return heading_path(document, position)


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
