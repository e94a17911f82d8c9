"""How far an answer goes and what it is made of, as the question wants it: both of two, the line asked for, the end of a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.extents import whole_extent
from qa.answering.guards import Guard
from qa.answering.keywords import asks_for_no_words
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

MET = "5月6日，李明会见大漠光伏设备集团有限公司总经理付青山一行，就建厂座谈。"
VISIT = "4月7日，自治区工信厅二级巡视员陶志远一行到高新区调研。"
HEARD = "会议就全区人才政策、创业环境和补助资金兑付等情况进行了调度。"
PLAN = "将在明年开展东西部教育协作，聚焦师资培训等工作，现已启动方案编制。"
GRANTS = "创新类项目资助3万到6万元，小额类不超过3万元。"
OLD = "科技型中小企业由90家增长到240家，创办企业16家。"
NEWS = "2020年引进新品种320个。"


@pytest.mark.parametrize(
    ("question", "passage", "span", "expected"),
    [
        (
            "李明会见的付青山，是哪家公司的什么职务？",
            MET,
            "大漠光伏设备集团有限公司",
            "大漠光伏设备集团有限公司总经理",
        ),
        ("李明会见的付青山是哪家公司的？", MET, "大漠光伏设备集团有限公司", "大漠光伏设备集团有限公司"),
        ("来高新区调研的是哪位，什么职级？", VISIT, "陶志远", "自治区工信厅二级巡视员陶志远"),
        ("来高新区调研的是哪位？", VISIT, "陶志远", "陶志远"),
        (
            "会议过问了哪几方面的情况？",
            HEARD,
            "全区人才政策、创业环境和补助资金兑付",
            "全区人才政策、创业环境和补助资金兑付等情况",
        ),
    ],
)
def test_as_far_as_is_asked(ask: Ask, view: View, question: str, passage: str, span: str, expected: str) -> None:
    seen = view(passage)
    start = seen.text.index(span)
    assert seen.slice(whole_extent(ask(question), seen, (start, start + len(span)))) == expected


@pytest.mark.parametrize(
    ("question", "passage", "answer", "refused"),
    [
        ("东西部教育协作准备到哪一步了？", PLAN, "将在明年开展东西部教育协作", True),
        ("东西部教育协作准备到哪一步了？", PLAN, "现已启动方案编制", False),
        ("创新类给的钱从多少到多少？", GRANTS, "3万到6万元", False),
        ("创新类给的钱从多少到多少？", GRANTS, "不超过3万元", True),
        ("搞科技的中小企业最早的时候有多少家？", OLD, "240家", True),
        ("搞科技的中小企业最早的时候有多少家？", OLD, "90家", False),
        ("2020年带来了几种以前没有的种苗？", NEWS, "320个", False),
        ("2020年没有推广的种苗有几种？", NEWS, "320个", True),
    ],
)
def test_what_it_is_made_of(ask: Ask, view: View, question: str, passage: str, answer: str, refused: bool) -> None:
    seen = view(passage)
    start = seen.text.index(answer)
    verdict = Guard(ask(question), seen).examine((start, start + len(answer)))
    assert (verdict.reason is not None) is refused, verdict.detail


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("为什么要搞“谁能干谁上”的项目，图的是什么？", AnswerKind.CLAUSE),
        ("“谁能干谁上”的项目是谁牵头的？", AnswerKind.PERSON),
        ("要铺开一个分几年干的计划，叫什么来着？", AnswerKind.NAME),
        ("分几年干？", AnswerKind.NUMBER),
        ("一块儿去的单位一把手是哪个？", AnswerKind.PERSON),
        ("市里出了个什么规矩文件？", AnswerKind.NAME),
    ],
)
def test_kind(ask: Ask, question: str, kind: AnswerKind) -> None:
    assert ask(question).kind is kind


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("第3次局务会 通报内容", False),
        ("第3期通报内容", True),
        ("第3期简报都讲了什么", True),
        ("会上通报内容是什么", False),
    ],
)
def test_a_report_at_a_meeting_is_no_document(text: str, whole: bool) -> None:
    assert bool(asks_for_no_words(text)) is whole


def test_the_prize_that_is_asked_for_is_told_with_its_whole_name(ask: Ask, view: View) -> None:
    seen = view("下一步申建全球生态治理城市奖，讲好治沙故事。")
    found = [seen.slice(each[:2]) for each in candidates_for(ask("要去争哪个世界性的城市奖项？"), seen)]
    assert "全球生态治理城市奖" in found


HELD = "市政府副秘书长陈立主持会议。会议邀请中国低碳发展研究院副院长林枫作报告。"


@pytest.mark.parametrize(
    ("question", "answer", "refused"),
    [
        ("林枫 推进会 所在单位", "中国低碳发展研究院", False),
        ("林枫是哪个单位的？", "市政府", True),
        ("陈立是哪个单位的？", "市政府", False),
        ("陈立会见的是哪家单位？", "中国低碳发展研究院", False),
        ("陈立会见的是哪家单位的团队？", "中国低碳发展研究院", False),
        ("陈立是哪个单位的？", "中国低碳发展研究院", True),
    ],
)
def test_whose_body(ask: Ask, view: View, question: str, answer: str, refused: bool) -> None:
    seen = view(HELD)
    start = seen.text.index(answer)
    verdict = Guard(ask(question), seen).examine((start, start + len(answer)))
    assert (verdict.reason is not None) is refused, verdict.detail


def test_a_list_is_asked_for_by_its_count_and_ends_before_what_it_is_for(ask: Ask, view: View) -> None:
    question = ask("2023年某地工业经济“六轮驱动”三个方面工作")
    assert question.kind is AnswerKind.LIST
    seen = view("将重点抓好推进高端化发展、推进智能化转型、推进绿色化转型三个方面工作。")
    found = [seen.slice(each[:2]) for each in candidates_for(question, seen)]
    assert "推进高端化发展、推进智能化转型、推进绿色化转型" in found
    seen = view("汉江市出台了针对中小微企业、农村合作组织的《人才池管理办法》。")
    found = [seen.slice(each[:2]) for each in candidates_for(ask("办法是给哪些单位定的？"), seen)]
    assert "中小微企业、农村合作组织" in found
    assert ask("五大重点工程").kind is AnswerKind.CLAUSE
