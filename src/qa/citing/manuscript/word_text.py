"""The words of a .docx in reading order, each leading back to the run that holds it.

Tracked changes count as accepted; the header cells of a table stand before the figures under them; footnotes, endnotes
and text boxes follow what they belong to. Structure of ECMA-376 Part 1 (WordprocessingML), §17.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.citing.manuscript.word_tables import cell_words, cells, has_digit, header_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"

_TRANSPARENT = {
    _W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo")
}
_TAKEN_OUT = {_W + name for name in ("del", "moveFrom")}
_STOPS = "。！？!?；;：:，,、\n"
_LONGEST_HEADING = 60
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class Piece:
    """``text[start:end]`` stands in ``element`` (a ``w:t``), from its first character on.

    ``anchor`` is the run of the body that a comment on it is fastened to where the words stand elsewhere (footnote,
    text box), else ``None``: the run around ``element``.
    """

    start: int
    end: int
    element: Element
    anchor: Element | None = None


@dataclass(slots=True)
class WordText:
    """The text of a document with its pieces in order; ``unread`` counts what holds words that were not read."""

    text: str
    pieces: list[Piece]
    unread: Counter[str]
    tracked: bool


def word_text(document: WordDocument) -> WordText:
    """The words of the body, then of the notes that it refers to; headings are marked as in Markdown."""
    reader = _Reader(_heading_styles(document))
    reader.story(document.element.body)
    for kind, number, run in reader.notes:
        note = _note(document, kind, number)
        if note is not None:
            reader.story(note, anchor=run)
    return WordText("".join(reader.parts).rstrip(), reader.pieces, reader.unread, reader.tracked)


@dataclass(slots=True)
class _Reader:
    heading_styles: frozenset[str]
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    boxes: list[tuple[Element, Element]] = field(default_factory=list)
    tracked: bool = False
    length: int = 0
    in_row: bool = False

    # ------------------------------------------------------------------------------------------------------- blocks

    def story(self, container: Element, anchor: Element | None = None) -> None:
        """Paragraphs and tables of a body, a cell, a note or a text box."""
        for child in container:
            if child.tag == _W + "p":
                self._paragraph(child, anchor)
            elif child.tag == _W + "tbl":
                self._table(child, anchor)
            elif child.tag == _W + "sdt":
                self.story(_content(child), anchor)
            elif child.tag in _TRANSPARENT:
                self.story(child, anchor)
            elif child.tag == _W + "altChunk":
                self.unread["嵌入的文件"] += 1

    def _paragraph(self, paragraph: Element, anchor: Element | None) -> None:
        if not self.in_row and self._is_heading(paragraph):
            self._emit("# ")
        self._inline(paragraph, anchor)
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self.tracked = True  # the paragraph goes on in the next one
            return
        self._break()
        boxes, self.boxes = self.boxes, []
        for box, run in boxes:
            self.story(box, anchor if anchor is not None else run)

    def _is_heading(self, paragraph: Element) -> bool:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        outlined = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        named = style is not None and style.get(_W + "val") in self.heading_styles
        level = outlined is not None and outlined.get(_W + "val") != "9"
        words = "".join(t.text or "" for t in paragraph.iter(_W + "t"))
        return (named or level) and len(words) <= _LONGEST_HEADING and words[-1:] not in "。；！？"

    def _table(self, table: Element, anchor: Element | None) -> None:
        rows = [row for row in table.iter(_W + "tr") if next(row.iterancestors(_W + "tbl")) is table]
        header = header_of(rows)
        for at, row in enumerate(rows):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.tracked = True
                continue
            if at == 0 and header:
                self._emit("# ")
            self._row(row, header if at else [], anchor)
            self._emit("\n\n")

    def _row(self, row: Element, header: list[str], anchor: Element | None) -> None:
        outer, self.in_row = self.in_row, True
        row_cells = cells(row)
        named = header if len(header) == len(row_cells) > 1 else [""] * len(row_cells)
        for at, cell in enumerate(row_cells):
            if at and cell_words(cell):
                self._soft_break("：" if at == 1 and not has_digit(cell_words(row_cells[0])) else "，")
                self._emit(named[at] if has_digit(named[at]) and named[at] not in cell_words(cell) else "")
            self.story(cell, anchor)
        self.in_row = outer

    def _break(self) -> None:
        if self.in_row:
            return
        self._emit("\n\n")

    def _soft_break(self, mark: str) -> None:
        last = self.parts[-1][-1:] if self.parts else "\n"
        if last not in _STOPS:
            self._emit(mark)

    # ------------------------------------------------------------------------------------------------------- inline

    def _inline(self, container: Element, anchor: Element | None) -> None:
        for child in container:
            if child.tag == _W + "r":
                self._run(child, anchor)
            elif child.tag in _TRANSPARENT:
                self.tracked |= child.tag in (_W + "ins", _W + "moveTo")
                self._inline(child, anchor)
            elif child.tag in _TAKEN_OUT:
                self.tracked = True
            elif child.tag == _W + "sdt":
                self._inline(_content(child), anchor)
            elif child.tag.startswith(_M):
                self._emit("".join(t.text or "" for t in child.iter(_M + "t")))

    def _run(self, run: Element, anchor: Element | None) -> None:
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        if hidden is not None and hidden.get(_W + "val") not in _OFF:
            self.unread["隐藏文字"] += 1
            return
        for child in run:
            name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
            if name == "t":
                self._words(child, anchor)
            elif name in ("tab", "ptab"):
                self._emit(" ")
            elif name in ("br", "cr"):
                self._emit("\n")
            elif name == "noBreakHyphen":
                self._emit("-")
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name[:-9], child.get(_W + "id"), anchor if anchor is not None else run))
            elif name == "ruby":
                for base in child.iterfind(f"{_W}rubyBase/{_W}r"):
                    self._run(base, anchor if anchor is not None else run)
            elif name in ("drawing", "pict", "object") or child.tag == _MC + "AlternateContent":
                self._drawing(child, run)

    def _words(self, element: Element, anchor: Element | None) -> None:
        words = element.text or ""
        if words:
            self.pieces.append(Piece(self.length, self.length + len(words), element, anchor))
            self._emit(words)

    def _drawing(self, drawing: Element, run: Element) -> None:
        if drawing.tag == _MC + "AlternateContent":
            chosen = drawing.find(_MC + "Choice")
            drawing = chosen if chosen is not None else drawing
        inside = [box for box in drawing.iter(_W + "txbxContent") if not any(_boxes_around(box, drawing))]
        self.boxes.extend((box, run) for box in inside)
        self.unread["图片"] += sum(1 for e in drawing.iter(_A + "blip", _V + "imagedata") if not _in_object(e))
        self.unread["图表"] += sum(1 for _ in drawing.iter(_CHART, _DIAGRAM))
        self.unread["嵌入的对象"] += drawing.tag == _W + "object"

    def _emit(self, words: str) -> None:
        if words:
            self.parts.append(words)
            self.length += len(words)


def _boxes_around(box: Element, within: Element) -> list[Element]:
    """The text boxes inside ``within`` that hold ``box``: their own paragraphs will bring it."""
    return [a for a in box.iterancestors(_W + "txbxContent") if any(b is a for b in within.iter(_W + "txbxContent"))]


def _in_object(element: Element) -> bool:
    return next(element.iterancestors(_W + "object"), None) is not None


def _content(sdt: Element) -> Element:
    """The content of a content control."""
    found: Element | None = sdt.find(_W + "sdtContent")
    return sdt if found is None else found  # what else a control holds are its properties


def _heading_styles(document: WordDocument) -> frozenset[str]:
    """Ids of the styles that are headings, by their names in any edition of Word (those are English inside the file)."""
    found = set()
    for style in document.styles.element.iterfind(_W + "style"):
        name = style.find(_W + "name")
        if name is not None and name.get(_W + "val", "").lower().startswith(("heading", "title", "subtitle", "标题")):
            found.add(style.get(_W + "styleId"))
    return frozenset(found)


def _note(document: WordDocument, kind: str, number: str) -> Element | None:
    """The footnote or endnote of that id."""
    from docx.oxml.parser import parse_xml

    note: Element
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}s"):
            for note in parse_xml(relation.target_part.blob).iterfind(f"{_W}{kind}"):
                if note.get(_W + "id") == number:
                    return note
    return None
