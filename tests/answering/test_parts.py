"""A part of a total answers only a question that names what sets it apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

SENT = "我市共选派各级科技特派员535人（市级科技特派员200人，旗区科技特派员335人），建成平台1个。"
AMONG = "全市高新技术企业达到330家，其中规上工业企业120家，服务业企业45家。"
DEALS = "全年登记技术合同1876份，成交额58.4亿元，同比增长32.6%，其中吸纳技术成交额41.7亿元。"
APART = "全市选派科技特派员535人，建成工作站4个（自治区级工作站）。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("科技特派员有多少人？", SENT, "535人", True),
        ("科技特派员有多少人？", SENT, "335人", False),
        ("科技特派员有多少人？", SENT, "200人", False),
        ("旗区科技特派员有多少人？", SENT, "335人", True),
        ("旗区这一级派了多少名特派员？", SENT, "335人", True),
        ("由市里选派的科技特派员有多少人？", SENT, "200人", True),  # 市里 is written 市级
        ("全市高新技术企业有多少家？", AMONG, "330家", True),
        ("全市高新技术企业有多少家？", AMONG, "120家", False),
        ("高新技术企业里规上工业企业有多少家？", AMONG, "120家", True),
        ("技术合同成交额是多少？", DEALS, "58.4亿元", True),
        ("技术合同成交额是多少？", DEALS, "41.7亿元", False),
        ("吸纳技术成交额是多少？", DEALS, "41.7亿元", True),
        ("建成工作站多少个？", APART, "4个", True),
    ],
)
def test_a_part_is_not_the_total(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert verdict.reason == (None if sound else AbstainReason.SUBJECT), verdict.detail


FUNNEL = "共受理申报67项，通过形式审查52项，最终立项12项，其中重大项目2项、重点项目4项、一般项目6项。"
SIGNED = "推介会现场签约项目27个，协议总投资105.9亿元。其中，甲市签约19个，乙盟签约8个。按类别分，产业化项目16个、中试合作项目7个、共建项目4个。"
FIELDS = "市本级科技计划立项43项，其中农牧业领域21项、工业领域13项、社会发展领域9项。"
LISTED = "首批共发布榜单12项，榜额总计1.36亿元，揭榜成功8项。"
CHAIN = "征集项目146项，择优推荐118项，其中重点研发项目72项、自然科学基金项目31项。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("立项的12项里重大项目有几项？", FUNNEL, "2项、", True),
        ("重大项目立了几项？", FUNNEL, "2项、", True),
        ("67项里重大项目有几项？", FUNNEL, "2项、", False),
        ("甲市签的19个项目，其中产业化项目有几个？", SIGNED, "16个", False),
        ("甲市签的19个项目，其中产业化项目有几个？", SIGNED, "27个", False),
        ("签约的27个项目里产业化项目有几个？", SIGNED, "16个", True),
        ("立项的51个项目中农牧业领域有多少项？", FIELDS, "21项", False),
        ("立项的51项中农牧业领域有多少项？", FIELDS, "21项", False),
        ("立项的43项中农牧业领域有多少项？", FIELDS, "21项", True),
        ("揭榜成功的8项榜额一共多少？", LISTED, "1.36亿元", False),
        ("12项榜单的榜额一共多少？", LISTED, "1.36亿元", True),
        ("征集的146项里重点研发项目有几项？", CHAIN, "72项", False),
        ("推荐的118项里重点研发项目有几项？", CHAIN, "72项", True),
        ("这两个园区的重点研发项目有几项？", CHAIN, "72项", True),
    ],
)
def test_a_part_of_another_total(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail


TIERS = "间接费用：500万元以下的部分为30%，500万元至1000万元的部分为25%，超过1000万元的部分为20%。"


@pytest.mark.parametrize(
    ("question", "answer", "sound"),
    [
        ("1000万元以上那部分提多少比例？", "20%", True),
        ("1000万元以上那部分提多少比例？", "25%", False),
        ("1000万元以上那部分提多少比例？", "30%", False),
        ("不超过500万元的部分提多少比例？", "30%", True),
        ("不超过500万元的部分提多少比例？", "25%", False),
        ("500万元至1000万元的部分提多少比例？", "25%", True),
        ("500万元至1000万元的部分提多少比例？", "20%", False),
    ],
)
def test_tiers_in_other_words(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, answer: str, sound: bool
) -> None:
    start = TIERS.index(answer)
    verdict = Guard(ask(question), view(TIERS)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
