"""An answer from a table stands in the row that the question names, not in the name of a column, and is an aim where one is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

PRIZES = (
    "组别：初创组；奖项：一等奖；项目：巡检机器人；单位：甲市跃行公司；得分：91.3\n组别：初创组；奖项：二等奖；项目：检测试剂；单位：乙县牧康公司；得分：89.7\n"
    "组别：成长组；奖项：一等奖；项目：碱性电解槽；单位：丙旗澄氢公司；得分：92.1"
)
PLANS = "项目：储氢材料中试；投资方：江苏氢澜公司；落户地：甲区；计划建设期：2025年9月\n项目：叶片循环再利用；投资方：无锡再源公司；落户地：乙旗；计划建设期：2025年10月"
POWER = "产品：发电量；单位：亿千瓦时；产量：214.7\n产品：其中：风光发电；单位：亿千瓦时；产量：38.9"
COUNTS = "旗县：甲县；新品种（个）：12；入库企业（家）：15\n旗县：乙县；新品种（个）：9；入库企业（家）：22"


@pytest.mark.parametrize(
    ("table", "question", "answer", "held"),
    [
        (PRIZES, "初创组一等奖是谁？", "甲市跃行公司", True),
        (PRIZES, "初创组一等奖是谁？", "乙县牧康公司", False),
        (PRIZES, "初创组一等奖是谁？", "丙旗澄氢公司", False),
        (PRIZES, "检测试剂得了几等奖？", "二等奖", True),
        (PRIZES, "检测试剂是哪个组的？", "成长组", False),
        ("\n".join(PRIZES.split("\n")[2:]), "初创组一等奖是谁？", "丙旗澄氢公司", False),  # whose rows stand elsewhere
        (PLANS, "叶片循环再利用什么时候建？", "2025年10月", True),
        (PLANS, "叶片循环再利用什么时候建？", "2025年9月", False),
        (PLANS, "储氢材料中试落户在哪里？", "落户地", False),
        (POWER, "风光发电量情况怎么样？", "214.7", False),
        (POWER, "风光发电量情况怎么样？", "38.9", True),
        (COUNTS, "甲县入库企业目标是多少家？", "15", False),
        (COUNTS, "甲县入库企业是多少家？", "15", True),
        (COUNTS.replace("入库企业", "入库企业年度计划"), "甲县入库企业年度计划是多少家？", "15", True),
    ],
)
def test_the_row_is_the_one_named(
    ask: Callable[[str], Question], view: Callable[..., PassageView], table: str, question: str, answer: str, held: bool
) -> None:
    passage = view(table, context="《2021年工作总结和2022年工作计划》")
    start = passage.text.index(answer)
    assert (Guard(ask(question), passage).examine((start, start + len(answer))).reason is None) is held
