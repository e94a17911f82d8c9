"""An OFD page drawn as SVG: what stands on it is there, at its place, and the cited words are boxed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from qa.errors import DocumentError, NotFoundError
from qa.reading.loaders.ofd_drawing import draw, reading_order, word_boxes
from qa.reading.loaders.ofd_objects import Path as Line
from qa.reading.loaders.ofd_objects import Picture, Text, page_count, page_objects
from qa.reading.loaders.package import Package
from qa.reading.loaders.page_images import has_page_images, page_image, words_on_page
from qa.reading.reader import read_document
from tests.reading.loaders.ofd_writer import ofd, text_object

FIRST = text_object(20, 40, "全市引进新品种五百五十六个，")
SECOND = text_object(20, 50, "比上年多引进新品种六十六个。")
TEMPLATE = text_object(60, 20, "鄂尔多斯市科技局文件", 8) + (
    '<ofd:PathObject ID="3" Boundary="20 26 170 1" DrawParam="7"><ofd:AbbreviatedData>M 0 0.5 L 170 0.5 '
    "B 1 2 3 4 5 6 C</ofd:AbbreviatedData></ofd:PathObject>"
)
PICTURE = '<ofd:ImageObject ID="4" Boundary="30 100 40 20" CTM="40 0 0 20 0 0" ResourceID="5"/>'
RESOURCES = (
    '<ofd:DrawParams><ofd:DrawParam ID="7" LineWidth="0.5"><ofd:StrokeColor Value="200 0 0"/></ofd:DrawParam>'
    '</ofd:DrawParams><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>seal.PNG</ofd:MediaFile>'
    "</ofd:MultiMedia></ofd:MultiMedias>"
)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 4), (200, 0, 0)).save(made, "PNG")
    return made.getvalue()


def made(*pages: str, **more: str) -> bytes:
    return ofd(pages or (FIRST + SECOND + PICTURE,), resources=RESOURCES, files={"Seal.png": png()}, **more)


def test_text_lines_and_pictures_of_page_and_template_are_there() -> None:
    page = page_objects(Package(made(template=TEMPLATE), "a.ofd"), 0)
    texts = [each for each in page.objects if isinstance(each, Text)]
    assert texts[0].characters == "鄂尔多斯市科技局文件"
    assert texts[1].place.point(*texts[1].points[2]) == (30.0, 40.0)
    line = next(each for each in page.objects if isinstance(each, Line))
    assert (line.steps, line.pen.stroke, line.pen.width, line.pen.fill) == (
        "M 0 0.5 L 170 0.5 C 1 2 3 4 5 6 Z",
        "#c80000",
        0.5,
        "",
    )
    picture = next(each for each in page.objects if isinstance(each, Picture))
    assert picture.place.point(1, 1) == (70.0, 120.0)
    assert page.box == (0.0, 0.0, 210.0, 297.0)


def test_words_are_boxed_where_they_stand_that_time() -> None:
    page = page_objects(Package(made(), "a.ofd"), 0)
    (first,), (second,) = word_boxes(page, "引进新品种"), word_boxes(page, "引进新品种", 1)
    assert (first.left, first.right) == (20 + 2 * 5, 20 + 7 * 5)
    assert first.top < 40 < first.bottom < 47
    assert (second.left, second.right) == (20 + 4 * 5, 20 + 9 * 5)
    assert second.top < 50 < second.bottom
    over_two_lines = word_boxes(page, "六个，比上年")
    assert len(over_two_lines) == 2
    assert word_boxes(page, "没有的话") == word_boxes(page, "") == []


def test_the_reading_order_is_the_documents_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "乱序.ofd"
    file.write_bytes(made(SECOND + FIRST + FIRST))  # and a line drawn twice, to look bold
    document = read_document(file, tmp_path)
    assert has_page_images(document)
    page = page_objects(Package(file.read_bytes(), "a.ofd"), 0)
    text = "".join(character.text for character in reading_order(page))
    assert text == "".join(document.text.split()) == "全市引进新品种五百五十六个，比上年多引进新品种六十六个。"


def test_the_drawing_is_an_svg_with_boxes_and_nothing_that_runs() -> None:
    words = "&lt;script&gt;alert(1)&lt;/script&gt;"
    hostile = made(FIRST + text_object(20, 60, words, delta="g 40 3") + PICTURE)
    drawn = page_image(hostile, "a.ofd", 1, "引进新品种")
    root = etree.fromstring(drawn)
    names = [etree.QName(each).localname for each in root.iter()]
    assert set(names) == {"svg", "rect", "text", "image"}
    assert names.count("rect") == 2, "the paper and one box"
    assert "<script>alert(1)</script>" in "".join(root.itertext())
    assert next(root.iter("{*}image")).get("href", "").startswith("data:image/jpeg;base64,")
    assert not re.search(rb"\son\w+=|javascript:", drawn)


def test_a_page_that_is_not_there_and_a_file_that_is_no_ofd_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="没有第 2 页"):
        page_image(made(), "a.ofd", 2)
    with pytest.raises(DocumentError):
        page_image(b"PK\x03\x04broken", "a.ofd", 1)
    with pytest.raises(DocumentError, match="没有版面"):
        page_image(ofd(()).replace(b"Doc_0/Document.xml", b"Doc_0/Documint.xml"), "a.ofd", 1)


@pytest.mark.parametrize(
    "objects",
    [
        '<ofd:TextObject Boundary="x" Size="nan"><ofd:TextCode DeltaX="g 99999999999 1">一</ofd:TextCode></ofd:TextObject>',
        '<ofd:TextObject Boundary="1 2 3 4" Size="4"><ofd:TextCode DeltaX="g x y g">一二三</ofd:TextCode></ofd:TextObject>',
        '<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>L 1 M nan inf Z 2 B 1</ofd:AbbreviatedData></ofd:PathObject>',
        '<ofd:ImageObject Boundary="0 0 1 1" ResourceID="no"/>',
        "<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200,
        '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="U"/>',
    ],
    ids=["numbers", "deltas", "path", "picture", "nesting", "loop"],
)
def test_damaged_objects_cost_themselves_only(tmp_path: Path, objects: str) -> None:
    loop = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="U"><ofd:Content><ofd:CompositeObject Boundary="0 0 1 1" '
        'ResourceID="U"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    )
    file = tmp_path / "a.ofd"
    file.write_bytes(ofd([objects + FIRST], resources=loop))
    assert draw(str(file), 0, str(tmp_path / "a.svg"), "引进新品种", 0) == 1
    etree.parse(tmp_path / "a.svg")
    assert page_count(str(file)) == 1


def test_words_of_real_files_are_found_on_their_pages(shared: Path) -> None:
    found = looked_for = 0
    for name in ("ofdrw-converter__发票示例.ofd", "ofdrw-reader__path_unstd.ofd", "ofdrw-layout__keyword.ofd"):
        file = shared / "data" / "ofd" / name
        document = read_document(file, file.parent)
        package = Package(file.read_bytes(), name)
        pages = {each.number: page_objects(package, each.number - 1) for each in document.pages}
        for place, page in enumerate(document.pages):
            end = document.pages[place + 1].start if place + 1 < len(document.pages) else len(document.text)
            for match in re.finditer(r"[^\s，。；：、]{4,14}", document.text[page.start : end]):
                start = page.start + match.start()
                words, before = words_on_page(document, page.number, start, start + len(match[0]))
                looked_for += 1
                found += bool(word_boxes(pages[page.number], words, before))
    assert looked_for > 100
    assert found / looked_for > 0.95
