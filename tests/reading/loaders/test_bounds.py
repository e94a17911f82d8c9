"""Each file has its bounds of time and memory, whatever its format; the file after it is read again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading import document_from, loader_for, read_document, structured
from qa.reading.loaders import allowance, apart, isolated, mail, pdf, sheet, slides
from qa.reading.loaders.apart import loaded_from, loaded_json, time_limit_s
from qa.reading.loaders.isolated import Crew
from qa.reading.reader import load_file
from qa.reading.structured import document_apart
from tests.conftest import ROOT
from tests.reading.loaders.pdf_writer import paragraph as printed
from tests.reading.loaders.pdf_writer import pdf as made_pdf
from tests.reading.loaders.test_mail import mail as made_mail
from tests.reading.loaders.test_sheet import workbook
from tests.reading.loaders.test_slides import slides as made_slides
from tests.reading.loaders.word_files import paragraph, row, table, word_file

TEXT = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"
WORD = paragraph(TEXT) + table(row("级别", "奖励（万元）"), row("国家级", "500"))
FILES: dict[str, Callable[[], bytes]] = {
    "通知.docx": lambda: word_file(WORD),
    "网页.html": lambda: f"<p>{TEXT}</p>".encode(),
    "表.csv": lambda: "指标,单位,数值\n引进新品种,个,556\n".encode(),
    "信.eml": lambda: made_mail("", ("表.csv", b"a,b\n1,2")),
    "扫描.pdf": lambda: made_pdf([printed(TEXT, 160), printed(TEXT, 200)]),
    "表.xlsx": workbook,
    "汇报.pptx": made_slides,
    "记录.txt": lambda: TEXT.encode(),
}


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / request.param
    made.write_bytes(FILES[request.param]())
    return made


def test_a_file_beyond_its_time_is_named_and_the_next_one_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        for module in (apart, pdf, sheet, slides):
            patch.setattr(module, "PARSE_LIMIT_S", 0.0)
        patch.setattr(apart, "PARSE_MB_LIMIT_S", 0.0)
        assert mail.time_limit_s(10**9) == 0.0
        with pytest.raises(DocumentError, match="读取超时") as caught:
            read_document(path, path.parent)
        assert path.name in caught.value.message
    assert read_document(path, path.parent).text


def test_a_file_that_needs_too_much_memory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Crew(160, 1)
    monkeypatch.setattr(apart, "PARSING", small)
    path = tmp_path / "很长.csv"
    path.write_bytes("序号,数值\n".encode() + b"".join(b"%d,%d\n" % (each, each * 7) for each in range(250_000)))
    with pytest.raises(DocumentError, match=r"很长\.csv") as caught:
        load_file(path)
    assert "需要的内存超过上限 160 MB" in caught.value.reason
    path.write_bytes(FILES["表.csv"]())
    assert "556" in load_file(path).text
    small.close()


def test_what_a_large_file_took_is_given_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small = Crew(1024, 1)
    monkeypatch.setattr(apart, "PARSING", small)
    monkeypatch.setattr(isolated, "KEPT_SHARE", 0.0)
    path = tmp_path / "网页.html"
    path.write_bytes(FILES["网页.html"]())
    assert load_file(path).text == TEXT
    assert small._children[0]._child is None  # the next file starts a fresh one
    small.close()


def test_a_child_whose_parent_was_killed_ends_by_itself() -> None:
    command = [sys.executable, "-c", "from qa.reading.loaders.isolated_child import main; main()", "1024"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        request = {"target": "qa.reading.loaders.isolated_child:main", "arguments": [], "limit_s": -4.9}
        child.stdin.write(json.dumps(request).encode() + b"\n")  # it waits for ever: no more is written
        child.stdin.flush()
        assert child.wait(60) != 0
        assert child.returncode in (-signal.SIGALRM, 1)


def test_a_long_file_keeps_no_other_reader_waiting() -> None:
    crew = Crew(1024, 2)
    slow = crew._idle.get()  # a child at work
    found = crew.call("qa.reading.loaders.radicals:plain_ideographs", ["⼀"], name="短.pdf", limit_s=60)
    crew._idle.put(slow)
    assert found == "一"
    crew.close()


def test_each_thread_is_told_of_its_own_pages() -> None:
    crew = Crew(1024, 2)
    seen: list[object] = []
    crew.page_progress = lambda done, total: None
    other = threading.Thread(target=lambda: seen.append(crew.page_progress))
    other.start()
    other.join()
    assert seen == [None]


def test_a_document_made_apart_is_the_same(path: Path) -> None:
    loaded = load_file(path)
    assert loaded_from(json.loads(json.dumps(loaded_json(loaded)))) == loaded
    assert document_apart(loaded, path.name, "0") == document_from(loaded, path.name, "0")


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.*")), ids=lambda path: path.name)
def test_documents_of_the_corpus_made_apart_are_the_same(path: Path) -> None:
    if loader_for(path) is None:
        pytest.skip("not a document")
    loaded = load_file(path)
    made = document_from(loaded, path.name, "0")
    assert document_apart(loaded, path.name, "0") == made
    assert structured.document_json(loaded_json(loaded), path.name, "0")["text"] == made.text


@pytest.mark.parametrize(
    ("elapsed", "spent", "left"),
    [
        (0.0, 0.0, 10.0),
        (4.0, 4.0, 6.0),
        (10.0, 10.0, 0.0),  # it had all of its time
        (10.0, 2.0, 8.0),  # other work held the machine
        (36.0, 2.0, 4.0),
        (40.0, 2.0, 0.0),  # it stands still
        (12.0, 9.99, 0.05),
        (10.0, None, 0.0),
    ],
)
def test_a_busy_machine_costs_no_file(
    monkeypatch: pytest.MonkeyPatch, elapsed: float, spent: float | None, left: float
) -> None:
    clock: list[float] = [100.0]
    told: list[float | None] = [7.0]
    monkeypatch.setattr(allowance.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(allowance, "processor_s", lambda process: told[0])
    allowed = allowance.Allowance(1, 10.0)
    clock[0] += elapsed
    told[0] = None if spent is None else 7.0 + spent
    assert allowed.left_s() == pytest.approx(left)


def test_the_processor_time_of_a_process_is_told() -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc")
    before = allowance.processor_s(os.getpid())
    assert before is not None
    assert before > 0
    assert allowance.processor_s(2**22 + 1) is None


def test_a_larger_file_may_take_longer() -> None:
    assert time_limit_s(0) == 180
    assert time_limit_s(32 * 1024**2) == 180 + 320
