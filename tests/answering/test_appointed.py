"""Offices told behind a name, and who only looks like a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question, Reading, SpanCandidate
from qa.text.dates import find_dates

Ask, View = Callable[[str], Question], Callable[..., PassageView]
LIFE = "李建国，男，汉族，内蒙古达拉特旗人。1984年3月，任达拉特旗科技局干部。1992年4月，任达拉特旗委副书记、代旗长（1993年3月当选旗长）。"


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("1992年4月，李建国担任什么职务？", LIFE, "达拉特旗委副书记、代旗长（1993年3月当选旗长）"),
        ("李建国任什么职务？", "经市委研究决定：任命李建国同志为市科技局局长，试用期一年。", "市科技局局长"),
        ("李建国任什么职务？", "会议决定李建国任市科技局副局长；免去王某的副局长职务。", "市科技局副局长"),
        ("李建国是什么职务？", "市科技局局长李建国主持会议。", "市科技局局长"),
    ],
)
def test_an_office_is_told_before_or_behind_its_name(ask: Ask, view: View, question: str, text: str, told: str) -> None:
    held = view(text)
    assert told in {held.text[each.start : each.end] for each in candidates_for(ask(question), held)}


@pytest.mark.parametrize(
    "text",
    [
        "会议决定免去李建国的市科技局局长职务，任命王建军为市科技局局长。",
        "李建国指出，任务艰巨，责任重大。",
        "李建国不再担任市科技局局长。",
        "李建国出席。王建军任市科技局局长。",
    ],
)
def test_no_office_of_another_nor_one_that_ended(ask: Ask, view: View, text: str) -> None:
    assert candidates_for(ask("李建国任什么职务？"), view(text)) == []


def test_an_occupation_is_no_office(ask: Ask, view: View) -> None:
    held = view("李建国，本名李某，电影演员兼导演。")
    assert "电影演员兼导演" in {
        held.text[each.start : each.end] for each in candidates_for(ask("李建国是什么职业？"), held)
    }


def test_the_reader_may_find_an_office_where_the_text_is_no_official_document(ask: Ask, view: View) -> None:
    held = view("李日华登进士，除九江推官。")
    place = (held.text.index("九江"), held.text.index("。"))
    reading = Reading(1.0, (SpanCandidate(*place, 0.9),))
    question = ask("李日华任什么官职？")
    assert gather(question, held, [], reading) == []
    assert [(each.start, each.end) for each in gather(question, held, [], reading, same=1.0)] == [place]


def test_words_that_begin_like_a_surname_are_nobody(ask: Ask, view: View) -> None:
    for question, text in (
        ("李建国的籍贯是哪里？", "李建国，沧州清池人。"),
        ("蓍草的叶子有什么特点？", "蓍草，叶为披针形。"),
    ):
        assert Guard(ask(question), view(text)).missing == frozenset()


def test_a_film_named_without_a_problem_leaves_nothing_out(ask: Ask, view: View) -> None:
    held = view("《没问题先生》首映票房1830万元。")
    place = (held.text.index("1830"), held.text.index("。"))
    assert Guard(ask("《没问题先生》的首映票房是多少？"), held).examine(place).reason is None
    assert Guard(ask("没有通过的项目有多少个？"), view("共评审项目18个。")).examine((5, 8)).reason is not None


def test_the_end_of_a_year_is_no_city(ask: Ask) -> None:
    assert [each.period.text for each in find_dates("2006年底特律圣公会")] == ["2006年"]
    assert [each.period.text for each in find_dates("2006年底完成")] == ["2006年底"]


def test_a_railway_that_was_laid_is_built(ask: Ask, view: View) -> None:
    held = view("准东铁路1903年筑成，全长49公里。")
    place = (4, 9)
    assert Guard(ask("准东铁路在哪年建成？"), held).examine(place).reason is None
    assert Guard(ask("姓氏可以追溯到什么时候？"), view("姓氏始于1115年。")).examine((4, 9)).reason is None
