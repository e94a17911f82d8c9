"""Starts the runners one after another and keeps what they print; a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.environments import python_of
from benchmarks.machine import load, machine
from benchmarks.systems import System

RUNNERS = Path(__file__).parent / "runners"
ADDRESS_SPACE = 16 << 30  # bytes a runner may map, so that one that grows without end stops itself, not the machine


@dataclass(frozen=True, slots=True)
class Plan:
    """How one run is made. ``processors``: how many each runner may use; ``rounds``: how often indexing is measured."""

    cache: Path
    model: Path
    out: Path
    processors: int
    questions: int
    seconds: float
    rounds: int
    torch_index: str = ""
    limit_s: float = 3600.0


class Results:
    """What was measured so far, by (size, system, step), kept as JSON after every step."""

    def __init__(self, path: Path, conditions: dict[str, Any]) -> None:
        self._path = path
        old = json.loads(path.read_text("utf-8")) if path.is_file() else None
        self.data: dict[str, Any] = old or {"machine": machine(), "conditions": conditions, "sizes": {}, "results": {}}

    def get(self, size: int, system: str, step: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.data["results"].get(f"{size}/{system}/{step}")
        return found

    def put(self, size: int, system: str, step: str, found: dict[str, Any]) -> None:
        self.data["results"][f"{size}/{system}/{step}"] = found
        self.save()

    def save(self) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self.data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(self._path)


def measure(
    plan: Plan, results: Results, systems: Sequence[System], size: int, data: Path, vectors: Path | None
) -> None:
    """Every step of every system at one size that is not in ``results`` yet. A step that fails is kept with its last words."""
    for system in systems:
        python = python_of(system.environment, plan.cache, plan.torch_index)
        folder = plan.cache / "indexes" / str(size) / (system.shares or system.key)
        given = ["--vectors", str(vectors)] if vectors is not None and system.embeds else []
        if not system.shares and not _made(results, system, size, "index", folder):
            _emptied(folder)
            results.put(size, system.key, "index", _run(plan, python, system, "index", data, folder, given))
        if results.get(size, system.key, "ask") is None:
            extra = ["--questions", str(plan.questions), "--seconds", str(plan.seconds)]
            results.put(size, system.key, "ask", _run(plan, python, system, "ask", data, folder, extra))


def measure_embedding(plan: Plan, results: Results, systems: Sequence[System], size: int, data: Path) -> None:
    """Indexing with each system's own embedding, in rounds over all systems, so that a busy minute meets them alike."""
    for number in range(1, plan.rounds + 1):
        for system in (each for each in systems if not each.shares and not each.embeds_as):
            step = f"embed-{number}"
            if results.get(size, system.key, step) is None:
                folder = _emptied(plan.cache / "indexes" / "embed" / system.key)
                python = python_of(system.environment, plan.cache, plan.torch_index)
                results.put(size, system.key, step, _run(plan, python, system, "index", data, folder, ()))


def _made(results: Results, system: System, size: int, step: str, folder: Path) -> bool:
    return results.get(size, system.key, step) is not None and folder.is_dir()


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(
    plan: Plan, python: Path, system: System, phase: str, data: Path, folder: Path, extra: Sequence[str]
) -> dict[str, Any]:
    """What the runner printed, with the load before and after; ``failed`` says how one ended that printed nothing."""
    command = [str(python), str(RUNNERS / system.runner), phase, str(data), str(folder), str(plan.model)]
    print(
        f"{time.strftime('%H:%M:%S')} {data.name} {system.key} {phase} {' '.join(extra)}", file=sys.stderr, flush=True
    )
    before = load()
    try:
        done = subprocess.run(
            [*command, *system.options, *extra, "--started", repr(time.time())],
            capture_output=True,
            text=True,
            timeout=plan.limit_s,
            check=False,
            env=_environment(),
            preexec_fn=_limits(plan.processors),
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not finished after {plan.limit_s:.0f} s"}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        words = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return {"failed": f"ended with {done.returncode}: {words}"[:300]}
    found: dict[str, Any] = json.loads(lines[-1])
    return {**found, "load": [before, load()]}


def _environment() -> dict[str, str]:
    """No network, no telemetry; the threads stay what each system chooses for the processors it sees."""
    quiet = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "false"}
    return {**os.environ, **quiet}


def _limits(processors: int) -> Any:
    """Run in the child: the processors it may use, and how much it may map."""
    if not hasattr(os, "sched_setaffinity"):
        return None

    def limit() -> None:
        import resource

        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-processors:])
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))

    return limit
