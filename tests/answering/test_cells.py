"""A cell of a table answers a question that names its row and its column."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates.cell import cell_candidates
from qa.answering.view import PassageView
from qa.records import Question

GROWTH = (
    "2024年主要经济指标\n指标：固定资产投资；单位：亿元；2023年：812.5；2024年：930.7\n"
    "指标：社会消费品零售总额；单位：亿元；2023年：402；2024年：421\n指标：常住人口；单位：万人；2023年：220.1；2024年：222.3"
)
VOUCHERS = "兑付标准\n类别：检测服务；比例：50%；上限（万元）：17\n类别：研发设计；比例：40%；上限（万元）：29"


@pytest.mark.parametrize(
    ("table", "question", "cells"),
    [
        (GROWTH, "2024年固定资产投资是多少亿元？", ["930.7"]),
        (GROWTH, "2023年社会消费品零售总额是多少？", ["402"]),
        (GROWTH, "2024年常住人口有多少万人？", ["222.3"]),
        (GROWTH, "2025年固定资产投资是多少亿元？", []),  # no such column
        (GROWTH, "2023年和2024年固定资产投资各是多少亿元？", []),  # two columns
        (GROWTH, "2024年进出口总额是多少亿元？", []),  # no such row
        (GROWTH, "2024年固定资产投资项目有多少个？", []),  # another unit
        (VOUCHERS, "研发设计的补助上限是多少万元？", ["29"]),
        (VOUCHERS, "检测服务的补助比例是多少？", ["50%"]),
        (VOUCHERS, "研发设计的补助是多少万元？", []),  # no column named
        (
            "主要指标\n单位：亿元\n指标：地区生产总值；2023年：5849.9；2024年：6363",
            "2024年地区生产总值是多少亿元？",
            ["6363"],
        ),
        ("主要指标（单位：亿元）\n指标：地区生产总值；2024年：6363", "2024年地区生产总值是多少万人？", []),
        ("指标：企业数；单位：家；数值：1234", "企业数有多少家？", ["1234"]),
        ("联系人：苏浩；电话：8586566", "苏浩发布了多少个项目？", []),
    ],
)
def test_a_cell_is_found_by_its_row_and_column(
    ask: Callable[[str], Question], view: Callable[..., PassageView], table: str, question: str, cells: list[str]
) -> None:
    passage = view(table)
    found = cell_candidates(ask(question), passage)
    assert [passage.slice((each.start, each.end)) for each in found] == cells
