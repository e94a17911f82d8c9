"""Checks of eval/ordos-3.jsonl with the comparison that tests/eval/test_ordos.py writes out; failures name ids only."""

from __future__ import annotations

import json
from itertools import product

import pytest

from tests.eval.test_ordos import (
    FIELDS,
    KINDS_OF_UNANSWERABLE,
    LONGEST_SHARED_RUN_CHARS,
    ROOT,
    comparison_form,
    documents,
    longest_shared_run,
)


def _rows(name: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in (ROOT / "eval" / name).read_text("utf-8").splitlines()]


ROWS = _rows("ordos-3.jsonl")
EARLIER = _rows("ordos.jsonl") + _rows("ordos-2.jsonl")


def test_there_are_enough_of_either_sort_in_either_half() -> None:
    for odd in (0, 1):
        half = [row for row in ROWS if int(row["id"][1:]) % 2 == odd]
        assert sum(bool(row["answers"]) for row in half) >= 30
        assert sum(not row["answers"] for row in half) >= 10


def test_form_ids_and_questions_are_sound() -> None:
    assert [row["id"] for row in ROWS if list(row) != FIELDS] == []
    ids = [row["id"] for row in EARLIER + ROWS]
    asked = [comparison_form(row["question"]) for row in EARLIER + ROWS]
    assert len(set(ids)) == len(ids)
    assert [row["id"] for row, words in zip(EARLIER + ROWS, asked, strict=True) if asked.count(words) > 1] == []
    assert [row["id"] for row in ROWS if row["list"] != (row["type"] == "list")] == []


def test_every_quote_is_a_slice_of_its_document_and_holds_the_answers() -> None:
    for row in ROWS:
        quotes = [each["quote"] for each in row["evidence"]]
        assert all(each["quote"] in documents()[each["doc"]] for each in row["evidence"]), row["id"]
        bare = ["".join(quote.split()) for quote in quotes]  # decimal points and percent signs kept
        for answer in row["answers"]:
            assert any("".join(answer.split()) in quote for quote in bare), row["id"]


def test_unanswerable_ones_say_why() -> None:
    for row in ROWS:
        assert bool(row["answers"]) == bool(row["evidence"]) == (row["type"] != "unanswerable"), row["id"]
        if not row["answers"]:
            assert row["note"].split(":")[0] in KINDS_OF_UNANSWERABLE, row["id"]


@pytest.mark.parametrize("name", sorted(documents()))
def test_no_question_shares_a_long_run_with_the_corpus(name: str) -> None:
    document = comparison_form(documents()[name])
    long = [
        row["id"]
        for row in ROWS
        if longest_shared_run(comparison_form(row["question"]), document) > LONGEST_SHARED_RUN_CHARS
    ]
    assert long == []


def test_no_evidence_is_shared_between_the_halves() -> None:
    spans: tuple[list[tuple[str, str, int, int]], ...] = ([], [])
    for row in ROWS:
        for each in row["evidence"]:
            quote = comparison_form(each["quote"])
            start = comparison_form(documents()[each["doc"]]).find(quote)
            spans[int(row["id"][1:]) % 2].append((row["id"], each["doc"], start, start + len(quote)))
    shared = [(a[0], b[0]) for a, b in product(*spans) if a[1] == b[1] and a[2] < b[3] and b[2] < a[3]]
    assert shared == []
