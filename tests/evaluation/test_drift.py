from __future__ import annotations

import pytest

from qa.evaluation.drift import drifted_ids, find_drift, nearest_words
from qa.evaluation.evaluation_set import Evidence
from qa.records import Document
from tests.evaluation.evaluation_examples import a_question

TEXT = "总则。2020年，累计实施科技开发项目91项；推广新技术384项，\n引进新品种 556 个；服务农牧民近3万户。"


def document(path: str, text: str) -> Document:
    return Document(path.removesuffix(".txt"), path, "0" * 64, text)


def question(*evidence: tuple[str, str], id: str = "Q1"):  # type: ignore[no-untyped-def]
    return a_question(id, evidence=tuple(Evidence(doc, quote) for doc, quote in evidence))


CORPUS = [document("a.txt", TEXT), document("b.txt", "另一份文件，与此无关。")]


def test_what_still_stands_has_not_drifted() -> None:
    assert find_drift([question(("a.txt", "推广新技术３８４项，引进新品种556个"))], CORPUS) == []


def test_changed_words_and_what_is_nearest() -> None:
    (drift,) = find_drift([question(("a.txt", "推广新技术384项，引进新品种565个"))], CORPUS)
    assert drift.nearest_doc == "a.txt"
    assert drift.nearest is not None
    assert drift.nearest.startswith("推广新技术384项，\n引进新品种 5")
    assert drift.nearest in TEXT
    assert 0.8 < drift.similarity < 1
    assert not drift.document_gone


def test_words_that_moved_to_another_document() -> None:
    moved = [document("b.txt", "另一份文件。"), document("c.txt", TEXT)]
    (drift,) = find_drift([question(("b.txt", "引进新品种 556 个"))], moved)
    assert (drift.nearest_doc, drift.nearest) == ("c.txt", "引进新品种 556 个")
    assert drift.similarity == 1.0
    assert not drift.document_gone


def test_the_gold_document_is_preferred_among_equals() -> None:
    twice = [document("0.txt", TEXT), document("a.txt", TEXT)]
    (drift,) = find_drift([question(("a.txt", "推广新技术384项，引进新品种565个"))], twice)
    assert drift.nearest_doc == "a.txt"


def test_a_document_that_is_gone() -> None:
    (drift,) = find_drift([question(("x.txt", "引进新品种556个"))], CORPUS)
    assert drift.document_gone
    assert drift.nearest_doc == "a.txt"


@pytest.mark.parametrize("corpus", [CORPUS, []])
def test_nothing_near(corpus: list[Document]) -> None:
    (drift,) = find_drift([question(("a.txt", "火星探测器于五月十五日着陆乌托邦平原"))], corpus)
    assert (drift.nearest_doc, drift.nearest, drift.similarity) == (None, None, 0.0)


def test_a_question_has_drifted_when_no_evidence_is_left() -> None:
    half = question(("a.txt", "火星"), ("a.txt", "引进新品种556个"), id="Q1")
    whole = question(("a.txt", "火星"), ("a.txt", "木星"), id="Q2")
    drifts = find_drift([half, whole], CORPUS)
    assert [drift.evidence.quote for drift in drifts] == ["火星", "火星", "木星"]
    assert drifted_ids(drifts) == {"Q2"}


def test_nearest_words_bridge_what_was_put_in() -> None:
    similarity, words = nearest_words("推广了新技术共384项", "推广新技术384项")
    assert words == "推广了新技术共384项"
    assert similarity == 1.0
    assert nearest_words("甲乙", "丙丁") == (0.0, "")
    assert nearest_words("", "丙丁") == (0.0, "")
