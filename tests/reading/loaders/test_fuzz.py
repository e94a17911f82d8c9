"""Damaged files of every format: read, or refused by name, and nothing is left behind."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import DocumentError
from qa.indexing.quality import watched
from qa.ports import Loaded
from qa.reading import document_from, passages_of
from qa.reading.loaders import loader_for, ofd, pdf
from tests.conftest import ROOT
from tests.reading.loaders.pdf_writer import paragraph
from tests.reading.loaders.pdf_writer import pdf as made_pdf
from tests.reading.loaders.test_archive import LETTER, packed
from tests.reading.loaders.test_damaged_word_files import SAMPLE as WORD_SAMPLE
from tests.reading.loaders.test_mail import mail, raw_gb2312
from tests.reading.loaders.test_ofd import DOCUMENT
from tests.reading.loaders.test_ofd import ROOT as OFD_ROOT
from tests.reading.loaders.test_ofd import ofd as made_ofd
from tests.reading.loaders.test_pdf import PROSE
from tests.reading.loaders.test_sheet import workbook
from tests.reading.loaders.test_slides import slides

EXAMPLES = int(os.environ.get("QA_FUZZ_EXAMPLES", "30"))

PAGE = (
    '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="2"><ofd:TextObject ID="3" '
    'Boundary="20 30 100 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="5 5 5">关于报送总结的通知</ofd:TextCode>'
    "</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
)
MADE: dict[str, Callable[[], bytes]] = {
    "a.pdf": lambda: made_pdf([paragraph(PROSE, 160), paragraph(PROSE, 200)]),
    "a.ofd": lambda: made_ofd(
        {"OFD.xml": OFD_ROOT.format("D.xml").encode(), "D.xml": DOCUMENT.encode(), "P.xml": PAGE.encode()}
    ),
    "a.xlsx": workbook,
    "a.pptx": slides,
    "a.csv": lambda: "指标,单位,数值\n引进新品种,个,556\n服务农牧民,万户,3\n".encode("gb18030"),
    "a.eml": lambda: mail(
        "<p>全市共有<b>565家</b>企业。</p>", ("表.csv", b"a,b\n1,2\n"), ("报告.pdf", MADE["a.pdf"]())
    ),
    "b.eml": lambda: raw_gb2312("各单位：请于3月15日前报送。", "通知"),
    "a.zip": lambda: packed({"甲.txt": LETTER, "乙/丙.csv": b"a,b\n1,2"}),
    "a.docx": lambda: WORD_SAMPLE,
    "a.html": lambda: WEB_PAGE.encode(),
    "b.html": lambda: WEB_PAGE.replace("utf-8", "gb2312").encode("gb18030"),
    "a.md": lambda: MARKDOWN.encode(),
    "a.txt": lambda: LETTER.decode().encode("gb18030"),
}
WEB_PAGE = (
    '<html><head><meta charset="utf-8"><title>通知</title></head><body><div id="nav"><a href="/">首页</a></div><h1>关于报送总结的通知</h1>'
    "<p>各旗区<b>科技局</b>：</p><table><tr><th>指标</th><th>数值</th></tr><tr><td rowspan=2>引进新品种</td><td>556</td></tr><tr><td>3</td></tr></table>"
    "<pre>一\n二</pre></body></html>"
)
MARKDOWN = "# 关于报送总结的通知\n\n各旗区科技局：\n\n## 一、总体要求\n\n**引进新品种**556个<sub>①</sub>。\n\n|指标|数值|\n|---|---|\n|企业数|556|\n"
PACKAGES = ("a.docx", "a.ofd", "a.xlsx", "a.pptx", "a.zip")
OURS = (".docx", ".html", ".csv", ".eml", ".txt", ".md", ".zip")
"""Formats that our own code takes apart: damage there has a reason in words, never the name of an exception."""
_made = cache(lambda name: MADE[name]())


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A way of damaging a file: cut, bytes changed, a stretch dropped, doubled or filled."""
    kind = draw(st.sampled_from(["cut", "change", "drop", "double", "zeros", "insert"]))
    places = draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12))
    length = draw(st.integers(1, 400))
    extra = draw(st.binary(min_size=1, max_size=40))

    def apply(data: bytes) -> bytes:
        place = int(places[0][0] * len(data))
        if kind == "cut":
            return data[:place]
        if kind == "change":
            changed = bytearray(data)
            for share, value in places:
                changed[min(len(data) - 1, int(share * len(data)))] = value
            return bytes(changed)
        middle = {"drop": b"", "double": data[place : place + length] * 2, "zeros": bytes(length), "insert": extra}[
            kind
        ]
        return data[:place] + middle + data[place + (0 if kind == "insert" else length) :]

    return apply


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No recognition (its time is not the point), and folders that can be looked at afterwards."""
    monkeypatch.setattr(pdf, "ocr_available", lambda: False)
    monkeypatch.setattr(ofd, "ocr_available", lambda: False)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path)


def outcome(data: bytes, name: str) -> Loaded | DocumentError:
    """What comes of a file; anything but a :class:`DocumentError` fails the test."""
    loader = loader_for(PurePath(name))
    assert loader is not None
    try:
        found: Loaded | DocumentError = loader.load(data, name)
    except DocumentError as error:
        found = error
    if isinstance(found, DocumentError):
        assert all((name in found.message, found.reason, found.hint)), found
        assert not (name.endswith(OURS) and "不合格式（" in found.reason), found.reason
        return found
    document = document_from(found, name, "")
    passages = passages_of(document)
    assert all(document.text[passage.start : passage.end] == passage.text for passage in passages)
    with suppress(DocumentError):
        watched(document, passages)
    return found


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and ".hypothesis" not in path.parts]


@pytest.mark.parametrize("name", MADE)
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    assert isinstance(outcome(_made(name), name), Loaded)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(damage())
    def check(harm: Callable[[bytes], bytes]) -> None:
        damaged = harm(_made(name))
        if damaged:
            outcome(damaged, name)

    check()
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("name", PACKAGES)
def test_damaged_parts_of_sound_packages_are_read_or_refused(name: str, tmp_path: Path) -> None:
    """The archive is sound, what stands in it is not: its checks let the damage through to the parser."""
    with zipfile.ZipFile(io.BytesIO(_made(name))) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(sorted(parts)), damage())
    def check(part: str, harm: Callable[[bytes], bytes]) -> None:
        outcome(packed({**parts, part: harm(parts[part])}), name)

    check()
    assert left_behind(tmp_path) == []


REAL = {
    "ofd": "data/ofd/ofdrw-reader__chineseDir.ofd",
    "signed": "data/ofd/ofdrw-sign__signedFile.ofd",
    "invoice": "data/ofd/ofdrw-converter__1.ofd",
    "word": "data/official-documents/provincial-reports-2025/2025年浙江省政府工作报告.docx",
    "report": "data/official-documents/national-reports/1954*.txt",
    "page": "data/official-documents/state-council/html/2018-11-19*.html",
}


@pytest.mark.parametrize("kind", REAL)
def test_damaged_real_files_are_read_or_refused(shared: Path, kind: str, tmp_path: Path) -> None:
    (path,) = shared.glob(REAL[kind])
    whole, name = path.read_bytes(), f"{kind}{path.suffix}"

    @settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(damage())
    def check(harm: Callable[[bytes], bytes]) -> None:
        if damaged := harm(whole):
            outcome(damaged, name)

    check()
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("name", sorted({*MADE, "a.xls", "a.ods", "a.tsv"}))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_under_any_name_are_read_or_refused(name: str, data: bytes) -> None:
    outcome(data, name)


def test_the_repository_is_untouched() -> None:
    assert not list(ROOT.glob("qa-*"))
