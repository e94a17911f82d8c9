"""SIGKILL at every moment of a build: the published index stays sound, and no finished file is read again.

``make test-faults`` kills 240 times; the suite, which everybody waits for, 16 times. ``QA_FAULTS`` sets another number.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qa.adapters.sqlite.inspection import findings_of

from .fault_child import build_and_tell, workshop_in
from .workshop import Workshop

KILLS = int(os.environ.get("QA_FAULTS", "16"))
FILES = 60
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.indexing.fault_child"])


def text_of(number: int, version: int) -> str:
    lines = (
        f"第{number}号文件第{line}条：本次为第{version}版，数值{number * 100 + line}.{version}亿元。"
        for line in range(6)
    )
    return "\n".join(lines)


def contents(workshop: Workshop) -> dict[str, str]:
    library = workshop.library()
    return {each.path: library.document(each.id).text for each in library.documents()}


def on_disk(workshop: Workshop) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in workshop.corpus.glob("*.txt")}


@dataclass
class Tally:
    """What a run of kills found."""

    kills: int = 0
    damaged: int = 0
    mixed: int = 0
    finished: int = 0
    lost: int = 0
    moments: Counter[str] = field(default_factory=Counter)


def change_the_corpus(workshop: Workshop, version: int) -> None:
    """A fifth of the files changed, one added, one taken away, one renamed: every kind of work in every build."""
    for number in range(version % 5, FILES, 5):
        workshop.write(f"{number:03d}.txt", text_of(number, version))
    workshop.write(f"新{version}.txt", text_of(FILES + version, version))
    (workshop.corpus / f"新{version - 3}.txt").unlink(missing_ok=True)
    renamed = workshop.corpus / f"改名{version - 1}.txt"
    source = renamed if renamed.exists() else workshop.corpus / "改名.txt"
    source.rename(workshop.corpus / f"改名{version}.txt")


@dataclass
class Run:
    """What a child said before it ended or was killed; ``tail_s`` is the time from its last file to the end."""

    finished: list[str]
    published: bool
    tail_s: float


def run_child(workshop: Workshop, after_files: int, delay_s: float | None) -> Run:
    """Builds in a child and kills it ``delay_s`` after it told of ``after_files`` files; with ``None`` it may end."""
    receiving, sending = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=build_and_tell, args=(workshop.corpus, workshop.index, sending))
    child.start()
    sending.close()
    said: list[str] = []
    last = time.monotonic()

    def listen(wanted: int) -> None:
        nonlocal last
        with suppress(EOFError):
            while len(said) < wanted:
                said.append(str(receiving.recv()))
                last = time.monotonic() if said[-1] != "published" else last

    listen(1 + after_files)
    if delay_s is not None:
        time.sleep(delay_s)
        with suppress(ProcessLookupError):  # it had ended by itself
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
    listen(10**6)
    child.join()
    tail_s = time.monotonic() - last
    receiving.close()
    return Run([each for each in said[1:] if each != "published"], "published" in said, tail_s)


def test_no_kill_damages_the_index_or_loses_a_finished_file(tmp_path: Path) -> None:
    workshop = workshop_in(tmp_path / "c", tmp_path / "i")
    workshop.corpus.mkdir()
    for number in range(FILES):
        workshop.write(f"{number:03d}.txt", text_of(number, 0))
    workshop.write("改名.txt", "这一份只改名字，不改内容。")
    workshop.build()
    change_the_corpus(workshop, 1)
    usual = run_child(workshop, 0, None)
    assert usual.published
    tally = Tally()
    for kill in range(KILLS):
        before = contents(workshop)
        change_the_corpus(workshop, kill + 2)
        after = on_disk(workshop)
        share = 2 * (
            (kill * 0.618034) % 1
        )  # below 1: while files are read; above: while vectors are made and it is published
        count = len(usual.finished)
        in_reading = share < 1
        delay_s = (share % 1) * 0.01 if in_reading else (share - 1) * 1.1 * usual.tail_s
        run = run_child(workshop, int(share * count) if in_reading else count, delay_s)
        tally.kills += 1
        tally.finished += len(run.finished)
        tally.moments[
            "published" if run.published else "reading" if len(run.finished) < count else "after reading"
        ] += 1
        check(workshop, tally, (before, after))
        workshop.reads.clear()
        workshop.build()
        tally.lost += len(set(workshop.reads) & set(run.finished))
        check(workshop, tally, (after,))
    print(json.dumps(tally.__dict__, ensure_ascii=False))
    assert (tally.kills, tally.damaged, tally.mixed, tally.lost) == (KILLS, 0, 0, 0)
    assert len(tally.moments) > 1, "all kills fell into the same part of a build"


def check(workshop: Workshop, tally: Tally, allowed: tuple[dict[str, str], ...]) -> None:
    newest = workshop.generations.newest()
    assert newest is not None
    tally.damaged += bool(findings_of(workshop.generations, newest))
    tally.mixed += contents(workshop) not in allowed
