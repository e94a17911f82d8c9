"""Hostile documents: what they point to is not fetched, what they declare is not expanded, nothing is written outside."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from pptx import Presentation
from pptx.util import Inches

from qa.errors import DocumentError
from qa.indexing.scan import corpus_files
from qa.reading import read_document
from qa.reading.loaders.office import find_program
from tests.reading.loaders.word_files import paragraph, word_file

WORDS = "全市引进新品种五百五十六个，推广新技术三百八十四项。"
SECRET = "这是本机的秘密"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Listener:
    """A server on this machine that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.2)
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.visits: list[bytes] = []
        self._ended = False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended:
            with suppress(TimeoutError):
                visitor, _ = self.socket.accept()
                with visitor:
                    visitor.settimeout(2)
                    with suppress(OSError):
                        self.visits.append(visitor.recv(200))
                        visitor.sendall(b"HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n")

    def close(self) -> None:
        self._ended = True
        self._thread.join()
        self.socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def html(url: str) -> bytes:
    return (
        f'<!DOCTYPE html PUBLIC "x" "{url}/dtd"><html><head><meta charset="utf-8"><base href="{url}/">'
        f'<link rel="stylesheet" href="{url}/a.css"><style>@import "{url}/b.css"; p {{background: url({url}/c.png)}}</style>'
        f'<meta http-equiv="refresh" content="0;url={url}/r"><script src="{url}/d.js"></script></head><body><p>{WORDS}</p>'
        f'<img src="{url}/e.png"><iframe src="{url}/f"></iframe><object data="{url}/g"></object><embed src="{url}/h">'
        f'<video src="{url}/i"></video><svg><image href="{url}/j"/><use href="{url}/k#x"/></svg></body></html>'
    ).encode()


def docx(url: str) -> bytes:
    packed = io.BytesIO(word_file(paragraph(WORDS), styles=""))
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{RELATIONS}/attachedTemplate" Target="{url}/t.dotm" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{RELATIONS}/image" Target="{url}/i.png" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{RELATIONS}/aFChunk" Target="{url}/c.html" TargetMode="External"/>'
        f'<Relationship Id="d" Type="{RELATIONS}/styles" Target="{url}/styles.xml" TargetMode="External"/></Relationships>'
    ).encode()
    return zipped(files)


def xlsx(url: str) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["指标", "数值"])
    sheet.write_row("A2", ["引进新品种", 556])
    sheet.write_url("A3", f"{url}/x", string=WORDS)
    sheet.write_formula("B3", f'=WEBSERVICE("{url}/w")', None, "1")
    book.close()
    return packed.getvalue()


def pptx(url: str) -> bytes:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.text = WORDS
    slide.part.rels.get_or_add_ext_rel(f"{RELATIONS}/image", f"{url}/i.png")
    slide.part.rels.get_or_add_ext_rel(f"{RELATIONS}/video", f"{url}/v.mp4")
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def eml(url: str) -> bytes:
    head = "From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?B?6YCa5oql?=\r\nMIME-Version: 1.0\r\n"
    body = html(url).decode()
    external = f'Content-Type: message/external-body; access-type=URL; URL="{url}/body"\r\n\r\n'
    return (
        f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        f"{body}\r\n--b\r\n{external}\r\n--b--\r\n"
    ).encode()


def markdown(url: str) -> bytes:
    return f"# 通报\n\n![图]({url}/a.png) <img src={url}/b.png>\n\n{WORDS}\n\n[x]: {url}/c\n".encode()


def rtf(url: str) -> bytes:
    words = "".join(f"\\u{ord(each)}?" for each in WORDS)
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{url}/a.png" \\\\d}}{{\\fldrslt}}}}'
    text = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{url}/b.docx"}}{{\\fldrslt}}}}'
    return f"{{\\rtf1\\ansi{{\\*\\template {url}/t.dot}}{field}{text}\\par {words}\\par}}".encode()


POINTING = {
    "a.html": html,
    "a.docx": docx,
    "a.xlsx": xlsx,
    "a.pptx": pptx,
    "a.eml": eml,
    "a.md": markdown,
    "a.rtf": rtf,
}


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_the_listener_hears_who_comes(listener: Listener) -> None:
    with socket.create_connection(listener.socket.getsockname()) as visitor:
        visitor.sendall(b"GET / HTTP/1.0\r\n\r\n")
        visitor.recv(100)
    assert len(listener.visits) == 1


@pytest.mark.parametrize("name", POINTING)
def test_what_a_document_points_to_is_not_fetched(name: str, tmp_path: Path, listener: Listener) -> None:
    if name.endswith(".rtf") and find_program() is None:
        pytest.skip("needs LibreOffice (Debian: apt-get install libreoffice-writer)")
    path = tmp_path / name
    path.write_bytes(POINTING[name](listener.address))
    assert "全市引进新品种" in read_document(path, tmp_path).text
    assert listener.visits == []


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("kind", ["bomb", "file"])
def test_entities_of_workbooks_are_not_expanded(part: str, kind: str, tmp_path: Path) -> None:
    assert_unexpanded(with_doctype(xlsx("http://x.example"), part, kind, tmp_path), "a.xlsx", tmp_path)


@pytest.mark.parametrize("kind", ["bomb", "file"])
def test_entities_of_slides_are_not_expanded(kind: str, tmp_path: Path) -> None:
    assert_unexpanded(
        with_doctype(pptx("http://x.example"), "ppt/slides/slide1.xml", kind, tmp_path), "a.pptx", tmp_path
    )


@pytest.mark.parametrize("kind", ["bomb", "file"])
def test_entities_of_word_files_are_not_expanded(kind: str, tmp_path: Path) -> None:
    assert_unexpanded(
        with_doctype(word_file(paragraph(WORDS)), "word/document.xml", kind, tmp_path), "a.docx", tmp_path
    )


@pytest.mark.parametrize("kind", ["bomb", "file"])
def test_entities_of_ofd_are_not_expanded(kind: str, tmp_path: Path) -> None:
    root = (
        '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0">'
        f"<ofd:DocBody><ofd:DocRoot>{WORDS}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    assert_unexpanded(with_doctype(zipped({"OFD.xml": root.encode()}), "OFD.xml", kind, tmp_path), "a.ofd", tmp_path)


@pytest.mark.parametrize("kind", ["bomb", "file"])
def test_entities_of_web_pages_are_not_expanded(kind: str, tmp_path: Path) -> None:
    page = f"<html><head><meta charset='utf-8'></head><body><p>{WORDS}&z;</p></body></html>"
    assert_unexpanded((doctype(kind, tmp_path, "html") + page).encode(), "a.html", tmp_path)


def doctype(kind: str, folder: Path, root: str) -> str:
    """A document type whose entity ``z`` is a billion characters, or the content of a file of this machine."""
    if kind == "file":
        (folder / "secret.md").write_text(SECRET, "utf-8")
        return f'<!DOCTYPE {root} [<!ENTITY z SYSTEM "{(folder / "secret.md").as_uri()}">]>'
    levels = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghz", strict=True))
    return f'<!DOCTYPE {root} [<!ENTITY a "{"啊" * 100}">{levels}]>'


def with_doctype(packed: bytes, part: str, kind: str, folder: Path) -> bytes:
    """The package with a document type before ``part``'s root, and the entity among its words."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text = files[part].decode()
    head, root = text.split("?>", 1) if text.startswith("<?xml") else ("<?xml version='1.0'", text)
    name = root.strip().removeprefix("<").split()[0].split(">")[0]
    declared = doctype(kind, folder, name) + root.replace(WORDS, f"{WORDS}&z;", 1).replace("Sheet1", "&z;", 1)
    files[part] = f"{head}?>{declared}".encode()
    return zipped(files)


def assert_unexpanded(data: bytes, name: str, folder: Path) -> None:
    """Either the file is refused, or it is read without what the entity stands for."""
    path = folder / name
    path.write_bytes(data)
    try:
        text = read_document(path, folder).text
    except DocumentError:
        return
    assert SECRET not in text
    assert "啊" * 1000 not in text


@pytest.mark.parametrize(
    "member", ["../逃.txt", "/tmp/逃.txt", "a/../../逃.txt", "..\\逃.txt", "C:\\逃.txt", "好/./../../逃.txt"]
)
def test_members_that_point_outside_write_nothing(member: str, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    packed = zipped({member: WORDS.encode(), "好.txt": WORDS.encode()})
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = 0o120777 << 16
    with io.BytesIO(packed) as buffer:
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        (folder / "包.zip").write_bytes(buffer.getvalue())
    before = sorted(path for path in tmp_path.rglob("*"))
    documents = []
    for each in corpus_files(folder):
        with suppress(DocumentError):
            documents.append(read_document(folder / each.path, folder))
    assert sorted(path for path in tmp_path.rglob("*")) == before
    assert not [each for each in documents if ".." in each.path or "root:" in each.text]
    assert "逃" not in "".join(each.path for each in documents)
