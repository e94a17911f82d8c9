"""Faults that 186 harder questions of people who know no code brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.candidates.enumeration import how_many_asked
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, AnswerKind, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

REGION, SUBJECT = AbstainReason.REGION, AbstainReason.SUBJECT
ELSEWHERE = "苏州市把退休工程师纳入补助范围，每人每月最高补助3000元。"
SYSTEM = "新版考核办法设置了四个一级指标，内容与理念相对应。"
AWARDS = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项。"
PROJECTS = "3 个国家自然科学基金项目首落我市，立项市级“赛马制”项目 21 项，居全区首位。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("我市给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("市里给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("自治区给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("鄂尔多斯怎么对待退休工程师", ELSEWHERE, "把退休工程师纳入补助范围", REGION),
        ("苏州给退休工程师每月最高补助多少", ELSEWHERE, "3000元", None),
        ("退休工程师每月最高补助多少", ELSEWHERE, "3000元", None),
        ("我市给退休工程师补助多少", f"我市学习苏州经验。{ELSEWHERE}", "3000元", None),  # in doubt it is shown
        ("苏州给退休工程师的补助总共多少元", ELSEWHERE, "3000元", SUBJECT),
        ("苏州给退休工程师的补助总共多少元", "苏州市共补助退休工程师3000元。", "3000元", None),
        ("新版考核办法一共设了多少个二级指标", SYSTEM, "四个", SUBJECT),
        ("新版考核办法一共设了多少个一级指标", SYSTEM, "四个", None),
        ("2020年度全区技术发明奖评了几项", AWARDS, "108项", SUBJECT),
        ("2020年度全区自然科学奖评了几项", AWARDS, "18项", None),
        ("赛马制项目立了多少个", PROJECTS, "3 个", SUBJECT),
        ("赛马制项目立了多少个", PROJECTS, "21 项", None),
        ("自然科学基金项目有多少个", PROJECTS, "3 个", None),
        ("示范区哪一年获得批准", "推动示范区获批，到2030年建成创新高地。", "2030年", SUBJECT),
        ("示范区哪一年获批", "2016年，示范区获国务院批复。", "2016年", None),
        ("合作协议什么时候签署的", "5月6日，市长考察了实验室。", "5月6日", SUBJECT),
        ("合作协议什么时候签署的", "5月6日，双方签订合作协议。", "5月6日", None),
    ],
)
def test_what_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("制度的落脚点放在哪里？", AnswerKind.CLAUSE),
        ("文件说要从哪儿出发", AnswerKind.CLAUSE),
        ("会议在哪里召开", AnswerKind.PLACE),
        ("参加的是哪个代表团的审议？", AnswerKind.ORGANISATION),
        ("我市有个平台进了名单，是哪个？", AnswerKind.ORGANISATION),
        ("方案叫什么名字，请列全", AnswerKind.LIST),
        ("哪两年进了前一百", AnswerKind.DATE),
    ],
)
def test_how_people_ask(ask: Ask, text: str, kind: AnswerKind) -> None:
    assert ask(text).kind is kind


def texts(question: Question, view: PassageView) -> list[tuple[str, float]]:
    found = sorted(candidates_for(question, view), key=lambda each: -each.fit)
    return [(view.slice((each.start, each.end)), each.fit) for each in found]


def test_the_name_of_what_is_asked_for(ask: Ask, view: View) -> None:
    seen = view("要坚持“三个面向”，对市级研究院实行“包干制+黑名单”研究院管理制度。")
    found = dict(texts(ask("对研究院采用哪种管理制度？"), seen))
    assert found["“包干制+黑名单”"] > found["“三个面向”"]
    assert "研究院管理制度" not in found  # says nothing that the question did not


def test_organisations(ask: Ask, view: View) -> None:
    lab = view("由甲乙羊绒股份有限公司申报的“自治区羊绒材料与工程重点实验室”获批。")
    assert texts(ask("羊绒实验室的申报单位是哪家"), lab)[0][0] == "甲乙羊绒股份有限公司"
    team = view("3月6日，他参加十四届全国人大一次会议浙江代表团审议。")
    assert texts(ask("他参加的是哪个代表团的审议"), team)[0][0] == "浙江代表团"
    news = view("2月22日新华社发布消息，印发了规划。")
    assert texts(ask("消息由谁发布"), news)[0][0] == "新华社"
    held = view("自治区科技厅、市财政局、市高新区联合举办了宣讲会。")
    assert ("自治区科技厅、市财政局、市高新区", 1.0) in texts(ask("宣讲会由哪几家一起办的"), held)


def test_two_years_are_one_answer(ask: Ask, view: View) -> None:
    seen = view("2022年和2023年连续两年上榜百强。2024年，位列第30位。")
    assert texts(ask("哪两年上了百强"), seen)[0] == ("2022年和2023年", 1.0)
    assert "2022年和2023年" not in dict(texts(ask("哪年上了百强"), seen))


def test_who_asks_for_six_is_not_told_three(ask: Ask, view: View) -> None:
    seen = view("《规划》围绕工业、农业、服务业三大领域，部署了六大行动。")
    place = (seen.text.index("工业"), seen.text.index("三大"))
    assert how_many_asked(ask("六大行动具体是哪六个？")) == 6
    assert how_many_asked(ask("参加的18家单位都是哪些？")) == 18
    assert how_many_asked(ask("部署了哪些行动？")) == 0
    assert Guard(ask("六大行动具体是哪六个？"), seen).examine(place).reason is SUBJECT
    assert Guard(ask("围绕哪三个领域？"), seen).examine(place).reason is None


def test_a_name_may_stand_beside_any_date_of_its_sentence(ask: Ask, view: View) -> None:
    seen = view("市科技厅7月3日发布消息，2020年度共评选奖项18项。")
    assert Guard(ask("2020年度评选结果是谁发布的"), seen).examine((0, 4)).reason is None
    later = view("7月2日，局里通报上半年工作，调度督导调研、学习教育。", day=date(2021, 7, 30))
    place = (later.text.index("督导"), later.text.index("。"))
    assert Guard(ask("2021年7月2日调度了哪些工作"), later).examine(place).reason is None


def test_names_in_short(ask: Ask, view: View) -> None:
    seen = view("会见内蒙古山河巨鼎矿用机械制造有限公司总经理曹某。")
    assert Guard(ask("山河巨鼎公司总经理是谁"), seen).missing == frozenset()
    assert Guard(ask("山川巨鼎公司总经理是谁"), seen).missing
    awards = view("全区共评选自然科学奖18项。")
    assert Guard(ask("国家最高自然科学奖由谁获得"), awards).missing


def test_whose_office(ask: Ask, view: View) -> None:
    seen = view("（联系人：苏某；联系电话 0477-1234567）副局长王某出席。")
    assert texts(ask("联系人王某担任什么职务"), seen) in ([("副局长", 1.0)], [])
    assert texts(ask("边东担任什么职务"), view("市科技局局长边东主持会议。")) == [("市科技局局长", 1.0)]


def test_a_year_that_is_not_meant(ask: Ask) -> None:
    assert [each.text for each in ask("2023年3月的简报由谁审核（不要2021年的）").periods] == ["2023年3月"]
    assert [each.text for each in ask("是不是2021年印发的").periods] == ["2021年"]
