"""Files that no loader should open: too large, empty, links that lead in circles, names that are hard to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.indexing.scan import corpus_files
from qa.reading.loaders import SUPPORTED_SUFFIXES
from qa.reading.reader import read_document
from tests.reading.loaders.pdf_writer import paragraph, pdf

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


def test_names_with_spaces_and_emoji_are_read(tmp_path: Path) -> None:
    path = tmp_path / "关于 报送 的通知 😀（定稿）.pdf"
    path.write_bytes(pdf([paragraph(TEXT, 160)]))
    assert read_document(path, tmp_path).text == TEXT
