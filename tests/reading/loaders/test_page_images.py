"""A page as it is printed, the cited words marked at their place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from qa.errors import DocumentError, NotFoundError
from qa.reading.loaders.marked_page import word_boxes
from qa.reading.loaders.page_images import has_page_images, page_image, page_of, words_on_page
from qa.reading.reader import read_document
from tests.reading.loaders.pdf_writer import HEIGHT, WIDTH, paragraph, pdf
from tests.reading.loaders.test_pdf import OTHER, PROSE

WORDS = "引进新品种五百五十六个"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf([paragraph(OTHER, 160), paragraph(PROSE, 160)]))
    return path


def test_words_lead_to_their_page_and_place(file: Path) -> None:
    document = read_document(file, file.parent)
    start = document.text.index(WORDS)
    assert has_page_images(document)
    assert page_of(document, start) == 2
    assert words_on_page(document, 2, start, start + len(WORDS)) == (WORDS, 0)
    assert words_on_page(document, 1, start, start + len(WORDS)) == ("", 0)
    boxes = word_boxes(str(file), 1, WORDS)
    lines = paragraph(PROSE, 160)
    holding = [line for line in lines if WORDS[:2] in line.text or WORDS[-3:] in line.text]
    assert len(boxes) == len(holding)
    for box, line in zip(boxes, holding, strict=True):
        assert box.top < line.y - line.size / 2 < box.bottom
        assert line.x - 1 <= box.left < box.right <= line.x + len(line.text) * line.size + 1
    assert sum(box.right - box.left for box in boxes) == pytest.approx(len(WORDS) * 16, rel=0.05)


def test_words_that_stand_twice_are_told_apart(file: Path) -> None:
    first, second = word_boxes(str(file), 1, "服务", 0), word_boxes(str(file), 1, "服务", 1)
    assert len(first) == len(second) == 1
    assert first != second


def test_the_picture_shows_the_mark(file: Path) -> None:
    plain = Image.open(io.BytesIO(page_image(file.read_bytes(), file.name, 2)))
    marked = Image.open(io.BytesIO(page_image(file.read_bytes(), file.name, 2, WORDS)))
    assert plain.size == marked.size
    assert abs(plain.width / plain.height - WIDTH / HEIGHT) < 0.01
    yellow = sum(
        count for count, colour in marked.convert("RGB").getcolors(1 << 24) or [] if colour[2] < 60 < colour[1]
    )
    assert yellow > 1000


def test_a_page_that_is_not_there_and_a_format_without_pages_are_refused(file: Path) -> None:
    with pytest.raises(NotFoundError, match="没有第 3 页"):
        page_image(file.read_bytes(), file.name, 3)
    with pytest.raises(DocumentError, match="没有版面图"):
        page_image(b"x", "a.docx", 1)
