"""A figure is told of one kind of several: asked for another, it is no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

BASES = "对备案的中试基地，按新增设备投资额的20%给予补助；评价结果为优秀的，另给予50万元运行奖励。"
FIRMS = "对首次认定的高新技术企业一次性奖补30万元，重新认定的奖补10万元，市外整体迁入的奖补50万元。"
HONOURS = "授予甲局等12个单位“先进集体”称号，颁发奖牌；授予乙等18名同志“先进个人”称号，并给予每人一次性奖金6000元。"
PRIZES = "一等奖4项、二等奖12项、三等奖22项，奖金标准分别为每项30万元、15万元、5万元。"
STOCK = "全市高新技术企业312家，今年首批申报104家；科技型中小企业入库365家，其中甲旗52家。"
SPACES = "对国家级众创空间、孵化器，给予100万元奖补。"
BEHIND = "全市现有重点实验室34家，建成22个星创天地。"
INCOME = "一般公共预算收入完成158亿元，其中旗本级完成131亿元，经济开发区完成26亿元。"
TAX = "一般公共预算收入完成158亿元，其中税收收入131亿元，非税收入27亿元。"
PEOPLE = "年末全旗常住人口25.38万人，比上年末增加0.25万人。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("技术转移机构评价优秀的奖励多少万元？", BASES, "50万元", False),
        ("中试基地评价优秀的奖励多少万元？", BASES, "50万元", True),
        ("评价优秀的奖励多少万元？", BASES, "50万元", True),
        ("首次入库的科技型中小企业奖补多少万元？", FIRMS, "30万元", False),
        ("首次认定的高新技术企业奖补多少万元？", FIRMS, "30万元", True),
        ("高企头一回认定奖补多少万元？", FIRMS, "10万元", False),
        ("高企头一回认定奖补多少万元？", FIRMS, "30万元", True),
        ("高企整个搬到我市来奖补多少万元？", FIRMS, "30万元", False),
        ("高企整个搬到我市来奖补多少万元？", FIRMS, "50万元", True),
        ("高新技术企业奖补多少万元？", FIRMS, "30万元", True),
        ("先进集体的奖金是多少元？", HONOURS, "6000元", False),
        ("先进个人的奖金是多少元？", HONOURS, "6000元", True),
        ("二等奖奖金是多少元？", PRIZES, "15万元", True),  # told in turn: another guard's
        ("科技型中小企业中甲旗有多少家？", STOCK, "52家", True),
        ("高新技术企业中甲旗有多少家？", STOCK, "52家", False),
        ("高新技术企业首批申报多少家？", STOCK, "104家", True),
        ("国家级众创空间奖补多少万元？", SPACES, "100万元", True),
        ("国家级孵化器奖补多少万元？", SPACES, "100万元", True),
        ("国家级重点实验室奖补多少万元？", SPACES, "100万元", False),
        ("建成多少个星创天地？", BEHIND, "22个", True),
        ("全市有多少家重点实验室？", BEHIND, "34家", True),
        ("开发区税收收入完成多少亿元？", INCOME, "26亿元", False),
        ("开发区一般公共预算收入完成多少亿元？", INCOME, "26亿元", True),
        ("税收收入完成多少亿元？", TAX, "131亿元", True),
        ("税收收入完成多少亿元？", TAX, "158亿元", False),
        ("年末户籍人口有多少人？", PEOPLE, "25.38万人", False),
        ("年末常住人口有多少人？", PEOPLE, "25.38万人", True),
    ],
)
def test_the_kind_that_the_figure_is_told_of(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
