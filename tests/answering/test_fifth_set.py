"""Faults that 174 questions of somebody who knows no code brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.answer import answer_from
from qa.answering.candidates import candidates_for
from qa.answering.candidates.enumeration import items_of
from qa.answering.gathering import SAME_ELSEWHERE, gather
from qa.answering.guards import Guard
from qa.answering.rule_reader import RuleReader
from qa.answering.view import PassageView
from qa.records import AbstainReason, AnswerKind, Hit, Question, Reading, SpanCandidate

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

REGION, SUBJECT = AbstainReason.REGION, AbstainReason.SUBJECT
SHARE = "进一步降低了人工审核的占比，由30%降为不到15%。"
RULES = "3月2日，市财政局就《资金管理细则》公开征求意见；《创新券办法》自5月1日起施行。"
SUPPORT = "启动类项目资助1万到3万元，小额类项目资助不超过1万元，创业项目资助4万到8万元。"
TOP = "我市12家企业跻身全区2020年度研发投入百强。"


def texts(question: Question, view: PassageView) -> list[str]:
    return [view.slice((each.start, each.end)) for each in candidates_for(question, view)]


def best(question: Question, view: PassageView) -> str:
    found = max(candidates_for(question, view), key=lambda each: each.fit)
    return view.slice((found.start, found.end))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("细则啥时候征求意见的", AnswerKind.DATE),
        ("合作方案进展到哪一步了", AnswerKind.CLAUSE),
        ("这项技术有什么突破意义", AnswerKind.CLAUSE),
        ("有什么举措？", AnswerKind.LIST),
        ("那件提案的编号是多少？", AnswerKind.NUMBER),
        ("几号提案说的是这事？", AnswerKind.NUMBER),
        ("活动是几号办的？", AnswerKind.DATE),
    ],
)
def test_how_people_ask(ask: Ask, text: str, kind: AnswerKind) -> None:
    assert ask(text).kind is kind


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("自治区科学技术奖我市拿了多少项？", "全区共评选108项，我市获奖14项。", "108项", REGION),
        ("自治区科学技术奖我市拿了多少项？", "全区共评选108项，我市获奖14项。", "14项", None),
        ("全国研发投入百强里我市占了几家", TOP, "12家", REGION),
        ("全区研发投入百强里我市占了几家", TOP, "12家", None),
        ("我市在全国城市里排多少名？", "我市位列中国地级市排名第33位（自治区唯一上榜城市）。", "第33位", None),
        ("2021年我市地区生产总值多少亿元？", "2021年，全市地区科技支出8亿元，生产形势良好。", "8亿元", SUBJECT),
        ("2021年我市地区生产总值多少亿元？", "2021年，全市生产总值8亿元。", "8亿元", None),
        ("聚乙烯一吨卖多少钱？", "聚乙烯项目总投资5亿元。", "5亿元", SUBJECT),
        ("聚乙烯一吨卖多少钱？", "聚乙烯每吨8000元。", "8000元", None),
        ("细则哪天正式施行？", RULES, "3月2日", None),  # the same sentence tells of another's taking effect
        ("细则哪天正式施行？", "3月2日，市财政局就《资金管理细则》公开征求意见。", "3月2日", SUBJECT),
        ("办法何时施行？", "《创新券办法》自5月1日起施行。", "5月1日", None),
    ],
)
def test_what_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    seen = view(passage)
    assert Guard(ask(question), seen).examine((start, start + len(answer))).reason is expected


def test_a_half_of_the_year_is_of_the_document(ask: Ask, view: View) -> None:
    seen = view("下半年要抓好规划落地工作，新增企业20家。")
    start = seen.text.index("20家")
    assert Guard(ask("下半年要新增多少家企业"), seen).examine((start, start + 3)).reason is None
    assert Guard(ask("去年下半年新增多少家企业"), seen).examine((start, start + 3)).reason is AbstainReason.PERIOD


def test_numbers(ask: Ask, view: View) -> None:
    assert best(ask("旧评价体系中人工审核占多少"), view(SHARE)) == "30%"
    assert best(ask("现在人工审核占多少"), view(SHARE)) == "不到15%"
    assert best(ask("隔多长时间过问一遍项目？"), view("科技厅按季度对项目进行调度。")) == "按季度"
    assert best(ask("我市贡献了几成？"), view("全市有企业5家，对增长的贡献率达48.9%。")) == "达48.9%"
    assert best(ask("提案的编号是多少？"), view("关于五届四次会议第0355号提案的答复，共3条。")) == "第0355号"


def test_an_article_counts_nothing(ask: Ask, view: View) -> None:
    asked, seen = ask("人才池里有多少人"), view("建立了一个多层次的“人才池”，通过一名专家服务多家企业。")
    assert all(each.fit < 0.25 for each in candidates_for(asked, seen))
    for article in ("一个", "一名"):
        start = seen.text.index(article)
        reading = Reading(0.9, (SpanCandidate(start, start + 2, 0.9),))
        assert gather(asked, seen, [], reading) == []
    assert best(ask("星创天地有几个？"), view("全市仅有一个星创天地。")) == "一个"


def test_the_figure_of_its_own_kind_of_project(ask: Ask, view: View) -> None:
    answer, _ = answer_from(
        ask("小额类项目最多资助多少"), [Hit(view(SUPPORT).passage, 1.0)], *_rules(view(SUPPORT)), 0.0
    )
    assert answer.best is not None
    assert answer.best.text == "不超过1万元"


def _rules(view: PassageView) -> tuple[RuleReader, JiebaAnalyzer]:
    assert isinstance(view.analyzer, JiebaAnalyzer)
    return RuleReader(view.analyzer), view.analyzer


def test_who(ask: Ask, view: View) -> None:
    office = view("7月10日，市委副书记、代市长杜汇良主持会议。")
    assert texts(ask("2021年7月杜汇良是什么职务"), office) == ["市委副书记、代市长"]
    firm = view("会见巨鼎煤机实业集团有限责任公司总经理付世莲。")
    assert "巨鼎煤机实业集团有限责任公司" in texts(ask("付世莲是哪家企业的老总"), firm)
    assert not any(each.endswith("集团") for each in texts(ask("付世莲是哪家企业的老总"), firm))


def test_who_is_named_in_the_question_is_not_asked_for(ask: Ask, view: View) -> None:
    seen = view("7月3日，代市长杜汇良一行赴产业协作中心。")
    start = seen.text.index("代市长杜汇良")
    reading = Reading(0.9, (SpanCandidate(start, start + 6, 0.9),))
    assert gather(ask("杜汇良7月3日跟谁谈？"), seen, [], reading) == []


def test_the_network_brings_back_nobody_without_the_office_asked_for(ask: Ask, view: View) -> None:
    seen = view("市长杜汇良出席并致辞，清华大学副校长曾嵘视频出席。")
    start = seen.text.index("杜汇良")
    reading = Reading(0.9, (SpanCandidate(start, start + 3, 0.9),))
    assert gather(ask("清华大学校长是谁"), seen, [], reading) == []


def test_who_proposed_can_be_an_organisation(ask: Ask, view: View) -> None:
    seen = view("九三学社：\n你们提出的《关于创新的提案》收悉。")
    answer, _ = answer_from(ask("创新的提案是谁提的？"), [Hit(seen.passage, 1.0)], *_rules(seen), 0.0)
    assert answer.best is not None
    assert answer.best.text == "九三学社"
    refused, _ = answer_from(ask("协议是谁代表签的字"), [Hit(seen.passage, 1.0)], *_rules(seen), 0.0)
    assert refused.best is None


def test_a_list_ends_where_its_count_stands(ask: Ask, view: View) -> None:
    passage = view(
        "按照重大专项、成果转化项目、科技合作项目等 3 个类型，从农牧业、工业和社会发展 3 大领域凝练第一批科技计划项目指南。"
    )
    found = texts(ask("指南有哪几类项目"), passage)
    assert "农牧业、工业和社会发展" in found
    assert best(ask("指南有哪几类项目"), passage) == "重大专项、成果转化项目、科技合作项目"
    assert len(items_of("农牧业、工业和社会发展")) == 3


def test_a_part_of_a_name_is_nobody(ask: Ask, view: View) -> None:
    seen = view("由汤玛斯·霍尔兹建立，助手何塞·马丁和李明参与。")
    assert texts(ask("谁建立了这个名称？"), seen) == ["李明"]


def test_where_the_rules_were_not_made_a_span_stands_by_itself(ask: Ask, view: View) -> None:
    seen = view("分布于热带美洲的林地。")
    start = seen.text.index("热带")
    reading = Reading(0.9, (SpanCandidate(start, start + 4, 0.9),))
    asked = ask("分布在什么地方？")
    typed = candidates_for(asked, seen)
    assert [seen.slice((each.start, each.end)) for each in typed] == ["美洲"]
    assert [seen.slice((each.start, each.end)) for each in gather(asked, seen, typed, reading)] == ["美洲"]
    both = gather(asked, seen, typed, reading, same=SAME_ELSEWHERE)
    assert {seen.slice((each.start, each.end)) for each in both} == {"美洲", "热带美洲"}


def test_a_month_in_a_title_is_no_period(ask: Ask) -> None:
    assert ask("《神圣十月》由谁创作？").periods == ()
    assert len(ask("十月由谁主持？").periods) == 1
