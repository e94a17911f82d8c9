"""The Word file: real footnotes, a numbered list, Chinese fonts, the very words; and LibreOffice opens it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from qa.citing.basket.contents import Contents, Entry, Notes, Section
from qa.citing.basket.text_export import as_markdown, as_text
from qa.citing.basket.word_export import as_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = "《科技简报》，2021年第1期，鄂尔多斯市科学技术局，2021年3月25日。"
SECOND = "《关于<b>提案</b>的答复函》，鄂建提复字[2025]185号，鄂尔多斯市人民政府，2025年8月7日。"
CONTENTS = Contents(
    "科技工作 & 引用材料",
    "gongwen",
    (
        Section("", (Entry(1, "2020年，引进新品种556个。", FIRST, FIRST, 1, "核对\n口径", ""),)),
        Section(
            "创新指数",
            (
                Entry(2, "第一段。\n第二段\x0c有<尖括号>。", SECOND, SECOND, 2, "", ""),
                Entry(3, "引进565个。", FIRST, FIRST, 1, "", "原文已改动，现为「引进556个。」，请核对。"),
            ),
        ),
    ),
    (FIRST, SECOND),
)


def parts(written: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(written)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def footnotes_of(written: bytes) -> dict[str, str]:
    """Id → text of the ordinary footnotes."""
    root = ElementTree.fromstring(parts(written)["word/footnotes.xml"])
    ordinary = [each for each in root if each.get(f"{W}type") is None]
    return {each.get(f"{W}id", ""): "".join(t.text or "" for t in each.iter(f"{W}t")) for each in ordinary}


def marks_of(written: bytes) -> Iterator[str]:
    for mark in ElementTree.fromstring(parts(written)["word/document.xml"]).iter(f"{W}footnoteReference"):
        yield mark.get(f"{W}id", "")


def test_footnotes_are_real_and_in_order() -> None:
    written = as_word(CONTENTS)
    notes = footnotes_of(written)
    assert [notes[id].strip() for id in marks_of(written)] == [FIRST, SECOND, FIRST]
    names = parts(written)
    assert b"footnotes+xml" in names["[Content_Types].xml"]
    assert b"footnotes.xml" in names["word/_rels/document.xml.rels"]
    for kind in ("separator", "continuationSeparator"):
        assert f'w:type="{kind}"'.encode() in names["word/footnotes.xml"]
    settings = names["word/settings.xml"]
    assert settings.index(b"<w:footnotePr") < settings.index(b"<w:compat")  # the schema's order


def test_what_refers_to_styles_finds_them() -> None:
    names = parts(as_word(CONTENTS))
    known = {each.get(f"{W}styleId") for each in ElementTree.fromstring(names["word/styles.xml"]).iter(f"{W}style")}
    for part in ("word/document.xml", "word/footnotes.xml"):
        for tag in ("pStyle", "rStyle"):
            for each in ElementTree.fromstring(names[part]).iter(f"{W}{tag}"):
                assert each.get(f"{W}val") in known


def test_quotations_stand_as_body_text() -> None:
    document = docx.Document(BytesIO(as_word(CONTENTS)))
    texts = [(p.style.name, p.text) for p in document.paragraphs]
    assert texts[0] == ("Title", "科技工作 & 引用材料")
    assert [text for style, text in texts if style == "引文"] == [
        "2020年，引进新品种556个。",
        "第一段。",
        "第二段 有<尖括号>。",  # a form feed cannot stand in XML
        "引进565个。",
    ]
    assert [text for style, text in texts if style == "备注"] == ["备注：核对", "口径"]
    assert [text for style, text in texts if style == "核对提示"] == ["【原文已改动，现为「引进556个。」，请核对。】"]
    assert ("Heading 1", "创新指数") in texts


def test_references_are_numbered_by_word_itself() -> None:
    names = parts(as_word(CONTENTS))
    document = docx.Document(BytesIO(as_word(CONTENTS)))
    listed = [p for p in document.paragraphs if p.style.name == "参考文献"]
    assert [p.text for p in listed] == [FIRST, SECOND]
    (number_id,) = {str(p._p.pPr.numPr.numId.val) for p in listed}
    numbering = ElementTree.fromstring(names["word/numbering.xml"])
    number = next(n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == number_id)
    abstract_id = number.find(f"{W}abstractNumId").get(f"{W}val")
    abstract = next(a for a in numbering.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == abstract_id)
    assert abstract.find(f"{W}lvl/{W}lvlText").get(f"{W}val") == "[%1]"
    tags = [each.tag for each in numbering]
    assert tags.index(f"{W}num") > max(i for i, tag in enumerate(tags) if tag == f"{W}abstractNum")


@pytest.mark.parametrize(
    ("style", "font"),
    [("引文", "仿宋"), ("Title", "宋体"), ("Heading 1", "黑体"), ("footnote text", "宋体"), ("备注", "楷体")],
)
def test_chinese_fonts_are_set(style: str, font: str) -> None:
    document = docx.Document(BytesIO(as_word(CONTENTS)))
    fonts = document.styles[style].element.rPr.rFonts
    assert fonts.get(f"{W}eastAsia") == font
    assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_without_footnotes_numbers_lead_to_the_list() -> None:
    written = as_word(CONTENTS, Notes.REFERENCES)
    assert "word/footnotes.xml" not in parts(written)
    document = docx.Document(BytesIO(written))
    assert [p.text for p in document.paragraphs if p.style.name == "引文"] == [
        "2020年，引进新品种556个。[1]",
        "第一段。",
        "第二段 有<尖括号>。[2]",
        "引进565个。[1]",
    ]
    last = next(p for p in document.paragraphs if p.style.name == "引文").runs[-1]
    assert (last.text, last.font.superscript) == ("[1]", True)


def test_footnotes_alone() -> None:
    document = docx.Document(BytesIO(as_word(CONTENTS, Notes.FOOTNOTES)))
    assert not [p for p in document.paragraphs if p.style.name == "参考文献"]


def test_an_empty_draft_is_a_word_file_too() -> None:
    document = docx.Document(BytesIO(as_word(Contents("空的", "gongwen", (), ()))))
    assert [p.text for p in document.paragraphs] == ["空的"]


def test_libreoffice_opens_it_and_prints_the_footnotes(tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("needs LibreOffice and poppler-utils (Debian: apt-get install libreoffice-writer poppler-utils)")
    (tmp_path / "稿.docx").write_bytes(as_word(CONTENTS))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "稿.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    printed = subprocess.run(
        [reader, "-layout", str(tmp_path / "稿.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    together = "".join(printed.split())
    assert "①" + FIRST in together
    assert "③" + FIRST in together
    assert "一、创新指数" in together
    assert "[2]" + "".join(SECOND.split()) in together
    assert "—1—" in together


def test_markdown() -> None:
    written = as_markdown(CONTENTS)
    assert written.startswith("# 科技工作 \\& 引用材料\n\n> 2020年，引进新品种556个。[^1]\n")
    assert "> 第一段。\n>\n> 第二段\x0c有\\<尖括号>。[^2]" in written
    assert f"[^3]: {FIRST}\n" in written
    assert f"1. {FIRST}\n2. {SECOND}\n" in written


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("# 标题", "> \\# 标题"),
        ("1. 一是", "> 1\\. 一是"),
        ("- 项", "> \\- 项"),
        ("5*3_4`x`", "> 5\\*3\\_4\\`x\\`"),
        ("[链接](http://x)", "> \\[链接\\](http://x)"),
        ("2020年", "> 2020年"),
        ("3.5亿元", "> 3.5亿元"),
    ],
)
def test_words_that_look_like_markup_stay_words(quote: str, expected: str) -> None:
    entry = Entry(1, quote, FIRST, FIRST, 1, "", "")
    assert f"{expected}[^1]" in as_markdown(Contents("稿", "gongwen", (Section("", (entry,)),), (FIRST,)))


def test_plain_text() -> None:
    written = as_text(CONTENTS)
    assert f"1. 2020年，引进新品种556个。\n——{FIRST}\n备注：核对\n口径\n" in written
    assert "【创新指数】" in written
    assert f"参考文献\n[1] {FIRST}\n[2] {SECOND}\n" in written
