"""A draft as a Word file: the quotations as body text, their sources in real footnotes and in a numbered list."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from qa.citing.basket.contents import Contents, Entry, Notes
from qa.citing.basket.word_footnotes import Footnotes
from qa.citing.basket.word_layout import (
    HEADING,
    LIST_HEADING,
    QUOTE,
    REFERENCE,
    REMARK,
    TITLE,
    WARNING,
    new_word_document,
    numbering,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(contents: Contents, notes: Notes = Notes.BOTH) -> bytes:
    """The bytes of a .docx. With references alone, a quotation has the number of its source after it, as ``[1]``; else a footnote."""
    document = new_word_document()
    footnotes = Footnotes(document)
    document.core_properties.title, document.core_properties.author = _xml(contents.title), ""
    document.core_properties.comments = ""
    document.add_paragraph(_xml(contents.title), style=TITLE.name)
    headings = numbering(document, "chineseCountingThousand", "%1、", first_line_pt=HEADING.indent * HEADING.size)
    for section in contents.sections:
        if section.title:
            _numbered(document.add_paragraph(_xml(section.title), style=HEADING.name), headings)
        for entry in section.entries:
            _entry(document, entry, footnotes, notes)
    if contents.references and notes is not Notes.FOOTNOTES:
        _references(document, contents.references)
    footnotes.close()
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _entry(document: WordDocument, entry: Entry, footnotes: Footnotes, notes: Notes) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph(style=QUOTE.name)
    paragraph.paragraph_format.space_before = Pt(8)  # sets one quotation off from the next
    lines = [line for line in _xml(entry.quote).split("\n") if line.strip()]
    for at, line in enumerate(lines):
        paragraph = paragraph if at == 0 else document.add_paragraph(style=QUOTE.name)
        paragraph.add_run(line)
    if notes is Notes.REFERENCES:
        paragraph.add_run(f"[{entry.reference}]").font.superscript = True
    else:
        footnotes.add(paragraph, _xml(entry.footnote))
    if entry.warning:
        from docx.enum.text import WD_COLOR_INDEX

        run = document.add_paragraph(style=WARNING.name).add_run(f"【{_xml(entry.warning)}】")
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    for number, line in enumerate(_xml(entry.note).split("\n") if entry.note else ()):
        document.add_paragraph(f"{'' if number else '备注：'}{line}", style=REMARK.name)


def _references(document: WordDocument, references: tuple[str, ...]) -> None:
    heading = document.add_paragraph("参考文献", style=LIST_HEADING.name)
    heading.paragraph_format.keep_with_next = True
    listed = numbering(document, "decimal", "[%1]", hanging_pt=24)
    for text in references:
        _numbered(document.add_paragraph(_xml(text), style=REFERENCE.name), listed)


def _numbered(paragraph: Paragraph, numbering_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering_id


def _xml(text: str) -> str:
    """``text`` with spaces for the characters that no XML file can hold."""
    return _NOT_XML.sub(" ", text)
