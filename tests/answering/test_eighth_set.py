"""Faults that 63 questions beside what is told brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

SUBJECT = AbstainReason.SUBJECT
SPENT = "2020年，全市研发经费达 30.5 亿元，减免税近 2 亿元。"
PACT = "5月6日，南通市与同济大学签署合作协议，市长、市委副书记王强和副校长李明出席。"
VISIT = "6月3日至4日，自治区科技厅厅长赵刚一行到高新区调研，市科技局局长孙丽汇报工作。"
CLASSES = "在首次评价中，我市 5 个旗区跻身一、二类旗县。"
AREAS = "对东部地区更加强调创新发展，对西部地区更加强调特色产业。"
FAIR = "招聘会达成意向性协议 90 人。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("2020年30.5亿元研发经费里，企业自己出了多少亿元", SPENT, "30.5 亿元", SUBJECT),
        ("2020年30.5亿元研发经费里，减免税多少亿元", SPENT, "近 2 亿元", None),
        ("研发经费是30.5亿元还是20亿元，到底多少亿元", SPENT, "30.5 亿元", None),
        ("南通5月6日签的协议哪天到期", PACT, "5月6日", SUBJECT),
        ("南通的合作协议是哪天签的", PACT, "5月6日", None),
        ("6月3日至4日的调研中，座谈会是哪天开的", VISIT, "6月3日至4日", SUBJECT),
        ("南通与同济大学的签约仪式在哪里举行", PACT, "南通市", SUBJECT),
        ("哪个市与同济大学签署了合作协议", PACT, "南通市", None),
        ("王强5月6日出席签约，对方是谁出面的", PACT, "市长、市委副书记", SUBJECT),
        ("王强5月6日出席签约，对方是谁出面的", PACT, "市长", SUBJECT),
        ("王强5月6日出席签约，对方是谁出面的", PACT, "副校长李明", None),
        ("6月3日的调研由谁主持", "6月3日，市科技局局长孙丽汇报工作。", "孙丽", SUBJECT),
        ("6月3日的调研谁汇报了工作", VISIT, "孙丽", None),
        ("哪位领导接待了赵刚一行", "6月3日，赵刚到高新区，孙丽讲了情况。", "孙丽", SUBJECT),
        ("首次评价中落在三类的旗区有几个", CLASSES, "5 个", SUBJECT),
        ("对中部地区更加强调什么", AREAS, "创新发展", SUBJECT),
        ("对西部地区更加强调什么", AREAS, "特色产业", None),
        ("招聘会正式签约多少人", FAIR, "90 人", SUBJECT),
        ("招聘会达成意向性协议多少人", FAIR, "90 人", None),
        ("全区第二大市是哪个市", "鄂尔多斯是全区第一大市。", "鄂尔多斯", SUBJECT),
        ("行动搞到哪一年结束", "2024年，我市启动行动。", "2024年", SUBJECT),
    ],
)
def test_what_stands_beside_the_thing_asked_for_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    seen = view(passage)
    start = passage.index(answer)
    verdict = Guard(ask(question), seen).examine((start, start + len(answer)))
    assert verdict.reason is expected, (ask(question).kind, verdict.detail)
