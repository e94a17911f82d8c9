"""Document → passages: one item, or a coherent part of a long one, each with what it stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.reading import shapes
from qa.reading.clauses import clause_label, enumerator
from qa.reading.parts import split_parts
from qa.records import Block, BlockRole, Card, Document, Heading, Passage
from qa.text.sentences import clauses, sentences

MAX_MARGIN_CHARS = 900
"""Masthead and imprint are short forms: they stay in one passage up to this length."""
MAX_OPENING_CHARS = 40
"""Of a document's first words, where they stand in for its title."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks that belong together: one item with all its paragraphs, a masthead, an imprint."""

    blocks: tuple[Block, ...]
    start: int  # with the headings that stand directly before
    heading_path: tuple[str, ...]

    @property
    def role(self) -> BlockRole:
        return self.blocks[0].role

    @property
    def end(self) -> int:
        return self.blocks[-1].end


def passages_of(document: Document) -> list[Passage]:
    """The passages of ``document`` in order; pure.

    ``document.text[p.start:p.end] == p.text``. Passages do not overlap, and every visible character of body, masthead
    and imprint lies in exactly one. Numbered headings stand at the beginning of the first passage below them;
    【栏目】 headings are outside. No passage crosses an item, a heading or a role.
    """
    found: list[Passage] = []
    for group in _groups(document):
        lead = _lead(document, group)
        told = context_of(document.card, group.heading_path, lead)
        breaks = [block.start for block in group.blocks]
        rows = [(block.start, block.end) for block in group.blocks if block.table]
        margin = group.role is not BlockRole.BODY and group.end - group.start <= MAX_MARGIN_CHARS
        spans = (
            [(group.start, group.end)] if margin else split_parts(document.text, group.start, group.end, breaks, rows)
        )
        for start, end in spans:
            context = told or (_opening(document, found[0]) if found else "")
            found.append(
                Passage(
                    document_id=document.id,
                    start=start,
                    end=end,
                    text=document.text[start:end],
                    heading_path=group.heading_path,
                    lead=lead,
                    role=group.role,
                    context=context,
                    title=document.card.title or "",
                    date=document.card.date,
                    kind=document.card.kind,
                    region=document.card.region,
                    clause=_clause(document, group, lead, start, end),
                    issuer=document.card.issuer,
                )
            )
    return found


def context_of(card: Card, heading_path: Sequence[str], lead: str) -> str:
    """What an embedded passage is preceded by: 《title》 期号, date, headings and title sentence, separated by
    spaces.
    """
    title = f"《{card.title}》{card.issue or ''}" if card.title else card.issue or ""
    day = f"{card.date.year}年{card.date.month}月{card.date.day}日" if card.date else ""
    lead = "" if heading_path and heading_path[-1].endswith(lead) else lead
    return " ".join(part for part in (title, day, *heading_path, lead) if part)


def _opening(document: Document, first: Passage) -> str:
    """The words that a document without title, date and headings begins with, for what stands under nothing: later paragraphs of
    an article seldom name what it is about (本鱼栖息于…). At most its first sentence, cut at a clause where that is long.
    """
    start, end = next(iter(sentences(first.text)), (0, len(first.text)))
    whole = [stop for _, stop in clauses(first.text[start:end]) if stop <= MAX_OPENING_CHARS]
    return first.text[start : start + max(whole, default=MAX_OPENING_CHARS)].strip().rstrip("，。！？；：、,:; ")


def _clause(document: Document, group: _Group, lead: str, start: int, end: int) -> str:
    """The clause path in short of where a part of ``group`` begins; empty for masthead and imprint."""
    if group.role is not BlockRole.BODY:
        return ""
    path = [*group.heading_path]
    if lead and not (path and path[-1].endswith(lead)):
        path.append(lead)
    text = document.text[start:end]
    mark = shapes.numbering(text)
    if mark is not None and not any(title.startswith(mark.label) for title in path):
        path.append(mark.label)
    if begun := enumerator(text, 0):
        path.append(begun)
    return clause_label(path)


def _groups(document: Document) -> Iterator[_Group]:
    paths = _Paths(document.headings)
    pending: list[Block] = []
    open_blocks: list[Block] = []
    heading_start: int | None = None
    for block in document.blocks:
        if block.role is BlockRole.HEADING:
            yield from _closed(open_blocks, heading_start, paths)
            open_blocks, heading_start = [], None
            if document.text[block.start] == "【":
                pending = []
            else:
                pending.append(block)
            continue
        starts_item = block.item or (bool(open_blocks) and open_blocks[-1].role is not block.role)
        if starts_item and open_blocks:
            yield from _closed(open_blocks, heading_start, paths)
            open_blocks, heading_start = [], None
        if not open_blocks and block.role is BlockRole.BODY:
            heading_start = pending[0].start if pending else None
            pending = []
        open_blocks.append(block)
    yield from _closed(open_blocks, heading_start, paths)


def _closed(blocks: list[Block], heading_start: int | None, paths: _Paths) -> Iterator[_Group]:
    if blocks:
        start = blocks[0].start if heading_start is None else heading_start
        path = paths.at(blocks[0].start) if blocks[0].role is BlockRole.BODY else ()
        yield _Group(tuple(blocks), start, path)


class _Paths:
    """The heading path at a place; asked in ascending order."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._headings = headings
        self._next = 0
        self._open: list[Heading] = []

    def at(self, position: int) -> tuple[str, ...]:
        """Titles of the headings above ``position``, outermost first; a run-in title that starts there counts."""
        while self._next < len(self._headings) and self._headings[self._next].start <= position:
            heading = self._headings[self._next]
            while self._open and self._open[-1].level >= heading.level:
                self._open.pop()
            self._open.append(heading)
            self._next += 1
        return tuple(heading.title for heading in self._open)


def _lead(document: Document, group: _Group) -> str:
    first = group.blocks[0]
    if group.role is not BlockRole.BODY or first.lead_end is None:
        return ""
    return document.text[first.start : first.lead_end].strip().rstrip("。！？：: ").strip("【】—")
