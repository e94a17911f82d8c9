from __future__ import annotations

import pytest

from qa.errors import UsageError
from qa.evaluation.evaluation_set import Evidence, QuestionType, fingerprint_of, require_documents
from tests.evaluation.evaluation_examples import BULLETIN, a_question


def test_documents_that_the_corpus_lacks() -> None:
    other = a_question("Q002", evidence=(Evidence("科技简报.txt", "词"),), file="set.jsonl", line=2)
    require_documents([a_question(), other], [BULLETIN, "科技简报.txt"])
    with pytest.raises(UsageError, match=r"^set\.jsonl 第 2 行：资料中没有文档“科技简报\.txt”（Q002）") as caught:
        require_documents([a_question(), other], [BULLETIN])
    assert caught.value.reason == "资料共 1 个文档，最接近的是“科技简报-2021年第1期.txt”"
    with pytest.raises(UsageError) as caught:
        require_documents([other], [])
    assert caught.value.reason == "资料共 0 个文档"


def test_the_fingerprint_follows_the_gold_and_nothing_else() -> None:
    first, second = a_question("Q1"), a_question("Q2")
    assert fingerprint_of([first, second]) == fingerprint_of([second, first])
    assert fingerprint_of([a_question("Q1", note="x", file="f", line=3, section="s")]) == fingerprint_of([first])
    others = [
        a_question("Q3"),
        a_question("Q1", question="?"),
        a_question("Q1", answers=("556",)),
        a_question("Q1", list=True),
        a_question("Q1", evidence=()),
        a_question("Q1", type=QuestionType.LIST),
    ]
    assert len({fingerprint_of([q]) for q in [first, *others]}) == 1 + len(others)
