"""What every runner shares: it reads the passages and questions, measures one system and prints one JSON object. Standard library only.

A runner is started twice, by its own environment's Python: ``index`` makes the index in a folder, ``ask`` is a fresh process that
opens it and answers. Each is measured from inside by the same rules.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "


class System(Protocol):
    """One system. ``prepare`` loads what indexing needs (untimed); ``index`` makes and saves the index, ``open`` loads it."""

    packages: Sequence[str]

    def prepare(self, model: str) -> None: ...

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        """How many passages are in the saved index. ``vectors`` is the path of given ones, or ``None`` to embed."""

    def open(self, model: str, folder: Path) -> None: ...

    def best(self, question: str) -> str:
        """The document of the passage found first; empty when none is."""


def main(system: System, argv: Sequence[str] | None = None) -> None:
    """``index DATA FOLDER MODEL`` or ``ask DATA FOLDER MODEL``; prints one JSON object as the last line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("phase", choices=("index", "ask"))
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("model")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--started", type=float, default=time.time())
    given = parser.parse_args(argv)
    found = _index(system, given) if given.phase == "index" else _ask(system, given)
    found["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["versions"] = {name: version(name) for name in system.packages}
    sys.stdout.flush()
    print("\n" + json.dumps(found, ensure_ascii=False))


def _index(system: System, given: argparse.Namespace) -> dict[str, Any]:
    passages = _rows(given.data / "passages.jsonl")
    system.prepare(given.model)
    begun, used = time.perf_counter(), time.process_time()
    count = system.index(passages, given.vectors, given.folder)
    return {
        "passages": count,
        "index_s": time.perf_counter() - begun,
        "index_cpu_s": time.process_time() - used,
        "index_mb": sum(each.stat().st_size for each in given.folder.rglob("*") if each.is_file()) / 1e6,
    }


def _ask(system: System, given: argparse.Namespace) -> dict[str, Any]:
    questions = _rows(given.data / "questions.jsonl")[: given.questions + 1]
    system.open(given.model, given.folder)
    system.best(questions.pop()["question"])  # answers the first question; not one of those that are timed
    found: dict[str, Any] = {"start_s": time.time() - given.started, "start_cpu_s": time.process_time()}
    found["rss_after_start_mb"] = _resident_mb()
    spent, right = [], []
    begun, used = time.perf_counter(), time.process_time()
    for row in questions:
        asked = time.perf_counter()
        best = system.best(row["question"])
        spent.append((time.perf_counter() - asked) * 1000)
        right.append(int(best == row["document"]))
        if time.perf_counter() - begun > given.seconds:
            break
    spent_cpu = (time.process_time() - used) * 1000
    found |= {
        "questions": len(spent),
        "cpu_ms": spent_cpu / len(spent),
        "success@1": sum(right) / len(right),
        "right": "".join(map(str, right)),
        "rss_mb": _resident_mb(),
        **{f"p{share}_ms": _percentile(spent, share) for share in (50, 95)},
    }
    return found


def _percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def _resident_mb() -> float:
    """Memory that the process holds now, mapped files included (Linux; elsewhere the peak)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
