"""Checks of eval/ordos-2.jsonl with the comparison that tests/eval/test_ordos.py writes out; failures name ids only."""

from __future__ import annotations

import json
from collections import Counter

from qa.evaluation.lint import shared_run
from qa.text.normalise import comparable
from tests.eval.test_ordos import FIELDS, KINDS_OF_UNANSWERABLE, LONGEST_SHARED_RUN_CHARS, ROOT

LINES = (ROOT / "eval" / "ordos-2.jsonl").read_text("utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
FIRST = [json.loads(line) for line in (ROOT / "eval" / "ordos.jsonl").read_text("utf-8").splitlines()]
TEXTS = {
    path.name: comparable(path.read_text("utf-8"))
    for path in (ROOT / "corpus").glob("*.txt")
    if path.name != "dictionary.txt"
}


def test_counts_are_those_of_the_readme() -> None:
    halves = Counter(int(row["id"][1:]) % 2 for row in ROWS)
    assert (halves[1], halves[0]) == (233, 76)
    assert sum(not row["answers"] for row in ROWS) == 46


def test_form_ids_and_questions_are_sound() -> None:
    assert [row["id"] for row in ROWS if list(row) != FIELDS] == []
    ids = [row["id"] for row in FIRST + ROWS]
    asked = [comparable(row["question"]) for row in FIRST + ROWS]
    assert len(set(ids)) == len(ids)
    assert [row["id"] for row, words in zip(FIRST + ROWS, asked, strict=True) if asked.count(words) > 1] == []


def test_every_quote_stands_in_its_document_and_every_answer_in_a_quote() -> None:
    for row in ROWS:
        quotes = [comparable(each["quote"]) for each in row["evidence"]]
        for each, quote in zip(row["evidence"], quotes, strict=True):
            assert quote in TEXTS[each["doc"]], row["id"]
        for answer in row["answers"]:
            assert any(comparable(answer) in quote for quote in quotes), row["id"]


def test_unanswerable_ones_say_why() -> None:
    for row in ROWS:
        assert bool(row["answers"]) == bool(row["evidence"]), row["id"]
        if not row["answers"]:
            assert row["note"].split(":")[0] in KINDS_OF_UNANSWERABLE, row["id"]


def test_no_question_shares_a_long_run_with_the_corpus() -> None:
    for row in ROWS:
        for text in TEXTS.values():
            assert len(shared_run(comparable(row["question"]), text)) <= LONGEST_SHARED_RUN_CHARS, row["id"]
