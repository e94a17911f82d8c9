"""Damaged files of every format: read, or refused by name, and nothing is left behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.clean import clean
from qa.reading.loaders import loader_for, ofd, pdf
from tests.conftest import ROOT
from tests.reading.loaders.pdf_writer import paragraph
from tests.reading.loaders.pdf_writer import pdf as made_pdf
from tests.reading.loaders.test_archive import LETTER, packed
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
}
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
    if isinstance(found, Loaded):
        clean(found)
    else:
        assert all((name in found.message, found.reason, found.hint)), found
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


@pytest.mark.parametrize(
    "name", ["ofdrw-reader__chineseDir.ofd", "ofdrw-sign__signedFile.ofd", "ofdrw-converter__1.ofd"]
)
def test_damaged_real_files_are_read_or_refused(shared: Path, name: str, tmp_path: Path) -> None:
    whole = (shared / "data" / "ofd" / name).read_bytes()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
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
