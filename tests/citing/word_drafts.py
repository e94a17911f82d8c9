"""Drafts of Word for the tests, with what real ones have: tables, notes, text boxes, tracked changes, pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_W = nsdecls("w")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_paragraphs(*texts: str) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def rich_draft() -> bytes:
    """One of everything; what a reader should see of it is in ``RICH_TEXT``."""
    document = Document()
    document.add_heading("2020年科技工作总结", 1)
    first = document.add_paragraph("2020年，全市科技特派员引进新品种")
    first.add_run("556个").bold = True
    first.add_run("，推广新技术348项。会议强调要“把科技创新作为推动发展的‘第一工程’来抓”")
    first.add_run("。我市共选派各级科技特派员535人。")
    tracked = document.add_paragraph("服务农牧民")
    tracked._p.append(parse_xml(f'<w:del {_W} w:id="90"><w:r><w:delText>逾5万户</w:delText></w:r></w:del>'))
    tracked._p.append(parse_xml(f'<w:ins {_W} w:id="91"><w:r><w:t>近3万户</w:t></w:r></w:ins>'))
    tracked.add_run("。")
    table = document.add_table(rows=3, cols=3)
    rows = (("指标", "2020年", "备注"), ("引进新品种", "565个", "略"), ("推广新技术", "384项", ""))
    for at, row in enumerate(rows):
        for cell, words in zip(table.rows[at].cells, row, strict=True):
            cell.text = words
    boxed = document.add_paragraph("旁边有文本框")
    boxed.add_run()._r.append(
        parse_xml(
            f'<w:pict {_W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>2024年，全市科技支出24.82亿元。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )
    document.add_paragraph("如图：").add_run().add_picture(BytesIO(_picture()))
    noted = document.add_paragraph("答复函已经印发。")
    noted.add_run()._r.append(parse_xml(f'<w:footnoteReference {_W} w:id="2"/>'))
    _add_footnote(document, "签发人是张秀玲。")
    return saved(document)


RICH_TEXT = """# 2020年科技工作总结

2020年，全市科技特派员引进新品种556个，推广新技术348项。会议强调要“把科技创新作为推动发展的‘第一工程’来抓”。我市共选派各级科技特派员535人。

服务农牧民近3万户。

# 指标：2020年，备注

引进新品种：2020年565个，略

推广新技术：2020年384项

旁边有文本框

2024年，全市科技支出24.82亿元。

如图：

答复函已经印发。

签发人是张秀玲。"""


def _add_footnote(document: Any, words: str) -> None:
    blob = f'<w:footnotes {_W}><w:footnote w:id="2"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob.encode(), document.part.package)
    document.part.relate_to(part, _RELATION)


def _picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    )
