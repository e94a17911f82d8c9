"""Other times and sources are other documents or other years, not a second sentence of the same."""

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

FIRST = "科技特派员引进新品种556个。"
SECOND = "科技特派员引进新品种612个。"


@pytest.mark.parametrize(
    ("document", "day", "others"),
    [("简报", date(2021, 3, 25), []), ("简报", date(2024, 3, 25), ["612个"]), ("复函", date(2021, 3, 25), ["612个"])],
)
def test_others_are_of_another_document_or_year(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    document: str, day: date, others: list[str],
) -> None:  # fmt: skip
    second = replace(view(SECOND, day=day).passage, document_id=document, start=500, end=500 + len(SECOND))
    hits = [Hit(view(FIRST).passage, 1.0), Hit(second, 0.98)]
    answer, _ = answer_from(ask("科技特派员引进新品种多少个？"), hits, RuleReader(analyzer), analyzer, 0.0)
    assert answer.best
    assert answer.best.text == "556个"
    assert [each.text for each in answer.others] == others
