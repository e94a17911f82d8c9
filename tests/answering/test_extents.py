"""Answers to their end, and no place, day or number of another thing: a street, a joined place, the office of a body, both ends of a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.extents import whole_extent
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.reckoned import all_that_is_asked
from qa.answering.view import PassageView
from qa.records import Question, Reading, SpanCandidate

Ask, View = Callable[[str], Question], Callable[..., PassageView]

TWO_RULES = "本办法自2024年1月1日起施行。《东胜区科技奖补办法（试行）》（东科发〔2020〕7号）同时废止。"


@pytest.mark.parametrize(
    ("question", "passage", "found", "whole"),
    [
        ("研究院办公场所在哪里？", "研究院设在康巴什区创新大厦6层，面积800平方米。", "康巴什区", "康巴什区创新大厦6层"),
        ("中试基地位于哪里？", "新建中试基地2个，分别位于东胜区和康巴什区。", "东胜区", "东胜区和康巴什区"),
        ("中试基地位于哪里？", "新建中试基地2个，分别位于东胜区和康巴什区。", "康巴什区", "东胜区和康巴什区"),
        ("中试基地位于哪个旗区？", "中试基地位于康巴什区创新大厦6层。", "康巴什区", "康巴什区"),
        ("展会在哪里举办？", "展会在东胜区的社区举办。", "东胜区", "东胜区"),
        ("谁负责督办？", "市政府督查室要对议定事项逐项督办。", "市政府", "市政府督查室"),
        ("由哪个单位负责受理？", "由市科技局规划科负责受理。", "市科技局", "市科技局规划科"),
        ("由哪个单位负责受理？", "由市科技局会同规划科负责受理。", "市科技局", "市科技局"),
        ("中试基地是哪个实验室的？", "甲煤炭实验室中试基地建成投用。", "甲煤炭实验室", "甲煤炭实验室"),
        ("去了哪些学校？", "赴清华大学和中国矿业大学（北京）对接。", "清华大学和中国矿业大学", "清华大学和中国矿业大学（北京）"),
        ("去了哪些学校？", "赴清华大学和内蒙古大学（以下简称内大）对接。", "清华大学和内蒙古大学", "清华大学和内蒙古大学"),
        ("要深化什么机制？", "要深化“1+1”协同工作机制，做好统计。", "“1+1”", "“1+1”协同工作机制"),
        ("研究院全称叫什么？", "构筑辽宁工程技术大学鄂尔多斯研究院等机构集群。", "鄂尔多斯研究院", "辽宁工程技术大学鄂尔多斯研究院"),
        ("研究院全称叫什么？", "构筑清华大学、鄂尔多斯研究院等机构集群。", "鄂尔多斯研究院", "鄂尔多斯研究院"),
        ("要推进什么行动？", "要推进“双倍增”行动。", "“双倍增”", "“双倍增”"),
        ("李明是什么职务？", "由自治区科技厅政策法规与监督处处长李明解读。", "监督处处长", "自治区科技厅政策法规与监督处处长"),
        ("与哪些单位合作？", "与清华大学、中国科学院大连化学物理研究所对接合作。", "清华大学、中国科学院", "清华大学、中国科学院大连化学物理研究所"),
    ],
)  # fmt: skip
def test_an_answer_goes_to_its_end(ask: Ask, view: View, question: str, passage: str, found: str, whole: str) -> None:
    held = view(passage)
    start = passage.index(found)
    assert held.slice(whole_extent(ask(question), held, (start, start + len(found)))) == whole


def test_a_hall_is_where_a_meeting_is_held(ask: Ask, view: View) -> None:
    held = view("8月6日，副市长李明在市党政大楼3楼第二会议室主持召开专题会议。")
    found = candidates_for(ask("会议在哪里召开？"), held)
    assert "市党政大楼3楼第二会议室" in {held.text[each.start : each.end] for each in found}


@pytest.mark.parametrize(
    ("question", "passage", "answer", "refused"),
    [
        ("会议在哪里召开？", "这次大会，是市委、市政府研究决定召开的一次重要会议。", "市政府", True),
        ("会议在哪里召开？", "会议在市政府召开。", "市政府", False),
        ("会议在哪里召开？", "东胜区、康巴什区负责同志参加会议。", "东胜区", True),
        ("会议在哪里召开？", "会议在东胜区召开。", "东胜区", False),
        ("申报的是哪个奖？", "申报全球可持续发展城市奖。", "全球", True),
        ("申报的是哪个奖？", "申报全球可持续发展城市奖。", "全球可持续发展城市奖", False),
        ("会议在哪里召开？", "五、关于氢能研发平台建设问题。", "氢能研发平台", True),
        ("科技创新券办法的文号是多少？", TWO_RULES, "东科发〔2020〕7号", True),
        ("东胜区科技奖补办法的文号是多少？", TWO_RULES, "东科发〔2020〕7号", False),
        (
            "办理时限由原来的多少压缩到多少？",
            "办理时限由原来的60个工作日压缩至25个工作日。每季度检查1次。",
            "1次",
            True,
        ),
    ],
)
def test_what_is_of_something_else_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, refused: bool
) -> None:
    start = passage.index(answer)
    assert bool(Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason) is refused


@pytest.mark.parametrize(
    ("question", "passage", "found", "whole"),
    [
        ("办理时限由原来的多少压缩到多少？", "办理时限由原来的60个工作日压缩至25个工作日。", "60个工作日", "60个工作日压缩至25个工作日"),
        ("补贴标准由多少调整为多少？", "补贴标准由每公里1.5元调整为每公里1.2元。", "1.5元", "每公里1.5元调整为每公里1.2元"),
        ("企业从多少家增加到多少家？", "企业由2020年的38家增加到97家。", "97家", "38家增加到97家"),
    ],
)  # fmt: skip
def test_both_ends_of_a_change_belong_to_it(
    ask: Ask, view: View, question: str, passage: str, found: str, whole: str
) -> None:
    held, asked = view(passage), ask(question)
    start = passage.index(found)
    assert held.slice(all_that_is_asked(asked, held, (start, start + len(found)))) == whole


def test_the_year_of_a_title_is_not_when_it_was_published(ask: Ask, view: View) -> None:
    title = "东胜区2024年国民经济和社会发展统计公报"
    held = view(f"{title}\n东胜区统计局\n2025年4月15日", context=f"《{title}》")
    guard = Guard(ask("统计公报是什么时候发布的？"), held)
    at = held.text.index
    assert guard.examine((at("2024年"), at("2024年") + 5)).reason
    assert not guard.examine((at("2025年"), len(held.text))).reason


@pytest.mark.parametrize(("year", "refused"), [("2024年", False), ("2023年", True)])
def test_a_report_on_a_year_is_published_in_the_next(ask: Ask, view: View, year: str, refused: bool) -> None:
    title = "东胜区2024年统计公报"
    held = view(f"{title}\n2025年4月15日", context=f"《{title}》 2025年4月15日")
    start = held.text.index("2025年")
    guard = Guard(ask(f"{year}统计公报什么时候发布的？"), held)
    assert bool(guard.examine((start, len(held.text))).reason) is refused


@pytest.mark.parametrize(
    ("question", "passage", "pointed"),
    [
        ("统计公报是什么时候发布的？", "东胜区2024年国民经济和社会发展统计公报", "2024年国民经济和社会发展"),
        ("会议在哪里召开？", "大会是市委、市政府研究决定召开的会议。", "市委、市政府研究决定"),
        ("项目负责人是谁？", "项目负责人为院士的不受年龄限制。", "院士"),
        ("由谁负责督办？", "市政府督查室要对上述议定事项逐项督办。", "对上述议定事项逐项"),
    ],
)
def test_a_stretch_without_the_form_asked_for_does_not_fit(
    ask: Ask, view: View, question: str, passage: str, pointed: str
) -> None:
    held, asked = view(passage), ask(question)
    start = passage.index(pointed)
    reading = Reading(0.9, (SpanCandidate(start, start + len(pointed), 0.9),))
    found = gather(asked, held, candidates_for(asked, held), reading)
    assert not any(held.text[each.start : each.end] == pointed and each.fit > 0 for each in found)
