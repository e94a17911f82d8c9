"""Which lines are headings by themselves, and of which rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.reading import shapes
from qa.reading.clean import Paragraph
from qa.reading.lines import Line
from qa.reading.title_sentences import RowTitles
from qa.reading.unnumbered import unnumbered_headings

MAX_HEADING_CHARS = 45
MAX_STOPPED_HEADING_CHARS = 30
MAX_ATTACHED_TITLE_CHARS = 60
MIN_ATTACHED_TITLE_CHARS = 6
_FIRST_MARK = re.compile(r"一、|第[一1](?:编|章|条)")

# Ranks of headings; the marks of shapes.numbering (1 to 11) come after these.
ATTACHMENT_RANK, ATTACHED_TITLE_RANK, MARKDOWN_RANK, COLUMN_RANK = -40, -30, -20, -10


@dataclass(frozen=True, slots=True)
class Ranked:
    """A heading before its level is known; ``block`` is its place among the blocks, ``None`` for a run-in title."""

    rank: int
    title: str
    start: int
    end: int
    block: int | None = None


class OwnLines:
    """The lines of a body: paragraphs ``first`` to ``last`` (exclusive), ``signed`` being those of signatures."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], first: int, last: int, signed: set[int], titles: RowTitles
    ) -> None:
        self._paragraphs = paragraphs
        self._first = first
        self._last = last
        self._signed = signed
        self._titles = titles
        self._unnumbered = unnumbered_headings(paragraphs, first, last, signed)

    def following(self, index: int) -> Line | None:
        """The line after a paragraph, ``None`` where the body ends or a signature stands."""
        following = index + 1
        if following >= min(self._last, len(self._paragraphs)) or following in self._signed:
            return None
        return self._paragraphs[following].line

    def rank(self, index: int, headings: Sequence[Ranked]) -> int | None:
        """The rank of a paragraph that is a heading by itself, else ``None``; ``headings`` are those before it."""
        line = self._paragraphs[index].line
        text = line.text
        if shapes.COLUMN.fullmatch(text):
            return COLUMN_RANK
        mark = shapes.numbering(text)
        if shapes.ATTACHMENT_LINE.fullmatch(text):
            return ATTACHMENT_RANK
        if mark is not None:
            return mark.rank if self._is_numbered_heading(index, mark) or line.heading else None
        if line.heading:
            return MARKDOWN_RANK + line.heading
        after_signature = index > self._first and index - 1 in self._signed
        after_attachment = bool(headings) and headings[-1].end == self._paragraphs[index - 1].end
        after_attachment = after_attachment and headings[-1].rank == ATTACHMENT_RANK
        if (
            (after_signature or after_attachment)
            and len(text) <= MAX_ATTACHED_TITLE_CHARS
            and not shapes.PROSE_MARK.search(text)
        ):
            return ATTACHED_TITLE_RANK
        return ATTACHED_TITLE_RANK if self._begins_anew(index, headings) else self._unnumbered.get(index)

    def _begins_anew(self, index: int, headings: Sequence[Ranked]) -> bool:
        """Whether a line is the title of a second document: numbers that were seen before start again below it."""
        text = self._paragraphs[index].text
        if len(text) > MAX_ATTACHED_TITLE_CHARS or shapes.PROSE_MARK.search(text) or not shapes.ends_with_kind(text):
            return False
        if len(text) < MIN_ATTACHED_TITLE_CHARS or index < self._first + 1:
            return False
        for following in self._paragraphs[index + 1 : index + 4]:
            mark = shapes.numbering(following.text)
            if mark is not None:
                first = _FIRST_MARK.fullmatch(mark.label) is not None
                return first and any(heading.rank == mark.rank for heading in headings)
        return False

    def _is_numbered_heading(self, index: int, mark: shapes.Numbering) -> bool:
        text = self._paragraphs[index].text
        title, following = text[mark.end :], self.following(index)
        if not title or len(text) > MAX_HEADING_CHARS or mark.rank == shapes.ARTICLE_RANK:
            return False
        if mark.rank in shapes.CHAPTER_RANKS:
            return not shapes.ends_sentence(title)
        next_mark = shapes.numbering(following.text) if following else None
        listed = next_mark is not None and next_mark.rank == mark.rank
        if shapes.ends_sentence(title):
            before = shapes.numbering(self._paragraphs[index - 1].text) if index else None
            listed = listed or (before is not None and before.rank == mark.rank)
            ends_list = next_mark is not None and next_mark.rank < mark.rank
            plain = title.endswith("。") and not any(c in title[:-1] for c in "。，；：,:")
            if index in self._titles.headings:
                return True
            plain = plain and len(text) <= MAX_STOPPED_HEADING_CHARS
            if plain and next_mark is not None and next_mark.rank > mark.rank:
                return True  # a list stands below it
            return plain and not (listed or ends_list) and mark.rank in (5, 6) and index not in self._titles.plain
        return mark.rank in (5, 6) or (not listed and following is not None and shapes.ends_sentence(following.text))
