from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.parties import check_part_played, check_project
from qa.answering.sides import check_met, check_side
from qa.answering.view import PassageView
from qa.records import Question

SIGNED = "副市长孔繁飞与清华大学化学工程系主任王铁峰分别代表双方签署合作协议。"
MET = "3月23日，市委常委、副市长刘晓峰会见来访的浙江大学教授、挪威技术与科学院院士白勇，就院地合作进行对接。"
HEAD = "签发人：张秀玲"


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("谁代表市政府签署了协议", "孔繁飞", "王铁峰"),
        ("谁代表我市签署协议", "孔繁飞", "王铁峰"),
        ("谁代表鄂尔多斯签署协议", "孔繁飞", "王铁峰"),
        ("代表我市签字的是谁", "孔繁飞", "王铁峰"),
        ("市政府一方由谁签的字", "孔繁飞", "王铁峰"),
        ("谁代表清华大学签署的协议", "王铁峰", "孔繁飞"),
        ("清华大学方面谁在合作协议上签字？", "王铁峰", "孔繁飞"),
        ("校方由谁签的字", "王铁峰", "孔繁飞"),
    ],
)
def test_who_signs_for_a_side_holds_an_office_of_it(
    question: str, right: str, wrong: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = SIGNED.index(right)
    assert not check_side(ask(question), view(SIGNED), (start, start + 3)).reason
    start = SIGNED.index(wrong)
    assert check_side(ask(question), view(SIGNED), (start, start + 3)).reason


def test_who_signs_off_a_letter_signs_for_no_side(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert check_side(ask("市政府一方由谁签的字"), view(HEAD), (4, 7)).reason
    assert not check_side(ask("签发人是谁"), view(HEAD), (4, 7)).reason
    assert not check_side(ask("谁代表双方签署协议"), view(SIGNED), (3, 6)).reason
    assert not check_side(ask("协议是谁代表签的字"), view(SIGNED), (3, 6)).reason


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("浙江大学来访的是谁", "白勇", "刘晓峰"),
        ("刘晓峰会见了谁", "白勇", "刘晓峰"),
        ("谁会见了白勇", "刘晓峰", "白勇"),
        ("浙江大学教授到访时，市里是谁出面接待的？", "刘晓峰", "白勇"),
    ],
)
def test_a_host_is_no_visitor(
    question: str, right: str, wrong: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = MET.index(right)
    assert not check_met(ask(question), view(MET), (start, start + len(right))).reason
    start = MET.index(wrong)
    assert check_met(ask(question), view(MET), (start, start + len(wrong))).reason


def test_whom_somebody_met_is_told_with_that_person(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = MET.index("白勇")
    assert check_met(ask("孔繁飞会见了谁"), view(MET), (start, start + 2)).reason
    told = "副市长孔繁飞出席会议并讲话，市科技局局长边东作工作报告。"
    start = told.index("边东")
    assert check_met(ask("孔繁飞会见了谁"), view(told), (start, start + 2)).reason
    assert check_met(ask("市科技局局长会见了谁"), view(told), (start, start + 2)).reason
    start = MET.index("白勇")
    assert check_met(ask("市科技局局长会见了谁"), view(MET), (start, start + 2)).reason
    assert not check_met(ask("副市长会见了谁"), view(MET), (start, start + 2)).reason


SIGNING = "签约仪式由市政府副秘书长康永年主持，刘景岳见证签约。"
MINUTES = "2024年9月12日，副市长贺云峰主持召开专题会议。市政府副秘书长韩继东传达了自治区“科技突围”工程推进会精神。"
ATTENDANCE = "出席：贺云峰、韩继东\n旗区：准格尔旗那顺\n请假：杭锦旗有关负责同志\n记录：吕思源"


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("签共建协议时，市政府这边是谁签的字？", SIGNING, "康永年"),
        ("签共建协议时，市政府这边是谁签的字？", SIGNING, "刘景岳"),
        ("自治区“科技突围”工程推进会是哪位领导主持的？", MINUTES, "贺云峰"),
        ("杭锦旗请假没来开会的是哪位领导？", ATTENDANCE, "贺云峰"),
        ("杭锦旗请假没来开会的是哪位领导？", ATTENDANCE, "那顺"),
        ("缺席会议的是谁？", ATTENDANCE, "韩继东"),
        ("报告是谁执笔的？", "组　长：巴特尔\n执　笔：苏日娜、李广田", "巴特尔"),
    ],
)
def test_another_part_or_another_meeting_is_no_answer(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(name)
    assert check_part_played(ask(question), view(told), (start, start + len(name))).reason


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("专题会议由谁主持？", MINUTES, "贺云峰"),
        ("自治区科技突围工程推进会精神由谁传达？", MINUTES, "韩继东"),
        ("签约仪式是谁主持的？", SIGNING, "康永年"),
        ("谁代表市政府签的字？", "在签约仪式上，副市长孔繁飞代表市政府签字。", "孔繁飞"),
        ("请假没来的是谁？", "请假：孙立群\n记录：吕思源", "孙立群"),
        ("这份报告是谁写的？", "组　长：巴特尔\n执　笔：苏日娜、李广田", "苏日娜、李广田"),
    ],
)
def test_who_played_the_part_is_told(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(name)
    assert not check_part_played(ask(question), view(told), (start, start + len(name))).reason


def test_all_who_wrote_it_are_one_answer(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    told = "成　员：陈静怡（科研处副处长）\n执　笔：苏日娜、李广田"
    found = candidates_for(ask("调研报告是谁执笔的？"), view(told))
    assert told[slice(*max(found, key=lambda each: each.fit)[:2])] == "苏日娜、李广田"


@pytest.mark.parametrize(
    ("question", "right"),
    [("沙棘叶黄酮项目验收专家组组长是谁？", False), ("煤矸石陶粒项目验收专家组组长是谁？", True)],
)
def test_who_examined_a_project_is_told_of_that_one(
    question: str, right: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = view("煤矸石制备陶粒项目通过验收。专家组组长、西岭科技大学教授罗绍棠宣读验收意见。")
    assert (check_project(ask(question), told).reason is None) is right
