"""Checks of eval/variants/: dev questions in other words, with the gold of the question that each is made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"
SAME = ("type", "answers", "evidence", "list", "section", "note")


def _rows(*paths: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


SOURCES = {row["id"]: row for row in _rows(*sorted(EVAL.glob("ordos*.jsonl")))}


@pytest.mark.parametrize("half", ["fit", "fit-2", "kept"])
def test_every_variant_asks_a_dev_question_in_other_words(half: str) -> None:
    rows = _rows(EVAL / "variants" / f"{half}.jsonl")
    assert len(rows) > 900
    for row in rows:
        source = SOURCES[row["id"][:-1]]
        assert int(source["id"][1:]) % 2 == 1, row["id"]
        assert int(row["id"][1:]) % 2 == 1, row["id"]
        assert {name: row[name] for name in SAME} == {name: source[name] for name in SAME}, row["id"]
        assert row["question"] != source["question"], row["id"]
        assert 4 <= len(row["question"]) <= 60, row["id"]


def test_no_question_is_asked_twice_and_none_has_variants_in_both_halves() -> None:
    fit = _rows(EVAL / "variants" / "fit.jsonl", EVAL / "variants" / "fit-2.jsonl")
    kept = _rows(EVAL / "variants" / "kept.jsonl")
    asked = [row["question"] for row in (*fit, *kept, *SOURCES.values())]
    assert len({row["id"] for row in (*fit, *kept)}) == len(fit) + len(kept)
    assert len(asked) == len(set(asked))
    assert {row["id"][:-1] for row in fit}.isdisjoint(row["id"][:-1] for row in kept)
