"""Clauses are chosen by the relation that is asked for and by what stands around the asking word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.alignment import Alignment
from qa.answering.answer import answer_from
from qa.answering.relations import announces, tells_what_is_asked
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import Hit, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

SPEECH = "6月18日，财经委员会召开第五次会议，研究产业链现代化工作。会议强调，要完善园区载体，对区位相邻的园区进行空间整合。要抓紧建立推进机制。"
PLAN = "7月7日，发改委印发循环经济规划，旨在推进资源节约集约循环利用，保障国家资源安全。规划提出三项重点任务。"


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("为什么印发规划？", "旨在推进资源循环利用", 1.0),
        ("建“能创谷”图的是什么？", "打造区域创新高地", 0.5),
        ("为什么印发规划？", "为主体推动合作", 0.0),
        ("怎样激励企业？", "通过税收优惠等方式", 1.0),
        ("怎样激励企业？", "既鼓励体量较大的园区", 0.5),
        ("要建立怎样的机制？", "通过税收优惠等方式", 0.0),
        ("有什么意义？", "标志着校地合作进入新阶段", 1.0),
        ("会议在哪里？", "旨在推进资源循环利用", 0.0),
    ],
)
def test_cues_of_the_relation_asked_for(question: str, words: str, expected: float) -> None:
    assert tells_what_is_asked(question, words) == expected


def test_announcements() -> None:
    assert announces("3月17日，科技厅召开调度会")
    assert not announces("将按季度对合作项目进行调度")


def test_words_near_the_asking_word_stand_near_the_answer(ask: Ask, view: View) -> None:
    passage = view("建设“能创谷”，打造创新高地。推进建立“市区共建”机制，共谋发展。")
    alignment = Alignment(ask("推动建立什么机制？"), passage)
    near, far = (passage.text.index(words) for words in ("“市区共建”", "打造创新高地"))
    assert alignment.slot((near, near + 6)) > alignment.slot((far, far + 6))
    assert 0.0 <= alignment.slot((far, far + 6)) <= 1.0


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("财经委员会议对完善园区载体怎么要求？", SPEECH, "进行空间整合"),
        ("为什么要印发循环经济规划？", PLAN, "保障国家资源安全"),
    ],
)
def test_the_clause_that_says_it_wins_over_the_one_that_announces_it(
    ask: Ask, view: View, analyzer: JiebaAnalyzer, question: str, passage: str, expected: str
) -> None:
    hit = Hit(view(passage).passage, 1.0)
    answer, _ = answer_from(ask(question), [hit], RuleReader(analyzer), analyzer, threshold=0.0)
    assert answer.best is not None
    assert expected in answer.best.text
    assert "召开" not in answer.best.text
    assert "印发" not in answer.best.text
