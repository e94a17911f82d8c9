"""What a clause tells of one firm is no answer for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

TERM = "内蒙古青禾食品有限公司与内蒙古甲大学共建工作站。其中，丰野种业与乙农业大学的合作期限为3年，首席专家已到岗。"
BUILD = (
    "支持内蒙古田丰种苗科技有限公司扩建育苗中心，新增年育苗能力1.2亿株；支持赤峰绿野农业发展有限公司建设试验基地300亩。"
)
OWN = "5月8日，青山煤业与甲大学签约，共建实验室，期限5年。"
LINE = "内蒙古青禾食品有限公司二期项目于2024年9月投产。项目总投资4.6亿元，由甲集团设计。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("青禾食品和甲大学的合作期几年？", TERM, "3年", False),
        ("丰野种业和乙农业大学合作几年？", TERM, "3年", True),
        ("赤峰绿野农业发展有限公司一年能育多少苗", BUILD, "1.2亿株", False),
        ("田丰种苗公司新增的年育苗能力是多少", BUILD, "1.2亿株", True),
        ("绿野农业的试验基地有多少亩", BUILD, "300亩", True),
        ("青山煤业和甲大学共建实验室的期限是几年？", OWN, "5年", True),
        ("青禾食品二期总投资多少？", LINE, "4.6亿元", True),
    ],
)
def test_a_figure_is_of_the_firm_that_its_clause_begins_with(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
