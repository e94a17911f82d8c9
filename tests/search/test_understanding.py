from __future__ import annotations

from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.records import AnswerKind
from qa.search.exact import exact_terms
from qa.search.understanding import said_at_home, understand

ANALYZER = JiebaAnalyzer(["科技特派员"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("科技特派员2020年引进了多少个新品种？", AnswerKind.NUMBER),
        ("建成了几个星创天地", AnswerKind.NUMBER),
        ("科技支出占比是多少？", AnswerKind.NUMBER),
        ("联系电话是多少", AnswerKind.NUMBER),
        ("什么时候召开的？", AnswerKind.DATE),
        ("苏州 清华 协议 签署时间", AnswerKind.DATE),
        ("谁主持了会议？", AnswerKind.PERSON),
        ("总经理叫什么？", AnswerKind.PERSON),
        ("哪位副校长出席？", AnswerKind.PERSON),
        ("由哪家企业申报？", AnswerKind.ORGANISATION),
        ("哪个部门牵头？", AnswerKind.ORGANISATION),
        ("发源于哪里？", AnswerKind.PLACE),
        ("有哪些院士？", AnswerKind.LIST),
        ("围绕哪三个领域？", AnswerKind.LIST),
        ("抄送给谁？", AnswerKind.LIST),
        ("为什么要改革？", AnswerKind.CLAUSE),
        ("怎样激励企业？", AnswerKind.CLAUSE),
        ("推出了哪项办法？", AnswerKind.NAME),
        ("文号是什么", AnswerKind.NAME),
        ("循环经济", AnswerKind.CLAUSE),
        ("会期是哪几天？", AnswerKind.DATE),
        ("活动是哪两天办的？", AnswerKind.DATE),
        ("排在什么位次？", AnswerKind.NUMBER),
        ("隔多久调度一次？", AnswerKind.NUMBER),
        ("引来退休专家有什么水平，水平有多高？", AnswerKind.LIST),
        ("技术水平有多高？", AnswerKind.CLAUSE),
        ("评价突出哪一点？", AnswerKind.CLAUSE),
        ("讲解的处长，名字叫？", AnswerKind.PERSON),
        ("由哪个办公室印发？", AnswerKind.ORGANISATION),
        ("提案由谁来答复？", AnswerKind.ORGANISATION),
        ("文章发表在哪本杂志？", AnswerKind.NAME),
        ("近几年共引进了几位专家？", AnswerKind.NUMBER),
    ],
)
def test_what_a_question_asks_for(text: str, kind: AnswerKind) -> None:
    assert understand(text, ANALYZER, date(2026, 11, 21), lambda words: [1.0] * len(words)).kind is kind


def test_traditional_full_width_and_chinese_numerals_give_the_same_terms() -> None:
    plain = set(ANALYZER.terms("29家企业科技特派员"))
    assert plain <= set(ANALYZER.terms("２９家企業科技特派員"))
    assert plain <= set(ANALYZER.terms("二十九家企业科技特派员"))


def test_words_keep_their_places() -> None:
    text = "２０２１年，鄂爾多斯Ｒ＆Ｄ投入"
    for word in ANALYZER.words(text):
        assert ANALYZER.fold(text[word.start : word.end]) == word.text


def test_exact_things() -> None:
    assert exact_terms("鄂建提复字〔2025〕185号") == ["鄂建提复字2025185号"]
    assert exact_terms("“三清零”和《规划》，R 53.2") == ["三清零", "规划", "532"]


def test_the_year_does_not_run_into_the_next_word() -> None:
    assert "科技局" in ANALYZER.terms("2023年市科技局")
    assert "年市" not in ANALYZER.terms("2023年市科技局")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("鄂尔多斯市科技局的局长是谁", "市科技局的局长是谁"),
        ("2021年鄂尔多斯科技局做了什么", "2021年市科技局做了什么"),
        ("鄂尔多斯市委书记是谁", "市委书记是谁"),
        ("鄂尔多斯市布局了什么", "鄂尔多斯市布局了什么"),
        ("鄂尔多斯市在全国政府采购中排第几", "鄂尔多斯市在全国政府采购中排第几"),
        ("鄂尔多斯羊绒资源股份有限公司报了什么", "鄂尔多斯羊绒资源股份有限公司报了什么"),
        ("鄂尔多斯市有多少科技特派员", "鄂尔多斯市有多少科技特派员"),
        ("包头市科技局的局长是谁", "包头市科技局的局长是谁"),
    ],
)
def test_a_body_of_the_city_that_the_library_is_of_is_named_as_its_documents_do(asked: str, said: str) -> None:
    assert said_at_home(asked, "鄂尔多斯") == said
    assert said_at_home(asked, "") == asked


def test_a_passage_is_asked_in_the_names_it_uses() -> None:
    asked = understand("2024年财政科技支出是多少", ANALYZER, date(2026, 11, 21), lambda words: [1.0] * len(words))
    assert asked.said_as("2024年，全市科技支出24.82亿元。") == "2024年科技支出是多少"
    assert asked.said_as("财政科技支出24.82亿元。") == asked.text
    assert asked.said_as("一般公共预算支出889亿元。") == asked.text


def test_who_somebody_is_looks_for_offices() -> None:
    def terms(text: str) -> tuple[str, ...]:
        return understand(text, ANALYZER, date(2026, 11, 21), lambda words: [1.0] * len(words)).terms

    assert "局长" in terms("边东是谁")
    assert "局长" not in terms("编辑是谁")[:1] + terms("边东去了哪里")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("按2023年8月起执行的新办法，能抵扣几成？", []),
        ("2023年施行的办法有几个？", [2023]),
        ("2024年比2023年增加多少？", [2024]),
    ],
)
def test_since_when_a_rule_is_in_force_is_not_when_the_answer_is_of(text: str, years: list[int]) -> None:
    asked = understand(text, ANALYZER, date(2025, 1, 1), lambda words: [1.0] * len(words))
    assert [each.first.year for each in asked.periods] == years
