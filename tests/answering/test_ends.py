"""Ends of periods, numbers of papers by the end of their titles, attachments by their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.letters import check_document_number
from qa.answering.roles import check_day_role
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

VALID = "《科技创新券管理办法》自2023年8月1日起施行，有效期至2025年7月31日。"
WINDOW = "申报单位于2025年3月10日至4月15日登录平台填报，逾期系统自动关闭。"
ANNUAL = "重点实验室每年集中受理一次，申报时间为每年3月1日至4月15日。"
REPEALED = "2019年印发的《内蒙古自治区重点实验室管理暂行办法》（内科发基字〔2019〕33号）同时废止。"
ATTACHED = (
    "特此报告。\n附件：1.重点任务清单落实情况一览表\n　　　2.政策解读\n　　　3.包头市在建中试项目名单\n包头市人民政府"
)


@pytest.mark.parametrize(
    ("question", "told", "day", "right"),
    [
        ("管理办法到什么时候失效", VALID, "2025年7月31日", True),
        ("管理办法到什么时候失效", VALID, "2023年8月1日", False),
        ("管理办法的有效期到哪天？", VALID, "2023年8月1日", False),
        ("管理办法什么时候施行", VALID, "2023年8月1日", True),
        ("管理办法什么时候施行", VALID, "2025年7月31日", False),
        ("网上填报哪天截止？", WINDOW, "2025年3月10日至4月15日", True),
        ("网上填报最晚是几月几日？", WINDOW, "2025年3月10日至4月15日", True),
        ("重点实验室哪段时间申报？", ANNUAL, "3月1日至4月15日", True),
    ],
)
def test_an_end_is_no_beginning(
    question: str, told: str, day: str, right: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(day)
    verdict = check_day_role(ask(question), view(told), (start, start + len(day)))
    assert (verdict.reason is None) is right


def test_a_stretch_of_time_is_a_time(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    for text in ("材料哪段时间交？", "什么时间段申报？", "网上填报哪天截止？"):
        question = ask(text)
        assert question.kind is AnswerKind.DATE
        best = max(candidates_for(question, view(WINDOW)), key=lambda each: each.fit)
        assert WINDOW[best.start : best.end] == "2025年3月10日至4月15日"
        assert best.fit == 1.0


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("被新办法废止的《重点实验室管理暂行办法》文号是什么？", True),
        ("《内蒙古自治区重点实验室管理暂行办法》的文号是什么？", True),
        ("《中试基地管理暂行办法》的文号是什么？", False),
        ("《重点实验室管理办法》的文号是什么？", False),
    ],
)
def test_a_paper_may_be_named_by_the_end_of_its_title(
    question: str, right: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = REPEALED.index("内科发基字")
    verdict = check_document_number(ask(question), view(REPEALED), (start, REPEALED.index("）同时")))
    assert (verdict.reason is None) is right


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("附件3是什么材料", ["包头市在建中试项目名单"]),
        ("报告的附件1叫什么？", ["重点任务清单落实情况一览表"]),
        ("第二个附件是什么？", ["政策解读"]),
        ("附件4是什么", []),
    ],
)
def test_an_attachment_is_told_by_its_number(
    question: str, titles: list[str], ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert [ATTACHED[each.start : each.end] for each in candidates_for(ask(question), view(ATTACHED))] == titles
    assert candidates_for(ask(question), view("本报告没有别的。")) == []
