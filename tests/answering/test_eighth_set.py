"""Faults that 152 questions beside what is told brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates.enumeration import how_many_asked
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, AnswerKind, Question, Reading, SpanCandidate

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
        ("平台一共申报了几家", "平台获批 5 家。", "5 家", SUBJECT),
        ("平台一共申报成功几家", "平台获批 5 家。", "5 家", None),
        ("会上汇报项目进展的是哪位同志", "3月2日，局长孙丽主持会议，听取项目进展汇报。", "孙丽", SUBJECT),
        ("会上汇报项目进展的是哪位同志", "3月2日，局长孙丽汇报了项目进展。", "孙丽", None),
        ("哪位局长参加了签约", "仪式上两家签约。局长孙丽视频参加。", "孙丽", None),
        ("科技创新团队的带头人是谁", "局长孙丽调研科技创新团队。", "孙丽", SUBJECT),
        ("南通实验室的主任是谁", "同济大学化工系主任李明到南通实验室。", "李明", SUBJECT),
        ("化工系的主任是谁", "同济大学化工系主任李明到南通实验室。", "李明", None),
        ("100强企业里投入最多的那一家投了多少", "100强企业共投入 18 亿元。", "18 亿元", SUBJECT),
        ("投入最多的那家企业投了多少", "企业里投入最多的是甲公司，18 亿元。", "18 亿元", None),
        ("384项新技术里，用在畜牧上的有多少项", "推广新技术384项，实施项目 91 项。", "91 项", SUBJECT),
        ("384项新技术里，用在种植上的有多少项", "推广新技术384项，其中种植 91 项。", "91 项", None),
        ("总投资中企业和财政各占多少", "总投资 5 亿元。", "5 亿元", SUBJECT),
        ("总投资中企业和财政各占多少", "企业投资 5 亿元、财政投资 2 亿元。", "5 亿元", None),
        ("还有哪些市领导随行", "开展全方位、多领域合作。", "全方位、多领域合作", SUBJECT),
        ("还有哪些市领导随行", "副市长李刚、赵明随行。", "副市长李刚、赵明", None),
        ("推进会上有哪些单位作了交流发言", "局长孙丽讲话，甲公司、乙公司参会。", "甲公司、乙公司", SUBJECT),
        ("推进会上有哪些单位作了交流发言", "局长孙丽讲话，甲公司、乙公司交流发言。", "甲公司、乙公司", None),
        ("能创谷选在什么地方建", "以南通高新区为依靠，打造能创谷。", "南通高新区", SUBJECT),
        ("能创谷选在什么地方建", "能创谷选址南通高新区。", "南通高新区", None),
        ("副市长李刚在宣介会上介绍了什么", "市长王强介绍了发展成绩。李刚出席。", "发展成绩", SUBJECT),
        ("市长王强在宣介会上介绍了什么", "市长王强介绍了发展成绩。李刚出席。", "发展成绩", None),
        ("实验室的主任由谁担任", "由南通羊绒公司申报的实验室获批。", "南通羊绒公司", SUBJECT),
        ("有几个旗区落在三类", "部分旗区负责人等 130余人参加会议。", "130余人", SUBJECT),
        ("有几个负责人参加会议", "部分旗区负责人等 130余人参加会议。", "130余人", None),
        ("有几个人参加会议", "部分旗区负责人等 130余人参加会议。", "130余人", None),
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


@pytest.mark.parametrize(
    ("question", "passage", "words", "fits"),
    [
        ("方案的发文字号是多少", "方案分三类。", "三类", False),
        ("方案的发文字号是多少", "方案（通科发〔2021〕5号）已印发。", "通科发〔2021〕5号", True),
        ("文号为通科发〔2021〕5号的文件名称", "印发《方案》（通科发〔2021〕5号）。", "《方案》", True),
        ("意见该打哪个电话反馈", "细则公开征求意见。", "细则", False),
        ("仪式在哪个会议室办的", "仪式在同济大学举行。", "同济大学", False),
        ("仪式在哪个会议室办的", "仪式在第一会议室举行。", "第一会议室", True),
        ("对接的科技合作项目叫什么名称", "孙丽赴同济大学对接科技合作项目。", "同济大学", False),
        ("对接的科技合作项目叫什么名称", "孙丽赴同济大学对接“智慧矿山”项目。", "“智慧矿山”项目", True),
        ("位居第二的是哪个市", "各盟市要重视。", "各盟市", False),
        (
            "签约仪式设在什么地方",
            "南通市和同济大学共同开展合作签约仪式。",
            "南通市和同济大学共同开展合作签约仪式",
            False,
        ),
        (
            "仪式的主会场设在什么地方",
            "两市商定今后每年轮流在各自的开发区办产业对接洽谈会并互派干部挂职。",
            "两市商定今后每年轮流在各自的开发区办产业对接洽谈会并互派干部",
            False,
        ),
        (
            "问题出在什么地方",
            "问题是两市今后每年轮流在各自的开发区办对接洽谈并互派干部。",
            "两市今后每年轮流在各自的开发区办对接洽谈并互派干部",
            True,
        ),
        ("前后有多少人到场", "活动办了百余次。", "百余次", False),
        ("发布会来了多少家媒体", "发布会介绍了无氟化生产技术。", "无氟化生产技术", False),
        ("每人限借多少本", "借书无上限。", "无上限", True),
    ],
)
def test_only_words_of_the_form_asked_for_are_pointed_at(
    ask: Ask, view: View, question: str, passage: str, words: str, fits: bool
) -> None:
    start = passage.index(words)
    reading = Reading(0.9, (SpanCandidate(start, start + len(words), 0.9),))
    found = gather(ask(question), view(passage), [], reading)
    assert bool(found) is fits, ask(question).kind


@pytest.mark.parametrize(
    "named", ["大会上讲话的自治区领导", "来我市调研 陪同市领导", "在协议上签字的领导", "第0355号提案 执笔人"]
)
def test_a_part_that_is_named_is_asked_for_as_a_person(ask: Ask, named: str) -> None:
    assert ask(named).kind is AnswerKind.PERSON


def test_items_that_are_to_be_named_are_counted(ask: Ask) -> None:
    assert how_many_asked(ask("规划部署的五大重点工程分别叫什么")) == 5


def test_what_excludes_the_thing_asked_for_is_told_whole(ask: Ask, view: View) -> None:
    start = CLASSES.index("5 个")
    verdict = Guard(ask("首次评价中落在三类的旗区有几个"), view(CLASSES)).examine((start, start + len("5 个")))
    assert verdict.detail == "资料中说的是“一类”，不是“三类”"
