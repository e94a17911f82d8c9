"""docs/performance.md tells the figures that stand in benchmarks/results, and those are the ones that were measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.table import markdown

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "results"
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.mark.parametrize("measured", sorted(RESULTS.glob("*.json")), ids=lambda path: path.name)
def test_a_report_is_what_its_measurements_make(measured: Path) -> None:
    report = measured.with_suffix(".md")
    assert report.read_text("utf-8").strip() == markdown(json.loads(measured.read_text("utf-8"))).strip()


def rows(text: str) -> list[list[str]]:
    """The cells of every line of a table."""
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]


def test_the_comparison_is_told_as_it_was_measured() -> None:
    told = (ROOT / "docs" / "performance.md").read_text("utf-8")
    named = re.search(r"\(\.\./benchmarks/results/([\w.-]+\.md)\)", told)
    assert named, "docs/performance.md names its results"
    measured: dict[str, set[str]] = {}
    for system, *cells in rows((RESULTS / named[1]).read_text("utf-8")):
        measured.setdefault(system.partition(",")[0], set()).update(_FIGURE.findall(" ".join(cells)))
    section = told.partition("## Beside its peers")[2].partition("\n## ")[0]
    systems = [row for row in rows(section) if row[0] != "system" and not row[0].startswith("---")]
    assert len(systems) > 5
    for system, *cells in systems:
        unknown = set(_FIGURE.findall(" ".join(cells))) - measured[system.partition(",")[0]]
        assert not unknown, f"{system}: {sorted(unknown)} stand in docs/performance.md and not in {named[1]}"
