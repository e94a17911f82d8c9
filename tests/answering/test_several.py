"""Two questions in one are answered together where one case of the text tells both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.several import told_together
from qa.answering.view import PassageView
from qa.records import Question

CASES = (
    "对企业购买先进技术成果并在本市转化的，按技术交易额的10%给予补助，单个企业年度最高100万元；"
    "对促成技术交易的服务机构，按成交额的1.5%给予奖励，年度最高20万元。"
)
VOUCHERS = "发放“中试券”1260万元，惠及企业94家，兑现率为83%。"
MEETING = "7月16日，市科技局在康巴什区召开科技特派员工作会议，局长边东主持会议。"
CONTACTS = "联系人：规划统计处　韩雪梅，电话：0471-6328815；平台基地处　刘文博，电话：0471-6328827。"


@pytest.mark.parametrize(
    ("question", "text", "found", "together"),
    [
        ("按交易额的百分之几补，一年封顶多少？", CASES, "10%", "10%给予补助，单个企业年度最高100万元"),
        ("促成交易的机构按百分之几奖，一年最高多少？", CASES, "1.5%", "1.5%给予奖励，年度最高20万元"),
        ("中试券一共发了多少钱，覆盖多少家企业", VOUCHERS, "1260万元", "1260万元，惠及企业94家"),
        ("会议什么时候开的，谁主持", MEETING, "7月16日", "7月16日，市科技局在康巴什区召开科技特派员工作会议，局长边东"),
        ("平台基地处该找谁，电话多少", CONTACTS, "0471-6328827", "刘文博，电话：0471-6328827"),
        ("中试券一共发了多少钱，什么时候发的", VOUCHERS, "1260万元", None),  # no day is told
        ("发了多少钱，涉及多少", VOUCHERS, "1260万元", None),  # 94家 or 83%
        ("中试券一共发了多少钱", VOUCHERS, "1260万元", None),
    ],
)
def test_what_one_case_tells_of_both(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, text: str, found: str, together: str | None,
) -> None:  # fmt: skip
    seen, at = view(text), text.index(found)
    place = told_together(ask(question), seen, (at, at + len(found)))
    assert (seen.slice(place) if place else None) == together
