"""Many people asking at once, measured: ``python -m tests.load.ask_at_once [--people 50] [--rounds 3] [--reader rules]``.

A server of its own over the five documents, on a free port of the loopback; every person asks one question after another
without pausing, each time the whole page. Questions are those of the dev half of ``eval/ordos.jsonl``. Prints errors, requests a
second and percentiles in milliseconds. No test: figures depend on the machine and on what else it does, so say so beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 60
READY_TRIES = 10


def dev_questions() -> list[str]:
    """The questions with odd numbers."""
    rows = (json.loads(line) for line in (ROOT / "eval" / "ordos.jsonl").read_text("utf-8").splitlines())
    return [row["question"] for row in rows if re.search(r"[13579]\D*$", row["id"])]


@contextmanager
def server(reader: str) -> Iterator[tuple[str, int]]:
    """The address and process id of ``qa serve`` in a process of its own, ready to answer."""
    with tempfile.TemporaryDirectory() as folder:
        made = {"QA_INDEX": f"{folder}/index", "QA_WORKSPACE": f"{folder}/workspace", "QA_READER": reader}
        environment = (
            os.environ | made | {"QA_CORPUS": str(ROOT / "corpus"), "QA_THREADS": "1", "PYTHONUNBUFFERED": "1"}
        )
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
            for _ in range(READY_TRIES):  # on a busy machine the model takes longer than a page waits for it
                first = httpx2.get(f"{address}/?q=引进了多少个新品种？", timeout=TIMEOUT_S)
                if first.status_code != 503:
                    break
            first.raise_for_status()
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(30)


def processor_ms(pid: int) -> float:
    """Milliseconds that a process has spent computing so far, its threads together; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def ask_at_once(address: str, people: int, rounds: int) -> tuple[list[float], list[str], float]:
    """(milliseconds of each answer, what went wrong, seconds in all)."""
    questions = dev_questions()
    took: list[float] = []
    wrong: list[str] = []

    async def person(number: int) -> None:
        async with httpx2.AsyncClient(timeout=TIMEOUT_S) as client:
            for question in islice(questions, number % 25, None, 25):
                if len(asked[number]) == rounds:
                    return
                asked[number].append(question)
                begun = time.perf_counter()
                try:
                    response = await client.get(f"{address}/", params={"q": question})
                    if response.status_code != 200 or "passage-1" not in response.text:
                        wrong.append(f"{response.status_code} {question}")
                except httpx2.HTTPError as error:
                    wrong.append(f"{type(error).__name__} {question}")
                took.append((time.perf_counter() - begun) * 1000)

    asked: dict[int, list[str]] = {number: [] for number in range(people)}
    begun = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(people)))
    return took, wrong, time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reader", default="rules")
    chosen = parser.parse_args()
    with server(chosen.reader) as (address, pid):
        for people in (2, chosen.people):
            before = processor_ms(pid)
            took, wrong, seconds = asyncio.run(ask_at_once(address, people, chosen.rounds))
            cuts = statistics.quantiles(took, n=100, method="inclusive")
            each = (processor_ms(pid) - before) / len(took)
            print(
                f"{people} people × {chosen.rounds}: {len(wrong)} errors, {len(took) / seconds:.1f} answers/s,"
                f" p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, max {max(took):.0f} ms,"
                f" {each:.0f} ms of processor time an answer"
            )
            print(*wrong[:5], sep="\n", end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
