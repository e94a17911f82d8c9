"""Source text → the words of a document, its paragraphs, and the map back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.ports import Loaded, SourceLine, SourcePage
from qa.reading.lines import Line, Run
from qa.reading.markdown_tables import table_rows
from qa.reading.markup import clean_line, clean_lines
from qa.reading.paragraphs import join_paragraphs
from qa.reading.titles import join_titles
from qa.records import PageStart, SourceSegment


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
    pages: tuple[PageStart, ...] = ()


def clean(source: str | Loaded) -> CleanText:
    """The words of ``source`` without layout marks, with joined paragraphs; pure, linear in its length.

    Every non-white character is one of the source, but for the few that a mark stood for (``$\\alpha$`` → α).
    """
    loaded = Loaded(source) if isinstance(source, str) else source
    given = clean_lines(loaded.text) if loaded.lines is None else _format_lines(loaded.lines)
    lines = join_paragraphs(join_titles(table_rows(given)))
    paragraphs: list[Paragraph] = []
    position = 0
    for line in lines:
        paragraphs.append(Paragraph(position, position + len(line.text), line))
        position += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    segments = tuple(_segments(paragraphs))
    return CleanText(text, tuple(paragraphs), segments, tuple(_page_starts(loaded, segments)))


def _format_lines(lines: Iterable[SourceLine]) -> Iterator[Line]:
    """Lines of a format that marks its structure by itself; what its text holds is taken as words, never as marks."""
    offset = 0
    blank = False
    for line in lines:
        marks = replace(line, blank_before=line.blank_before or blank)
        if cleaned := clean_line(marks, Run(line.text, offset)):
            yield cleaned
            blank = False
        else:
            blank = True
        offset += len(line.text) + 1


def _page_starts(loaded: Loaded, segments: Sequence[SourceSegment]) -> Iterator[PageStart]:
    """Where each page begins in the clean text: at the first kept character of its first line that has any."""
    known = {page.number: page for page in loaded.pages}
    sources = [segment.source_start for segment in sorted(segments, key=lambda segment: segment.source_start)]
    places = {segment.source_start: segment for segment in segments}
    offset, current = 0, None
    for line in loaded.lines or ():
        end = offset + len(line.text)
        if line.page is not None and line.page != current and line.text:
            start = _first_kept(offset, end, sources, places)
            if start is not None:
                current = line.page
                page = known.get(current, SourcePage(current))
                yield PageStart(start, page.number, page.label, page.confidence, page.doubtful)
        offset = end + 1


def _first_kept(start: int, end: int, sources: Sequence[int], places: dict[int, SourceSegment]) -> int | None:
    """The place in the clean text of the first character of the source stretch ``[start, end)`` that was kept."""
    before = bisect_right(sources, start) - 1
    if before >= 0:
        segment = places[sources[before]]
        if start < segment.source_start + segment.length:
            return segment.start + start - segment.source_start
    after = before + 1
    return places[sources[after]].start if after < len(sources) and sources[after] < end else None


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
