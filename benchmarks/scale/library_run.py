"""A whole library of one size: opening it, asking it, and where the milliseconds go."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def ask_library(folder: Path, size: int, questions: list[str]) -> dict[str, object]:
    """Figures of the library that :func:`benchmarks.scale.store.fill` made, measured in a process of its own."""
    (folder / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale.library_run", str(folder), str(size)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found


def serve(folder: Path, size: int) -> dict[str, object]:
    """Times that passed, and of the processor (``…_cpu_…``), for whole questions and for each of their steps."""
    import time

    import numpy as np

    from qa.bootstrap import open_assistant
    from qa.records import Filters, Query
    from qa.settings import Settings

    questions = json.loads((folder / "questions.json").read_text("utf-8"))
    settings = Settings.from_environment(index=folder / f"index-{size}", reader="rules", workspace=folder / "w")
    begun = time.perf_counter()
    assistant = open_assistant(settings)
    assistant.warm()
    opened = time.perf_counter() - begun
    for question in questions[:20]:
        assistant.ask(Query(question))
    snapshot = assistant.snapshot()
    times: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[..., Any], *given: object) -> Any:
        begun, worked = time.perf_counter(), time.thread_time()
        found = work(*given)
        times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        times.setdefault(f"{name}_cpu", []).append((time.thread_time() - worked) * 1000)
        return found

    for question in questions:
        query = Query(question)
        timed("search", assistant.search, query)
        timed("ask_by_rules", assistant.ask, query)
        understood = timed("understand", assistant.understand, query)
        vector = timed("embed", snapshot.embedder.embed_queries, [question])
        lexical = timed("words", snapshot.store.search, understood.terms, 50, Filters())
        dense = timed("vectors", snapshot.vectors.search, vector, 50)
        timed("fetch", snapshot.store.passages, {key for key, _ in (*lexical, *dense)})
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return {
        "library": size,
        "open_s": opened,
        "rss_mb": int(rows["VmRSS"].split()[0]) / 1000,
        "own_mb": int(rows["RssAnon"].split()[0]) / 1000,
        **{f"{name}_p50_ms": float(np.percentile(each, 50)) for name, each in times.items()},
        **{f"{name}_p95_ms": float(np.percentile(each, 95)) for name, each in times.items()},
    }


if __name__ == "__main__":
    print(json.dumps(serve(Path(sys.argv[1]), int(sys.argv[2]))))
