"""Values of labelled fields: the one asked for answers by itself, that of another label or another row is no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.guards import Guard
from qa.answering.labels import fields_of
from qa.answering.view import PassageView
from qa.records import Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]

ROWS = (
    "序号：1；项目编号：DS2023-001；项目名称：沙棘果油低温提取；承担单位：东胜区沙棘研究所；项目负责人：郭文彬；经费（万元）：30；结论：通过\n"
    "序号：2；项目编号：DS2023-002；项目名称：煤矸石制砖工艺优化；承担单位：蒙源建材有限公司；项目负责人：额尔敦；经费（万元）：45；结论：不通过"
)
TASKS = (  # whose columns end in other nouns
    "序号：1；任务事项：平台备案；牵头处室：成果处；完成时限：2025年9月底\n序号：2；任务事项：榜单编制；牵头处室：专项处；完成时限：2025年4月底"
)
PEOPLE = (
    "姓名：乌兰；性别：女；工作单位及职务（职称）：甲市科技局规划科科长；推荐单位：甲市\n"
    "姓名：郭文彬；性别：男；工作单位及职务（职称）：蒙源建材有限公司总工程师；推荐单位：自治区工商联"
)
REVIEWS = (
    "平台类型：中试基地；评价周期：2年；优秀比例上限：25%；不合格处理：限期整改，仍不合格的取消备案\n"
    "平台类型：转移机构；评价周期：1年；优秀比例上限：30%；不合格处理：取消备案"
)
RANKS = (
    "名次：1；企业：蒙源建材有限公司；所在旗区：东胜区；研发投入（万元）：216\n名次：2；企业：鄂尔多斯市汇远公司；所在旗区：杭锦旗；研发投入（万元）：98\n"
    "名次：3；企业：绿源新能源有限公司；所在旗区：乌审旗；研发投入（万元）：87"
)
FORM = (
    "任何单位对公示结果有异议的，请书面反映。\n受理部门：市科技局规划科\n联系人：市科技局规划科  郭文彬、李娜\n联系电话：0477-1234567\n"
    "监督部门：市科技局机关纪委\n监督电话：0477-7654321\n地    址：康巴什区乌兰木伦街3号\n解读人：郭文彬  咨询电话：0477-1111111"
)


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("郭文彬负责哪个项目？", ROWS, "沙棘果油低温提取"),
        ("额尔敦承担什么项目？", ROWS, "煤矸石制砖工艺优化"),
        ("东胜区沙棘研究所承担的项目是什么？", ROWS, "沙棘果油低温提取"),
        ("煤矸石制砖工艺优化项目编号是多少？", ROWS, "DS2023-002"),
        ("DS2023-002是什么项目？", ROWS, "煤矸石制砖工艺优化"),
        ("沙棘果油低温提取项目由哪个单位承担？", ROWS, "东胜区沙棘研究所"),
        ("额尔敦是哪个项目的负责人？", ROWS, "煤矸石制砖工艺优化"),
        ("榜单编制 牵头处室", TASKS, "专项处"),
        ("平台备案由哪个处室牵头？", TASKS, "成果处"),
        ("乌兰 单位职务", PEOPLE, "甲市科技局规划科科长"),
        ("郭文彬的工作单位和职务是什么？", PEOPLE, "蒙源建材有限公司总工程师"),
        ("郭文彬是哪个单位推荐上来的？", PEOPLE, "自治区工商联"),
        ("中试基地评价不合格怎么处理？", REVIEWS, "限期整改，仍不合格的取消备案"),
        ("创新能力榜排第三的企业是哪家？", RANKS, "绿源新能源有限公司"),
        ("创新能力第一名是哪家企业？", RANKS, "蒙源建材有限公司"),
        ("创新能力排名第2的企业在哪个旗区？", RANKS, "杭锦旗"),
        ("额尔敦牵头的那个项目是哪个单位承担的？", ROWS, "蒙源建材有限公司"),
        ("市科技局受理部门是哪个？", FORM, "市科技局规划科"),
        ("异议由哪个部门受理？", FORM, "市科技局规划科"),
        ("受理单位是哪个？", FORM, "市科技局规划科"),
        ("监督部门是哪个？", FORM, "市科技局机关纪委"),
        ("监督电话是多少？", FORM, "0477-7654321"),
        ("联系单位是哪个？", FORM, "市科技局规划科"),
        ("联系人是谁？", FORM, "市科技局规划科  郭文彬、李娜"),
        ("市科技局地址在哪里？", FORM, "康巴什区乌兰木伦街3号"),
        ("解读人是谁？", FORM, "郭文彬"),
    ],
)
def test_the_labelled_value_is_the_answer(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    held = view(passage)
    found = candidates_for(ask(question), held)
    assert [held.text[each.start : each.end] for each in found] == [answer]


def test_what_is_told_of_a_rank_beside_a_table_is_an_answer(ask: Ask, view: View) -> None:
    held = view(f"全区排名中，我市企业绿源新能源有限公司居第六位。\n{RANKS}")
    start = held.text.index("绿源新能源有限公司")
    assert Guard(ask("全区排名第六的是哪家企业？"), held).examine((start, start + 9)).reason is None
    assert Guard(ask("全区排名第五的是哪家企业？"), held).examine((start, start + 9)).reason is not None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("李娜负责的沙棘项目编号是多少？", ROWS),
        ("额尔敦负责的沙棘果油低温提取项目编号是多少？", ROWS),
        ("玉米育种技术项目编号是多少？", ROWS),
        ("DS2023-003是什么项目？", ROWS),
        ("哪个项目没有通过？", ROWS),
        ("设备采购由哪个处室牵头？", TASKS),
        ("创新能力排名第四的是哪家企业？", f"2023年度高新技术企业创新能力十强\n{RANKS}"),
        ("创新能力排名第四的是哪家？", f"2023年度高新技术企业创新能力十强\n{RANKS}"),
        ("李娜是哪个单位推荐上来的？", PEOPLE),
        ("孵化器评价不合格怎么处理？", REVIEWS),
    ],
)
def test_a_row_that_is_not_named_is_no_answer(ask: Ask, view: View, question: str, passage: str) -> None:
    held, asked = view(passage), ask(question)
    guard = Guard(asked, held)
    assert all(guard.examine((each.start, each.end)).reason for each in candidates_for(asked, held))


@pytest.mark.parametrize(
    ("question", "passage", "answer", "reason"),
    [
        ("市科技局受理部门是哪个？", FORM, "市科技局机关纪委", "资料中这一处是监督部门，不是受理部门"),
        ("监督部门是哪个？", FORM, "市科技局规划科", "资料中这一处是受理部门，不是监督部门"),
        ("举报电话是多少？", "联系人：郭文彬  电话：0477-1234567", "0477-1234567", "资料中这一处是电话，不是举报电话"),
        ("举报电话是多少？", FORM, "0477-1234567", "资料中这一处是联系电话，不是举报电话"),
        ("郭文彬负责哪个项目？", ROWS, "东胜区沙棘研究所", "资料中这一处是承担单位，不是项目名称"),
        (
            "煤矸石制砖工艺优化的负责人和承担单位是谁？",
            ROWS,
            "蒙源建材有限公司",
            "资料中这一处是承担单位，不是负责人和承担单位",
        ),
        ("项目编号是多少？", ROWS, "DS2023-001", "资料中有几条各有项目编号，问题没有说是哪一条"),
        ("郭文彬负责哪个项目？", ROWS, "项目编号", "资料中这一处只是栏目的名称，不是项目名称的内容"),
        ("郭文彬负责哪个项目？", ROWS, "煤矸石制砖工艺优化", "资料中这一处是“DS2023-002”那一条的"),
    ],
)
def test_the_value_of_another_label_is_none(
    ask: Ask, view: View, question: str, passage: str, answer: str, reason: str
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).detail == reason


@pytest.mark.parametrize(
    "text",
    [
        "会议议定：原则同意选址方案；现答复如下：一是加大投入。",
        "会议要求：各部门要抓好落实。",
        "李娜委员：\n您提出的提案收悉。",
    ],
)
def test_a_sentence_behind_a_colon_is_no_field(text: str) -> None:
    assert not fields_of(text)
