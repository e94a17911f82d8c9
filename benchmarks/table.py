"""What was measured → a Markdown report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.systems import BY_KEY, SYSTEMS

_SPEED = ("system", "passages/s", "CPU ms a passage", "× sentence-transformers", "peak memory MB")
_ASKING = (
    "system",
    "p50 ms",
    "p95 ms",
    "CPU ms",
    "start s",
    "start CPU s",
    "memory MB",
    "index MB",
    "put in s",
    "Success@1",
    "questions",
)
BASE = "st-faiss"


def markdown(data: dict[str, Any]) -> str:
    """The whole report: conditions, speed of indexing, one table a size, how cost grows, versions."""
    sizes = sorted(map(int, data["sizes"]))
    parts = [
        _head(data),
        *_speed(data),
        *(_asking(data, size) for size in sizes),
        *_growth(data, sizes),
        _versions(data),
    ]
    return "\n\n".join(parts) + "\n"


def best_embedding(data: dict[str, Any], system: str) -> dict[str, Any] | None:
    """The round of ``system`` that took least processor time a passage, or ``None``; the other rounds met a busier machine."""
    rounds = [
        found
        for name, found in data["results"].items()
        if name.split("/")[1] == system and name.split("/")[2].startswith("embed-") and "failed" not in found
    ]
    return min(rounds, key=cpu_ms_a_passage) if rounds else None


def cpu_ms_a_passage(found: dict[str, Any]) -> float:
    """Processor time of indexing, in ms a passage."""
    return float(found["index_cpu_s"] / found["passages"] * 1000)


def _head(data: dict[str, Any]) -> str:
    machine, conditions = data["machine"], data["conditions"]
    loads = [load for found in data["results"].values() for load in found.get("load", ())]
    busy = f"{min(loads):.1f} to {max(loads):.1f}" if loads else "not known"
    return (
        f"{machine['day']}, {machine['processor']} ({', '.join(machine['instructions'])}), {machine['processors']} processors, "
        f"{machine['memory_gb']:.0f} GB, Python {machine['python']}. "
        f"Each system could use {conditions['processors']} processor(s). "
        f"Load (processes that wanted a processor, one-minute average) while measuring: {busy}."
    )


def _speed(data: dict[str, Any]) -> list[str]:
    base = best_embedding(data, BASE)
    rows = []
    for system in SYSTEMS:
        found = best_embedding(data, system.key)
        if found is None:
            continue
        ratio = cpu_ms_a_passage(base) / cpu_ms_a_passage(found) if base and system.embeds else None
        rows.append(
            (
                _indexing_title(system.key),
                f"{found['passages'] / found['index_s']:.1f}",
                f"{cpu_ms_a_passage(found):.1f}",
                f"{ratio:.1f}" if ratio else "–",
                f"{found['peak_rss_mb']:.0f}",
            )
        )
    return ["### Indexing, each system embedding for itself", table(_SPEED, rows)] if rows else []


def _indexing_title(key: str) -> str:
    return "引证" if key == "qa-search" else BY_KEY[key].title


def _asking(data: dict[str, Any], size: int) -> str:
    held = data["sizes"][str(size)]
    rows = []
    for system in SYSTEMS:
        index = data["results"].get(f"{size}/{system.shares or system.key}/index", {})
        asked = data["results"].get(f"{size}/{system.key}/ask")
        if asked is not None:
            rows.append((system.title, *_asked(index, asked)))
    return f"### {held['passages']:,} passages in {held['documents']:,} documents\n\n" + table(_ASKING, rows)


def _asked(index: dict[str, Any], asked: dict[str, Any]) -> Iterable[str]:
    why = index.get("failed") or asked.get("failed")
    if why:
        return (f"({why})", *("" for _ in _ASKING[2:]))
    return (
        f"{asked['p50_ms']:.1f}",
        f"{asked['p95_ms']:.1f}",
        f"{asked['cpu_ms']:.1f}",
        f"{asked['start_s']:.1f}",
        f"{asked['start_cpu_s']:.1f}",
        f"{asked['peak_rss_mb']:.0f}",
        f"{index['index_mb']:.0f}",
        f"{index['index_s']:.0f}" if "index_s" in index else "–",
        f"{asked['success@1']:.3f}",
        str(asked["questions"]),
    )


def _growth(data: dict[str, Any], sizes: Sequence[int]) -> list[str]:
    """CPU ms a question and memory, by size; Success@1 over the questions that every size was asked."""
    if len(sizes) < 2:
        return []
    columns = ("system", *(f"{what} at {size:,}" for what in ("CPU ms", "MB", "Success@1") for size in sizes))
    rows = []
    for system in SYSTEMS:
        found = [data["results"].get(f"{size}/{system.key}/ask", {}) for size in sizes]
        if any("cpu_ms" in each for each in found):
            common = min(len(each["right"]) for each in found if "right" in each)
            cpu = (f"{each['cpu_ms']:.1f}" if "cpu_ms" in each else "–" for each in found)
            memory = (f"{each['peak_rss_mb']:.0f}" if "cpu_ms" in each else "–" for each in found)
            right = (f"{each['right'][:common].count('1') / common:.3f}" if "right" in each else "–" for each in found)
            rows.append((system.title, *cpu, *memory, *right))
    return ["### How cost grows", table(columns, rows)]


def _versions(data: dict[str, Any]) -> str:
    found: dict[str, str] = {}
    for result in data["results"].values():
        found |= result.get("versions", {})
    return "Versions: " + ", ".join(f"{name} {version}" for name, version in sorted(found.items())) + "."


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; figures to the right."""
    lines = [
        " | ".join(columns),
        " | ".join(["---", *("---:" for _ in columns[1:])]),
        *(" | ".join(row) for row in rows),
    ]
    return "\n".join(f"| {line} |" for line in lines)
