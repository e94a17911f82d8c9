"""Source text → the words of a document, its paragraphs, and the map back to the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.reading.lines import Line
from qa.reading.markup import clean_lines
from qa.reading.paragraphs import join_paragraphs
from qa.reading.titles import join_titles
from qa.records import SourceSegment


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: ``text[start:end] == line.text`` in the clean text; ``line`` carries what its layout marks said."""

    start: int
    end: int
    line: Line

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class CleanText:
    """The words of a source: one paragraph a line.

    ``source_map`` is as in :class:`qa.records.Document`; its source offsets count code points of the text that the loader
    gave, whose line ends are ``\\n``.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    source_map: tuple[SourceSegment, ...]


def clean(source: str) -> CleanText:
    """The words of ``source`` without layout marks, with joined paragraphs; pure, linear in its length.

    Every non-white character is one of the source, but for the few that a mark stood for (``$\\alpha$`` → α).
    """
    lines = join_paragraphs(join_titles(clean_lines(source)))
    paragraphs: list[Paragraph] = []
    position = 0
    for line in lines:
        paragraphs.append(Paragraph(position, position + len(line.text), line))
        position += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return CleanText(text, tuple(paragraphs), tuple(_segments(paragraphs)))


def _segments(paragraphs: Iterable[Paragraph]) -> Iterable[SourceSegment]:
    """The kept stretches, each as long as text and source run side by side."""
    start = source_start = length = 0
    for paragraph in paragraphs:
        position = paragraph.start
        for run in paragraph.line.runs:
            if run.source_start is not None:
                if length and start + length == position and source_start + length == run.source_start:
                    length += len(run.text)
                else:
                    if length:
                        yield SourceSegment(start, source_start, length)
                    start, source_start, length = position, run.source_start, len(run.text)
            position += len(run.text)
    if length:
        yield SourceSegment(start, source_start, length)
