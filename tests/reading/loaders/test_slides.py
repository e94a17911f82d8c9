"""Slides: titles, texts, tables, groups and notes, with the number of the slide."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.util import Inches

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders.slides import SlidesLoader


def slides() -> bytes:
    made = Presentation()
    first = made.slides.add_slide(made.slide_layouts[5])
    first.shapes.title.text = "2024年科技工作总结"
    below = first.shapes.add_textbox(Inches(1), Inches(5), Inches(5), Inches(1))
    below.text_frame.text = "研发投入增长12.3%。"
    above = first.shapes.add_textbox(Inches(1), Inches(2), Inches(5), Inches(1))
    above.text_frame.text = "全市高新技术企业达到565家。"
    first.notes_slide.notes_text_frame.text = "汇报时强调同比口径。"
    second = made.slides.add_slide(made.slide_layouts[6])
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.text = "组里的文字也要读到。"
    table = second.shapes.add_table(3, 3, Inches(1), Inches(4), Inches(6), Inches(1)).table
    for row, cells in enumerate([("指标", "单位", "数值"), ("专利授权", "件", "1203"), ("技术合同", "亿元", "8.6")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    second._element.set("show", "0")
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def test_texts_tables_and_notes_are_read_from_the_top_down() -> None:
    loaded = SlidesLoader().load(slides(), "总结.pptx")
    assert [(line.page, line.text) for line in loaded.lines or ()] == [
        (1, "2024年科技工作总结"),
        (1, "全市高新技术企业达到565家。"),
        (1, "研发投入增长12.3%。"),
        (1, "备注：汇报时强调同比口径。"),
        (2, "组里的文字也要读到。"),
        (2, "指标：专利授权；单位：件；数值：1203"),
        (2, "指标：技术合同；单位：亿元；数值：8.6"),
    ]
    assert loaded.warnings == ("隐藏的第 2 页也读入了",)
    assert [page.number for page in clean(loaded).pages] == [1, 2]


@pytest.mark.parametrize("data", [b"PK\x03\x04", slides()[:9000], b"\xd0\xcf\x11\xe0 old", b"text"])
def test_damaged_files_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match="坏 片😀"):
        SlidesLoader().load(data, "坏 片😀.pptx")


def test_slides_without_a_word_are_named() -> None:
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[6])
    packed = io.BytesIO()
    made.save(packed)
    with pytest.raises(DocumentError, match="没有文字"):
        SlidesLoader().load(packed.getvalue(), "空.pptx")
