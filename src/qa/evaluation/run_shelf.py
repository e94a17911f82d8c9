"""The runs kept under an evaluation folder, read once each as long as their files stay the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.run_record import MOST_KEPT_READ, Run, read_run

ACCEPTED, RUNS = "expected", "runs"
# A record of some thousand questions with their passages; what is larger is no record of ours.
LARGEST_RECORD_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run with its name: the path of its record inside the folder, without the ending (``runs/latest/runs/…-test``).

    ``accepted``: this run is what a later one is held against.
    """

    name: str
    run: Run
    accepted: bool = False


def shelved_runs(folder: Path, most: int = MOST_KEPT_READ) -> list[KeptRun]:
    """The last ``most`` runs kept under ``folder`` (``runs/…`` and the accepted ones under ``expected/``), newest first.

    Files that are no run records are passed over. A run that is both kept and accepted stands once.
    """
    kept = _read(_newest(folder, folder.glob(f"{RUNS}/**/*.jsonl"), most), folder, accepted=False)
    accepted = _read(_newest(folder, folder.glob(f"{ACCEPTED}/*.jsonl"), most), folder, accepted=True)
    agreed = {_moment(each) for each in accepted}
    runs = {_moment(each): KeptRun(each.name, each.run, _moment(each) in agreed) for each in kept}
    # The record beside expected.toml lacks the passages: the kept one, where there is one, tells more.
    for each in accepted:
        runs.setdefault(_moment(each), each)
    return sorted(runs.values(), key=lambda each: (each.run.started, each.name), reverse=True)[:most]


def _newest(folder: Path, paths: Iterable[Path], most: int) -> list[Path]:
    """Names begin with the moment, so the last by name are the newest, whatever folder they stand in."""
    inside = folder.resolve()
    real = [path for path in paths if path.is_file() and path.resolve().is_relative_to(inside)]
    return sorted(real, key=lambda path: path.name)[-most:]


def _read(paths: Iterable[Path], folder: Path, *, accepted: bool) -> list[KeptRun]:
    found = []
    for path in paths:
        try:
            state = path.stat()
            if state.st_size > LARGEST_RECORD_BYTES:
                continue
            run = _record(path, state.st_mtime_ns, state.st_size)
        except (UsageError, OSError):
            continue
        found.append(KeptRun(path.relative_to(folder).with_suffix("").as_posix(), run, accepted))
    return found


@lru_cache(maxsize=2 * MOST_KEPT_READ)
def _record(path: Path, changed_ns: int, size: int) -> Run:
    """The record; ``changed_ns`` and ``size`` only tell one state of the file from another."""
    del changed_ns, size
    return read_run(path)


def _moment(kept: KeptRun) -> tuple[str, str]:
    return kept.run.started.isoformat(timespec="seconds"), kept.run.identity.command
