from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.events import check_event
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

ENVOYS = "3月25日，边东主持召开全市科技特派员工作推进会，部署设立科技特派员科技成果转化推广项目。"
YEARLY = "2月13日，全市科技工作会议在康巴什召开，市长杜汇良作出重要批示。副市长孔繁飞出席会议并讲话。"
FAIR = "2月27日，“暖城之邀”鄂尔多斯市走进清华大学和北京大学校园引才宣介会暨2023届毕业生专场招聘会举行。"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("全市科技工作会议谁主持", ENVOYS),
        ("全市科技创新工作推进会谁主持的", ENVOYS),
        ("全市科技创新工作推进会部署了什么", ENVOYS),
        ("人才工作推进会谁主持", ENVOYS),
        ("人才工作推进会谁主持", "3月6日，边东主持召开2023年第2次局务会，调度重点工作。"),
        ("全市科技创新工作推进会部署了什么", YEARLY),
        ("全市科技创新工作推进会部署了什么", "3月9日，市科技局召开2021年第3次党组（扩大）会议，部署推进工作。"),
        ("人才工作推进会谁主持", "习近平2月21日主持中共中央政治局第三次集体学习时指出，要增加投入。"),
        ("科技创新大会谁主持的", "2月21日，边东主持召开市科技局2023年第3次党组会议，研究重点任务。"),
        ("全市经济工作会议在哪召开", YEARLY),
        ("全区科技工作会议在哪召开", YEARLY),
        ("全市人才工作会议在哪召开", YEARLY),
        ("科技兴蒙合作推进会由谁主持", "4月8日，市科技局党组举行2022年第二次集体学习，苏和平主持会议。"),
        ("全市科技活动周启动仪式是谁主持的", "10月18日，全市科技创新大会召开，副市长苏日娜主持会议。"),
    ],
)
def test_a_sibling_meeting_is_another_one(
    question: str, told: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert check_event(ask(question), view(told)).reason


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("全市科技特派员工作推进会谁主持", ENVOYS),
        ("科技特派员推进会是谁主持的", ENVOYS),
        ("科技特派员工作会议是谁主持的", ENVOYS),
        ("推进会是谁主持的", ENVOYS),
        ("全市科技工作会议在哪召开", YEARLY),
        ("科技工作会在哪开的", YEARLY),
        ("2023年的全市科学技术大会在哪开的", YEARLY),
        ("招聘会什么时候举行的", FAIR),
        ("准旗跟哪所高校办了合作揭牌仪式？", "准格尔旗与西北农林科技大学合作项目揭牌签约仪式举行。"),
        ("校园招聘会什么时候举行的", FAIR),
        ("谁在全市科技工作会议上讲话", "副市长孔繁飞出席会议并讲话。"),
        ("局里哪位副局长负责给推进会讲实施方案", ENVOYS),
        ("鄂尔多斯清华北大专场招聘会收到简历份数", FAIR),
        ("电石法PVC无汞化的成果发布会由谁召开的", "园区召开全球首家电石法聚氯乙烯无汞化生产技术重大突破发布会。"),
        ("2023年政治局第三次集体学习的消息由谁发布？", "新华社发布消息，习近平主持中共中央政治局第三次集体学习。"),
        ("市科技局党组会谁主持的", "2月21日，边东主持召开市科技局2023年第3次党组会议，研究重点任务。"),
        ("高企培训会谁主讲", "市科技局举办高新技术企业培训会，由池波主讲。"),
    ],
)
def test_a_meeting_by_its_name_or_a_shorter_one_is_the_same(
    question: str, told: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert not check_event(ask(question), view(told)).reason


def test_a_ceremony_is_named_after_its_parties_or_its_object_alike(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    text = "7月16日，鄂尔多斯实验室建设项目签约仪式在康巴什举行。"
    assert check_event(ask("清华大学鄂尔多斯实验室签约仪式在哪里举行？"), view(text)).reason is None
    assert check_event(ask("科技活动周启动仪式在哪里举行？"), view(text)).reason is AbstainReason.SUBJECT
