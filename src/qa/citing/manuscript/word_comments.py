"""The same .docx with a comment beside every claim and quotation that was checked.

A comment is fastened to the very runs that hold the words: runs are parted where a claim begins or ends inside one, and
nothing else of the document changes. What stands in a footnote or a text box, where Word takes no comments, is commented
at its place in the body. For a plain text a new .docx is made, a paragraph a line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING

from qa.citing.finding import Finding
from qa.citing.manuscript.reading import Manuscript, open_word
from qa.citing.manuscript.remarks import remark
from qa.citing.manuscript.word_text import Piece, word_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

AUTHOR = "引证核稿"
_INITIALS = "核"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FONT = "宋体"


def with_comments(manuscript: Manuscript, findings: Sequence[Finding]) -> bytes:
    """The .docx of ``manuscript`` with a comment for each of ``findings`` (of the same manuscript), in their order."""
    if manuscript.word is None:
        document, pieces = _written(manuscript.text)
    else:
        document = open_word(manuscript.name, manuscript.word)
        pieces = word_text(document).pieces
    _part_at(pieces, sorted({at for finding in findings for at in (finding.start, finding.end)}))
    for finding in findings:
        held = [p for p in pieces if p.start < finding.end and finding.start < p.end]
        if held:
            _comment(document, _run_of(held[0]), _run_of(held[-1]), remark(finding))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _comment(document: WordDocument, first: Element, last: Element, text: str) -> None:
    from docx.text.run import Run

    runs = [Run(element, document._body) for element in (first, last)]
    document.add_comment(runs, text, AUTHOR, _INITIALS)


def _run_of(piece: Piece) -> Element:
    return piece.anchor if piece.anchor is not None else piece.element.getparent()


def _part_at(pieces: list[Piece], cuts: Sequence[int]) -> None:
    """Parts the runs of the body (and ``pieces``) so that none goes on across one of ``cuts``."""
    for cut in cuts if pieces else ():
        at = bisect_right(pieces, cut, key=lambda piece: piece.start) - 1
        piece = pieces[at] if at >= 0 else None
        if piece is not None and piece.anchor is None and piece.start < cut < piece.end:
            pieces.insert(at + 1, Piece(cut, piece.end, _part_words(piece.element, cut - piece.start)))
            piece.end = cut
        after = bisect_left(pieces, cut, key=lambda piece: piece.start)
        before, beyond = pieces[max(0, after - 1)], pieces[min(after, len(pieces) - 1)]
        same_run = before.element.getparent() is beyond.element.getparent() and before is not beyond
        if same_run and before.anchor is None:
            _part_run(before.element)


def _part_words(text: Element, offset: int) -> Element:
    """Parts a ``w:t`` in two; gives the second."""
    words = text.text or ""
    rest: Element = text.makeelement(text.tag, {_SPACE: "preserve"}, text.nsmap)
    text.text, rest.text = words[:offset], words[offset:]
    text.set(_SPACE, "preserve")
    text.addnext(rest)
    return rest


def _part_run(last: Element) -> None:
    """Moves what follows ``last`` in its run into a new run of the same look."""
    run = last.getparent()
    beyond = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    properties = run.find(_W + "rPr")
    if properties is not None:
        beyond.append(deepcopy(properties))
    beyond.extend(list(last.itersiblings()))
    run.addnext(beyond)


def _written(text: str) -> tuple[WordDocument, list[Piece]]:
    """A new document with a paragraph for each line of ``text`` that has words, and where they stand."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = _FONT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    pieces, position = [], 0
    for line in text.split("\n"):
        words = "".join(c if c == "\t" or (c >= " " and c not in "\x7f\ufffe\uffff") else " " for c in line)
        if words.strip():
            run = document.add_paragraph().add_run()
            element = run._r.makeelement(_W + "t", {_SPACE: "preserve"}, run._r.nsmap)
            element.text = words.replace("\t", " ")
            run._r.append(element)
            pieces.append(Piece(position, position + len(line), element))
        position += len(line) + 1
    return document, pieces
