"""A topic alone is no question: it gets passages and no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.keywords import is_bare_keywords
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import AbstainReason, Hit, Question

TEXT = "2020年，科技特派员推广新技术384项，引进新品种556个，服务农牧民近3万户。"


@pytest.mark.parametrize("typed", ["特派员", "特派员 新品种", "特派员，" * 40])
def test_bare_keywords_get_passages_and_no_answer(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer, typed: str
) -> None:
    hits = [Hit(view(TEXT).passage, 1.0)]
    answer, shown = answer_from(ask(typed), hits, RuleReader(analyzer), analyzer, 0.0)
    assert (answer.best, answer.reason) == (None, AbstainReason.NO_QUESTION)
    assert "只写了“特派员" in answer.reason_text
    assert shown == hits


def test_keywords_of_which_no_passage_speaks_are_not_found(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    answer, _ = answer_from(ask("量子通信"), [Hit(view(TEXT).passage, 1.0)], RuleReader(analyzer), analyzer, 0.3)
    assert answer.best is None
    assert answer.reason is AbstainReason.NO_EVIDENCE


@pytest.mark.parametrize(
    "typed", ["科技特派员的意义", "新品种多少", "科技特派员引进新品种数量", "循环经济 三大领域 是指", "哪些新品种"]
)
def test_what_asks_for_something_is_a_question(ask: Callable[[str], Question], typed: str) -> None:
    assert not is_bare_keywords(ask(typed))
