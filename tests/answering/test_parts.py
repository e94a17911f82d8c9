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
