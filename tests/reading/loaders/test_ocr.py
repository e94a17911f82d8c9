"""Scanned pages: recognised, marked with their confidence, and left out by name where recognition is missing."""

from __future__ import annotations

import pytest

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders import ocr, pdf
from qa.reading.loaders.ocr import recognised_page
from qa.reading.loaders.pdf import PdfLoader
from tests.reading.loaders.scans import font_file, recall, scanned_pdf
from tests.reading.loaders.test_pdf import PROSE


def quad(left: float, top: float, width: float, lean: float = 0.0) -> list[float]:
    """Corners of a line 50 high that falls by ``lean`` a pixel."""
    fall = width * lean
    return [left, top, left + width, top + fall, left + width, top + fall + 50, left, top + 50]


def test_a_scanned_page_is_recognised_with_its_confidence() -> None:
    if not ocr.ocr_available():
        pytest.skip("needs the optional part rapidocr")
    if font_file("Noto Serif CJK SC") is None:
        pytest.skip("needs fontconfig and the font Noto CJK to make a page")
    loaded = PdfLoader().load(scanned_pdf([PROSE]), "扫描.pdf")
    assert recall(PROSE, loaded.text) >= 0.98
    assert [page.number for page in clean(loaded).pages] == [1]
    confidence = clean(loaded).pages[0].confidence
    assert confidence is not None
    assert confidence > 0.9
    assert any("第 1 页是扫描件，文字由识别得来" in warning for warning in loaded.warnings)


def test_without_the_part_a_scan_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    if font_file("Noto Serif CJK SC") is None:
        pytest.skip("needs fontconfig and the font Noto CJK to make a page")
    monkeypatch.setattr(pdf, "ocr_available", lambda: False)
    monkeypatch.setattr(ocr, "ocr_available", lambda: False)
    with pytest.raises(DocumentError, match=r"扫描\.pdf 是扫描件") as caught:
        PdfLoader().load(scanned_pdf([PROSE]), "扫描.pdf")
    assert "rapidocr" in caught.value.hint


def test_lines_of_a_tilted_page_come_in_order() -> None:
    lean = 0.03  # over 1,400 pixels a line falls by 42, more than half of the step to the next
    found = [
        ["第二行右", 0.9, quad(900, 180 + 27, 400, lean)],
        ["第一行右", 0.9, quad(900, 100 + 27, 400, lean)],
        ["第二行左", 0.9, quad(100, 180, 400, lean)],
        ["第一行左", 0.9, quad(100, 100, 400, lean)],
    ]
    assert [line.text for line in recognised_page(found).lines] == ["第一行左  第一行右", "第二行左  第二行右"]


def test_confidence_is_weighed_by_length_and_marks_doubtful_pages() -> None:
    page = recognised_page([["很长的一行文字共十二个字", 0.99, quad(0, 0, 600)], ["短行", 0.6, quad(0, 100, 100)]])
    assert page.confidence == pytest.approx((12 * 0.99 + 2 * 0.6) / 14)
    assert not page.doubtful
    assert recognised_page([["看不清", 0.7, quad(0, 0, 200)]]).doubtful
    assert recognised_page([["噪点", 0.3, quad(0, 0, 200)]]).lines == ()
