"""Who chaired, explained, read out, spoke for a side, attended: told where the text says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.events import check_event
from qa.answering.parties import check_attended, check_part_played
from qa.answering.sides import check_side
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

MEETING = (
    "2月13日，云川市教育工作会议召开，市长周立群作出批示。副市长孙国平出席会议并讲话，市教育局局长郑海涛作工作报告。"
)
READ_OUT = "2月13日，云川市教育工作会议召开，副市长孙国平宣读了市长周立群的批示。"
STUDY = "4月2日，市委书记周立群主持市委理论学习中心组集体学习，省委党校教授何敏作专题讲解。"
STUDY_UNTOLD = "4月2日，市委书记周立群主持市委理论学习中心组集体学习时指出，要加强基础研究。"
FAIR = "2月27日，云川市走进江东大学招聘会举行。市长周立群致辞。江东大学副校长何敏致欢迎辞。"
TALK = "7月8日，郑海涛一行与市统计局就数据共享进行座谈。"
TASKS = "7月10日，市长周立群主持召开专题会议，研究部署与江东大学合作事宜。会议要求，由市教育局牵头起草合作协议。"
ATTENDED = "7月10日，市长周立群主持召开专题会议，市教育局、市财政局、市人社局负责人参加会议。"


@pytest.mark.parametrize(
    ("question", "told", "name", "sound"),
    [
        ("全市教育工作会议上是谁宣读了批示？", MEETING, "孙国平", False),
        ("全市教育工作会议上是谁宣读了批示？", READ_OUT, "孙国平", True),
        ("市委理论学习中心组集体学习讲解专家", STUDY_UNTOLD, "周立群", False),
        ("市委理论学习中心组集体学习讲解专家", STUDY, "何敏", True),
        ("教育工作会议主持人", MEETING, "孙国平", False),
        ("市委理论学习中心组集体学习主持人", STUDY, "周立群", True),
    ],
)
def test_a_part_named_without_an_asking_word_is_asked_for_as_well(
    question: str,
    told: str,
    name: str,
    sound: bool,
    ask: Callable[[str], Question],
    view: Callable[..., PassageView],
) -> None:
    start = told.index(name)
    asked = ask(question)
    assert asked.kind is AnswerKind.PERSON
    assert (check_part_played(asked, view(told), (start, start + len(name))).reason is None) is sound


@pytest.mark.parametrize(
    ("question", "told", "name", "sound"),
    [
        ("招聘会 江东大学校方致辞人", FAIR, "周立群", False),
        ("招聘会 江东大学校方致辞人", FAIR, "何敏", True),
        ("招聘会江东大学致辞人", FAIR, "何敏", True),
        ("招聘会校方致辞人", FAIR, "周立群", False),
        ("7月8日座谈 市统计局参会领导", TALK, "郑海涛", False),
    ],
)
def test_who_was_there_for_a_body_holds_an_office_of_it(
    question: str,
    told: str,
    name: str,
    sound: bool,
    ask: Callable[[str], Question],
    view: Callable[..., PassageView],
) -> None:
    start = told.index(name)
    assert (check_side(ask(question), view(told), (start, start + len(name))).reason is None) is sound


@pytest.mark.parametrize(
    ("question", "told", "words", "sound"),
    [
        ("7月10日的专题会，哪些部门派人参加了？", TASKS, "由市教育局牵头起草合作协议", False),
        ("7月10日的专题会，哪些部门派人参加了？", TASKS, "市长周立群主持召开专题会议", False),
        ("7月10日的专题会，哪些部门派人参加了？", ATTENDED, "市教育局、市财政局、市人社局", True),
        ("7月10日的专题会有哪些领导参加？", TASKS, "市长周立群", True),
    ],
)
def test_who_attended_is_told_where_it_says_so(
    question: str,
    told: str,
    words: str,
    sound: bool,
    ask: Callable[[str], Question],
    view: Callable[..., PassageView],
) -> None:
    start = told.index(words)
    assert (check_attended(ask(question), view(told), (start, start + len(words))).reason is None) is sound


def test_a_signing_is_told_where_something_is_signed(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    asked = ask("与江东大学合作协议签约仪式由谁主持？")
    assert check_event(asked, view(TASKS)).reason
    assert not check_event(asked, view("周立群主持会议，云川市与江东大学签署合作协议。")).reason
