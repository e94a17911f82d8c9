"""What the written questions on documents nobody had made rules for showed (docs/decisions/0003)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.subject import check_subject
from qa.answering.verdict import SOUND
from qa.answering.view import PassageView
from qa.records import AbstainReason, Passage, Period, Question, Reading, SpanCandidate
from qa.search.aliases import Aliases
from qa.search.periods import document_period, speaks_of

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

LOANS = "普惠型小微企业贷款余额增长14%，新增贷款300亿元。"
RANKED = "电力集团在五百强中的排名上升11位，列第152位。"


@pytest.mark.parametrize(
    ("question", "passage", "best"),
    [
        ("小微企业贷款余额增长多少", LOANS, "14%"),
        ("新增贷款多少亿元", LOANS, "300亿元"),
        ("财政赤字率拟安排多少", "财政赤字率拟按2.6%安排，赤字2.38万亿元。", "2.6%"),
        ("预付资金不低于采购金额的多少", "按不低于采购金额的30%提前预付，共2亿元。", "30%"),
        ("排名上升多少位", RANKED, "11位"),
        ("排名第几", RANKED, "第152位"),
        ("新增多少个博士硕士学位授权点", "引进博士4位，新增博士硕士学位授权点45个。", "45个"),
        ("造林面积有多大", "造林1亿亩以上，占3%。", "1亿亩以上"),
    ],
)
def test_a_rate_a_rise_and_an_area_are_looked_for_as_such(
    ask: Ask, view: View, question: str, passage: str, best: str
) -> None:
    found = candidates_for(ask(question), view(passage))
    fits = {passage[each.start : each.end]: each.fit for each in found}
    assert max(fits, key=fits.__getitem__) == best


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2018年国务院政府工作报告", (date(2018, 1, 1), date(2018, 12, 31))),
        ("2021—2025年科技规划", None),
        ("关于到2030年前碳达峰的意见", None),
        ("关于2023年和2024年预算的报告", None),
        ("科技简报", None),
    ],
)
def test_a_title_tells_the_year_of_a_document(title: str, expected: tuple[date, date] | None) -> None:
    passage = Passage("报告", 0, 4, "再减少贫困人口1000万以上。", title=title)
    assert document_period(passage) == (Period(*expected) if expected else None)
    signed = date(2019, 3, 5)  # what a year was like is signed in the next
    assert document_period(replace(passage, date=signed)) == Period(*(expected or (signed, signed)))
    within = date(2018, 12, 29)
    assert document_period(replace(passage, date=within)) == Period(within, within)


SUMMARY = "赤峰市科学技术局2023年工作总结和2024年工作计划"


@pytest.mark.parametrize(
    ("title", "headings", "year"),
    [
        (SUMMARY, (), 2023),
        (SUMMARY, ("一、主要工作完成情况", "（四）成果转化步伐加快"), 2023),
        (SUMMARY, ("二、下一步工作打算",), 2024),
        (SUMMARY, ("二、2024年工作计划", "（一）总体目标"), 2024),
        ("关于某旗2023年预算执行情况和2024年预算草案的报告", ("一、收支情况",), 2023),
        ("关于通报2024年指标完成情况并印发2025年工作要点的通知", ("三、存在的主要问题",), 2024),
        ("政府工作报告", ("一、2024年工作回顾", "（四）民生保障扎实有力"), 2024),
        ("政府工作报告", ("二、2025年重点工作",), 2025),
        ("政府工作报告", ("三、2022年以来的经验",), 2025),  # its day
    ],
)
def test_a_heading_or_the_title_tells_which_year_a_part_is_about(
    title: str, headings: tuple[str, ...], year: int
) -> None:
    signed = date(2025 if "2024年" in title or "政府" in title else 2024, 1, 8)
    passage = Passage("报告", 0, 4, "成交额9.86亿元。", title=title, heading_path=headings, date=signed)
    period = document_period(passage)
    assert period is not None
    assert period.first.year == year


def test_a_figure_of_the_year_before_is_no_answer_for_the_year_of_the_plan(ask: Ask, view: View) -> None:
    text = "全年登记技术合同417项，成交额9.86亿元。"
    seen = view(text)
    passage = replace(
        seen.passage, title=SUMMARY, heading_path=("一、2023年工作完成情况",), date=date(2024, 1, 8), region="赤峰市"
    )
    guarded = PassageView(passage, seen.analyzer)
    span = (text.index("417项"), text.index("417项") + 4)
    assert Guard(ask("2023年登记技术合同多少项？"), guarded).examine(span).reason is None
    assert Guard(ask("2024年登记技术合同多少项？"), guarded).examine(span).reason is AbstainReason.PERIOD


def test_the_year_of_a_title_answers_and_another_is_refused(ask: Ask, view: View) -> None:
    text = "再减少贫困人口1000万以上。"
    reported = view(text)
    reported = PassageView(replace(reported.passage, date=None, title="2018年国务院政府工作报告"), reported.analyzer)
    start = text.index("1000万")
    place = (start, start + len("1000万以上"))
    asked, other = ask("2018年要减少贫困人口多少"), ask("2019年要减少贫困人口多少")
    assert Guard(asked, reported).examine(place).reason is None
    assert Guard(other, reported).examine(place).detail == "问的是2019年，资料中是2018年的内容"
    assert speaks_of(reported.passage, asked.periods) is True
    assert speaks_of(reported.passage, other.periods) is False


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("蓝天占了百分之多少", "空气质量优良天数比例为90.6%。", "90.6%"),
        ("全市投资增速排全国第几", "预计固定资产投资增长13%、保持全国第2位。", "第2位"),
    ],
)
def test_what_was_refused_without_a_reason(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is None


def test_officials_short_forms_have_their_full_ones() -> None:
    assert (0, 2, "高新技术企业") in Aliases().others_in("高企有多少家")
    assert (0, 6, "固投") in Aliases().others_in("固定资产投资增长多少")


def test_words_that_only_look_like_a_year_or_a_county_refuse_nothing(ask: Ask) -> None:
    assert not ask("没写明年限的优惠从哪天算起").periods
    assert ask("明年新建多少公里").periods
    assert not ask("壮大县域经济要发展哪些业态").places
    assert not ask("集团旗下有哪些公司").places
    assert ask("和林县多少公里").places


def test_a_list_is_over_at_its_etc(ask: Ask, view: View) -> None:
    question = ask("哪几个厅局带头放权")
    passage = view("发改、工信、财政等部门推出一批优化审批流程、放宽资金管理权限的措施。")
    listed = [passage.text[each.start : each.end] for each in candidates_for(question, passage)]
    assert "发改、工信、财政" in listed
    assert not any("放宽" in each for each in listed)
    two = view("发展新能源、新材料等产业和生物、信息等领域。")
    assert any("生物" in two.text[each.start : each.end] for each in candidates_for(ask("发展哪些产业"), two))


def test_what_is_asked_for_is_not_a_name_that_has_to_stand_there(ask: Ask, view: View) -> None:
    passage = view("发改、工信、财政等部门推出一批措施。")
    assert check_subject(ask("简政放权是哪几个厅局带头放的"), passage) == SOUND


@pytest.mark.parametrize(
    ("question", "passage", "listed"),
    [
        ("要实现哪几个对接", "转制中要实现体制对接、机制对接和制度对接，加强领导。", "体制对接、机制对接和制度对接"),
        ("鼓励哪些形式", "鼓励服务主体通过跨区作业、订单作业、托管等多种形式服务。", "跨区作业、订单作业、托管"),
        ("提升零部件和整机哪些方面的能力", "提升零部件和整机的安全性、适应性以及可靠性。", "安全性、适应性以及可靠性"),
        ("哪些部门负责", "落实各项任务。（农业农村部、财政部、税务总局等负责）", "农业农村部、财政部、税务总局"),
    ],
)
def test_where_a_list_begins(ask: Ask, view: View, question: str, passage: str, listed: str) -> None:
    found = candidates_for(ask(question), view(passage))
    assert listed in [passage[each.start : each.end] for each in found]


ROW = "交通集团、文旅集团营收分别增长1.1倍、4.3倍，能源集团、林草公司利润分别增长2倍和15倍。"
COUNTED_IN_A_ROW = "科技型中小企业、高新技术企业分别达到701家、330家，同比增长8家。"


@pytest.mark.parametrize(
    ("question", "passage", "own", "of_another"),
    [
        ("文旅集团营收增长多少", ROW, "4.3倍", "1.1倍"),
        ("交通集团营收增长了多少", ROW, "1.1倍", "4.3倍"),
        ("林草公司利润增长多少", ROW, "15倍", "2倍"),
        ("高新技术企业有多少家", COUNTED_IN_A_ROW, "330家", "701家"),
        ("科技型中小企业有多少家", COUNTED_IN_A_ROW, "701家", "330家"),
    ],
)
def test_figures_in_a_row_belong_to_the_names_in_a_row(
    ask: Ask, view: View, question: str, passage: str, own: str, of_another: str
) -> None:
    guard = Guard(ask(question), view(passage))
    at, other = passage.index(own), passage.index(of_another)
    assert not guard.examine((at, at + len(own))).reason
    assert guard.examine((other, other + len(of_another))).reason is AbstainReason.SUBJECT


def test_a_row_is_not_told_apart_where_both_names_or_none_is_asked_for(ask: Ask, view: View) -> None:
    for question in ("集团营收增长多少", "交通集团和文旅集团营收分别增长多少"):
        guard = Guard(ask(question), view(ROW))
        assert not any(guard.examine((at, at + 4)).reason for at in (ROW.index("1.1倍"), ROW.index("4.3倍")))


def test_a_day_that_only_the_network_points_at_is_told_in_words_for_time(ask: Ask, view: View) -> None:
    passage = view("市政协五届四次会议第0355号提案收悉。抗战胜利后归来。")
    pointed = [(passage.text.index(each), len(each)) for each in ("市政协五届四次会议", "抗战胜利后")]
    reading = Reading(0.9, tuple(SpanCandidate(at, at + length, 0.9) for at, length in pointed))
    found = gather(ask("落款是什么时候"), passage, [], reading)
    assert [passage.text[each.start : each.end] for each in found] == ["抗战胜利后"]
    assert gather(ask("落款是哪一天"), passage, [], reading) == []


@pytest.mark.parametrize(
    ("question", "sound"),
    [("全市科技特派员有多少人", False), ("科技特派员结对帮扶了多少人", True), ("帮多少人脱了贫", True)],
)
def test_who_was_helped_is_not_who_helps(ask: Ask, view: View, question: str, sound: bool) -> None:
    passage = "科技特派员技术服务贫困村全覆盖，累计结对帮扶312人，带动2382人走上致富的路子。"
    at = passage.index("312人")
    assert (Guard(ask(question), view(passage)).examine((at, at + 4)).reason is None) is sound


@pytest.mark.parametrize(
    ("question", "figure", "sound"),
    [
        ("截至8月20日收了多少鲜椒", "5.9万吨", True),
        ("8月20日收了多少鲜椒", "5.9万吨", True),
        ("截至9月底收了多少鲜椒", "5.9万吨", False),
        ("三季度卖了多少鲜椒", "2.1万吨", True),
        ("二季度卖了多少鲜椒", "2.1万吨", False),
        ("2025年8月收了多少鲜椒", "5.9万吨", False),
        ("今年收了多少鲜椒", "5.9万吨", False),
    ],
)
def test_a_month_that_nobody_gives_a_year_to_is_compared_as_a_month(
    ask: Ask, view: View, question: str, figure: str, sound: bool
) -> None:
    text = "截至8月20日，全县收鲜椒5.9万吨。三季度卖出鲜椒2.1万吨。"
    undated = PassageView(replace(view(text).passage, date=None, title="鲜椒"), view(text).analyzer)
    start = text.index(figure)
    verdict = Guard(ask(question), undated).examine((start, start + len(figure)))
    assert (verdict.reason is not AbstainReason.PERIOD) is sound


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("2024年登记技术合同多少项？", "2024年1—6月，全市登记技术合同238项。", AbstainReason.PERIOD),
        ("2024年登记技术合同多少项？", "2024年上半年，全市登记技术合同238项。", AbstainReason.PERIOD),
        ("2024年登记技术合同多少项？", "2024年1—12月，全市登记技术合同238项。", None),
        ("2024年登记技术合同多少项？", "2024年6月底，全市登记技术合同238项。", None),  # a state, no sum
        ("2024年上半年登记技术合同多少项？", "2024年1—6月，全市登记技术合同238项。", None),
        ("登记技术合同多少项？", "2024年1—6月，全市登记技术合同238项。", None),
    ],
)
def test_months_are_no_whole_year(ask: Ask, view: View, question: str, text: str, reason: AbstainReason | None) -> None:
    at = text.index("238项")
    assert Guard(ask(question), view(text, day=date(2024, 7, 1))).examine((at, at + 4)).reason is reason
