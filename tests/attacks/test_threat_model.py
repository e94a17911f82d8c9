"""SECURITY.md and docs/steady.md name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_is_named_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    named = set(re.findall(r"`((?:tests/[\w/]+/)?test_\w+\.py|tests/[\w/]+)`", text))
    assert len(named) > 20
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert [each for each in named if "/" in each and not (ROOT / each).exists()] == []
    assert [each for each in named if "/" not in each and each not in there] == []


def test_every_limit_has_a_test_that_is_there() -> None:
    section = (ROOT / "docs" / "steady.md").read_text("utf-8").partition("## 上限")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 25
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", row[-1])
        assert named, row
        assert [each for each in named if not (ROOT / each).exists()] == []


def test_every_threat_has_a_defence_and_a_test() -> None:
    section = (ROOT / "SECURITY.md").read_text("utf-8").partition("## Threats")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    assert [row for row in rows if len(row) != 3 or "tests/" not in row[2]] == []
