from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading.loaders import SUPPORTED_SUFFIXES, loader_for
from qa.reading.loaders.files import file_bytes
from qa.reading.reader import load_file


def failure(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        load_file(path)
    error = caught.value
    assert error.message.startswith(path.name)
    assert error.reason
    assert error.hint
    return error


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲\r\n乙\r丙\n".encode())
    source = load_file(path)
    assert (source.text, source.encoding, source.warnings) == ("甲\n乙\n丙\n", "utf-8", ())


def test_gbk_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("鄂尔多斯市科学技术局关于科技计划项目的通知".encode("gbk"))
    source = load_file(path)
    assert source.text == "鄂尔多斯市科学技术局关于科技计划项目的通知"
    (warning,) = source.warnings
    assert "GB18030" in warning


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件大小为 0"),
        (b" \n\t\n", "文件里没有文字"),
        ("\ufeff\n".encode(), "文件里没有文字"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"text with \x00 inside", "二进制"),
        (bytes(range(256)) * 20, "二进制"),
        (b"\x01\x02\x03\x04\x05 a" * 30, "二进制"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "资料.txt"
    path.write_bytes(content)
    assert reason in failure(path).reason


def test_missing_dangling_and_folder(tmp_path: Path) -> None:
    assert "不存在" in failure(tmp_path / "无.txt").reason
    link = tmp_path / "链接.txt"
    link.symlink_to(tmp_path / "哪里.txt")
    assert "链接" in failure(link).reason
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    assert "文件夹" in failure(folder).reason


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(b"x" * 100)
    with pytest.raises(DocumentError) as caught:
        file_bytes(path, max_bytes=99)
    assert "太大" in caught.value.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_text("甲", encoding="utf-8")
    path.chmod(0)
    assert "权限" in failure(path).reason


def test_a_file_that_disappears_is_an_error_not_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("甲", encoding="utf-8")

    def denied(_: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "权限" in failure(path).reason


@pytest.mark.parametrize(
    ("content", "part"), [("有一个\ufffd字。", "�"), ("锟斤拷锟斤拷", "乱码"), ("æ–‡ä»¶Ã¤Â¸Â­", "乱码")]
)
def test_signs_of_lost_text_are_warned_of(tmp_path: Path, content: str, part: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(content, encoding="utf-8")
    assert any(part in warning for warning in load_file(path).warnings)


def test_loaders_by_name() -> None:
    assert {".txt", ".md"} <= set(SUPPORTED_SUFFIXES)
    assert loader_for(Path("甲.TXT")) is not None
    assert loader_for(Path("甲.md")) is not None
    assert loader_for(Path("甲.xyz")) is None
    assert loader_for(Path("无扩展名")) is None
