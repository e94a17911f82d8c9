"""A figure answers only where it is told of the thing that is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.counted import counted_noun
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

SUBJECT = AbstainReason.SUBJECT
FAIR = "招聘活动优选了全市18家重点企业，提供近2000个用人需求，达成意向性协议140人。"
CLEARED = "2021年，全市“三清零”企业从2020年初77家增长至279家。"
SPENT = "2021年，全市科技支出24亿元，占一般公共预算2.2%，对全区研发投入增长的贡献率达到 48.9%。"
ENVOYS = "目前，共选派各级科技特派员535人，立项市级“揭榜挂帅”项目 45 项。"
PLANS = "《规划》围绕循环经济，部署了五大重点工程。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("全市有多少所高校", FAIR, "18家", SUBJECT),
        ("全市有多少家重点企业", FAIR, "18家", None),
        ("全市有多少家公司参加招聘", FAIR, "18家", None),
        ("招聘会拿出多少个岗位", FAIR, "近2000个", None),
        ("全市规上企业有多少家", CLEARED, "279家", SUBJECT),
        ("“三清零”企业有多少家", CLEARED, "279家", None),
        ("企业有多少家", CLEARED, "279家", None),
        ("科技局有多少人", ENVOYS, "535人", SUBJECT),
        ("科技局有多少人", "市科技局现有在编人员40人。", "40人", None),
        ("科技特派员有多少人", ENVOYS, "535人", None),
        ("市里立了多少项揭榜挂帅", ENVOYS, "45 项", None),
        ("2021年科技支出增长多少", SPENT, "24亿元", SUBJECT),
        ("2021年科技支出多少", SPENT, "24亿元", None),
        ("企业增长了多少家", CLEARED, "279家", SUBJECT),
        ("研发投入强度是多少", SPENT, "2.2%", SUBJECT),
        ("研发投入增长贡献率是多少", SPENT, "48.9%", None),
        ("数字经济规划部署了几大重点工程", PLANS, "五大", SUBJECT),
        ("循环经济规划部署了几大重点工程", PLANS, "五大", None),
    ],
)
def test_what_the_figure_is_of(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is expected


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("实验室什么时候成立的", "2月25日，市长考察了之江实验室。", "2月25日", SUBJECT),
        ("实验室什么时候成立的", "实验室于2月25日揭牌。", "2月25日", None),
        ("项目哪天开工？", "3月2日，项目方案通过评审。", "3月2日", SUBJECT),
        ("项目什么时候投产？", "项目6月1日投入运行。", "6月1日", None),
    ],
)
def test_the_day_is_that_of_the_event(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is expected


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("铜陵引进多少退休专家", "引进专家36名，每人每年补助10万元。", ["36名"]),
        ("来了多少学生", "收到简历378份，140人签约。", ["140人"]),
        ("全市建了几家院士工作站", "建成院士工作站13家，312人受益。", ["13家"]),
        ("全市有多少所高校", "收到简历378份，140人签约，奖励5万元。", []),
        ("产业规模多大", "围绕四个产业布局。", []),
        ("兑现了多少奖金", "“科技新政30条”兑付资金10亿元。", ["10亿元"]),
    ],
)
def test_units_of_the_thing_asked_for(ask: Ask, view: View, question: str, passage: str, expected: list[str]) -> None:
    seen = view(passage)
    assert [seen.slice((each.start, each.end)) for each in candidates_for(ask(question), seen)] == expected


def test_a_space_parts_no_number_from_its_noun(view: View) -> None:
    text = "贡献率达到 48.9%, 29 家 企业入选。"
    seen = view(text)
    assert counted_noun(seen, (text.index("48.9"), text.index("%") + 1)) == "贡献率"
    assert counted_noun(seen, (text.index("29"), text.index("家") + 1)) == "企业"


HERD = "年末牲畜存栏64.8万头（只），其中羊存栏55.1万只。"
CATTLE = "年末牲畜存栏61.3万头（只），其中羊存栏52.7万只，牛存栏3.9万头。"
STATIONED = "科技特派员在册312名，服务覆盖嘎查村408个。"
UNSOLD = "商品房销售面积21.6万平方米；年末商品房待售面积37.5万平方米。"
EASED = "中试场地面积不少于3000平方米；边境旗县的单位，场地面积可放宽至2000平方米。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("年末养了多少头牛？", HERD, "64.8万头", False),
        ("年末养了多少只羊？", HERD, "55.1万只", True),
        ("年末养了多少头牛？", CATTLE, "3.9万头", True),
        ("年末牛存栏多少？", HERD, "64.8万头", False),
        ("年末牲畜存栏多少头？", HERD, "64.8万头", True),
        ("科技特派员有多少人？", STATIONED, "408个", False),
        ("科技特派员有多少人？", STATIONED, "312名", True),
        ("覆盖嘎查村多少个？", STATIONED, "408个", True),
        ("还有多少商品房没卖出去？", UNSOLD, "37.5万平方米", True),
        ("边境旗县的单位场地最少得多大？", EASED, "2000平方米", True),
    ],
)
def test_what_else_the_figure_may_be_of(
    ask: Ask, view: View, question: str, passage: str, answer: str, sound: bool
) -> None:
    start = passage.index(answer)
    assert (Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is None) is sound


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("储能电芯项目占地面积", "年产10吉瓦时储能电芯项目，占地320亩，投资12亿元。", "320亩"),
        ("迁入的高企市里奖多少？", "整体迁入的高新技术企业共3家，每家奖补30万元。", "30万元"),
        ("重新认定的占多少家？", "新认定高新技术企业803家，其中重新认定的420家，占52.3%。", "420家"),
    ],
)
def test_the_unit_asked_for(ask: Ask, view: View, question: str, passage: str, expected: str) -> None:
    seen = view(passage)
    found = {seen.slice((each.start, each.end)): each.fit for each in candidates_for(ask(question), seen)}
    assert found[expected] == max(found.values())
    assert sum(fit == found[expected] for fit in found.values()) == 1 or "家" in expected


GREW = "全年登记技术合同417项，成交额9.86亿元，同比增长32.5%。"
INPUT = "全市R&D经费投入16.52亿元，比上年增加2.15亿元，增长15.0%；高新技术企业186家，增长18.5%。"
SHARES = "该市对入驻的企业给予补贴；全市全社会研发投入占比1.92%。"
OWN_SHARE = "全市研发经费投入42.6亿元，同比增长21.3%，其中企业投入39.1亿元，占比91.8%。"
CONTEST = "大赛共有163个项目报名，52个进入复赛，20个进入决赛。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("技术合同登记项数比上年增长百分之几？", GREW, "32.5%", False),
        ("技术合同成交额比上年增长百分之几？", GREW, "32.5%", True),
        ("技术合同成交额增长多少？", INPUT, "15.0%", False),
        ("R&D经费投入增长百分之几？", INPUT, "15.0%", True),
        ("R&D经费投入增长百分之几？", INPUT, "18.5%", False),
        ("高新技术企业增长百分之几？", INPUT, "18.5%", True),
        ("研发经费里，企业出的钱占多大比重？", SHARES, "1.92%", False),
        ("研发经费里，企业出的钱占多大比重？", OWN_SHARE, "91.8%", True),
        ("130多名参会者中高校负责人占多少人？", "高校、企业负责人等130余人参会。", "130余人", False),
        ("报名的163个项目里，成长组有多少个？", CONTEST, "52个", False),
        ("报名的163个项目里，进入复赛的有多少个？", CONTEST, "52个", True),
    ],
)
def test_what_grew_and_whose_share_it_is(
    ask: Ask, view: View, question: str, passage: str, answer: str, sound: bool
) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
