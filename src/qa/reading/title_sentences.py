"""What the siblings of a numbered clause tell of its first sentence.

（一）着力抓好政策落实，巩固和增强经济回升向好态势。面对各种困难… alone may be plain text; where every clause of the row opens with
such a sentence, or it is set in bold, it is the clause's title. （二）基本原则。 on a line of its own is a heading where the row
has titles, and a plain clause where the others have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.reading import shapes
from qa.reading.clean import Paragraph
from qa.reading.items import title_sentence_end

MAX_TITLE_CHARS = 48
MAX_OWN_LINE_CHARS = 30
MIN_SIBLINGS = 2
_RANKS = (5, 6, 7)  # 一、 and （一） and 1.
_NO_TITLE = re.compile(r"[；：;:]|应当|不得|必须|可以|是指")


@dataclass(frozen=True, slots=True)
class RowTitles:
    """``ends``: paragraph → end of the title sentence before its text; ``headings``: paragraphs that are titles, stop and all;
    ``plain``: paragraphs of rows most of which have no title.
    """

    ends: dict[int, int] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)
    plain: set[int] = field(default_factory=set)


def row_titles(paragraphs: Sequence[Paragraph], first: int) -> RowTitles:
    """What the rows of numbered clauses from paragraph ``first`` on tell; ends are offsets into the paragraph."""
    found = RowTitles()
    for rank in _RANKS:
        for row in _rows(paragraphs, first, rank):
            ends = {index: _title_end(paragraphs, index) for index in row}
            titled = [index for index in row if ends[index]]
            if len(row) >= MIN_SIBLINGS and len(titled) == len(row):
                for index in row:
                    text = paragraphs[index].text
                    if ends[index] == len(text) and text.endswith("。"):
                        found.headings.add(index)
                    elif ends[index] < len(text) and rank != _RANKS[0]:
                        found.ends[index] = ends[index]
                continue
            found.ends.update({i: ends[i] for i in titled if _is_bold(paragraphs[i], ends[i]) and rank != _RANKS[0]})
            if 2 * len(titled) < len(row):
                found.plain.update(row)
    return found


def _rows(paragraphs: Sequence[Paragraph], first: int, rank: int) -> Iterator[list[int]]:
    """The paragraphs with a mark of ``rank`` between two headings or clauses of a higher one."""
    row: list[int] = []
    for index in range(first, len(paragraphs)):
        line = paragraphs[index].line
        mark = None if line.table else shapes.numbering(line.text)
        if mark is not None and mark.rank == rank:
            row.append(index)
        elif row and ((mark is not None and mark.rank < rank) or shapes.ATTACHMENT_LINE.fullmatch(line.text)):
            yield row
            row = []
    if row:
        yield row


def _title_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    """The end of a clause's title: of its first sentence, or of a short line that stands alone; 0 when it has none."""
    text = paragraphs[index].text
    mark = shapes.numbering(text)
    start = mark.end if mark else 0
    end = title_sentence_end(text, start, MAX_TITLE_CHARS)
    if end:
        title = text[start:end]
        return end if title.endswith("。") and not _NO_TITLE.search(title) else 0
    if not shapes.ends_sentence(text):
        return len(text) if len(text) <= MAX_TITLE_CHARS else 0
    following = shapes.numbering(paragraphs[index + 1].text) if index + 1 < len(paragraphs) else None
    has_text_below = index + 1 < len(paragraphs) and not (following and mark and following.rank <= mark.rank)
    short = len(text) <= MAX_OWN_LINE_CHARS and text.endswith("。") and not re.search("[，；：]", text)
    return len(text) if short and has_text_below else 0


def _is_bold(paragraph: Paragraph, end: int) -> bool:
    """Whether the title, its mark and stop aside, is set in bold and the text after it is not."""
    spans = paragraph.line.bold
    return bool(spans) and spans[0][0] == 0 and end - 2 <= spans[0][1] <= end + 1 and end < len(paragraph.text)
