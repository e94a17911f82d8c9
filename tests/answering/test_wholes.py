"""A whole is no part that is told by itself, nor one kind of several the whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

POWER = "全市电力总装机3126万千瓦，增长5%。新能源装机中，风电1457万千瓦、光伏583万千瓦、生物质8万千瓦。"
AID = "全年落实学生资助资金2.27亿元。其中，普通高中国家助学金按每生每年一档2800元发放；生源地信用助学贷款发放1.36亿元。"
TRADES = "三季度共发生事故21起、死亡12人。其中，道路运输业11起、死亡6人；建筑业5起、死亡4人；工矿商贸业4起、死亡2人。"
STATION = "科技特派员工作站建站补助10万元；年度评估为优秀的，再给予5万元运行补助。"
ONGOING = "零碳产业园二期项目总投资12亿元；目前已完成投资3亿元。"
SCHOOL = "第三中学获专项支持经费300万元。"
GIVEN = "首次认定的，奖补20万元；重新认定的，奖补10万元；整体迁入的，奖补100万元。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("全市光伏装机有多少万千瓦", POWER, "3126万千瓦", False),
        ("全市光伏装机有多少万千瓦", POWER, "583万千瓦", True),
        ("全市电力总装机多少万千瓦", POWER, "3126万千瓦", True),
        ("普通高中国家助学金发了多少钱", AID, "1.36亿元", False),
        ("普通高中国家助学金发了多少钱", AID, "2.27亿元", False),
        ("生源地信用助学贷款发了多少钱", AID, "1.36亿元", True),
        ("全年学生资助资金有多少钱", AID, "2.27亿元", True),
        ("三季度事故死亡多少人", TRADES, "6人", False),
        ("三季度事故死亡多少人", TRADES, "12人", True),
        ("三季度建筑业死亡多少人", TRADES, "4人", True),
        ("三季度道路运输事故死亡多少人", TRADES, "6人", True),
        ("科技特派员工作站年度评估优秀，再补多少运行费", STATION, "5万元", True),
        ("零碳产业园二期项目目前完成投资多少", ONGOING, "3亿元", True),
        ("整个搬过来的企业能奖多少钱", GIVEN, "100万元", True),
        ("国家助学金发了多少钱", SCHOOL, "300万元", False),
        ("第三中学拿到多少专项经费", SCHOOL, "300万元", True),
    ],
)
def test_the_whole_and_its_parts(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
