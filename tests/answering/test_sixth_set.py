"""Faults that 186 harder questions of people who know no code brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

REGION, SUBJECT = AbstainReason.REGION, AbstainReason.SUBJECT
ELSEWHERE = "苏州市把退休工程师纳入补助范围，每人每月最高补助3000元。"
SYSTEM = "新版考核办法设置了四个一级指标，内容与理念相对应。"
AWARDS = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项。"
PROJECTS = "3 个国家自然科学基金项目首落我市，立项市级“赛马制”项目 21 项，居全区首位。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("我市给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("市里给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("自治区给退休工程师每月最高补助多少", ELSEWHERE, "3000元", REGION),
        ("鄂尔多斯怎么对待退休工程师", ELSEWHERE, "把退休工程师纳入补助范围", REGION),
        ("苏州给退休工程师每月最高补助多少", ELSEWHERE, "3000元", None),
        ("退休工程师每月最高补助多少", ELSEWHERE, "3000元", None),
        ("我市给退休工程师补助多少", f"我市学习苏州经验。{ELSEWHERE}", "3000元", None),  # in doubt it is shown
        ("苏州给退休工程师的补助总共多少元", ELSEWHERE, "3000元", SUBJECT),
        ("苏州给退休工程师的补助总共多少元", "苏州市共补助退休工程师3000元。", "3000元", None),
        ("新版考核办法一共设了多少个二级指标", SYSTEM, "四个", SUBJECT),
        ("新版考核办法一共设了多少个一级指标", SYSTEM, "四个", None),
        ("2020年度全区技术发明奖评了几项", AWARDS, "108项", SUBJECT),
        ("2020年度全区自然科学奖评了几项", AWARDS, "18项", None),
        ("赛马制项目立了多少个", PROJECTS, "3 个", SUBJECT),
        ("赛马制项目立了多少个", PROJECTS, "21 项", None),
        ("自然科学基金项目有多少个", PROJECTS, "3 个", None),
        ("示范区哪一年获得批准", "推动示范区获批，到2030年建成创新高地。", "2030年", SUBJECT),
        ("示范区哪一年获批", "2016年，示范区获国务院批复。", "2016年", None),
        ("合作协议什么时候签署的", "5月6日，市长考察了实验室。", "5月6日", SUBJECT),
        ("合作协议什么时候签署的", "5月6日，双方签订合作协议。", "5月6日", None),
    ],
)
def test_what_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is expected
