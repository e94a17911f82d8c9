"""Checks of the evaluation set eval/ordos.jsonl against the five documents in corpus/.

The comparison is written here a second time on purpose: what checks the gold must not share a mistake with what
measures against it. Failures name question ids and never words, so that a red run does not show anyone the test half.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SHARED_RUN_CHARS = 14
KINDS_OF_UNANSWERABLE = {"period", "region", "subject", "attribute"}
FIELDS = ["id", "question", "type", "answers", "evidence", "list", "section", "note"]
AT_LEAST = {
    "fact_number": 20,
    "fact_date": 10,
    "fact_person": 10,
    "fact_org": 20,
    "definition_or_content": 20,
    "list": 20,
    "paraphrase_hard": 20,
    "time_qualified": 10,
    "broken_text": 10,
    "unanswerable": 36,
}


class Evidence(NamedTuple):
    doc: str
    quote: str


class Question(NamedTuple):
    id: str
    question: str
    type: str
    answers: list[str]
    evidence: list[Evidence]
    is_list: bool
    section: str | None
    note: str

    @property
    def half(self) -> str:
        """The split of eval/README.md: odd numbers are for tuning, even numbers only for reporting."""
        return "dev" if int(self.id[1:]) % 2 else "test"


@cache
def comparison_form(text: str) -> str:
    """NFKC, lower case, without white space, asterisks and punctuation (Unicode P*), as the contract compares texts."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if not char.isspace() and not unicodedata.category(char).startswith("P"))


def longest_shared_run(text: str, other: str) -> int:
    """Length in characters of the longest run of `text` that also stands in `other`; 0 when they share none."""
    longest = 0
    for start in range(len(text)):
        while start + longest < len(text) and text[start : start + longest + 1] in other:
            longest += 1
    return longest


@cache
def documents() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "corpus").glob("*.txt"))
        if path.name != "dictionary.txt"
    }


def raw_lines() -> list[str]:
    return (ROOT / "eval" / "ordos.jsonl").read_text(encoding="utf-8").splitlines()


@cache
def questions() -> list[Question]:
    loaded = []
    for line in raw_lines():
        row = json.loads(line)
        evidence = [Evidence(item["doc"], item["quote"]) for item in row["evidence"]]
        plain = (row["id"], row["question"], row["type"], row["answers"])
        loaded.append(Question(*plain, evidence, row["list"], row["section"], row["note"]))
    return loaded


def answerable() -> list[Question]:
    return [question for question in questions() if question.type != "unanswerable"]


def quoted_spans(question: Question) -> Iterator[tuple[str, int, int]]:
    """(document name, start, end) of each quote in the comparison form of its document; half-open."""
    for doc, quote in question.evidence:
        form = comparison_form(quote)
        start = comparison_form(documents()[doc]).find(form)
        yield doc, start, start + len(form)


def test_every_line_has_exactly_the_fields_of_the_contract() -> None:
    rows = [json.loads(line) for line in raw_lines()]
    assert [row["id"] for row in rows if list(row) != FIELDS] == []
    assert [row["id"] for row in rows for item in row["evidence"] if list(item) != ["doc", "quote"]] == []
    assert [row["id"] for row in rows] == [f"Q{number:03d}" for number in range(1, len(rows) + 1)]


def test_there_are_enough_questions_of_every_type() -> None:
    counts = Counter(question.type for question in questions())
    assert set(counts) == set(AT_LEAST)
    assert {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least} == {}
    assert counts.total() >= 170


def test_the_readme_gives_the_right_counts() -> None:
    readme = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")
    told = {kind: int(count) for kind, count in re.findall(r"^\| `(\w+)` \| (\d+) \|", readme, re.MULTILINE)}
    assert told == Counter(question.type for question in questions())


def test_every_document_gives_evidence_for_many_questions() -> None:
    counts = Counter(doc for question in answerable() for doc in {item.doc for item in question.evidence})
    assert set(counts) == set(documents())
    assert min(counts.values()) >= 25


def test_no_two_questions_are_the_same() -> None:
    counts = Counter(comparison_form(question.question) for question in questions())
    assert [question.id for question in questions() if counts[comparison_form(question.question)] > 1] == []


@pytest.mark.parametrize("name", sorted(documents()))
def test_no_question_is_copied_from_a_document(name: str) -> None:
    document = comparison_form(documents()[name])
    runs = {question.id: longest_shared_run(comparison_form(question.question), document) for question in questions()}
    assert {key: run for key, run in runs.items() if run > LONGEST_SHARED_RUN_CHARS} == {}


def test_every_quote_stands_in_its_document() -> None:
    missing = [question.id for question in answerable() for _, start, _ in quoted_spans(question) if start < 0]
    assert missing == []


def test_every_answer_stands_in_a_quote_and_every_quote_holds_an_answer() -> None:
    wrong = set()
    for question in answerable():
        answers = [comparison_form(answer) for answer in question.answers]
        quotes = [comparison_form(item.quote) for item in question.evidence]
        if not answers or not quotes or "" in answers:
            wrong.add(question.id)
        wrong.update(question.id for answer in answers if not any(answer in quote for quote in quotes))
        wrong.update(question.id for quote in quotes if not any(answer in quote for answer in answers))
    assert sorted(wrong) == []


def test_answers_keep_the_decimal_points_and_percent_signs_of_the_source() -> None:
    # The contract's comparison drops them (1.7亿元 and 17亿元 become equal), so it alone would let such a slip pass.
    wrong = []
    for question in answerable():
        quotes = ["".join(item.quote.split()) for item in question.evidence]
        answers = ["".join(answer.split()) for answer in question.answers]
        wrong += [question.id for answer in answers if not any(answer in quote for quote in quotes)]
    assert wrong == []


def test_answers_of_a_question_differ_and_lists_hold_their_items() -> None:
    forms = {question.id: [comparison_form(answer) for answer in question.answers] for question in questions()}
    assert [key for key, answers in forms.items() if len(set(answers)) < len(answers)] == []
    assert [question.id for question in questions() if question.is_list != (question.type == "list")] == []
    assert [question.id for question in questions() if question.is_list and len(question.answers) < 2] == []


def test_a_section_is_named_as_its_document_names_it() -> None:
    wrong = []
    for question in questions():
        texts = [comparison_form(documents()[item.doc]) for item in question.evidence]
        section = question.section
        if section is not None and not any(comparison_form(section) in text for text in texts):
            wrong.append(question.id)
    assert wrong == []


def test_unanswerable_questions_are_empty_and_say_which_kind_they_are() -> None:
    kinds: Counter[str] = Counter()
    for question in questions():
        if question.type == "unanswerable":
            assert (question.answers, question.evidence, question.section) == ([], [], None), question.id
            kinds[question.note.split(": ")[0]] += 1
    assert set(kinds) == KINDS_OF_UNANSWERABLE
    assert min(kinds.values()) >= 8


def test_broken_text_evidence_is_broken_in_the_source() -> None:
    # A blank line inside a sentence, a formula or subscript mark, or a name spaced out in the imprint.
    broken = re.compile(r"\S\n\n\S|\$|<sub>|[\u4e00-\u9fff] [\u4e00-\u9fff]")
    whole = [
        question.id
        for question in questions()
        if question.type == "broken_text"
        if not any(broken.search(item.quote) for item in question.evidence)
    ]
    assert whole == []


def test_halves_are_balanced_by_type_and_by_document() -> None:
    difference: Counter[str] = Counter()
    for question in questions():
        sign = 1 if question.half == "dev" else -1
        for key in {question.type, *(item.doc for item in question.evidence)}:
            difference[key] += sign
    by_type = {key: value for key, value in difference.items() if key in AT_LEAST and abs(value) > 1}
    by_document = {key: value for key, value in difference.items() if key not in AT_LEAST and abs(value) > 2}
    assert (by_type, by_document) == ({}, {})


def test_no_evidence_is_shared_between_the_halves() -> None:
    shared = []
    for one, other in combinations(answerable(), 2):
        if one.half != other.half and any(
            a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in quoted_spans(one) for b in quoted_spans(other)
        ):
            shared.append((one.id, other.id))
    assert shared == []


def test_longest_shared_run_counts_running_characters() -> None:
    assert longest_shared_run("甲乙丙丁", "丁乙丙甲") == 2
    assert longest_shared_run("甲", "乙") == 0
    assert comparison_form("**ＡＢ（第 1 期）**") == "ab第1期"
