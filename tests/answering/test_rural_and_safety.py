"""Ends of a stretch of days, kinds of standards, heads of bodies, contacts of divisions, what was really done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

ENROL = "采取网络报名方式，时间为2025年3月10日9:00至3月19日18:00。"
LEVELS = "2024年达到基本标准的121家，达到推荐标准的29家。"
CLINICS = "甲县大库伦卫生院管理混乱，已对院长冯占奎诫勉谈话；乙县红格尔卫生院未设专人管理。"
TEAM = "丰镇市成立了事故调查组，由副市长贾宏伟任组长。"
CALLS = "联系人：安全生产协调科  于海洋（0474-8306622）；防汛抗旱科  包乌云（0474-8306655）"
HELP = "政策咨询：市人社局，0474-8991072\n技术咨询：市考试中心，0474-8991180\n监督电话：0474-8991345"
HIRED = "2024年计划公开招聘教师320名，实际招聘到岗297名。"
EXAM = "2024年高考报名11874人，实际参加考试10926人。"
TEAMS = "市卫生健康委组织3个督查组进行年终督查，主任田丽君主持反馈会。"
FOUND = "秋季学期复查时新发现问题88条，均已交办。"
PAID = "乡村教师生活补助一类地区每人每月800元，全年发放3015万元。"
FINES = "罚款总额612.8万元，其中应急管理部门罚款387.5万元。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("网上报名几号截止", ENROL, "2025年3月10日", False),
        ("网上报名几号截止", ENROL, "3月19日", True),
        ("网上报名什么时候开始", ENROL, "2025年3月10日", True),
        ("达到基本标准的有多少家", LEVELS, "121家", True),
        ("达到基本标准的有多少家", LEVELS, "29家", False),
        ("达到推荐标准的有多少家", LEVELS, "29家", True),
        ("红格尔卫生院院长是谁", CLINICS, "冯占奎", False),
        ("大库伦卫生院院长是谁", CLINICS, "冯占奎", True),
        ("事故调查组副组长是谁", TEAM, "贾宏伟", False),
        ("事故调查组组长是谁", TEAM, "贾宏伟", True),
        ("防汛抗旱科联系电话是多少", CALLS, "0474-8306655", True),
        ("防汛抗旱科联系电话是多少", CALLS, "0474-8306622", False),
        ("安全生产协调科座机是多少", CALLS, "0474-8306622", True),
        ("系统出技术问题打哪个电话", HELP, "0474-8991180", True),
        ("系统出技术问题打哪个电话", HELP, "0474-8991072", False),
        ("监督电话是多少", HELP, "0474-8991345", True),
        ("招聘的老师真正到岗的有几名", HIRED, "297名", True),
        ("招聘的老师真正到岗的有几名", HIRED, "320名", False),
        ("计划招聘教师多少名", HIRED, "320名", True),
        ("高考录取了多少人", EXAM, "10926人", False),
        ("高考报名多少人", EXAM, "11874人", True),
        ("督查组由谁带队", TEAMS, "田丽君", False),
        ("谁主持反馈会", TEAMS, "田丽君", True),
        ("秋季复查又查出多少条毛病", FOUND, "88条", True),
        ("补助3015万元里头，一类地区发了多少钱", PAID, "800元", False),
        ("一类地区每人每月补助多少钱", PAID, "800元", True),
        ("罚款里消防机构罚了多少", FINES, "612.8万元", False),
        ("罚款总额是多少", FINES, "612.8万元", True),
        ("罚款里应急管理部门罚了多少", FINES, "387.5万元", True),
    ],
)
def test_what_plays_which_part(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail


COUNTIES = "全市9个旗县已组建医共体，未组建的为化德县和察右中旗，要求于2025年3月底前完成挂牌。"
RAIN = "6月1日至9月30日，全市平均降水量346.8毫米。"


def test_a_county_in_the_middle_of_a_sentence(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    start = COUNTIES.index("2025年3月底")
    told = view(COUNTIES, region="乌兰察布市", day=date(2025, 1, 8))
    place = (start, start + len("2025年3月底"))
    assert Guard(ask("化德县和察右中旗的医共体最迟何时挂牌？"), told).examine(place).reason is None
    assert Guard(ask("商都县的医共体最迟何时挂牌？"), told).examine(place).reason is not None


def test_months_beside_a_year_are_of_that_year(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = RAIN.index("346.8毫米")
    told = view(RAIN, day=date(2024, 10, 11))
    place = (start, start + len("346.8毫米"))
    assert Guard(ask("2024年汛期（6至9月）平均降水多少毫米"), told).examine(place).reason is None
    assert Guard(ask("2023年汛期（6至9月）平均降水多少毫米"), told).examine(place).reason is not None
