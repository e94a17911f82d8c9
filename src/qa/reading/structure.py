"""Paragraphs → blocks with their roles, and headings with their levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.reading import shapes
from qa.reading.clean import Paragraph
from qa.reading.endings import Signature, find_signatures, imprint_start
from qa.reading.items import Column, opening, run_in_title_end
from qa.reading.masthead import Masthead, read_masthead
from qa.reading.own_lines import COLUMN_RANK, OwnLines, Ranked
from qa.reading.title_sentences import row_titles
from qa.records import Block, BlockRole, Heading

MIN_CLAUSE_CHARS = 80
"""A （一） without a title that is shorter than this is an entry of a list and stays with the text before it."""
MIN_BOLD_TITLES = 2
MAX_CAPTION_CHARS = 60
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单位\s?[：:]\s?[^\s，。；]{1,16}[）)]?")


@dataclass(frozen=True, slots=True)
class Structure:
    """What the form of a text says. Blocks and headings are in the order of the text."""

    masthead: Masthead
    signatures: tuple[Signature, ...]
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]


def read_structure(paragraphs: Sequence[Paragraph]) -> Structure:
    """Blocks, headings, masthead and signatures of a clean text; pure."""
    masthead = read_masthead(paragraphs)
    signatures = find_signatures(paragraphs, len(masthead))
    imprint = imprint_start(paragraphs, len(masthead))
    signed = {index for signature in signatures for index in range(signature.first, signature.last + 1)}
    body = _Body(paragraphs, masthead, signed, imprint)
    body.read()
    blocks, headings = _without_empty_headings(body.blocks, body.headings)
    return Structure(masthead, tuple(signatures), tuple(blocks), tuple(_levelled(headings)))


class _Body:
    """One walk over the paragraphs, with what has been seen on the way."""

    def __init__(self, paragraphs: Sequence[Paragraph], masthead: Masthead, signed: set[int], imprint: int) -> None:
        self._paragraphs = paragraphs
        self._masthead = masthead
        self._signed = signed
        self._imprint = imprint
        self._bold_titles = _bold_titles(paragraphs) >= MIN_BOLD_TITLES
        self._column = Column(bold_titles=self._bold_titles)
        self._titles = row_titles(paragraphs, len(masthead))
        self._own_lines = OwnLines(paragraphs, len(masthead), imprint, signed, self._titles)
        self.blocks: list[Block] = []
        self.headings: list[Ranked] = []

    def read(self) -> None:
        """Fills ``blocks`` and ``headings``."""
        for index, paragraph in enumerate(self._paragraphs):
            if index < len(self._masthead):
                self._add(BlockRole.MASTHEAD, paragraph)
            elif index in self._signed or index >= self._imprint:
                self._add(BlockRole.IMPRINT, paragraph)
            else:
                self._body_paragraph(index, paragraph)

    def _body_paragraph(self, index: int, paragraph: Paragraph) -> None:
        if paragraph.line.table:
            self.blocks.append(Block(BlockRole.BODY, paragraph.start, paragraph.end, table=True))
            return
        if self._in_attachment_note(index):
            self._add(BlockRole.BODY, paragraph)
            return
        rank = self._own_lines.rank(index, self.headings)
        if rank is not None:
            self._heading(rank, paragraph)
            return
        mark = shapes.numbering(paragraph.text)
        if mark is not None:
            self._numbered(paragraph, mark, self._title_end(index, mark))
            return
        column = shapes.COLUMN.match(paragraph.text)
        if column is not None:
            self._column = Column(titled=True, bold_titles=self._bold_titles)
            end = paragraph.start + column.end()
            self._run_in(COLUMN_RANK, column["title"], paragraph.start, end)
            self._add(BlockRole.BODY, paragraph, item=True, lead_end=end)
            return
        if self._stands_before_a_table(index) and _is_caption(paragraph.text):
            self._add(BlockRole.BODY, paragraph, item=True, lead_end=paragraph.end)
            return
        opened = opening(paragraph.line, self._own_lines.following(index), self._column)
        lead = opened.lead_end if opened else 0
        self._add(BlockRole.BODY, paragraph, item=opened is not None, lead_end=paragraph.start + lead)

    def _in_attachment_note(self, index: int) -> bool:
        """Whether a paragraph goes on with 附件：1.…: its 2., 3. are names of attachments, not points of the text."""
        number = shapes.FURTHER_ATTACHMENT.fullmatch(self._paragraphs[index].text)
        first = index - int(number["number"]) + 1 if number else index
        if number is None or first >= index or first < len(self._masthead):
            return False
        if not shapes.FIRST_ATTACHMENT.fullmatch(self._paragraphs[first].text):
            return False
        between = (shapes.FURTHER_ATTACHMENT.fullmatch(p.text) for p in self._paragraphs[first + 1 : index])
        return all(each and int(each["number"]) == place for place, each in enumerate(between, start=2))

    def _title_end(self, index: int, mark: shapes.Numbering) -> int:
        if index in self._titles.plain:
            return self._titles.ends.get(index, 0)
        return run_in_title_end(self._paragraphs[index].text, mark.end) or self._titles.ends.get(index, 0)

    def _stands_before_a_table(self, index: int) -> bool:
        """Whether nothing but the unit of its figures may stand between; that line itself names no table."""
        if _UNIT_LINE.fullmatch(self._paragraphs[index].text):
            return False
        following = self._own_lines.following(index)
        if following is not None and _UNIT_LINE.fullmatch(following.text):
            following = self._own_lines.following(index + 1)
        return following is not None and following.table

    def _numbered(self, paragraph: Paragraph, mark: shapes.Numbering, title_end: int) -> None:
        """A numbered paragraph that is no heading by itself: an article, a clause with or without a title, a list entry.

        ``title_end`` is the end of its title sentence, 0 where it has none.
        """
        text, start = paragraph.text, paragraph.start
        self._column.empty = False
        if mark.rank == shapes.ARTICLE_RANK:
            self._run_in(mark.rank, mark.label, start, start + mark.end)
            self._add(BlockRole.BODY, paragraph, item=True, lead_end=start)
            return
        end = title_end
        if end:
            self._run_in(mark.rank, text[:end].rstrip("。"), start, start + end)
        elif self._beside_heading(mark.rank):
            self._run_in(mark.rank, mark.label, start, start + mark.end)
        is_clause = mark.rank == 5 or (mark.rank == 6 and len(text) >= MIN_CLAUSE_CHARS)
        self._add(BlockRole.BODY, paragraph, item=bool(end) or is_clause, lead_end=start + end)

    def _beside_heading(self, rank: int) -> bool:
        """Whether a heading of this rank is open: a clause without a title then ends it."""
        for heading in reversed(self.headings):
            if heading.rank <= rank:
                return heading.rank == rank
        return False

    def _heading(self, rank: int, paragraph: Paragraph) -> None:
        title = re.sub(r"\s+", " ", paragraph.text.strip("【】").rstrip("。"))
        self._column = Column(titled=rank == COLUMN_RANK, bold_titles=self._bold_titles)
        self.headings.append(Ranked(rank, title, paragraph.start, paragraph.end, len(self.blocks)))
        self._add(BlockRole.HEADING, paragraph)

    def _run_in(self, rank: int, title: str, start: int, end: int) -> None:
        self.headings.append(Ranked(rank, title, start, end))

    def _add(self, role: BlockRole, paragraph: Paragraph, *, item: bool = False, lead_end: int | None = None) -> None:
        lead_end = lead_end if lead_end is not None and lead_end > paragraph.start else None
        self.blocks.append(Block(role, paragraph.start, paragraph.end, item, lead_end if item else None))


def _is_caption(text: str) -> bool:
    """Whether a line before a table names it: its rows then carry it."""
    return len(text) <= MAX_CAPTION_CHARS and not text.endswith(("。", "！", "？", "；"))


def _bold_titles(paragraphs: Sequence[Paragraph]) -> int:
    return sum(
        bool(p.line.bold) and p.line.bold[0][0] == 0 and p.line.bold[0][1] < len(p.text) and not shapes.is_apart(p.text)
        for p in paragraphs
    )


def _without_empty_headings(blocks: list[Block], headings: list[Ranked]) -> tuple[list[Block], list[Ranked]]:
    """Numbered headings with nothing below them are list entries: they become body, so that they can be found."""
    kept: list[Ranked] = []
    changed = list(blocks)
    for position, heading in enumerate(headings):
        following = headings[position + 1] if position + 1 < len(headings) else None
        if heading.block is not None and heading.rank > 0 and _is_empty(heading, following, blocks):
            changed[heading.block] = replace(blocks[heading.block], role=BlockRole.BODY, item=heading.rank in (5, 6))
        else:
            kept.append(heading)
    return changed, kept


def _is_empty(heading: Ranked, following: Ranked | None, blocks: list[Block]) -> bool:
    assert heading.block is not None
    after = blocks[heading.block + 1] if heading.block + 1 < len(blocks) else None
    if after is None or after.role is BlockRole.IMPRINT:
        return True
    return after.role is BlockRole.HEADING and following is not None and following.rank <= heading.rank


def _levelled(headings: Sequence[Ranked]) -> Iterator[Heading]:
    """Headings with their depth: 1 is outermost."""
    open_ranks: list[int] = []
    for heading in headings:
        while open_ranks and open_ranks[-1] >= heading.rank:
            open_ranks.pop()
        open_ranks.append(heading.rank)
        yield Heading(len(open_ranks), heading.title, heading.start, heading.end)
