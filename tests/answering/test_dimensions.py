"""Power is no energy, a length no area, an amount no progress."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

STORE = "累计建成新型储能182万千瓦，可放电546万千瓦时。"
MONEY = "安排补助资金95680万元，支出进度97.3%。"
HERDS = "全年肉牛存栏268.9万头，比上年末增加9.4万头；肉羊出栏1385.2万只。"
GRAIN = "全旗种植有机谷子12.4万亩，总产量5.9亿斤。"
CARE = "全年服务群众4.3万人次，覆盖农牧民2.1万人。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("新型储能容量多少万千瓦时", STORE, "546万千瓦时", True),
        ("新型储能容量多少万千瓦时", STORE, "182万千瓦", False),
        ("新型储能多少万千瓦", STORE, "182万千瓦", True),
        ("新型储能多少万千瓦", STORE, "546万千瓦时", False),
        ("补助资金支出进度是多少", MONEY, "97.3%", True),
        ("补助资金支出进度是多少", MONEY, "95680万元", False),
        ("安排了多少补助资金", MONEY, "95680万元", True),
        ("肉牛出栏了多少头？", HERDS, "268.9万头", False),
        ("肉牛存栏多少头？", HERDS, "268.9万头", True),
        ("肉羊出栏多少只？", HERDS, "1385.2万只", True),
        ("有机谷子产量多少？", GRAIN, "12.4万亩", False),
        ("谷子总产量是多少？", GRAIN, "5.9亿斤", True),
        ("谷子种植面积多少？", GRAIN, "12.4万亩", True),
        ("谷子种植面积多少？", GRAIN, "5.9亿斤", False),
        ("全年服务群众多少人次", CARE, "2.1万人", False),
        ("全年服务群众多少人次", CARE, "4.3万人次", True),
    ],
)
def test_what_it_is_measured_in(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
