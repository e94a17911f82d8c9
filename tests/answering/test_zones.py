"""A county, a district or a zone: what the city has, or several have together, is no figure of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.view import PassageView
from qa.answering.zones import check_zone, zones_in
from qa.records import Question

SCREENED = "2025年第一批全市共申报企业712家，比上年增加57家；通过形式审查668家，拟认定563家。"
HELD = "截至年底，全市高新技术企业4126家，比上年末净增358家，其中高新区1087家，占全市的26.3%。"
SENT = "学校选派不少于60名科技特派员到元氏县、赵县、平山县等县开展服务，其中平山县不少于12名。"
FELL = "元氏县、赵县成交额分别为8.7亿元、2.1亿元。"
OWN = "鹿泉区已入库企业94家，培育平台8家。"


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("高新区的申报企业有多少家过了形式审查？", SCREENED, "668家"),
        ("栾城区有多少家企业通过了形式审查", SCREENED, "668家"),
        ("高新区有多少家高新技术企业", HELD, "4126家"),
        ("给赵县派几名科技特派员？", SENT, "60名"),
        ("栾城区已入库企业多少家", OWN, "94家"),
    ],
)
def test_the_citys_figure_is_none_of_a_zone(
    question: str, passage: str, answer: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    at = passage.index(answer)
    assert check_zone(ask(question), view(passage), (at, at + len(answer))).reason


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("全市有多少家企业通过了形式审查", SCREENED, "668家"),
        ("有多少家企业通过了形式审查", SCREENED, "668家"),
        ("高新区有多少家高新技术企业", HELD, "1087家"),
        ("高新区高新技术企业占全市多少", HELD, "26.3%"),
        ("给平山县派几名科技特派员？", SENT, "12名"),
        ("选派多少名科技特派员到各县服务", SENT, "60名"),
        ("赵县成交额多少亿元", FELL, "2.1亿元"),
        ("鹿泉区已入库企业多少家", OWN, "94家"),
        ("鹿泉区培育平台多少家", OWN, "8家"),
    ],
)
def test_its_own_figure_is(
    question: str, passage: str, answer: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    at = passage.index(answer)
    assert not check_zone(ask(question), view(passage), (at, at + len(answer))).reason


@pytest.mark.parametrize(
    "text",
    ["山区有多少人", "老城区有多少人", "工业园区多少家", "各旗区多少家", "全县有多少人", "市辖区几个", "县域创新"],
)
def test_not_every_word_of_the_kind_names_one(text: str) -> None:
    assert zones_in(text) == ()


@pytest.mark.parametrize("name", ["红山区", "元宝山区", "石景山区", "浦东区"])
def test_districts_that_end_as_common_nouns_are_known_by_name(name: str) -> None:
    assert name in zones_in(f"{name}分到多少改造任务？")
    assert name in zones_in(f"2025年{name}的任务是多少亩")
