"""A long file tells of its pages while it is read, and can be stopped in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.indexing import build as build_module
from qa.indexing.build import BuildEvent, _told_of_pages
from qa.reading.loaders.isolated import PARSING
from qa.reading.reader import read_document
from tests.reading.loaders.pdf_writer import paragraph, pdf

TEXT = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"


class Stopped(Exception):
    pass


def test_pages_are_told_and_a_stop_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "PAGE_NOTICE_S", 0.0)
    path = tmp_path / "长.pdf"
    path.write_bytes(pdf([paragraph(TEXT, 160)] * 30))
    told: list[BuildEvent] = []

    def notify(event: BuildEvent) -> None:
        told.append(event)
        if event.pages == (5, 30):
            raise Stopped

    with pytest.raises(Stopped), _told_of_pages(notify, BuildEvent("read", 0, 1, "长.pdf")):
        read_document(path, tmp_path)
    assert [event.pages for event in told] == [(number, 30) for number in range(1, 6)]
    assert PARSING.page_progress is None
    assert TEXT in read_document(path, tmp_path).text
