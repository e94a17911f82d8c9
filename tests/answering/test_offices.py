from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.offices import check_office
from qa.answering.parties import check_body
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.names import mongolian_names

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


REPORT = "东胜区副区长杨树林、准格尔旗副旗长那顺、达拉特旗副旗长高海燕作了表态发言，副市长贺云峰主持会议。"
SIGNED = "关于2023年预算执行情况的报告\n伊金霍洛旗财政局局长　王庆格日勒"
BRANCH = "分院院长由华北清洁能源研究院副院长沈牧之兼任，首批引进博士8人。"
GROUP = "专家分成能源化工、生态治理2个组，能源化工组组长由西岭科技大学教授郁长庚担任。"


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("准格尔旗旗长叫什么名字？", REPORT, "那顺"),
        ("准格尔旗旗长是谁", REPORT, "那顺"),
        ("准格尔旗副旗长叫什么", REPORT, "高海燕"),
        ("康巴什区副区长是谁", REPORT, "杨树林"),
        ("伊金霍洛旗统计局局长是谁", SIGNED, "王庆格日勒"),
        ("伊金霍洛旗统计局局长", SIGNED, "王庆格日勒"),
        ("生态治理组组长是谁", GROUP, "郁长庚"),
        ("生态治理组的组长", GROUP, "郁长庚"),
    ],
)
def test_nobody_of_another_banner_bureau_or_group_is_told(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    asked, passage = ask(question), view(told)
    start = told.index(name)
    dropped = (start, start + len(name)) not in {each[:2] for each in candidates_for(asked, passage)}
    assert (
        dropped
        or check_office(asked, passage, (start, start + len(name))).reason
        or (check_body(asked, passage, (start, start + len(name))).reason)
    )


@pytest.mark.parametrize(
    ("question", "told", "name"),
    [
        ("准格尔旗副旗长叫什么名字", REPORT, "那顺"),
        ("达拉特旗副旗长是谁", REPORT, "高海燕"),
        ("伊金霍洛旗财政局局长是谁", SIGNED, "王庆格日勒"),
        ("伊旗旗长是谁", "政府工作报告\n伊金霍洛旗人民政府旗长　苏日力格\n各位代表：", "苏日力格"),
        ("华北清洁能源研究院鄂尔多斯分院的院长由谁兼任", BRANCH, "沈牧之"),
        ("华北清洁能源研究院副院长是谁", BRANCH, "沈牧之"),
        ("离岸创新中心主任叫什么名字？", "离岸创新中心由市科创集团运营，中心主任为曾令舟，面积600平方米。", "曾令舟"),
        ("能源化工组组长是谁", GROUP, "郁长庚"),
        ("科技厅政策法规处处长叫什么", "自治区科技厅政策法规与监督处处长池波作了解读。", "池波"),
        ("包头市市长是谁", "包头市市长乌力吉图出席并讲话。", "乌力吉图"),
        ("市统计局副局长是谁", "市统计局副局长萨仁高娃作了通报。", "萨仁高娃"),
    ],
)
def test_who_holds_the_office_is_told_with_the_whole_name(
    question: str, told: str, name: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    asked, passage = ask(question), view(told)
    found = [(each.start, each.end) for each in candidates_for(asked, passage)]
    assert [told[start:end] for start, end in found].count(name) == 1
    assert not [each for each in found if told[slice(*each)] in name and told[slice(*each)] != name]
    for place in (each for each in found if told[slice(*each)] == name):
        assert not check_office(asked, passage, place).reason
        assert not check_body(asked, passage, place).reason


def test_places_are_no_names() -> None:
    for text in ("乌兰察布市", "乌兰木伦镇", "乌兰牧骑", "巴彦淖尔市", "锡林浩特市", "呼和浩特市"):
        assert not mongolian_names(text)
    assert [text[slice(*each)] for text in ("准格尔旗那顺，乌审旗额尔敦巴特尔",) for each in mongolian_names(text)] == [
        "那顺",
        "额尔敦巴特尔",
    ]


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("来我市洽谈合作的清华大学化工系主任叫什么？", False),
        ("2021年7月清华大学化工系主任叫什么？", False),
        ("清华大学环境系主任叫什么？", True),
    ],
)
def test_whose_office_it_is_stands_last_before_it(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, refused: bool
) -> None:
    text = "清华大学化学工程系主任王铁峰介绍了情况。"
    at = text.index("王铁峰")
    assert bool(check_office(ask(question), view(text), (at, at + 3)).reason) is refused


@pytest.mark.parametrize(
    ("question", "told", "name", "sound"),
    [
        (
            "市农牧局分管畜牧业的副局长是哪位？",
            "市农牧局局长白振川通报情况，市自然资源局副局长佟丽华作说明。",
            "佟丽华",
            False,
        ),
        (
            "市自然资源局分管用地的副局长是哪位？",
            "市农牧局局长白振川通报情况，市自然资源局副局长佟丽华作说明。",
            "佟丽华",
            True,
        ),
        ("头道桥镇镇长是谁？", "头道桥镇镇长孟和作交流发言。", "孟和", True),
    ],
)
def test_who_is_in_charge_of_something_is_of_that_body(
    question: str, told: str, name: str, sound: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(name)
    assert (check_body(ask(question), view(told), (start, start + len(name))).reason is None) is sound
