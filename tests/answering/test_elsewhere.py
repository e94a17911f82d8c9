"""A figure of another year far ahead of all others means: the library does not tell this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import AbstainReason, Hit, Question

LETTER = "2024年，全市科技支出24.82亿元，带动全市R&D经费投入53.2亿元，居全区首位。累计兑付奖励资金达10亿元，惠及各类创新主体600余个。"


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("2024年全市R&D经费投入多少亿元？", "53.2亿元", None),
        ("2025年全市R&D经费投入多少亿元？", None, AbstainReason.PERIOD),
        ("2025年全市科技支出多少亿元？", None, AbstainReason.PERIOD),
    ],
)
def test_another_figure_of_the_passage_is_no_answer(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, answer: str | None, reason: AbstainReason | None,
) -> None:  # fmt: skip
    passage = view(LETTER, day=date(2025, 8, 7)).passage
    found, _ = answer_from(ask(question), [Hit(passage, 1.0)], RuleReader(analyzer), analyzer, 0.0)
    assert (found.best.text if found.best else None, found.reason) == (answer, reason)
