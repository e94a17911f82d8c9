"""SIGKILL of a server at random moments, while people upload, remove, collect and ask: what it reported is there afterwards.

``make test-faults`` kills 120 times; the suite a few times. ``QA_FAULTS`` sets another number.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import signal
import sqlite3
import threading
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx2

from qa.adapters.sqlite.inspection import findings_of
from qa.adapters.workspace.drafts import SqliteDraftStore

from .bigram_library import BigramLibrary
from .fault_server import library_in, serve_and_tell

KILLS = int(os.environ.get("QA_FAULTS", "8")) // 2 or 1
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.indexing.fault_server"])
MOST_DOCUMENTS = 12


@dataclass
class Reported:
    """What the server said was done. A file "kept" is in the corpus; one "indexed" in the index; one "gone" in neither."""

    kept: dict[str, str] = field(default_factory=dict)
    indexed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    uploads: int = 0
    removals: int = 0
    answers: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """What a run of kills found."""

    kills: int = 0
    in_job: int = 0
    damaged: int = 0
    lost: int = 0


def text_of(number: int) -> str:
    return f"科技简报\n2020年第{number}期\n\n第{number}号观测站全年引进新品种{5000 + number}个，推广新技术384项。\n"


class Person(threading.Thread):
    """Uses the server until it is gone; whatever it answers to a change is noted, an answer is compared."""

    def __init__(self, address: str, reported: Reported, first: int) -> None:
        super().__init__()
        self.address, self.reported, self.number = address, reported, first
        self.in_job = False
        self.steps = 0

    def run(self) -> None:
        with httpx2.Client(timeout=30, base_url=self.address) as client, suppress(httpx2.HTTPError):
            while True:
                for step in (self._upload, self._collect, self._ask, self._remove):
                    step(client)
                    self.steps += 1

    def _upload(self, client: httpx2.Client) -> None:
        self.number += 1
        name, text = f"简报{self.number}.txt", text_of(self.number)
        self.in_job = True
        response = client.post("/api/documents", files={"files": (name, text.encode(), "text/plain")})
        assert response.status_code == 202, response.text
        self.reported.kept[name] = text
        self.reported.uploads += 1
        if self._ended(client, response.json()["job"]["id"]):
            self.reported.indexed.add(name)
        self.in_job = False

    def _ended(self, client: httpx2.Client, job_id: str) -> bool:
        while True:
            job = client.get(f"/api/jobs/{job_id}").json()
            if job["state"] in ("done", "failed", "cancelled"):
                assert job["state"] == "done", job
                return True
            time.sleep(0.01)

    def _collect(self, client: httpx2.Client) -> None:
        name = f"汇报{self.number}"
        if client.post("/api/drafts", json={"name": name}).status_code == 201:
            self.reported.drafts.add(name)

    def _ask(self, client: httpx2.Client) -> None:
        number = random.choice([int(name[2:-4]) for name in self.reported.indexed])
        response = client.get("/api/ask", params={"q": f"第{number}号观测站全年引进多少个新品种？"})
        assert response.status_code == 200, response.text
        answer = response.json()["answer"]
        self.reported.answers += 1
        if not answer["abstained"] and answer["evidence"] not in text_of(
            int(re.findall(r"\d+", answer["document_id"])[0])
        ):
            self.reported.wrong.append(json.dumps(answer, ensure_ascii=False))

    def _remove(self, client: httpx2.Client) -> None:
        if len(self.reported.kept) <= MOST_DOCUMENTS:
            return
        name = next(iter(self.reported.indexed))
        self.reported.kept.pop(name)  # whether it went is open until the server says so
        self.reported.indexed.discard(name)
        response = client.delete(f"/api/documents/{name.removesuffix('.txt')}")
        assert response.status_code == 202, response.text
        self.reported.gone.add(name)
        self.reported.removals += 1


def kill_once(root: Path, reported: Reported, first: int, after_steps: int, delay_s: float) -> Person:
    """Kills ``delay_s`` after the person has done so many steps."""
    receiving, sending = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=serve_and_tell, args=(root, sending))
    child.start()
    sending.close()
    address = re.search(r"http://\S+?(?=/（)", str(receiving.recv()))
    assert address is not None
    person = Person(address[0], reported, first)
    person.start()
    deadline = time.monotonic() + 60
    while person.steps < after_steps and person.is_alive() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(delay_s)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    person.join(60)
    child.join()
    receiving.close()
    assert not person.is_alive()
    return person


def check(library: BigramLibrary, reported: Reported, tally: Tally) -> None:
    newest = library.generations.newest()
    assert newest is not None
    tally.damaged += bool(findings_of(library.generations, newest))
    for name, text in reported.kept.items():
        path = library.corpus / name
        tally.lost += not path.is_file() or path.read_text("utf-8") != text
    store = library.snapshot().store
    read = {each.path: each.text for each in store.documents()}
    tally.lost += sum(name not in read for name in reported.indexed)
    tally.lost += sum((library.corpus / name).exists() for name in reported.gone)
    tally.lost += sum(not (library.corpus / ".removed" / name).is_file() for name in reported.gone)
    for database in library.settings.workspace.glob("*.sqlite*"):
        if database.suffix == ".sqlite":
            with closing(sqlite3.connect(database)) as connection:
                tally.damaged += connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    kept = {each.name for each in SqliteDraftStore(library.settings.workspace).list()}
    tally.lost += len(reported.drafts - kept)


def test_no_kill_of_the_server_loses_what_it_reported(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    library.write("简报0.txt", text_of(0))
    library.update()
    reported, tally = Reported(indexed={"简报0.txt"}, kept={"简报0.txt": text_of(0)}), Tally()
    number = 0
    for kill in range(KILLS):
        person = kill_once(tmp_path, reported, number, after_steps=kill % 6, delay_s=0.3 * ((kill * 0.618034) % 1))
        number = person.number
        tally.kills += 1
        tally.in_job += person.in_job
        check(library, reported, tally)
    counted = {"uploads": reported.uploads, "removals": reported.removals, "answers": reported.answers}
    print(json.dumps(asdict(tally) | counted | {"drafts": len(reported.drafts)}))
    assert reported.wrong == []
    assert (tally.kills, tally.damaged, tally.lost) == (KILLS, 0, 0)
    library.update()  # and what was placed but not yet read is read now
    read = {each.path for each in library.snapshot().store.documents()}
    assert set(reported.kept) <= read
