"""An hour of steady use, watched: ``python -m tests.load.soak [--minutes 60] [--rate 2] [--log FILE]`` (``make soak``).

A server of its own with the trained reader, over a copy of the five documents, on a free port of the loopback. Questions (dev
half of ``eval/ordos.jsonl``) begin at a steady rate; every few minutes a document comes, is replaced, or goes, through the API,
so the index is made anew under the running questions. Every answer is compared with the words of its document; every question
about a document that just came has to be answered with that document's figure. The server's memory, open files and threads are
sampled every ten seconds into ``--log`` (JSON lines). Exits 1 on a wrong answer, an error, or memory that grows.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, TextIO

import httpx2

from tests.load.ask_at_once import ROOT, TIMEOUT_S, dev_questions

SAMPLE_EVERY_S = 10.0
MOST_UNDER_WAY = 8
"""A question that would be one more is not asked, and counted: the rate is too high for the machine then."""
FLAT_SHARE, FLAT_MB = 0.05, 10.0
"""Memory counts as flat when the last quarter's median is at most this much above that of the second quarter."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at one moment; ``at_s`` since the soak began. The reading children are counted with it."""

    at_s: float
    rss_mb: float
    descriptors: int
    threads: int
    processes: int
    asked: int
    errors: int
    wrong: int
    p50_ms: float
    load_1: float


@dataclass
class Soak:
    """What was asked and what went wrong, so far."""

    asked: int = 0
    answered: int = 0
    skipped: int = 0
    changes: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """The address and process id of ``qa serve`` over a corpus that may be changed."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", f"{folder}/corpus")
        made = {"QA_INDEX": f"{folder}/index", "QA_WORKSPACE": f"{folder}/workspace", "QA_CORPUS": f"{folder}/corpus"}
        environment = os.environ | made | {"QA_READER": "trained", "QA_THREADS": "1", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "qa"]
        subprocess.run([*command, "index"], env=environment, check=True, stdout=subprocess.DEVNULL)
        process = subprocess.Popen(
            [*command, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+?(?=（)", process.stdout.readline())
            assert found is not None, "the server said no address"
            address = found[0].rstrip("/")
            while httpx2.get(f"{address}/readyz", timeout=TIMEOUT_S).status_code != 200:
                time.sleep(0.5)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(30)


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += (task / "children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in dict.fromkeys(children) for each in family(int(child)))]


def sample(pid: int, at_s: float, soak: Soak) -> Sample:
    """The server's figures from ``/proc``."""
    rss_mb, threads, descriptors, processes = 0.0, 0, 0, family(pid)
    for each in processes:
        try:
            status = Path(f"/proc/{each}/status").read_text()
            rss_mb += int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
            threads += int(re.findall(r"Threads:\s+(\d+)", status)[0])
            descriptors += len(os.listdir(f"/proc/{each}/fd"))
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    latest = soak.took_ms[-50:]
    return Sample(
        at_s=round(at_s, 1),
        rss_mb=round(rss_mb, 1),
        descriptors=descriptors,
        threads=threads,
        processes=len(processes),
        asked=soak.asked,
        errors=sum(soak.errors.values()),
        wrong=len(soak.wrong),
        p50_ms=round(statistics.median(latest), 1) if latest else 0.0,
        load_1=round(os.getloadavg()[0], 2),
    )


class People:
    """The ones who ask and change the library."""

    def __init__(self, address: str, client: httpx2.AsyncClient, soak: Soak) -> None:
        self.address, self.client, self.soak = address, client, soak
        self.texts: dict[str, str] = {}

    async def get(self, path: str, **parameters: str) -> Any:
        response = await self.client.get(f"{self.address}{path}", params=parameters)
        response.raise_for_status()
        return response.json()

    async def ask(self, question: str) -> None:
        """One question; what is shown as a quotation has to stand in the document at that place."""
        self.soak.asked += 1
        begun = time.perf_counter()
        try:
            answer = (await self.get("/api/ask", q=question))["answer"]
            self.soak.took_ms.append((time.perf_counter() - begun) * 1000)
            if answer["abstained"] or answer["document_id"].startswith("浸泡"):
                return
            self.soak.answered += 1
            text = await self._text(answer["document_id"])
            if text[answer["start"] : answer["end"]] != answer["text"] or answer["evidence"] not in text:
                self.soak.wrong.append(f"{question} → {answer['text']}")
        except (httpx2.HTTPError, ValueError) as error:
            self.soak.errors[_name(error)] += 1

    async def _text(self, document_id: str) -> str:
        if document_id not in self.texts:
            self.texts[document_id] = (await self.get(f"/api/documents/{document_id}"))["text"]
        return self.texts[document_id]

    async def change(self, number: int) -> None:
        """A document comes (twice with another figure) and goes; each time the index follows, and answers with it."""
        self.soak.changes += 1
        name, figure = f"浸泡{number // 3}", 1000 + number * 7
        try:
            if number % 3 == 2:
                job = (await self._said(await self.client.delete(f"{self.address}/api/documents/{name}")))["job"]
                await self._ended(job["id"])
                return
            sentence = f"第{number // 3}号浸泡观测站全年共记录候鸟{figure}只。"
            body = f"浸泡观测站年度简报\n\n{sentence}\n\n" + "\n\n".join(
                f"第{line}观测点运行平稳，设备完好，巡查{line + number}次，未见异常。" for line in range(40)
            )
            sent = await self.client.post(
                f"{self.address}/api/documents",
                data={"on_conflict": "replace"},
                files={"files": (f"{name}.txt", body.encode(), "text/plain")},
            )
            await self._ended((await self._said(sent))["job"]["id"])
            answer = (await self.get("/api/ask", q=f"第{number // 3}号浸泡观测站共记录候鸟多少只？"))["answer"]
            if answer["abstained"] or str(figure) not in answer["text"]:
                self.soak.wrong.append(f"{sentence} → {answer['text'] or answer['reason_text']}")
        except (httpx2.HTTPError, ValueError, TimeoutError) as error:
            self.soak.errors[_name(error)] += 1

    @staticmethod
    async def _said(response: httpx2.Response) -> Any:
        response.raise_for_status()
        return response.json()

    async def _ended(self, job_id: str) -> None:
        for _ in range(600):
            job = await self.get(f"/api/jobs/{job_id}")
            if job["state"] in ("done", "failed", "cancelled"):
                if job["state"] != "done":
                    self.soak.errors[f"job {job['state']}"] += 1
                return
            await asyncio.sleep(0.5)
        raise TimeoutError(job_id)


def _name(error: Exception) -> str:
    if isinstance(error, httpx2.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__


async def soak_for(address: str, pid: int, seconds: float, rate: float, change_every_s: float, log: TextIO) -> Soak:
    """Asks, changes and samples for so long."""
    soak = Soak()
    begun = time.monotonic()

    def left() -> float:
        return seconds - (time.monotonic() - begun)

    async with httpx2.AsyncClient(timeout=TIMEOUT_S) as client:
        people = People(address, client, soak)

        async def asking() -> None:
            under_way: set[asyncio.Task[None]] = set()
            for number, question in enumerate(cycle(dev_questions())):
                await asyncio.sleep(max(0.0, number / rate - (time.monotonic() - begun)))
                if left() <= 0:
                    break
                if len(under_way) >= MOST_UNDER_WAY:
                    soak.skipped += 1
                    continue
                task = asyncio.create_task(people.ask(question))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            await asyncio.gather(*under_way)

        async def changing() -> None:
            number = 0
            while left() > change_every_s:
                await asyncio.sleep(change_every_s)
                await people.change(number)
                number += 1

        async def sampling() -> None:
            while left() > 0:
                soak.samples.append(sample(pid, time.monotonic() - begun, soak))
                print(json.dumps(asdict(soak.samples[-1])), file=log, flush=True)
                await asyncio.sleep(SAMPLE_EVERY_S)

        await asyncio.gather(asking(), changing(), sampling())
    return soak


def quarters(values: list[float]) -> list[float]:
    """The median of each quarter of a series."""
    size = max(1, len(values) // 4)
    return [statistics.median(values[at * size : (at + 1) * size] or values[-1:]) for at in range(4)]


def is_flat(rss_mb: list[float]) -> bool:
    """Whether memory has stopped growing after the first quarter, in which caches fill."""
    _, second, _, last = quarters(rss_mb)
    return last <= second * (1 + FLAT_SHARE) + FLAT_MB


def summary(soak: Soak, rate: float) -> str:
    """Markdown, for docs/steady.md."""
    rows = [("常驻内存 MB（中位数）", [each.rss_mb for each in soak.samples])]
    rows.append(("打开的文件", [float(each.descriptors) for each in soak.samples]))
    rows.append(("线程", [float(each.threads) for each in soak.samples]))
    rows.append(("提问中位毫秒", [each.p50_ms for each in soak.samples]))
    rows.append(("机器负载（1 分钟）", [each.load_1 for each in soak.samples]))
    lines = ["| | 第一刻 | 第二刻 | 第三刻 | 第四刻 | 最大 |", "|---|---|---|---|---|---|"]
    for name, values in rows:
        lines.append(f"| {name} | " + " | ".join(f"{each:.1f}" for each in (*quarters(values), max(values))) + " |")
    return "\n".join(
        [
            f"{soak.samples[-1].at_s / 60:.0f} 分钟，每秒 {rate:g} 问：问 {soak.asked} 次，答出 {soak.answered} 次，"
            f"因机器太忙没有问出 {soak.skipped} 次；改动资料库 {soak.changes} 次；"
            f"错误 {sum(soak.errors.values())} 次 {dict(soak.errors) or ''}；答案与原文不符 {len(soak.wrong)} 次。",
            "",
            *lines,
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=2.0, help="questions a second")
    parser.add_argument("--change-every", type=float, default=120.0, help="seconds between changes of the library")
    parser.add_argument("--log", type=Path, default=Path("test-results/soak.log"))
    chosen = parser.parse_args()
    chosen.log.parent.mkdir(parents=True, exist_ok=True)
    with server() as (address, pid), chosen.log.open("w") as log:
        soak = asyncio.run(soak_for(address, pid, chosen.minutes * 60, chosen.rate, chosen.change_every, log))
        print(summary(soak, chosen.rate))
        print(*soak.wrong[:5], sep="\n", end="")
    flat = is_flat([each.rss_mb for each in soak.samples])
    print(f"内存{'平稳' if flat else '仍在增长'}")
    return 0 if flat and not soak.wrong and not soak.errors else 1


if __name__ == "__main__":
    sys.exit(main())
