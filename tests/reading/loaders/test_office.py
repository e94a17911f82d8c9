"""Old office files by LibreOffice, and what is said where it is missing or fails."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading import read_document
from qa.reading.loaders.office import OfficeLoader, convert, find_program
from tests.reading.loaders.word_files import paragraph, word_file

RTF = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\f0 \'d2\'bb\'a1\'a2\'d7\'dc\'cc\'e5\'d2\'aa\'c7\'f3\par 2024\'c4\'ea\par}"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CUT = COMPOUND + bytes(22) + b"\x09\x00" + bytes(16) + (4000).to_bytes(4, "little") + bytes(6000)
WORD = COMPOUND + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000)

needs_libreoffice = pytest.mark.skipif(find_program() is None, reason="needs LibreOffice (soffice), which is optional")


def failure(data: bytes, name: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        OfficeLoader().load(data, name)
    assert caught.value.message.startswith(name)
    assert caught.value.reason
    assert caught.value.hint
    return caught.value


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Stands in for LibreOffice as a real program that does what ``script`` says."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("QA_SOFFICE", str(path))


def test_a_missing_program_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SOFFICE", "/nowhere/soffice")
    error = failure(RTF, "旧文件.rtf")
    assert "LibreOffice" in error.message
    assert "apt install libreoffice-writer" in error.hint


def test_a_hanging_program_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(DocumentError) as caught:
        convert(RTF, "旧文件.rtf", ".rtf", limit_s=2.0)
    assert "超时" in caught.value.message
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not _is_running(child):
            break
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_program_that_writes_nothing_is_told_from_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exit 0")
    assert "LibreOffice 打不开它" in failure(RTF, "旧文件.rtf").reason


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    program(tmp_path, monkeypatch, "exit 1")
    failure(RTF, "旧文件.rtf")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x89PNG....", "图.doc", "不是 Word 或 WPS 文档"),
        (CUT, "断.doc", "被截断"),
        (CUT, "断.wps", "被截断"),
        (COMPOUND + bytes(504) + "Workbook".encode("utf-16-le"), "表.wps", "Excel"),
        (COMPOUND + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "密.doc", "密码"),
        (COMPOUND + bytes(504) + b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + WORD[512:], "密.wps", "密码"),
    ],
)
def test_what_cannot_be_converted_is_named_without_trying(
    data: bytes, name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_SOFFICE", "/nowhere/soffice")
    error = failure(data, name)
    assert words in error.message + error.reason


def test_a_new_file_under_an_old_ending_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SOFFICE", "/nowhere/soffice")
    assert OfficeLoader().load(word_file(paragraph("新格式。")), "改名.doc").text == "新格式。"
    page = "<html><body><p>网页另存的文件。</p></body></html>".encode()
    assert OfficeLoader().load(page, "另存.doc").text == "网页另存的文件。"


@needs_libreoffice
def test_rich_text_is_converted() -> None:
    assert OfficeLoader().load(RTF, "旧文件.rtf").text.split("\n") == ["一、总体要求", "2024年"]


@needs_libreoffice
def test_a_damaged_old_file_is_refused() -> None:
    assert "打不开" in failure(WORD, "坏.doc").reason


@needs_libreoffice
def test_old_word_files(shared: Path) -> None:
    folder = shared / "data/doc"
    rules = read_document(next(folder.glob("*规范.doc")), folder)
    assert rules.card.title == "研究生学位论文撰写规范"
    assert "学位论文的页面边距上下左右各为25mm" in rules.text
    headings = {heading.title: heading.level for heading in rules.headings}
    assert headings["2.1 论文的文字及书写"] + 1 == headings["2.1.1 论文的文字"]
    cover = read_document(next(folder.glob("*cover.doc")), folder)
    assert "学校代号：10561" in cover.text
    assert os.listdir(folder)  # nothing was written beside the files
