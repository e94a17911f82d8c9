"""What is spoken of and not told: the day of news, a 批示 without its words, no agreement, neither of two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.untold import check_untold
from qa.answering.view import PassageView
from qa.records import Question, Reading, SpanCandidate

Ask, View = Callable[[str], Question], Callable[..., PassageView]

NEWS = "科技厅7月3日发布消息，2020年度共评选奖项18项，举行了颁奖大会。"
POLICY = "为落实我市“科技新政30条”，7月5日，市科技局发布了《关于征集“揭榜挂帅”项目的通知》。"
NOTED = "全市科技工作会议召开，市长作出重要批示。会议要求抓好研发投入。"
QUOTED = "全市科技工作会议召开，市长作出批示：要抓好研发投入。"
VISIT = "6月21日，李明赴清华大学对接科技合作项目，与相关企业负责人座谈。"
SIGNED = "6月21日，李明赴清华大学签署战略合作协议。"
GRADE = "铝硅氧化物提取技术达到国际领先水平。"
ADVISERS = "聘任张三、李四、王五为我市科技顾问。"
LEADS = "由张三院士牵头实施煤制油项目。"
ZONES = "推进可持续发展示范区和自主创新示范区建设。"
FIRMS = "走访了大唐、久泰能源等企业。"


@pytest.mark.parametrize(
    ("question", "text", "answer", "told"),
    [
        ("2020年度科技奖的颁奖大会是哪天办的？", NEWS, "7月3日", False),
        ("2020年度科技奖的评选结果是哪天发布的？", NEWS, "7月3日", True),
        ("“科技新政30条”是哪天公布的？", POLICY, "7月5日", False),
        ("征集“揭榜挂帅”项目的通知是哪天发布的？", POLICY, "7月5日", True),
        ("市长的批示里是怎么说的？", NOTED, "市长作出重要批示", False),
        ("市长的批示里是怎么说的？", NOTED, "会议要求抓好研发投入", False),
        ("市长的批示里是怎么说的？", QUOTED, "要抓好研发投入", True),
        ("李明去清华大学，双方签了什么协议？", VISIT, "对接科技合作项目", False),
        ("李明去清华大学，双方签了什么协议？", SIGNED, "战略合作协议", True),
        ("这项技术是国内领先还是国际领先？", GRADE, "国际领先水平", True),
        ("这项技术是国内首创还是全球首创？", GRADE, "国际领先水平", False),
        ("张三院士牵头的是哪个项目？", ADVISERS, "张三、李四、王五", False),
        ("张三院士牵头的是哪个项目？", LEADS, "煤制油", True),
        ("打算在哪些方向上合作？", "与科技开发部、能源研究院等座谈。", "科技开发部、能源研究院", False),
        ("打算在哪些方向上合作？", "在储能、氢能等方向合作。", "储能、氢能", True),
        ("项目卡在哪个审批部门？", "中为能源技术有限公司的项目未获批。", "中为能源技术有限公司", False),
        ("项目卡在哪个审批部门？", "项目在市发展改革委待批。", "市发展改革委", True),
        ("看了哪几家企业？", ZONES, "可持续发展示范区和自主创新示范区", False),
        ("走访了哪些企业？", VISIT, "李明赴清华大学对接科技合作项目，与相关企业负责人座谈", False),
        ("走访了哪些企业？", FIRMS, "大唐、久泰能源", True),
    ],
)  # fmt: skip
def test_spoken_of_is_not_told(ask: Ask, view: View, question: str, text: str, answer: str, told: bool) -> None:
    held = view(text)
    start = text.index(answer)
    assert (check_untold(ask(question), held, (start, start + len(answer))).reason is None) is told


def test_who_holds_an_office_is_not_who_holds_another(ask: Ask, view: View) -> None:
    held = view("会议由自治区党委书记石泰主持，要求建立链长制。")
    place = (held.text.index("书记"), held.text.index("主持"))
    reading = Reading(1.0, (SpanCandidate(*place, 0.9),))
    assert gather(ask("产业链的链长分别由哪位领导担任？"), held, [], reading) == []
    lab = view("清华大学化学工程系主任王铁峰代表签署共建鄂尔多斯实验室协议。")
    name = (lab.text.index("王铁峰"), lab.text.index("代表"))
    assert Guard(ask("鄂尔多斯实验室由谁来当主任？"), lab).examine(name).reason is not None
    assert Guard(ask("清华大学化学工程系由谁来当主任？"), lab).examine(name).reason is None


def test_whose_words_behind_a_day(ask: Ask, view: View) -> None:
    held = view("3月7日，科技厅一级巡视员张志宽一行到高新区调研，边东对科技创新工作作了全面介绍。")
    place = (held.text.index("边东"), held.text.index("。"))
    asked = ask("2021年3月7日张志宽一行到高新区调研时，对高新区提了什么要求？")
    assert Guard(asked, held).examine(place).reason is not None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("讲基础研究那回，算政治局第几次集体学习？", "中共中央政治局就加强基础研究进行第三次集体学习。", "第三次"),
        ("花钱最多百家企业少缴了多少税？", "100强企业减免税近3.5亿元。", "近3.5亿元"),
        ("市长去浙江那家实验室了解了哪些做法？", "市长在杭州考察之江实验室，了解人才招引、成果转化做法。", "人才招引、成果转化"),
        ("李明到上海周边谈合作是哪几天去的？", "2月21日—25日，李明赴长三角考察。", "2月21日—25日"),
        ("边东在2021年3月的会上说，哪一年能建成创新型城市？", "边东要求，到2025年初步建成创新型城市。", "2025年"),
    ],
)  # fmt: skip
def test_told_though_in_other_words(ask: Ask, view: View, question: str, text: str, answer: str) -> None:
    held = view(text)
    start = text.index(answer)
    verdict = Guard(ask(question), held).examine((start, start + len(answer)))
    assert verdict.reason is None, verdict.detail
