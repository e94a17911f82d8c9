"""Real Word footnotes, which python-docx 1.2 does not make: the part ``footnotes.xml`` and the marks that lead to it.

ECMA-376 part 1, 17.11: notes 0 and 1 of :data:`_SEPARATORS` draw the line above the notes; ours begin at 2. The marks are ①②③, from
① again on every page, as Chinese print has them (``decimalEnclosedCircleChinese``, 17.18.59).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_FIRST_ID = 2
_NUMBERING = (
    '<w:footnotePr {ns}><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:numRestart w:val="eachPage"/></w:footnotePr>'
)


class Footnotes:
    """The footnotes of one document. The styles ``FootnoteText`` and ``FootnoteReference`` must be there; call :meth:`close` last."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._notes: list[str] = []

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Puts a mark at the end of ``paragraph`` and ``text`` at the foot of its page."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        number = _FIRST_ID + len(self._notes)
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
        mark = f'<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/>'
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{mark}</w:r>"))

    def close(self) -> None:
        """Puts the part into the document. Nothing is put in where there are no footnotes."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        if not self._notes:
            return
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        )
        part = self._document.part
        made = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, xml.encode(), part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        declared = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>'
        )
        compat = settings.find(qn("w:compat"))  # the schema wants this order
        if compat is None:
            settings.append(declared)
        else:
            compat.addprevious(declared)
        for section in self._document.sections:
            first = next(each for each in section._sectPr if not each.tag.endswith("Reference"))
            first.addprevious(parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
