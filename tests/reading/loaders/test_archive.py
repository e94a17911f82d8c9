"""Archives: members are documents; names, sizes and paths are not trusted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.indexing.plan import digest, plan
from qa.indexing.removal import set_aside
from qa.indexing.scan import corpus_files
from qa.reading.loaders import archive as archive_module
from qa.reading.loaders.archive import ArchiveLoader, archive_of, held_in, member_bytes
from qa.reading.reader import read_document

LETTER = "关于报送科技工作总结的通知\n各旗区科技局：请于3月15日前报送工作总结，联系电话0477-8588888。\n".encode()


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return corpus


def test_members_are_documents_of_their_own(folder: Path) -> None:
    (folder / "来文 😀.zip").write_bytes(
        packed({"2025/通知.txt": LETTER, "2025/": b"", "__MACOSX/x.txt": b"x", "表.csv": b"a,b\n1,2"})
    )
    files = corpus_files(folder)
    assert [file.path for file in files] == ["来文 😀.zip/2025/通知.txt", "来文 😀.zip/表.csv"]
    document = read_document(files[0].location, folder)
    assert document.path == "来文 😀.zip/2025/通知.txt"
    assert document.id == "来文 😀.zip~2025~通知"
    assert "0477-8588888" in document.text
    assert document.sha256 == digest(files[0].location) != ""
    assert archive_of(files[0].location) == (folder / "来文 😀.zip", "2025/通知.txt")


def test_names_in_gbk_are_decoded(folder: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("@@@@@@@@@@@@.txt", LETTER)
    name = "科技局/通知".encode("gb18030")
    data = buffer.getvalue().replace(b"@@@@@@@@@@@@.txt", name.ljust(12, b"_")[:12] + b".txt")
    (folder / "旧.zip").write_bytes(data)
    assert held_in(folder / "旧.zip").members == ("科技局/通知_.txt",)
    assert member_bytes(folder / "旧.zip", "科技局/通知_.txt") == LETTER


def test_only_a_changed_member_is_read_again(folder: Path) -> None:
    path = folder / "a.zip"
    path.write_bytes(packed({"甲.txt": LETTER, "乙.txt": LETTER * 2}))
    first = plan(folder, {})
    known = {each.file.path: _known(each.sha256) for each in first.changed}
    path.write_bytes(packed({"甲.txt": LETTER, "乙.txt": LETTER * 3}))
    again = plan(folder, known)
    assert [each.file.path for each in again.changed] == ["a.zip/乙.txt"]
    assert again.unchanged == 1


def _known(sha256: str):  # type: ignore[no-untyped-def]
    from qa.ports import KnownFile
    from qa.records import DocumentStatus

    return KnownFile(sha256, DocumentStatus.READ, "")


REFUSED = {
    "../逃.txt": "路径越界",
    "/etc/passwd.txt": "路径越界",
    "C:/x.txt": "路径越界",
    "a/../../逃.txt": "路径越界",
    "..\\..\\逃.txt": "路径越界",
    "内层.zip": "不展开",
    "照片.jpg": "格式不支持",
    "a//b.txt": "不合规",
    "换\n行.txt": "不合规",
}


def test_what_is_refused_is_named_and_the_rest_is_read(folder: Path, tmp_path: Path) -> None:
    (folder / "杂.zip").write_bytes(packed({"好.txt": LETTER, **dict.fromkeys(REFUSED, b"x")}))
    before = sorted(tmp_path.rglob("*"))
    assert [file.path for file in corpus_files(folder)] == ["杂.zip", "杂.zip/好.txt"]
    with pytest.raises(DocumentError, match=f"杂.zip 中有 {len(REFUSED)} 个文件没有读入"):
        read_document(folder / "杂.zip", folder)
    assert dict(held_in(folder / "杂.zip").refused).keys() == {
        name.replace("\n", "�").replace("\\", "/") for name in REFUSED
    }
    for name, reason in REFUSED.items():
        with pytest.raises(DocumentError) as caught:
            member_bytes(folder / "杂.zip", name.replace("\\", "/"))
        assert reason in caught.value.reason
    assert sorted(tmp_path.rglob("*")) == before  # nothing was written anywhere


def test_links_and_double_names_are_refused(folder: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, b"/etc/passwd")
        made.writestr("甲.txt", LETTER)
        made.writestr("甲.TXT", LETTER)
    (folder / "b.zip").write_bytes(buffer.getvalue())
    held = held_in(folder / "b.zip")
    assert held.members == ("甲.txt",)
    assert dict(held.refused) == {"链接.txt": "是符号链接", "甲.TXT": "与包里另一个文件重名"}


def test_bombs_are_refused_before_they_unpack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "炸.zip").write_bytes(packed({"大.txt": b"0" * (40 * 1024**2), "好.txt": LETTER}))
    assert [file.path for file in corpus_files(folder)] == ["炸.zip", "炸.zip/好.txt"]
    assert "压缩炸弹" in dict(held_in(folder / "炸.zip").refused)["大.txt"]
    monkeypatch.setattr(archive_module, "MAX_UNPACKED_BYTES", 1024**2)
    with pytest.raises(DocumentError, match="没有读入"):
        held_in(folder / "炸.zip")
    monkeypatch.setattr(archive_module, "MAX_MEMBERS", 1)
    with pytest.raises(DocumentError) as caught:
        ArchiveLoader().load((folder / "炸.zip").read_bytes(), "炸.zip")
    assert "2 个文件" in caught.value.reason


def test_a_header_that_lies_about_the_size_gains_nothing(folder: Path) -> None:
    data = packed({"大.txt": b"0" * (30 * 1024**2)})
    real = (30 * 1024**2).to_bytes(4, "little")
    (folder / "谎.zip").write_bytes(data.replace(real, (2000).to_bytes(4, "little")))
    with pytest.raises(DocumentError):
        member_bytes(folder / "谎.zip", "大.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 broken", "损坏"),
        (packed({"a.txt": LETTER})[:60], "损坏"),
        (packed({}), "空的"),
        (b"Rar!\x1a\x07", "损坏"),
    ],
)
def test_a_broken_archive_is_named(folder: Path, data: bytes, reason: str) -> None:
    (folder / "坏.zip").write_bytes(data)
    assert [file.path for file in corpus_files(folder)] == ["坏.zip"]
    with pytest.raises(DocumentError) as caught:
        read_document(folder / "坏.zip", folder)
    assert reason in caught.value.reason


def test_a_password_is_named(folder: Path) -> None:
    data = bytearray(packed({"密.txt": LETTER}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    (folder / "密.zip").write_bytes(bytes(data))
    with pytest.raises(DocumentError) as caught:
        read_document(folder / "密.zip", folder)
    assert "密码" in caught.value.reason


def test_a_damaged_member_costs_itself_alone(folder: Path) -> None:
    data = bytearray(packed({"坏.txt": LETTER, "好.txt": LETTER}))
    data[len("坏.txt".encode()) + 34] ^= 0xFF
    (folder / "c.zip").write_bytes(bytes(data))
    with pytest.raises(DocumentError, match=r"c\.zip/坏\.txt"):
        read_document(folder / "c.zip" / "坏.txt", folder)
    assert "0477" in read_document(folder / "c.zip" / "好.txt", folder).text


def test_a_member_cannot_be_set_aside_alone(folder: Path) -> None:
    (folder / "d.zip").write_bytes(packed({"甲.txt": LETTER}))
    with pytest.raises(DocumentError, match=r"压缩包 d\.zip"):
        set_aside(folder, "d.zip/甲.txt")
    assert (folder / "d.zip").is_file()


def test_a_member_that_lost_its_name_is_passed_over(folder: Path) -> None:
    nameless = zipfile.ZipInfo("x")
    nameless.filename = ""
    with zipfile.ZipFile(folder / "来文.zip", "w") as made:
        made.writestr("通知.txt", LETTER)
        made.writestr(nameless, b"x")
    assert held_in(folder / "来文.zip") is not None
    assert ArchiveLoader().load((folder / "来文.zip").read_bytes(), "来文.zip") is not None
