"""口径护栏: another year, place, issue or organisation is no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]


def reason(question: Question, view: PassageView, answer: str) -> AbstainReason | None:
    start = view.text.index(answer)
    return Guard(question, view).examine((start, start + len(answer))).reason


PRIZES = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项，我市获奖总数14项，位居各盟市首位。"
TEAM = "2020年，推广新技术384项，引进新品种556个；带动2382人走上脱贫致富的路子。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("2020年引进新品种多少个？", TEAM, "556个", None),
        ("2019年引进新品种多少个？", TEAM, "556个", AbstainReason.PERIOD),
        ("2022年引进新品种多少个？", TEAM, "556个", AbstainReason.PERIOD),
        ("我市获奖多少项？", PRIZES, "14项", None),
        ("我市自然科学奖多少项？", PRIZES, "18项", AbstainReason.REGION),
        ("全区自然科学奖多少项？", PRIZES, "18项", None),
        ("内蒙古自然科学奖多少项？", PRIZES, "18项", None),
        ("我市重点实验室多少家？", "建成自治区重点实验室4家。", "4家", None),
        ("全区获奖多少项？", PRIZES, "14项", AbstainReason.REGION),
        ("包头市获奖多少项？", PRIZES, "14项", AbstainReason.REGION),
        ("鄂尔多斯获奖多少项？", PRIZES, "14项", None),
        ("鄂爾多斯獲獎多少項？", PRIZES, "14项", None),
        ("第5期简报引进新品种多少个？", TEAM, "556个", AbstainReason.SUBJECT),
        ("市农牧局引进新品种多少个？", TEAM, "556个", AbstainReason.SUBJECT),
        ("“揭榜挂帅”引进新品种多少个？", TEAM, "556个", AbstainReason.SUBJECT),
        ("特派员“老家”引进新品种多少个？", TEAM, "556个", None),
    ],
)
def test_figures_of_another_scope(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    assert reason(ask(question), view(passage), answer) is expected


@pytest.mark.parametrize(
    ("region", "question", "passage", "answer", "expected"),
    [
        ("内蒙古自治区", "内蒙古接待游客多少人次？", "全区接待游客2.73亿人次。", "2.73亿人次", None),
        ("内蒙古自治区", "全区接待游客多少人次？", "内蒙古接待游客2.73亿人次。", "2.73亿人次", None),
        ("湖北省", "湖北新建5G基站多少个？", "全省新建5G基站2.1万个。", "2.1万个", None),
        ("湖北省", "全国新建5G基站多少个？", "全省新建5G基站2.1万个。", "2.1万个", AbstainReason.REGION),
        ("湖北省", "武汉新建5G基站多少个？", "全省新建5G基站2.1万个。", "2.1万个", AbstainReason.REGION),
    ],
)
def test_a_document_of_a_province_speaks_of_it_by_its_scope_words(
    ask: Ask, view: View, region: str, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    assert reason(ask(question), view(passage, region=region), answer) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("6月下旬有多少人参会？", None), ("7月有多少人参会？", AbstainReason.PERIOD), ("2021年6月有多少人参会？", None)],
)
def test_months_without_a_year_are_of_the_document(
    ask: Ask, view: View, question: str, expected: AbstainReason | None
) -> None:
    passage = view("6月26日，举办了政策宣贯会，130余人参加。", day=date(2021, 6, 30))
    assert reason(ask(question), passage, "130余人") is expected


def test_last_year_is_relative_to_the_set_date(ask: Ask, view: View) -> None:
    passage = view("2025年，全市科技支出24.82亿元。", day=date(2026, 1, 5))
    assert reason(ask("去年全市科技支出是多少？"), passage, "24.82亿元") is None
    assert reason(ask("今年全市科技支出是多少？"), passage, "24.82亿元") is AbstainReason.PERIOD


def test_a_shortened_organisation_is_the_same_one(ask: Ask, view: View) -> None:
    passage = view("3月9日，鄂尔多斯市科学技术局召开第3次党组会议。")
    assert reason(ask("市科技局哪天召开第3次党组会议？"), passage, "3月9日") is None
    assert reason(ask("市财政局哪天召开第3次党组会议？"), passage, "3月9日") is AbstainReason.SUBJECT


def test_a_later_part_of_an_item_is_of_the_day_that_the_item_begins_with(ask: Ask, view: View) -> None:
    first = view("我市召开推进会。6月16日，市政府召开推进会，下半年将再次调度。", day=date(2021, 6, 30)).passage
    later = "下半年要抓好落实。副局长孙丽就《实施方案》作了解读。"
    second = replace(view(later, day=date(2021, 6, 30)).passage, start=first.end, end=first.end + len(later))
    seen = PassageView(second, view(later).analyzer, (first,))
    title = later.index("《实施方案》")
    asked = ask("2021年6月16日的推进会上，孙丽解读了哪个文件")
    assert Guard(asked, seen).examine((title, title + len("《实施方案》"))).reason is None
    other = ask("2021年5月16日的推进会上，孙丽解读了哪个文件")
    assert Guard(other, seen).examine((title, title + len("《实施方案》"))).reason is AbstainReason.PERIOD


def test_the_year_of_a_cause_is_not_when_it_fell(ask: Ask, view: View) -> None:
    told = view(
        "2024年成交额2.3亿元，同比下降8.0%。下降的主要原因是2023年有一笔一次性大额合同。", day=date(2025, 5, 20)
    )
    cause = "下降的主要原因是2023年有一笔一次性大额合同"
    assert reason(ask("2024年成交额为什么会下滑？"), told, cause) is None
    assert reason(ask("2022年成交额为什么会下滑？"), told, cause) is AbstainReason.PERIOD


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2021年度全区研发投入100强，我市入围了多少家？", AbstainReason.PERIOD),
        ("2020年度全区研发投入100强，我市入围了多少家？", None),
    ],
)
def test_a_heading_s_figure_is_of_the_year_told_where_it_is_repeated(
    ask: Ask, view: View, question: str, expected: AbstainReason | None
) -> None:
    told = "我市29家企业跻身全区研发投入100强。市科技局7月13日发布消息，我市29家企业跻身全区2020年度研发投入100强。"
    assert reason(ask(question), view(told, day=date(2021, 7, 31)), "29家") is expected


def test_a_share_asked_for_is_no_noun(ask: Ask, view: View) -> None:
    told = view("高新区评价修订降低了定性指标的占比，由20%降为不到11%。")
    assert reason(ask("高新区评价修订之后，定性指标占比压到了百分之几？"), told, "不到11%") is None
