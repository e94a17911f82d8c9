"""What was repaired, or by how much something changed, is not what there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

REPAIRED = "2025年全市改造提升老旧日光温室3.2万亩，其中甲旗1.4万亩、乙旗0.4万亩。"
THERE = "乙旗改造棚室后，设施农业总面积达17.9万亩。"
INSPECTED = "全年抽检食品样品2600批次，排查整治企业412家。"
FEWER = "截至5月26日，首批高新技术企业提交申报材料8家，比3月底摸排的拟申报数减少1家。"
WEEK = "活动周为期7天，将举办活动18项；启动仪式当天发放科普资料4200余份。"
MORE = "全旗有效期内高新技术企业23家，比年初计划数增加3家。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("乙旗的日光温室有多少亩？", REPAIRED, "0.4万亩", False),
        ("乙旗改造日光温室多少亩？", REPAIRED, "0.4万亩", True),
        ("乙旗改造的日光温室有多少亩？", REPAIRED, "0.4万亩", True),
        ("乙旗设施农业面积有多少？", THERE, "17.9万亩", True),
        ("全市有多少家食品企业？", INSPECTED, "412家", False),
        ("排查整治了多少家企业？", INSPECTED, "412家", True),
        ("首批高新技术企业申报的有几家？", FEWER, "1家", False),
        ("首批高新技术企业申报的有几家？", FEWER, "8家", True),
        ("申报数比摸排数减少了几家？", FEWER, "1家", True),
        ("活动周7天里总共发放多少份科普资料？", WEEK, "4200余份", False),
        ("启动仪式当天总共发放多少份科普资料？", WEEK, "4200余份", True),
        ("高新技术企业有多少家？", MORE, "3家", False),
        ("高新技术企业比计划数增加了几家？", MORE, "3家", True),
    ],
)
def test_a_part_worked_on_or_a_change_is_not_the_whole(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.rindex(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
