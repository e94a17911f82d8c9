"""What is asked by naming it is understood as the question that it stands for."""

from __future__ import annotations

from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.records import AnswerKind, Question
from qa.search.phrasing import asked_outright, with_whole_years, without_fillers
from qa.search.understanding import understand

ANALYZER = JiebaAnalyzer(["科技特派员", "星创天地"])


def understood(text: str) -> Question:
    return understand(text, ANALYZER, date(2026, 11, 21), lambda words: [1.0] * len(words))


@pytest.mark.parametrize(
    ("named", "asked", "kind"),
    [
        ("请问氢能重卡的数量", "氢能重卡有多少", AnswerKind.NUMBER),
        ("2024年全市国家高新技术企业数量", "2024年全市国家高新技术企业有多少家", AnswerKind.NUMBER),
        ("招聘会上达成意向的人数是多少？", "招聘会上达成意向有多少人", AnswerKind.NUMBER),
        ("“科技新政”的条数是多少", "“科技新政”有多少条", AnswerKind.NUMBER),
        ("某厂二期装置的年产能", "某厂二期装置的年产能是多少", AnswerKind.NUMBER),
        ("发布会的地点", "发布会的地点在哪里", AnswerKind.PLACE),
        ("会议召开日期（副市长讲话）", "会议召开日期是什么时候(副市长讲话)", AnswerKind.DATE),
        ("会议召开日期，市长主持的那次", "会议召开日期是什么时候,市长主持的那次", AnswerKind.DATE),
        ("提出第0355号提案的党派", "提出第0355号提案的党派是哪个", AnswerKind.ORGANISATION),
        ("联合攻关的本地高校名称", "联合攻关的本地高校名称是哪个", AnswerKind.ORGANISATION),
        ("现任校长的姓名", "现任校长是谁", AnswerKind.PERSON),
        ("会议的主持人", "会议的主持人是谁", AnswerKind.PERSON),
        ("会议纪要记录人", "会议纪要记录人是谁", AnswerKind.PERSON),
        ("2024年末全市能繁母牛存栏量", "2024年末全市能繁母牛存栏量是多少", AnswerKind.NUMBER),
        ("某公司2024年销售收入", "某公司2024年销售收入是多少", AnswerKind.NUMBER),
        ("走访过的企业名单", "走访过的企业名单有哪些", AnswerKind.LIST),
    ],
)
def test_what_is_named_is_asked(named: str, asked: str, kind: AnswerKind) -> None:
    question = understood(named)
    assert (question.text, question.kind) == (asked, kind)


@pytest.mark.parametrize(
    "text",
    [
        "高新技术企业有多少家",
        "创新指数",
        "地区生产总值",
        "市级“揭榜挂帅”立项数",
        "循环经济",
        "哪家单位牵头",
        "会议的召开时间定在哪天",
        "数字经济的发展目标是什么",
        "二十九家企业",
        "规上工业企业",
    ],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert asked_outright(text) == text


@pytest.mark.parametrize(
    ("text", "passage", "said"),
    [
        ("全市建成星创天地多少个", "我市建成22个星创天地。", "建成星创天地多少个"),
        ("2020年我市的技术合同有多少项", "完成技术合同91项。", "2020年技术合同有多少项"),
        ("铜陵引进退休人才多少名", "该市引进退休人才36名。", "引进退休人才多少名"),
        ("铜陵引进退休人才多少名", "铜陵引进退休人才36名。", "铜陵引进退休人才多少名"),
        ("我市在全国排第几", "我市居全国第33位。", "我市在全国排第几"),
        ("苏州和清华签了什么", "该市与清华签署协议。", "苏州和清华签了什么"),
        ("南京大学的校长是谁", "校长为张三。", "南京大学的校长是谁"),
        ("全区研发投入有多少", "全市研发投入53.2亿元。", "全区研发投入有多少"),
    ],
)
def test_a_passage_is_asked_without_the_city_that_the_question_opens_with(text: str, passage: str, said: str) -> None:
    assert understood(text).said_as(passage) == said


@pytest.mark.parametrize(
    ("spoken", "plain"),
    [
        ("你看一下总第9期的简报，审核写的是谁", "总第9期的简报，审核写的是谁"),
        ("执行编辑到底是谁啊", "执行编辑是谁"),
        ("星创天地有没有说一共建了几个", "星创天地一共建了几个"),
        ("某厂现在谁在当总经理，你看看？", "某厂现在谁在当总经理？"),
        ("全名是什么来着", "全名是什么"),
        ("市里有没有院士工作站", "市里有没有院士工作站"),
        ("到底", "到底"),
    ],
)
def test_what_speech_puts_between_is_left_out(spoken: str, plain: str) -> None:
    assert without_fillers(spoken) == plain


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("科技支出一共是多少个亿", "亿"),
        ("有多少户企业上榜", "家"),
        ("帮了多少户农牧民", "户"),
        ("建成多少个平台", "个"),
    ],
)
def test_the_measure_word_asked_for(text: str, unit: str) -> None:
    assert understood(text).unit == unit


def test_a_row_that_tops_the_region_asks_for_no_list() -> None:
    assert understood("立项数列全区第一，具体为多少项").kind is AnswerKind.NUMBER
    assert understood("请把名单列全").kind is AnswerKind.LIST


@pytest.mark.parametrize(
    "said",
    [
        "全市高企有多少家？请注明出处",
        "全市高企有多少家？谢谢！",
        "全市高企有多少家，请给出原文依据。",
        "全市高企有多少家？我要写进报告里",
        "您好，我想问一下全市高企有多少家？",
        "领导问全市高企有多少家",
        "写材料要用，全市高企有多少家？",
        "我要写进年度总结，全市高企有多少家？",
        "“全市高企有多少家？”",
        "1.全市高企有多少家？",
        "问题：全市高企有多少家？",
        "根据简报，全市高企有多少家？",
        "我记得简报上写过，全市高企有多少家？",
        "你知道全市高企有多少家吗？",
    ],
)
def test_courtesies_and_requests_are_left_out(said: str) -> None:
    assert without_fillers(said).rstrip("？?") == "全市高企有多少家"


@pytest.mark.parametrize(
    "text",
    [
        "领导问责了几个人？",
        "384项新技术里，用在畜牧上的有多少项？",
        "全市高企有多少家？2022年的。",
        "请说明理由",
        "我市在全国排第几？",
        "政府工作报告里，全市高企有多少家？",
    ],
)
def test_what_limits_a_question_stays(text: str) -> None:
    assert without_fillers(text) == text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("21年科技特派员引进多少新品种", "2021年科技特派员引进多少新品种"),
        ("高企从21年到24年增长到多少家", "高企从2021年到2024年增长到多少家"),
        ("20年来科技特派员怎么样", "20年来科技特派员怎么样"),
        ("12年以后呢", "12年以后呢"),
        ("2021年有几家", "2021年有几家"),
    ],
)
def test_a_year_is_written_with_four_digits(text: str, whole: str) -> None:
    assert with_whole_years(text) == whole


@pytest.mark.parametrize(("text", "asked"), [("谁是边东", "边东是谁"), ("谁是市长？", "市长是谁？")])
def test_who_somebody_is(text: str, asked: str) -> None:
    assert asked_outright(text) == asked
