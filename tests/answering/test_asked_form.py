"""An address or a figure has the form that is asked for, whoever points at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.gathering import gather
from qa.answering.view import PassageView
from qa.records import Question, Reading, SpanCandidate

CONTACT = "联系人：苏浩，联系电话：0477-8586566，电子邮箱：su_hao@example.gov.cn，邮政编码：017010，网址：www.example.gov.cn。"
FAIR = "清华、北大专场招聘会上，共收到简历378份，初步达成意向62人，发放引才补贴120万元。"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("提案答复联系人苏浩的电子邮箱是什么？", "su_hao@example.gov.cn"),
        ("联系人的Email是多少", "su_hao@example.gov.cn"),
        ("办公室的邮编是多少？", "017010"),
        ("网站地址是什么？", "www.example.gov.cn"),
    ],
)
def test_an_address_is_found_by_its_form(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, answer: str
) -> None:
    passage = view(CONTACT)
    assert [passage.slice((each.start, each.end)) for each in candidates_for(ask(question), passage)] == [answer]


def test_what_is_no_address_answers_no_question_for_one(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    passage = view("联系人：苏浩，联系电话：0477-8586566。")
    pointed = Reading(0.9, (SpanCandidate(0, 6, 0.9), SpanCandidate(12, 24, 0.4)))
    asked = ask("联系人苏浩的邮箱是什么？")
    assert gather(asked, passage, candidates_for(asked, passage), pointed) == []


@pytest.mark.parametrize(
    ("question", "pointed_at", "taken"),
    [
        ("招聘会上毕业生平均年薪是多少？", "378份", False),
        ("招聘会上毕业生平均年薪是多少？", "120万元", True),
        ("招聘会收到多少份简历？", "378份", True),
    ],
)
def test_a_number_that_the_network_points_at_has_a_unit_of_the_kind_asked_for(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, pointed_at: str, taken: bool
) -> None:
    passage = view(FAIR)
    start = FAIR.index(pointed_at)
    reading = Reading(0.9, (SpanCandidate(start, start + len(pointed_at), 0.9),))
    asked = ask(question)
    gathered = gather(asked, passage, candidates_for(asked, passage), reading)
    found = {passage.slice((each.start, each.end)) for each in gathered}
    assert (pointed_at in found) is taken
