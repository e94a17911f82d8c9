"""A topic alone is no question: it gets passages and no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.keywords import asks_for_no_words, is_bare_keywords
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


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("写一份科技工作总结", "不写稿"),
        ("总结一下2021年第8期简报", "不写稿"),
        ("翻译成英文：科技特派员", "不写稿"),
        ("那2020年呢？", "不接着上一问"),
        ("它是什么时候成立的？", "不接着上一问"),
        ("上面说的会议在哪开的？", "不接着上一问"),
        ("第8期简报有哪些内容？", "整份文件"),
        ("答复函主要讲了什么", "整份文件"),
        ("你是谁？", "资料里写了的事"),
        ("今天天气怎么样？", "资料里写了的事"),
    ],
)
def test_what_asks_for_no_words_of_a_source_is_told_so(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer, typed: str, why: str
) -> None:
    hits = [Hit(view(TEXT).passage, 1.0)]
    answer, shown = answer_from(ask(typed), hits, RuleReader(analyzer), analyzer, 0.0)
    assert (answer.best, answer.reason) == (None, AbstainReason.NO_QUESTION)
    assert why in answer.reason_text
    assert shown == hits


@pytest.mark.parametrize(
    "typed",
    [
        "总结会是谁主持的？",
        "起草单位是哪家？",
        "翻译成英文的材料有几份？",
        "其他城市呢，写了什么经验？",
        "科技简报第8期里，边东见了谁？",
        "答复函的落款日期是哪天？",
        "会议内容包括哪些？",
        "今天的会议是谁主持的？",
    ],
)
def test_what_only_looks_like_it_is_a_question(typed: str) -> None:
    assert asks_for_no_words(typed) == ""


def test_an_article_may_be_asked_about_it() -> None:
    assert asks_for_no_words("它是什么时候成立的？")
    assert asks_for_no_words("它是什么时候成立的？", official=False) == ""
    assert asks_for_no_words("他山之石讲了哪座城市？") == ""
