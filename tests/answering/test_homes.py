"""Where documents of several places tell the figure and the question names none, whose it is has to be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import Hit, Question


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "2023年全市研发经费支出是多少？",
            "几个地方的资料都有这样的数：包头、乌海；这里是包头的，请写明要问哪里",
        ),
        ("2023年包头市研发经费支出是多少？", ""),
    ],
)
def test_whose_figure_it_is_is_said(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer, question: str, said: str
) -> None:
    first = view("2023年全市研发经费支出89.6亿元。", day=date(2024, 5, 1), region="包头市").passage
    other = view("2023年全市研发经费支出67.3亿元。", day=date(2024, 5, 1), region="乌海市").passage
    hits = [Hit(replace(first, document_id="甲"), 1.0), Hit(replace(other, document_id="乙"), 0.97)]
    answer, _ = answer_from(ask(question), hits, RuleReader(analyzer), analyzer, 0.0)
    assert answer.best
    assert answer.best.text == "89.6亿元"
    assert answer.caution == said
