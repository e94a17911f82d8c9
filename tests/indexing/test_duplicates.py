"""Sketches and what they find."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from qa.indexing.duplicates import find_duplicates, similarity, sketch
from qa.records import Card, DocumentStatus, DocumentSummary, Duplicate

LETTERS = "科技特派员制度在我市也取得了明显效果累计实施开发项目推广新引进品种服务农牧民近万户"


def words(seed: int, count: int) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=count))


def jaccard(one: str, other: str) -> float:
    runs = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def summary(identity: str, **changes: object) -> DocumentSummary:
    made = DocumentSummary(identity, f"{identity}.txt", "", Card(), (), DocumentStatus.READ, (), 1000, 3)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0])
def test_the_estimate_is_near_the_true_similarity(share: float) -> None:
    one = words(1, 4000)
    cut = int(len(one) * (1 - share))
    other = one[:cut] + words(2, len(one) - cut)
    hashes = [np.frombuffer(sketch(text)[16:], np.uint64) for text in (one, other)]
    assert similarity(*hashes) == pytest.approx(jaccard(one, other), abs=0.13)  # three standard errors


def test_the_same_words_and_nearly_the_same_are_found() -> None:
    text = words(1, 3000)
    texts = {"甲": text, "乙": text + "\n ", "丙": text[:2900] + words(3, 100), "丁": words(4, 3000)}
    found = find_duplicates([summary(name) for name in texts], {name: sketch(each) for name, each in texts.items()})
    families = {frozenset((each.document_id, each.shown_id)): each.similarity for each in found}
    assert len({each.shown_id for each in found}) == 1
    assert {name for pair in families for name in pair} == {"甲", "乙", "丙"}
    assert all(each >= 0.8 for each in families.values())
    assert find_duplicates([summary("甲"), summary("乙")], {"甲": sketch(texts["甲"]), "乙": sketch(texts["乙"])}) == [
        Duplicate("甲", "乙", 1.0)
    ]


def test_a_figure_that_differs_makes_two_documents_no_longer_the_same() -> None:
    text = words(1, 400)
    one, other = f"{text}引进556个", f"{text}引进565个"
    found = find_duplicates([summary("甲"), summary("乙")], {"甲": sketch(one), "乙": sketch(other)})
    assert [each.similarity < 1 for each in found] == [True]


def test_shown_is_the_one_that_says_more_of_itself() -> None:
    own = sketch(words(1, 300))
    summaries = [
        summary("甲"),
        summary("乙", card=Card(title="题", number="1号")),
        summary("丙", warnings=("提醒",), card=Card(title="题", number="1号")),
    ]
    found = find_duplicates(summaries, {"甲": own, "乙": own, "丙": own})
    assert {each.document_id: each.shown_id for each in found} == {"甲": "乙", "丙": "乙"}


def test_what_could_not_be_read_or_has_no_words_repeats_nothing() -> None:
    failed = summary("甲", status=DocumentStatus.FAILED)
    assert find_duplicates([failed, summary("乙"), summary("丙")], {"甲": sketch("x"), "乙": b"", "丙": b""}) == []
    assert sketch(" \n") == b""


def test_order_does_not_matter() -> None:
    own = {str(number): sketch(words(number % 7, 500)) for number in range(40)}
    summaries = [summary(name) for name in own]
    expected = find_duplicates(summaries, own)
    random.Random(5).shuffle(summaries)
    assert find_duplicates(summaries, own) == expected
    assert len(expected) == 33
