"""份数, 总期数 and the number of a 提案: of the document that is meant, and none where several may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.imprints import told_in_its_form
from qa.answering.parties import check_attended
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import Hit, Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2021年3月25日科技简报 印刷份数", "20份"),
        ("2021年第1期科技简报印了几份？", "20份"),
        ("2021年第2期科技简报印了几份？", None),
        ("2022年的科技简报印了多少份？", None),
        ("达拉特旗2021年第1期科技简报印了几份？", None),
        ("鄂尔多斯2021年第1期科技简报印了几份？", "20份"),
        ("科技简报2023年第3期总第多少期？", "29期"),
        ("九三学社那件提案的编号是多少？", "第0355号"),
        ("民盟那件提案的编号是多少？", None),
        ("第0355号提案是谁提的？", None),
    ],
)
def test_the_field_of_the_document_that_is_meant(ask: Ask, view: View, question: str, told: str | None) -> None:
    views = [
        view("送：各旗区。（共印 20 份）", context="《科技简报》2021年第1期"),
        view("2023 年第 3 期（总 29 期）", context="《科技简报》2023年第3期", day=date(2023, 3, 9)),
        view("九三学社：你们提出的第 0355 号提案收悉，现答复如下。", context="答复函", day=date(2025, 8, 7)),
    ]
    found = told_in_its_form(ask(question), views)
    assert (None if found is None else "".join(found.view.slice(found.place).split())) == told


def test_documents_that_differ_tell_nothing(ask: Ask, view: View) -> None:
    views = [view("（共印 20 份）", context="甲"), view("（共印 30 份）", context="乙")]
    assert told_in_its_form(ask("简报印了几份？"), views) is None


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("会上有哪些单位作了交流发言？", "6月16日，市政府召开推进会，市科技局局长边东做工作通报。", False),
        ("会上有哪些单位作了交流发言？", "6月16日，市政府召开推进会，市科技局、市农牧局作交流发言。", True),
    ],
)
def test_words_for_names_are_held_to_the_doer(
    ask: Ask, view: View, analyzer: JiebaAnalyzer, question: str, text: str, told: bool
) -> None:
    hits = [Hit(view(text).passage, 1.0)]
    answer, _ = answer_from(ask(question), hits, RuleReader(analyzer), analyzer, 0.0)
    assert (answer.best is not None) is told


def test_who_else_was_there_is_not_who_chaired(ask: Ask, view: View) -> None:
    text = "国务院总理主持召开会议。张三参加会议。"
    question, held = ask("会议还有哪些人参加了？"), view(text)
    assert check_attended(question, held, (0, text.index("。"))).reason
    at = text.index("张三")
    assert not check_attended(question, held, (at, at + 2)).reason
