"""A rank or a band of ranks that is asked about is the one that the sentence tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

BAND = "全市17家企业跻身全省民营企业200强，营收合计410亿元。"
TOP = "全市3家企业进入全省民营企业前10名。"
FIRST = "对全省工业增长的贡献率达到31.2%，居全省首位。"
SECOND = "榆林市对全省工业增长的贡献率为22.5%，居全省第二位。"
ORDER = "贡献率前三位依次为甲市31.2%、乙市22.5%、丙市18.1%。"
DISHES = "专精特新企业数量居全省第3位，达86家。"

OVERALL = "我市在2022年自治区营商环境评估中位居第一，其中市科技局牵头的创新创业一级指标评估进入全区优秀行列。"
INDEX = "2024年，我市位列中国地级市科技创新发展指数排名第33位。"
SPENT = "2024年我市研发投入53.2亿元。居全区首位。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("我市创新创业一级指标全区排名第几位？", OVERALL, "第一", False),
        ("我市营商环境评估排名第几？", OVERALL, "第一", True),
        ("我市研发投入总量在全国地级市排第几？", INDEX, "第33位", False),
        ("我市科技创新发展指数在全国地级市排第几？", INDEX, "第33位", True),
        ("我市研发投入在全区排第几？", SPENT, "首位", True),
        ("我市挤进全省民营企业前10名的企业有几家？", BAND, "17家", False),
        ("我市跻身全省民营企业200强的企业有几家？", BAND, "17家", True),
        ("我市在全省民营企业100强里有几家？", BAND, "17家", False),
        ("我市进入全省民营企业前十名的企业有几家？", TOP, "3家", True),
        ("对全省工业增长贡献率排第二的地方，贡献率是多少？", FIRST, "31.2%", False),
        ("贡献率仅次于我市的那个市，贡献率是多少？", FIRST, "31.2%", False),
        ("对全省工业增长贡献率排第二的地方，贡献率是多少？", SECOND, "22.5%", True),
        ("贡献率排第二的是多少？", ORDER, "22.5%", True),
        ("贡献率排第一的是多少？", FIRST, "31.2%", True),
        ("专精特新企业数量排第三，有多少家？", DISHES, "86家", True),
    ],
)
def test_ranks(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, region="")).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
