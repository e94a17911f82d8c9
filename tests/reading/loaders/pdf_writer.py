"""Small PDFs with placed Chinese text, written byte by byte so that a test knows exactly what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Placed(NamedTuple):
    """A line of text with its left end and baseline in points from the top left of the page."""

    x: float
    y: float
    text: str
    size: float = 16


def pdf(
    pages: Sequence[Sequence[Placed]],
    *,
    readable: bool = True,
    rotate: int = 0,
    invisible: bool = False,
) -> bytes:
    """A PDF of ``pages``. ``readable`` false: the codes are glyph numbers of a font that says nothing of their meaning."""
    encoding = b"/UniGB-UTF16-H" if readable else b"/Identity-H"
    ordering = b"GB1" if readable else b"Identity"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding "
        + encoding
        + b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering ("
        + ordering
        + b") /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for lines in pages:
        content = b"BT\n" + (b"3 Tr\n" if invisible else b"")
        for line in lines:
            code = line.text.encode("utf-16-be").hex().encode()
            content += b"/F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj\n" % (line.size, line.x, HEIGHT - line.y, code)
        content += b"ET\n"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (WIDTH, HEIGHT, rotate, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def paragraph(
    text: str, top: float, *, left: float = 88, width: int = 28, size: float = 16, step: float = 28
) -> list[Placed]:
    """``text`` set in lines of ``width`` characters, the first indented by two."""
    lines = [Placed(left + 2 * size, top, text[: width - 2], size)]
    for row, start in enumerate(range(width - 2, len(text), width), start=1):
        lines.append(Placed(left, top + row * step, text[start : start + width], size))
    return lines
