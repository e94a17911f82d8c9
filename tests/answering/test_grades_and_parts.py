"""Grades, parts and kinds that a figure is not said to be of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

HUBS = "目前，全市建成31个众创空间，6个县级农技推广站。"
SENT = "全市共选派各级特派员310人（市级120人，县级190人），建成18个星创天地，3个省特派员工作站。"
HEADED = "全市国家级平台中，实验室3个、孵化器7个。"
NATIONAL = "全市建成国家级众创空间9个、省级众创空间22个。"
LABS = "建成院士专家工作站13家、省重点实验室5家。省级以上研发机构增长到87家。"
PROJECTS = "省重点研发计划项目立项14项。"
SIGNED = "5月6日，汉中市走进西安交通大学和西北大学举行招聘会。招聘会上共收到简历420份，达成意向性协议95人。"
BY_SCHOOL = "招聘会上达成意向性协议95人，其中西北大学40人。"
SHARE = "全市17家企业跻身全省研发投入50强，研发投入共计6.2亿元，占50强企业研发投入总额12.4%。"
GROWTH = "全市17家企业跻身全省研发投入50强，研发投入共计6.2亿元，比上年增长12.4%。"
INDICATORS = "在指标体系设计上，新版设置了四个一级指标。定性指标得分占百分之三十。"
QUALITATIVE = "新版共有定性指标7项、定量指标21项。"
ZONES = "新版国家高新区综合评价指标体系出炉。科技部修订印发了《国家高新技术产业开发区综合评价指标体系》。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("全市国家级众创空间有几个？", HUBS, "31个", False),
        ("全市众创空间有几个？", HUBS, "31个", True),
        ("全市国家级众创空间有几个？", NATIONAL, "9个", True),
        ("省级星创天地有几个？", SENT, "18个", False),
        ("市级星创天地有几个？", SENT, "18个", False),
        ("星创天地有几个？", SENT, "18个", True),
        ("国家级孵化器有几个？", HEADED, "7个", True),
        ("省重点研发计划项目有几个？", LABS, "5家", False),
        ("省重点研发计划项目有几个？", LABS, "87家", False),
        ("省重点研发计划项目有几个？", PROJECTS, "14项", True),
        ("省重点实验室有几个？", LABS, "5家", True),
        ("达成意向的里面西北大学学生占了几个？", SIGNED, "95人", False),
        ("达成意向性协议的人员中，西北大学的有多少人？", SIGNED, "95人", False),
        ("达成意向性协议的人员中，西北大学的有多少人？", BY_SCHOOL, "40人", True),
        ("招聘会收到的简历中，博士的有多少份？", SIGNED, "420份", False),
        ("意向性协议里签正式合同的有几份？", SIGNED, "95人", False),
        ("招聘会收到简历多少份？", SIGNED, "420份", True),
        ("达成意向性协议的有多少人？", SIGNED, "95人", True),
        ("跻身全省50强的17家企业，研发投入比上年增长百分之几？", SHARE, "12.4%", False),
        ("跻身全省50强的17家企业，研发投入比上年增长百分之几？", GROWTH, "12.4%", True),
        ("指标体系里定性指标有几项？", INDICATORS, "四个", False),
        ("一级指标有几个？", INDICATORS, "四个", True),
        ("指标体系里定性指标有几项？", QUALITATIVE, "7项", True),
        ("省级的高新区用的是哪一套指标？", ZONES, "《国家高新技术产业开发区综合评价指标体系》", False),
        ("国家级的高新区用的是哪一套指标？", ZONES, "《国家高新技术产业开发区综合评价指标体系》", True),
    ],
)
def test_grades_and_parts(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, region="")).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
