"""Word files that are damaged, locked or hostile: each is refused by name, with the reason and the next step."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import DocumentError
from qa.reading import document_from, passages_of, read_document
from qa.reading.loaders.docx import DocxLoader, parse
from qa.reading.loaders.files import file_bytes
from qa.reading.loaders.limits import MAX_MEMBERS, MAX_RATIO, RATIO_FREE_BYTES
from tests.reading.loaders.word_files import paragraph, part, word_file, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sample() -> bytes:
    """A small real file with a list, a table and a heading, as Word's own template makes it."""
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("到2025年，全市研发经费投入达到30亿元。")
    document.add_paragraph("要点", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("指标", "数值", "企业数", "556")):
        table.cell(number // 2, number % 2).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SAMPLE = sample()


def failure(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        DocxLoader().load(data, "附件.docx")
    error = caught.value
    assert error.message.startswith("附件.docx")
    assert error.reason
    assert error.hint
    return error


def test_the_sample_is_read() -> None:
    loaded = DocxLoader().load(SAMPLE, "附件.docx")
    assert [line.text for line in loaded.lines or ()] == [
        "一、总体要求",
        "到2025年，全市研发经费投入达到30亿元。",
        "1. 要点",
        "指标：企业数；数值：556",
    ]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file(share: float) -> None:
    assert "损坏" in failure(SAMPLE[: int(len(SAMPLE) * share)]).message


def test_an_encrypted_file_names_the_password() -> None:
    assert "密码" in failure(COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)).message


def test_another_format_under_the_ending_is_named() -> None:
    assert "不是 Word 文档" in failure(b"%PDF-1.7 ...").message
    assert "document.xml" in failure(zipped({"content.xml": "<a/>"})).reason
    assert "Excel" in failure(COMPOUND + bytes(600) + "Workbook".encode("utf-16-le")).reason


def test_a_file_without_words_is_named() -> None:
    assert "没有文字" in failure(word_file(paragraph(" "))).message


def test_entities_are_refused_and_never_expanded() -> None:
    bomb = '<!DOCTYPE w:document [<!ENTITY a "啊啊啊啊啊啊啊啊啊啊">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    xml = part("document", f"<w:body>{paragraph('<w:r><w:t>&j;</w:t></w:r>')}</w:body>")
    head, root = xml.split("?>", 1)
    failure(zipped({"word/document.xml": f"{head}?>{bomb}]>{root}"}))
    outside = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    error = failure(zipped({"word/document.xml": f"{head}?>{outside}{root.replace('&j;', '&x;')}"}))
    assert "实体" in error.reason


def test_deep_nesting_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + paragraph("底") + "</w:sdtContent></w:sdt>" * 5000
    assert "XML" in failure(word_file(deep)).reason


def test_a_bomb_is_not_unpacked() -> None:
    size = RATIO_FREE_BYTES + 1024 * MAX_RATIO
    assert "炸弹" in failure(zipped({"word/document.xml": b" " * size * 4})).reason


def test_too_many_parts_are_refused() -> None:
    assert str(MAX_MEMBERS) in failure(zipped({f"a{n}": b"" for n in range(MAX_MEMBERS + 1)})).reason


def test_macros_are_no_words(tmp_path: Path) -> None:
    buffer = io.BytesIO(SAMPLE)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()\nShell 1\nEnd Sub")
    path = tmp_path / "带宏.docm"
    path.write_bytes(buffer.getvalue())
    assert "AutoOpen" not in read_document(path, tmp_path).text


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "很大.docx"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)  # sparse: takes no disk
    with pytest.raises(DocumentError) as caught:
        file_bytes(path, DocxLoader().max_bytes)
    assert "太大" in caught.value.message


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.touch()
    with pytest.raises(DocumentError) as caught:
        read_document(path, tmp_path)
    assert "空文件" in caught.value.message


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


PARTS = parts_of(SAMPLE)
TARGETS = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels"]


def read_or_refuse(data: bytes) -> None:
    """Reading ends with a document whose passages are its own words, or with a DocumentError; with nothing else."""
    try:
        document = document_from(parse(data, "x.docx"), "x.docx", "")  # in this process: an error of ours is no damage
    except DocumentError:
        return
    for passage in passages_of(document):
        assert document.text[passage.start : passage.end] == passage.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_never_crash(data: st.DataObject) -> None:
    changed = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 12))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(changed))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_xml_never_crashes(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(TARGETS))
    xml = bytearray(PARTS[name])
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(xml) - 1))
        end = min(len(xml), start + data.draw(st.integers(0, 40)))
        source = data.draw(st.integers(0, len(xml) - 1))
        xml[start:end] = data.draw(
            st.sampled_from(
                [b"", b"<w:p>", b"</w:p>", b"-1", b"99999999999", b"\x00", bytes(xml[source : source + 60])]
            )
        )
    read_or_refuse(zipped({**PARTS, name: bytes(xml)}))
