"""Clocks that jump, two writers at once, a damaged reading model: no wrong answer, nothing lost, the cause named."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.span_reader import SpanReader
from qa.adapters.sqlite.inspection import findings_of
from qa.bootstrap import _reader, _span_reader
from qa.errors import IndexBusyError
from qa.models.reader.manifest import FILES, MANIFEST_FILE, SHIPPED_FOLDER
from qa.settings import Settings
from qa.web.app import create_app

from .bigram_library import BigramLibrary
from .fault_child import workshop_in

ROUNDS = max(3, int(os.environ.get("QA_FAULTS", "16")) // 5)
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.indexing.fault_child"])
JUMPS_S = (0, 3600, -7200, 86400 * 365 * 50, -86400 * 365 * 40, 86400 * 30, -1)


class Jumping(datetime):
    """Every look at the clock shows another time: hours, days and decades forward and back."""

    _jumps: Iterator[int] = cycle(JUMPS_S)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(seconds=next(cls._jumps))


@pytest.fixture
def jumping(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (
        "qa.adapters.sqlite.writer",
        "qa.adapters.sqlite.changes",
        "qa.adapters.workspace.drafts",
        "qa.indexing.jobs",
        "qa.web.keeping",
    ):
        monkeypatch.setattr(f"{place}.datetime", Jumping)
    wall, jumps = time.time, cycle(JUMPS_S)
    monkeypatch.setattr(time, "time", lambda: wall() + next(jumps))


@pytest.mark.usefixtures("jumping")
def test_while_the_clock_jumps_files_are_read_and_questions_answered(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path)
    library.write("简报0.txt", "科技简报\n2020年第1期\n\n0号站全年引进新品种500个。")
    library.update()
    with TestClient(create_app(library.assistant(), update=library.update)) as client:
        for number in range(1, 8):
            text = f"科技简报\n2020年第{number}期\n\n{number}号站全年引进新品种{500 + number}个，推广新技术384项。"
            sent = client.post("/api/documents", files={"files": (f"简报{number}.txt", text.encode(), "text/plain")})
            job = _ended(client, sent.json()["job"]["id"])
            assert job["state"] == "done", job
            answer = client.get("/api/ask", params={"q": f"{number}号站全年引进多少个新品种？"}).json()["answer"]
            assert (answer["text"], answer["document_id"]) == (f"{500 + number}个", f"简报{number}")
            assert client.get("/", params={"q": f"{number}号站全年引进多少个新品种？"}).status_code == 200
            assert client.post("/api/drafts", json={"name": f"汇报{number}"}).status_code == 201
        assert len(client.get("/api/drafts").json()["drafts"]) == 7
        assert client.get("/history").status_code == 200
        assert client.get("/library").status_code == 200
        removed = client.delete("/api/documents/简报3")
        assert _ended(client, removed.json()["job"]["id"])["state"] == "done"
        answer = client.get("/api/ask", params={"q": "3号站全年引进多少个新品种？"}).json()["answer"]
        assert answer["abstained"] or "503" not in answer["text"]


def _ended(client: TestClient, job_id: str) -> Any:
    for _ in range(3000):
        job = client.get(f"/api/jobs/{job_id}").json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.02)
    raise TimeoutError(job_id)


@pytest.mark.parametrize("stamp", [0, 1, 315532800, 4102444800])
def test_a_changed_file_is_read_whatever_its_time_says(tmp_path: Path, stamp: int) -> None:
    library = BigramLibrary(tmp_path)
    path = library.write("甲.txt", "科技支出24.82亿元。")
    os.utime(path, (stamp, stamp))
    library.update()
    path.write_text("科技支出24.83亿元。", "utf-8")  # as long, and as old
    os.utime(path, (stamp, stamp))
    assert library.update().read == 1
    assert "24.83" in library.snapshot().store.document("甲").text


def build_often(corpus: Path, index: Path, rounds: int, told: Connection, together: Barrier) -> None:
    """Builds until it was let so many times; sends how often another writer was there."""
    workshop, busy, built = workshop_in(corpus, index), 0, 0
    together.wait(60)
    while built < rounds:
        workshop.write(f"{os.getpid()}.txt", f"进程{os.getpid()}第{built}次，数值{built}.5亿元。")
        try:
            workshop.build()
            built += 1
        except IndexBusyError:
            busy += 1
            time.sleep(0.002)
    told.send(busy)


def test_two_writers_at_once_never_meet_in_one_index(tmp_path: Path) -> None:
    workshop = workshop_in(tmp_path / "c", tmp_path / "i")
    workshop.corpus.mkdir()
    for number in range(20):
        workshop.write(f"{number}.txt", f"第{number}号文件，数值{number}.25亿元。")
    workshop.build()
    children, ends, together = [], [], CONTEXT.Barrier(2)
    for _ in range(2):
        receiving, sending = CONTEXT.Pipe(duplex=False)
        arguments = (workshop.corpus, workshop.index, ROUNDS, sending, together)
        children.append(CONTEXT.Process(target=build_often, args=arguments))
        ends.append(receiving)
        children[-1].start()
        sending.close()
    while any(child.is_alive() for child in children):  # and whoever reads sees a sound index at every moment
        newest = workshop.generations.newest()
        assert newest is not None
        found = findings_of(workshop.generations, newest)
        assert found == [] or not newest.exists()  # two newer ones stand already
        time.sleep(0.02)
    busy = [end.recv() for end in ends]
    for child in children:
        child.join()
    workshop.build()
    texts = {path.name: path.read_text("utf-8") for path in workshop.corpus.glob("*.txt")}
    assert {each.path: each.text for each in workshop.library().documents()} == texts
    assert [child.exitcode for child in children] == [0, 0]
    assert sum(busy) > 0, "they never met"


@pytest.mark.parametrize("name", [*FILES, MANIFEST_FILE])
@pytest.mark.parametrize("damage", ["flipped", "cut", "missing"])
def test_a_damaged_reading_model_is_named_and_the_rules_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(SHIPPED_FOLDER, folder)
    data = (folder / name).read_bytes()
    (folder / name).unlink()
    if damage != "missing":
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 0x11]) + data[middle + 1 :]
        (folder / name).write_bytes(flipped if damage == "flipped" else data[:middle])
    monkeypatch.setattr(SpanReader.__init__, "__defaults__", (folder, 1, 5, None, 10))
    _span_reader.cache_clear()
    try:
        reader, notes = _reader(Settings(corpus=tmp_path, reader="trained"), JiebaAnalyzer())
    finally:
        _span_reader.cache_clear()
    assert reader.name == "规则"
    assert len(notes) == 1
    assert "改按规则作答" in notes[0]
    assert (name in notes[0]) or "校验和" in notes[0]
