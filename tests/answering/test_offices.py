from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.offices import check_office
from qa.answering.view import PassageView
from qa.records import Question

STATISTICS = "7月14日，边东会同市统计局局长杨建军前往自治区统计局协调研发投入统计事宜。"
SECRETARY = "6月16日，市政府召开推进会，市政府副秘书长李斌主持会议。"
ACTING = "7月3日，市委副书记、代市长杜汇良一行赴北京市跨区域产业协作中心开展工作洽谈。"
DEPUTY = "副市长孔繁飞与清华大学化学工程系主任王铁峰分别代表双方签署合作协议。"
INSPECTOR = "3月7日，自治区科技厅一级巡视员张志宽一行到鄂尔多斯高新区调研。"


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("自治区统计局局长是谁", STATISTICS, "杨建军"),
        ("自治区政府副秘书长是谁", SECRETARY, "李斌"),
        ("市委副秘书长是谁", SECRETARY, "李斌"),
        ("市里一把手是谁", SECRETARY, "李斌"),
        ("谁是市里的一把手", SECRETARY, "李斌"),
        ("市里一把手是谁", "刘晓峰要求，要把握方向。", "刘晓峰"),
        ("北京市市长是谁", ACTING, "杜汇良"),
        ("北京市代市长是谁", ACTING, "杜汇良"),
        ("常务副市长是谁", DEPUTY, "孔繁飞"),
        ("谁是常务副市长", DEPUTY, "孔繁飞"),
        ("清华大学能源系主任是谁", DEPUTY, "王铁峰"),
        ("二级巡视员是谁", INSPECTOR, "张志宽"),
        ("市委书记是谁", ACTING, "杜汇良"),
        ("市委书记是谁", "鄂尔多斯市委副书记、市长  包卫东", "鄂尔多斯市委副书记、市长  包卫东"),
    ],
)
def test_another_place_body_or_rank_is_another_office(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(name)
    assert check_office(ask(question), view(told), (start, start + len(name))).reason


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("市统计局局长是谁", STATISTICS, "杨建军"),
        ("鄂尔多斯市统计局局长是谁", STATISTICS, "杨建军"),
        ("市政府副秘书长是谁", SECRETARY, "李斌"),
        ("鄂尔多斯市代市长是谁", ACTING, "杜汇良"),
        ("代市长是谁", ACTING, "杜汇良"),
        ("市委副书记是谁", ACTING, "杜汇良"),
        ("市长是谁", "鄂尔多斯市委副书记、市长  包卫东", "鄂尔多斯市委副书记、市长  包卫东"),
        ("副市长是谁", DEPUTY, "孔繁飞"),
        ("清华大学化工系主任是谁", DEPUTY, "王铁峰"),
        ("清华化工系主任是哪位", DEPUTY, "王铁峰"),
        ("一级巡视员是谁", INSPECTOR, "张志宽"),
        ("内蒙古科技厅一级巡视员是谁", INSPECTOR, "张志宽"),
        ("市里一把手是谁", "2月21日，市委书记李理带队考察调研。", "李理"),
        ("科技局一把手是谁", "市科技局党组书记、局长边东做工作通报。", "边东"),
        ("市科技局局长是谁", "鄂尔多斯市科学技术局局长边东做工作通报。", "边东"),
    ],
)
def test_the_office_asked_for_is_told_in_full_or_in_short(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(name)
    assert not check_office(ask(question), view(told), (start, start + len(name))).reason
