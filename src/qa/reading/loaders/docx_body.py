"""The body of a Word file → lines: accepted text, automatic numbers, text boxes, footnotes, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qa.ports import SourceLine
from qa.reading.loaders.docx_numbers import Numbering, attribute, child, is_on, local_name, number_of
from qa.reading.loaders.docx_styles import Style, Styles, merged, paragraph_marks, run_marks
from qa.reading.loaders.tables import table_lines

if TYPE_CHECKING:
    from lxml import etree

MAX_HEADING_CHARS = 80
"""A paragraph with an outline level that is longer than this is text that was given the wrong style."""
MAX_COLUMNS = 400
_MIN_PICTURE_EMU = 6 * 360_000
"""A picture at least 6 cm wide and high may hold text; a seal or a logo is smaller."""
_BOXES = {  # Wingdings and Wingdings 2, by character code
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0xA8): "□", ("Wingdings", 0x6F): "□", ("Wingdings", 0xFC): "√",
    ("Wingdings", 0xFB): "×", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0xA3): "□", ("Wingdings 2", 0x50): "√",
}  # fmt: skip
_SKIPPED = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sdtPr", "sdtEndPr"})


@dataclass(slots=True)
class Seen:
    """What was met on the way and is worth a word to the user."""

    changes: int = 0
    pictures: int = 0
    foreign: int = 0  # embedded documents that Word shows and this does not read


@dataclass(slots=True)
class _Piece:
    text: str
    bold: bool


@dataclass(slots=True)
class _Words:
    """A paragraph while it is gathered: its lines (at soft breaks), its notes, and its text boxes."""

    lines: list[list[_Piece]] = field(default_factory=lambda: [[]])
    notes: list[tuple[str, str]] = field(default_factory=list)  # (kind, id)
    boxes: list[etree._Element] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def add(self, text: str, bold: bool) -> None:
        line = self.lines[-1]
        if line and (line[-1].bold is bold or text.isspace()):
            line[-1].text += text
        else:
            line.append(_Piece(text, bold))


class BodyReader:
    """Reads the blocks of one document in order; ``notes`` are the footnotes and endnotes by (kind, id)."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], etree._Element], seen: Seen
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._seen = seen
        self._note_count = 0
        self._table_notes: list[SourceLine] | None = None  # footnotes of the table at hand: they come after it
        self._pending: _Words | None = None  # of a paragraph whose end was deleted: it goes on in the next

    def lines(self, container: etree._Element) -> Iterator[SourceLine]:
        """The lines of ``container``'s blocks; empty paragraphs become a blank before the next line."""
        blank = False
        for line in self._block_lines(container):
            if line.text.strip():
                yield line if not blank else _after_blank(line)
                blank = False
            else:
                blank = True

    def _block_lines(self, container: etree._Element) -> Iterator[SourceLine]:
        for element in container:
            kind = local_name(element)
            if kind == "p":
                yield from self._paragraph(element)
            elif kind == "tbl":
                yield from self._table(element)
            elif kind in ("ins", "moveTo"):
                self._seen.changes += 1
                yield from self._block_lines(element)
            elif kind in ("del", "moveFrom"):
                self._seen.changes += 1
            elif kind == "altChunk":
                self._seen.foreign += 1
            elif kind == "AlternateContent":
                yield from self._block_lines(_chosen(element))
            elif kind not in _SKIPPED and kind != "sectPr":
                yield from self._block_lines(element)

    # -------------------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, element: etree._Element) -> Iterator[SourceLine]:
        properties = child(element, "pPr")
        style_id = attribute(child(properties, "pStyle"))
        style = merged(self._styles.of(style_id), paragraph_marks(properties))
        mark = child(properties, "rPr")
        words, self._pending = self._pending or _Words(), None
        self._gather(element, words, bool(style.bold), bool(style.hidden))
        if child(mark, "ins") is not None:
            self._seen.changes += 1
        if child(mark, "del") is not None:
            self._seen.changes += 1
            self._pending = words
            return
        if style.contents:
            return
        has_text = any(piece.text.strip() for line in words.lines for piece in line)
        label = self._label(style, style_id, properties) if has_text else ""
        yield from _paragraph_lines(words, label, style.outline or 0)
        yield from self._beside(words)

    def _beside(self, words: _Words) -> Iterator[SourceLine]:
        """Captions of word art, text boxes and footnotes that hang on a paragraph."""
        for caption in words.captions:
            yield SourceLine(caption, whole=True)
        for box in words.boxes:
            yield from self._block_lines(box)
        for key in words.notes:
            note = self._notes.get(key)
            if note is None:
                continue
            self._note_count += 1
            text = " ".join(line.text.strip() for line in self._block_lines(note) if line.text.strip())
            line = SourceLine(f"［注{self._note_count}］{text}", whole=True)
            if text and self._table_notes is not None:
                self._table_notes.append(line)
            elif text:
                yield line

    def _label(self, style: Style, style_id: str | None, properties: etree._Element | None) -> str:
        """The automatic number; a list that the paragraph itself names counts before one of its style."""
        if style.number is None or style.number == "0":
            return ""
        level = number_of(child(properties, "numPr", "ilvl"))
        if level is None and child(properties, "numPr", "numId") is None:
            level = self._numbering.level_of_style(style.number, style.numbered_by or style_id or "")
        return self._numbering.label(style.number, style.level or 0 if level is None else level)

    def _gather(self, element: etree._Element, words: _Words, bold: bool, hidden: bool) -> None:
        """The words below ``element``, tracked changes accepted, into ``words``."""
        for each in element:
            kind = local_name(each)
            if kind == "r":
                self._run(each, words, bold, hidden)
            elif kind in ("ins", "moveTo"):
                self._seen.changes += 1
                self._gather(each, words, bold, hidden)
            elif kind in ("del", "moveFrom"):
                self._seen.changes += 1
            elif kind == "oMath":
                words.add("".join(str(text.text or "") for text in each.iter() if local_name(text) == "t"), bold)
            elif kind == "AlternateContent":
                self._gather(_chosen(each), words, bold, hidden)
            elif kind not in _SKIPPED:
                self._gather(each, words, bold, hidden)

    def _run(self, run: etree._Element, words: _Words, bold: bool, hidden: bool) -> None:
        properties = child(run, "rPr")
        if properties is not None:
            style = attribute(child(properties, "rStyle"))
            if style is not None:
                named = self._styles.of(style)
                bold = bold if named.bold is None else named.bold
                hidden = hidden if named.hidden is None else named.hidden
            own_bold, own_hidden = run_marks(properties)
            bold = bold if own_bold is None else own_bold
            hidden = hidden if own_hidden is None else own_hidden
        if not hidden:
            self._run_content(run, words, bold)

    def _run_content(self, run: etree._Element, words: _Words, bold: bool) -> None:
        for each in run:
            kind = local_name(each)
            if kind == "t":
                if each.text:
                    words.add(str(each.text), bold)
            elif kind in ("tab", "ptab"):
                words.add("\t", bold)
            elif kind in ("br", "cr"):
                words.lines.append([])
            elif kind == "noBreakHyphen":
                words.add("-", bold)
            elif kind == "sym":
                words.add(_symbol(each), bold)
            elif kind in ("footnoteReference", "endnoteReference"):
                words.notes.append((kind.removesuffix("Reference"), attribute(each, "id") or ""))
            elif kind == "ruby":
                self._gather(
                    child(each, "rubyBase") if child(each, "rubyBase") is not None else each, words, bold, False
                )
            elif kind == "AlternateContent":
                self._run_content(_chosen(each), words, bold)
            elif kind in ("drawing", "pict", "object"):
                self._picture(each, words)

    def _picture(self, element: etree._Element, words: _Words) -> None:
        """Text boxes and word art below a drawing; large pictures are counted."""
        boxes = [each for each in element.iter() if local_name(each) == "txbxContent"]
        outer = [box for box in boxes if not any(local_name(above) == "txbxContent" for above in box.iterancestors())]
        words.boxes += outer if outer else []
        words.captions += [
            text for each in element.iter() if local_name(each) == "textpath" and (text := attribute(each, "string"))
        ]
        extent = next((each for each in element.iter() if local_name(each) == "extent"), None)
        shown = any(local_name(each) in ("blip", "imagedata") for each in element.iter())
        sizes = number_of(extent, "cx") or 0, number_of(extent, "cy") or 0
        if shown and not boxes and min(sizes) >= _MIN_PICTURE_EMU:
            self._seen.pictures += 1

    # ------------------------------------------------------------------------------------------------------ tables

    def _table(self, table: etree._Element) -> Iterator[SourceLine]:
        rows = [(child(row, "trPr"), list(_below(row, "tc"))) for row in _below(table, "tr")]
        kept = [(properties, cells) for properties, cells in rows if child(properties, "del") is None]
        self._seen.changes += len(rows) - len(kept)
        if all(len(cells) <= 1 for _, cells in kept):  # a frame around paragraphs
            for _, cells in kept:
                for cell in cells:
                    yield from self._block_lines(cell)
            return
        outer, self._table_notes = self._table_notes, []
        grid: list[list[str]] = []
        header_rows = 0
        for properties, cells in kept:
            if is_on(child(properties, "tblHeader")) and header_rows == len(grid):
                header_rows += 1
            grid.append(self._row(properties, cells, grid[-1] if grid else []))
        notes, self._table_notes = self._table_notes, outer
        yield SourceLine("")
        yield from table_lines(grid, header_rows or None)
        yield SourceLine("")
        if outer is None:
            yield from notes
        else:
            outer += notes

    def _row(self, properties: etree._Element | None, cells: list[etree._Element], above: list[str]) -> list[str]:
        """The cells of a row by grid column; a merged cell stands in every column and row that it covers."""
        row = [""] * min(max(number_of(child(properties, "gridBefore")) or 0, 0), MAX_COLUMNS)
        for cell in cells:
            marks = child(cell, "tcPr")
            span = min(max(1, number_of(child(marks, "gridSpan")) or 1), MAX_COLUMNS - len(row))
            merge = child(marks, "vMerge")
            if merge is not None and attribute(merge) != "restart":
                text = above[len(row)] if len(above) > len(row) else ""
            else:
                text = " ".join(line.text.strip() for line in self._block_lines(cell) if line.text.strip())
            row += [text] * span
        return row


def _paragraph_lines(words: _Words, label: str, outline: int) -> Iterator[SourceLine]:
    """A line a soft break; ``label`` stands before the first and is bold where the text after it is."""
    several = len(words.lines) > 1
    for pieces in words.lines:
        text = "".join(piece.text for piece in pieces)
        indent = len(text) - len(text.lstrip())
        bold: list[tuple[int, int]] = []
        position = len(label) - indent
        for piece in pieces:
            if piece.bold:
                bold.append((0 if position <= len(label) else position, position + len(piece.text)))
            position += len(piece.text)
        text = label + text[indent:]
        heading = outline if len(text) <= MAX_HEADING_CHARS else 0
        yield SourceLine(text, heading=heading, bold=tuple(bold), whole=not several, indented=indent > 0)
        label = ""


def _after_blank(line: SourceLine) -> SourceLine:
    return replace(line, blank_before=True)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of a shape in two forms the one that holds a text box, else the first."""
    forms = list(alternatives)
    with_text = [form for form in forms if any(local_name(each) in ("txbxContent", "t") for each in form.iter())]
    return (with_text or forms or [alternatives])[0]


def _below(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, content controls and insertions looked through."""
    for each in element:
        name = local_name(each)
        if name == kind:
            yield each
        elif name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
            yield from _below(each, kind)


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _BOXES.get((attribute(element, "font") or "", number & 0xFF), "") if number >= 0xF000 else chr(number)
