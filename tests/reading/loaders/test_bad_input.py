"""Files that no loader should open: too large, empty, links that lead in circles, names that are hard to write."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.indexing.plan import differences, plan
from qa.indexing.scan import corpus_files, lone_corrections
from qa.ports import KnownFile
from qa.reading import passages_of
from qa.reading.loaders import SUPPORTED_SUFFIXES
from qa.reading.loaders.limits import RATIO_FREE_BYTES
from qa.reading.reader import read_document
from qa.records import DocumentStatus
from tests.indexing.test_office_files import index
from tests.reading.loaders.pdf_writer import paragraph, pdf
from tests.reading.loaders.test_archive import packed
from tests.reading.loaders.test_fuzz import PAGE as OFD_PAGE
from tests.reading.loaders.test_ofd import DOCUMENT as OFD_DOCUMENT
from tests.reading.loaders.test_ofd import ROOT as OFD_ROOT
from tests.reading.loaders.test_sheet import workbook
from tests.reading.loaders.test_slides import slides
from tests.reading.loaders.word_files import paragraph as word_paragraph
from tests.reading.loaders.word_files import word_file

TEXT = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
def test_two_gigabytes_are_refused_before_they_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"大{suffix}"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # sparse: takes no room
    with pytest.raises(DocumentError, match="太大"):
        read_document(path, tmp_path)


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
def test_empty_files_are_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"空{suffix}"
    path.touch()
    with pytest.raises(DocumentError, match=f"空{suffix}"):
        read_document(path, tmp_path)


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "回到上面").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "自己.pdf").symlink_to(tmp_path / "自己.pdf")
    (tmp_path / "自己.zip").symlink_to(tmp_path / "自己.zip")
    (tmp_path / "好.txt").write_text(TEXT, "utf-8")
    assert [file.path for file in corpus_files(tmp_path)] == ["好.txt", "自己.pdf", "自己.zip"]
    for name in ("自己.pdf", "自己.zip"):
        with pytest.raises(DocumentError, match="打不开"):
            read_document(tmp_path / name, tmp_path)


def test_pipes_and_devices_are_neither_waited_for_nor_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    os.mkfifo(tmp_path / "管道.zip")
    (tmp_path / "无尽.txt").symlink_to("/dev/zero")
    (tmp_path / "无尽.zip").symlink_to("/dev/zero")
    for file in plan(tmp_path, {}).changed:
        assert file.sha256 == ""
        with pytest.raises(DocumentError, match="打不开"):
            read_document(file.file.location, tmp_path)


def test_what_could_not_be_opened_does_not_wait_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "悬空.docx").symlink_to(tmp_path / "没有")
    failed = {"悬空.docx": KnownFile("", DocumentStatus.FAILED)}
    assert len(differences(tmp_path, {})) == 1
    assert differences(tmp_path, failed) == []
    assert [each.file.path for each in plan(tmp_path, failed).changed] == ["悬空.docx"]  # the next build tries again
    (tmp_path / "没有").write_text(TEXT, "utf-8")
    assert [line for line in differences(tmp_path, failed) if "悬空" in line]


def test_names_with_spaces_and_emoji_are_read(tmp_path: Path) -> None:
    path = tmp_path / "关于 报送 的通知 😀（定稿）.pdf"
    path.write_bytes(pdf([paragraph(TEXT, 160)]))
    assert read_document(path, tmp_path).text == TEXT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
def test_a_name_that_is_no_utf_8_costs_that_file_alone(tmp_path: Path) -> None:
    corpus = tmp_path / "资料"
    (corpus / "夹").mkdir(parents=True)
    (corpus / "好.txt").write_text(TEXT, "utf-8")
    for name in ("测试.txt", "别的.txt.card.toml"):
        Path(os.fsdecode(os.fsencode(corpus / "夹") + b"/" + name.encode("gbk"))).write_text(TEXT, "utf-8")
    report, library = index(corpus, tmp_path / "index")
    assert (report.read, report.failed) == (1, 1)
    (problem,) = report.problems
    assert problem.path == r"夹/\xb2\xe2\xca\xd4.txt"
    assert problem.path in problem.messages[0]
    assert "不是 UTF-8" in problem.messages[0]
    assert "改名" in problem.messages[0]
    assert {each.path: bool(each.text) for each in library.documents()} == {"好.txt": True, problem.path: False}
    assert lone_corrections(corpus) == [r"夹/\xb1\xf0\xb5\xc4.txt.card.toml"]


def opened(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def locked(made: bytes) -> bytes:
    """``made`` with every member marked as encrypted."""
    data = bytearray(made)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + place] |= 1
            position = data.find(mark, position + 1)
    return bytes(data)


OFD = packed({"OFD.xml": OFD_ROOT.format("D.xml").encode(), "D.xml": OFD_DOCUMENT.encode(), "P.xml": OFD_PAGE.encode()})
WORD = word_file(word_paragraph(TEXT))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
LOCKED: dict[str, Callable[[], bytes]] = {
    "锁.ofd": lambda: locked(OFD),
    "国密.ofd": lambda: packed({**opened(OFD), "Encryptions.xml": b"<a/>"}),
    "锁.docx": lambda: COMPOUND,
    "锁.doc": lambda: COMPOUND,
    "锁.wps": lambda: COMPOUND,
    "锁.xlsx": lambda: (Path(__file__).parent / "data" / "password.xlsx").read_bytes(),
    "锁.pptx": lambda: COMPOUND,
    "锁.pdf": lambda: (Path(__file__).parent / "data" / "password.pdf").read_bytes(),
    "锁.zip": lambda: locked(packed({"甲.txt": TEXT.encode()})),
}


@pytest.mark.parametrize("name", LOCKED)
def test_files_with_a_password_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(LOCKED[name]())
    with pytest.raises(DocumentError) as caught:
        read_document(path, tmp_path)
    assert name in caught.value.message
    assert "密码" in caught.value.message + caught.value.reason


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "啊啊啊啊啊啊啊啊啊啊">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ' <!ENTITY out SYSTEM "file:///etc/passwd">]>'
)
BOMBED = {
    "实体.docx": (lambda: WORD, "word/document.xml", TEXT),
    "实体.ofd": (lambda: OFD, "P.xml", "关于报送总结的通知"),
    "实体.xlsx": (workbook, "xl/sharedStrings.xml", "地区生产总值"),
    "实体.pptx": (slides, "ppt/slides/slide1.xml", "565"),
}


@pytest.mark.parametrize("entity", ["&j;", "&out;"])
@pytest.mark.parametrize("name", BOMBED)
def test_entities_are_never_expanded(tmp_path: Path, name: str, entity: str) -> None:
    make, part, words = BOMBED[name]
    parts = opened(make())
    source = parts[part].decode()
    assert words in source
    head, mark, root = source.partition("?>")
    bombed = f"{head}{mark}{ENTITIES}{root}" if mark else f"{ENTITIES}{source}"
    path = tmp_path / name
    path.write_bytes(packed({**parts, part: bombed.replace(words, words + entity).encode()}))
    try:
        told = read_document(path, tmp_path).text
    except DocumentError as error:
        told = error.message
    assert words in told or name in told
    assert len(told) < 5000
    assert "root:" not in told


def test_entities_of_a_word_file_are_the_reason(tmp_path: Path) -> None:
    parts = opened(WORD)
    for entity in ("", "&j;"):  # defined; and so many times in one another that parsing stops
        body = f"{ENTITIES}{parts['word/document.xml'].decode().partition('?>')[2]}".replace(TEXT, TEXT + entity)
        path = tmp_path / "实体.docx"
        path.write_bytes(packed({**parts, "word/document.xml": body.encode()}))
        with pytest.raises(DocumentError, match="不予读取") as caught:
            read_document(path, tmp_path)
        assert "DTD 实体定义" in caught.value.reason


def test_entities_of_a_web_page_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "实体.html"
    path.write_text(f"{ENTITIES.replace(' x ', ' html ', 1)}<html><body><p>{TEXT}&j;&out;</p></body></html>", "utf-8")
    text = read_document(path, tmp_path).text
    assert TEXT in text
    assert len(text) < 2000
    assert "root:" not in text


@pytest.mark.parametrize("name", BOMBED)
def test_a_part_that_unpacks_to_far_more_is_refused_before_it_does(tmp_path: Path, name: str) -> None:
    make, part, _ = BOMBED[name]
    path = tmp_path / name
    path.write_bytes(packed({**opened(make()), part: b" " * (RATIO_FREE_BYTES + 1024**2)}))
    with pytest.raises(DocumentError, match=name) as caught:
        read_document(path, tmp_path)
    assert "压缩炸弹" in caught.value.reason


@pytest.mark.parametrize("name", ["宏.docm", "宏.xlsm", "宏.pptm"])
def test_macros_are_left_alone(tmp_path: Path, name: str) -> None:
    make, part = {
        "宏.docm": (lambda: WORD, "word/vbaProject.bin"),
        "宏.xlsm": (workbook, "xl/vbaProject.bin"),
        "宏.pptm": (slides, "ppt/vbaProject.bin"),
    }[name]
    path = tmp_path / name
    path.write_bytes(packed({**opened(make()), part: b"Sub AutoOpen()\nShell 1\nEnd Sub"}))
    text = read_document(path, tmp_path).text
    assert text
    assert "AutoOpen" not in text


@pytest.mark.skipif("QA_LONG_FILES" not in os.environ, reason="takes minutes; set QA_LONG_FILES=1")
def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    path = tmp_path / "长.pdf"
    path.write_bytes(
        pdf([[*paragraph(f"第{page}件事项由市科技局办理，期限{page % 97}天。", 160)] for page in range(10_000)])
    )
    document = read_document(path, tmp_path)
    assert len(document.pages) == 10_000
    assert document.pages[-1].number == 10_000
    assert "第9999件事项" in document.text
    assert len(passages_of(document)) > 100


def test_what_is_refused_leaves_the_rest_of_the_corpus_served(tmp_path: Path) -> None:
    corpus = tmp_path / "资料"
    corpus.mkdir()
    for name, make in LOCKED.items():
        (corpus / name).write_bytes(make())
    (corpus / "空.pdf").touch()
    (corpus / "截断.ofd").write_bytes(OFD[: len(OFD) // 2])
    (corpus / "好.txt").write_text(TEXT, "utf-8")
    report, library = index(corpus, tmp_path / "index")
    assert (report.read, report.failed) == (1, len(LOCKED) + 2)
    assert {problem.path for problem in report.problems if problem.status == "failed"} == {
        *LOCKED,
        "空.pdf",
        "截断.ofd",
    }
    assert all(
        each.path in problem for each in report.problems for problem in each.messages[:1] if each.status == "failed"
    )
    assert [each.path for each in library.documents() if each.text] == ["好.txt"]
