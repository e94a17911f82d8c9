"""Words recognised from a picture: their confidence, and when they are to be held against the original."""

from __future__ import annotations

import pytest

from qa.citing.original import Recognition, original_note, recognition_of
from qa.records import Document, PageStart, Span

TEXT = "甲" * 10 + "乙" * 10 + "丙" * 10 + "丁" * 10
PAGES = (
    PageStart(0, 1),
    PageStart(10, 2, confidence=0.97),
    PageStart(20, 3, confidence=0.834, doubtful=True),
    PageStart(30, 5, doubtful=True),
)
DOCUMENT = Document("d", "d.pdf", "", TEXT, pages=PAGES)


@pytest.mark.parametrize(
    ("start", "end", "found", "note"),
    [
        (0, 10, None, ""),
        (9, 11, Recognition((2,), 0.97, False), "第 2 页的文字由识别得来，可信度 0.97"),
        (15, 25, Recognition((2, 3), 0.834, True), "第 2–3 页的文字由识别得来，可信度 0.83，请核对原件"),
        (20, 20, Recognition((3,), 0.834, True), "第 3 页的文字由识别得来，可信度 0.83，请核对原件"),
        (32, 40, Recognition((5,), None, True), "第 5 页请核对原件"),
    ],
)
def test_the_pages_of_the_words_tell(start: int, end: int, found: Recognition | None, note: str) -> None:
    assert recognition_of(DOCUMENT, Span("d", start, end)) == found
    assert original_note(DOCUMENT, Span("d", start, end)) == note


def test_a_document_without_pages_has_nothing_to_tell() -> None:
    assert recognition_of(Document("t", "t.txt", "", TEXT), Span("t", 0, 5)) is None
