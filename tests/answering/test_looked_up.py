"""The cell that a question names word by word, and none beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.guards import Guard
from qa.answering.looked_up import looked_up, rows_asked_for
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import AbstainReason, Hit, Question

COUNTIES = (
    "县区：云溪县；高新技术企业（家）：18；科技型中小企业（家）：55；技术合同成交额（万元）：3200；同比增长（%）：12.5\n"
    "县区：石门市；高新技术企业（家）：36；技术合同成交额（万元）：9800；同比增长（%）：-3.4\n"
    "县区：合计；高新技术企业（家）：54；科技型中小企业（家）：55；技术合同成交额（万元）：13000"
)
YEARS = (
    "指标：高新技术企业（家）；2023年：9；2024年：13\n指标：研发经费支出（万元）；2023年：3580；2024年：4265\n"
    "指标：研发投入强度（%）；2023年：0.39；2024年：0.44"
)
MONTHS = (
    "月份：1月；成交额（万元）：210；其中：输出（万元）：50\n月份：11月；成交额（万元）：95；其中：输出（万元）：0\n"
    "月份：上半年小计；成交额（万元）：2180；其中：输出（万元）：540"
)
BUDGET = (
    "项目：公务接待费；2024年预算数（万元）：3.30；2025年预算数（万元）：2.50\n"
    "项目：公务用车购置费；2024年预算数（万元）：0.00；2025年预算数（万元）：0.00\n"
    "项目：合计；2024年预算数（万元）：18.30；2025年预算数（万元）：16.50"
)
TWO_ROWS = (
    "乡镇：东河镇；科技特派员（名） 国家级：1；科技特派员（名） 省级：4；乡土专家（名）：20\n"
    "乡镇：西河镇；科技特派员（名） 省级：3；乡土专家（名）：17"
)
PROJECTS = (
    "序号：1；项目名称：种苗繁育平台；承担单位：甲农科院；补助经费（万元）：80\n"
    "序号：2；项目名称：钻探装备研发；承担单位：华岭机械公司；补助经费（万元）：120"
)
PLANNED = (
    "旗县：云溪县；高新技术企业数：18；其中：当年新认定：7；高企年度计划数：20；科技型中小企业数：55；技术合同登记（项）：31\n"
    "旗县：石门镇；高新技术企业数：36；其中：当年新认定：0；高企年度计划数：30；科技型中小企业数：70；技术合同登记（项）：12"
)
SPENT = "支出方向：平台建设；预算安排（万元）：980；实际支出（万元）：924\n支出方向：人才引育；预算安排（万元）：630；实际支出（万元）：573"
TOWNS = "镇：石门镇；常住人口（万人）：4.37；嘎查村数（个）：15\n镇：红河镇；常住人口（万人）：1.34；嘎查村数（个）：29"
GRADES = (
    "平台类别：众创空间（星创天地）；国家级：100万元；自治区级：40万元\n平台类别：孵化器；国家级：300万元；自治区级：90万元\n"
    "平台类别：企业认定（规模以上）；国家级：30万元；自治区级：20万元"
)
PARTLY = "旗县：云溪县；2021年企业入库数（截至8月底）：94；2020年底企业入库数：112\n旗县：石门镇；2021年企业入库数（截至8月底）：31；2020年底企业入库数：40"
SIGNED = (
    "地区：商都县；签约人数：9.05；重点人群签约人数：4.46；重点人群签约率：79.2%；履约率：86.4%\n"
    "地区：四子王旗；签约人数：5.87；重点人群签约人数：2.71；重点人群签约率：76.8%；履约率：84.1%"
)
PUPILS = "地区：商都县；小学在校生：5746；初中数（所）：3；初中在校生：3190\n地区：四子王旗；小学在校生：5203；初中数（所）：3；初中在校生：2685"
WIND = (
    "单位：万千瓦、亿元\n项目名称：岱海源网荷储一体化；所在地：凉城县；装机规模：80；总投资：46.8\n"
    "项目名称：商都光伏治沙；所在地：商都县；装机规模：60；总投资：27.5"
)
IN_TEN_THOUSANDS = WIND.replace("亿元", "万元")
USE = "月份：园区用电量（万千瓦时）；1月：310；2月：290；12月：365"


@pytest.mark.parametrize(
    ("table", "question", "figure"),
    [
        (COUNTIES, "云溪县高新技术企业有多少家？", "18"),
        (COUNTIES, "石门市的高企有几家？", "36"),
        (COUNTIES, "鄂尔多斯市云溪县技术合同成交额是多少万元？", "3200"),
        (COUNTIES, "高新技术企业合计多少家？", "54"),
        (COUNTIES, "石门市技术合同成交额同比增长多少？", "-3.4"),
        (COUNTIES, "云溪县2021年高新技术企业有多少家？", "18"),  # of the document's year
        (COUNTIES, "云溪县2020年高新技术企业有多少家？", None),
        (COUNTIES, "云溪县技术合同成交额是多少亿元？", None),  # 3200 alone would be one of 亿元
        (COUNTIES, "云溪县新增高新技术企业有多少家？", None),
        (COUNTIES, "云溪县企业有多少家？", None),  # two columns
        (COUNTIES, "石门市科技型中小企业有多少家？", None),  # an empty cell
        (COUNTIES, "青石县高新技术企业有多少家？", None),
        (COUNTIES, "云溪县和石门市高新技术企业各有多少家？", None),
        (COUNTIES, "云溪县发明专利有多少件？", None),
        (COUNTIES, "云溪县高新技术企业占全市的多少？", None),
        (COUNTIES, "全市云溪县高新技术企业有多少家？", None),
        (COUNTIES, "包头市高新技术企业合计多少家？", None),
        (YEARS, "2024年高新技术企业有多少家？", "13"),
        (YEARS, "我市2023年研发经费支出多少万元？", "3580"),
        (YEARS, "2024年研发投入强度是多少？", "0.44"),
        (YEARS, "高新技术企业有多少家？", "13"),  # the later year
        (YEARS, "2022年高新技术企业有多少家？", None),
        (YEARS, "2023年和2024年高新技术企业有多少家？", None),
        (MONTHS, "1月技术合同成交额是多少？", "210"),
        (MONTHS, "2021年11月技术合同成交额是多少？", "95"),
        (MONTHS, "11月输出技术合同成交额是多少？", "0"),
        (MONTHS, "上半年技术合同成交额多少万元？", "2180"),
        (MONTHS, "2020年1月技术合同成交额是多少？", None),
        (MONTHS, "2月技术合同成交额是多少？", None),
        (BUDGET, "2025年公务接待费预算数是多少？", "2.50"),
        (BUDGET, "2024年公务用车购置费多少？", "0.00"),
        (BUDGET, "2024年公务用车购置及运行费多少？", None),
        (BUDGET, "2024年预算合计是多少？", None),  # of what
        (TWO_ROWS, "东河镇国家级科技特派员有多少名？", "1"),
        (TWO_ROWS, "西河镇国家级科技特派员有多少名？", None),
        (TWO_ROWS, "东河镇科技特派员有多少名？", None),
        (PROJECTS, "种苗繁育平台项目补助经费多少万元？", "80"),
        (PROJECTS, "华岭机械公司获得补助多少万元？", "120"),
        (PROJECTS, "装备研发补助多少万元？", None),
        (PLANNED, "云溪县一共登记了几项技术合同？", "31"),  # the words of the column in another order
        (PLANNED, "云溪县登记的技术合同成交额是多少？", None),
        (PLANNED, "云溪县2021年新认定高企数", "7"),
        (PLANNED, "云溪县高企有多少家？", "18"),
        (PLANNED, "云溪县的高企任务指标定了多少？", "20"),  # 计划 and 任务 are one
        (PLANNED, "云溪县新认定高企的任务是多少？", None),
        (PLANNED, "云溪县科技型中小企业任务是多少？", None),
        (PLANNED, "云溪县入库的科技型中小企业是多少家？", "55"),
        (PLANNED, "云溪县新入库的科技型中小企业是多少家？", None),
        (PLANNED, "云溪县重新认定高企数", None),
        (PROJECTS, "种苗繁育平台那个项目给多少万元补助经费？", "80"),
        (PROJECTS, "那个项目补助经费多少万元？", None),
        (SPENT, "平台建设方向实际花了多少万元？", "924"),
        (SPENT, "平台建设少花了多少万元？", None),
        (TOWNS, "石门镇住着多少人？", "4.37"),
        (TOWNS, "石门镇住着多少老人？", None),
        (GRADES, "自治区级众创空间奖补标准", "40万元"),  # typed as keywords
        (GRADES, "自治区级企业认定奖补标准", None),  # 规模以上 has to be said
        (GRADES, "市级众创空间奖补标准", None),
        (PARTLY, "云溪县2020年底企业入库数是多少？", "112"),
        (PARTLY, "云溪县2021年企业入库数是多少？", None),
        (SIGNED, "重点人群签约率，四子王旗是百分之几", "76.8%"),
        (SIGNED, "重点人群签约人数，四子王旗是百分之几", None),
        (PUPILS, "四子王旗初中生有多少人？", "2685"),
        (PUPILS, "四子王旗高中生有多少人？", None),
        (WIND, "凉城岱海源网荷储一体化项目总投资是几个亿？", "46.8"),
        (WIND, "商都岱海源网荷储一体化项目总投资是几个亿？", None),
        (IN_TEN_THOUSANDS, "凉城岱海源网荷储一体化项目总投资是几个亿？", None),
        (USE, "园区2月用电量是多少？", "290"),
        (USE, "园区3月用电量是多少？", None),
        (USE, "园区12月用电量是多少万千瓦时？", "365"),
        ("县区：云溪县；培训（场次）：12；人均（元/人）：35", "云溪县培训多少场次？", "12"),
        ("县区：云溪县；新品种（个）目标：12；面积（亩）：35", "云溪县有多少个新品种？", None),
        ("甲县；42；86\n乙县；9；17", "甲县企业有多少家？", None),
        ("联系人：苏浩；电话：8586566", "苏浩发布了多少个项目？", None),
    ],
)
def test_row_column_and_time_are_those_asked_for(
    ask: Callable[[str], Question], view: Callable[..., PassageView], table: str, question: str, figure: str | None
) -> None:
    passage = view(table, context="《技术合同登记、奖补标准和科技指标统计》", day=date(2021, 9, 1))
    found = looked_up(ask(question), [passage])
    assert (passage.slice(found.place) if found else None) == figure


def test_what_a_plan_of_the_city_gives_the_city_gives(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    for context, giver, held in (
        ("《关于下达2021年度市级项目的通知》", "市财政", True),
        ("《关于下达2021年度市级项目的通知》", "自治区财政", False),
        ("《关于下达2021年度项目的通知》", "市财政", False),
    ):
        found = looked_up(ask(f"种苗繁育平台项目，{giver}补助经费是多少万元？"), [view(PROJECTS, context=context)])
        assert (found is not None) is held


def test_the_row_of_all_is_that_of_the_own_place(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    passage = view(COUNTIES)
    for text, figure in (("鄂尔多斯市高新技术企业有多少家？", "54"), ("全市技术合同成交额多少万元？", "13000")):
        assert looked_up(ask(text), [passage]) is None
        found = looked_up(ask(text), [passage], totals=True)
        assert found is not None
        assert passage.slice(found.place) == figure
    assert looked_up(ask("包头市高新技术企业有多少家？"), [passage], totals=True) is None


def test_a_paper_of_january_does_not_say_of_which_year_its_figures_are(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    question = ask("云溪县2021年高新技术企业有多少家？")
    assert looked_up(question, [view(COUNTIES, day=date(2021, 1, 20))]) is None
    assert looked_up(question, [view(f"2021年情况如下。\n{COUNTIES}", day=date(2022, 1, 20))]) is not None


def test_tables_that_differ_tell_nothing(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    question = ask("云溪县高新技术企业有多少家？")
    other = COUNTIES.replace("：18", "：19")
    assert looked_up(question, [view(COUNTIES), view(other)]) is None
    assert looked_up(question, [view(COUNTIES), view(COUNTIES)]) is not None
    later = view(other, context="《2022年指标》", lead="2022年指标")
    found = looked_up(question, [view(COUNTIES, lead="2021年指标"), later])
    assert found is not None
    assert found.view is later


@pytest.mark.parametrize(
    ("table", "question", "wrong"),
    [
        (COUNTIES, "石门市科技型中小企业有多少家？", "36"),
        (COUNTIES, "石门市高新技术企业有多少家？", "18"),
        (YEARS, "2023年高新技术企业有多少家？", "13"),
        ("甲县；42；86\n乙县；9；17", "甲县企业有多少家？", "42"),
        (COUNTIES, "哪个县技术合同成交额最高？", "云溪县"),
    ],
)
def test_another_cell_is_refused(
    ask: Callable[[str], Question], view: Callable[..., PassageView], table: str, question: str, wrong: str
) -> None:
    passage = view(table)
    start = passage.text.index(wrong)
    assert Guard(ask(question), passage).examine((start, start + len(wrong))).reason is not None


@pytest.mark.parametrize(
    ("question", "lead", "held"),
    [
        ("2023年云溪县高新技术企业有多少家？", "表1 2022年各县指标", False),
        ("2022年云溪县高新技术企业有多少家？", "表1 2022年各县指标", True),  # in a bulletin of 2023
        ("2022年云溪县高新技术企业有多少家？", "表1 2021—2023年各县指标", False),  # of which of them is not said
        ("2023年云溪县高新技术企业有多少家？", "表1 各县指标", True),
        ("2022年云溪县高新技术企业有多少家？", "表1 各县指标", False),
        ("去年云溪县高新技术企业有多少家？", "表1 2022年各县指标", False),
    ],
)
def test_a_figure_is_of_the_year_of_its_table(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, lead: str, held: bool
) -> None:
    passage = view(
        "县区：云溪县；高新技术企业（家）：18\n县区：石门市；高新技术企业（家）：36", lead=lead, day=date(2023, 3, 2)
    )
    start = passage.text.index("18")
    verdict = Guard(ask(question), passage).examine((start, start + 2))
    assert (verdict.reason is None) is held
    assert held or verdict.reason is AbstainReason.PERIOD


def test_the_number_of_a_row_is_no_answer(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    passage = view(PROJECTS)
    assert Guard(ask("种苗繁育平台补助多少？"), passage).examine((3, 4)).detail == "资料中的数字是表格里的序号"


def test_a_day_of_the_year_asked_for_is_told_in_a_paper_on_another(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    text = "任务事项：榜单发布；牵头处室：专项处；完成时限：2025年4月底"
    passage = view(text, context="《关于通报2024年指标完成情况并印发2025年要点的通报》", day=date(2025, 2, 1))
    for year, held in (("2025", True), ("2026", False)):
        verdict = Guard(ask(f"{year}年榜单什么时候发布？"), passage).examine((text.index("2025"), len(text)))
        assert (verdict.reason is None) is held


def test_a_row_names_a_place(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    passage = view(COUNTIES + "\n县区：自治区；高新技术企业（家）：99；科技型中小企业（家）：9")
    assert rows_asked_for(ask("石门市2023年有多少家企业？"), [passage]) == {"石门市"}
    assert rows_asked_for(ask("自治区有多少家企业？"), [passage]) == frozenset()


@pytest.mark.parametrize(
    ("table", "question", "said"),
    [
        (COUNTIES, "云溪县技术合同成交额是多少？", "表格里的数，单位是“万元”，写在表头或表上"),
        (COUNTIES, "云溪县高新技术企业有多少家？", "表格里的数，单位是“家”，写在表头或表上"),
        (
            "县区：云溪县；技术合同成交额：3200万元\n县区：石门市；技术合同成交额：9800万元",
            "云溪县技术合同成交额是多少？",
            "",
        ),
    ],
)
def test_the_unit_of_a_bare_figure_is_said(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    table: str, question: str, said: str,
) -> None:  # fmt: skip
    answer, _ = answer_from(ask(question), [Hit(view(table).passage, 1.0)], RuleReader(analyzer), analyzer, 0.0)
    assert answer.best
    assert answer.best.text in table
    assert answer.caution == said


def test_two_names_of_one_thing_may_hold_each_other(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    question = replace(
        ask("云溪县高企有几家？"),
        names=(("高企", "高新技术企业"), ("高新技术企业", "国家高新技术企业"), ("企业", "高企")),
    )
    assert looked_up(question, [view(COUNTIES)]) is not None
