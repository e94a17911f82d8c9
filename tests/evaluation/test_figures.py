from __future__ import annotations

import pytest

from qa.evaluation.figures import same_figures, with_figures
from qa.evaluation.judging import contains_gold, differs_in_figures
from qa.evaluation.outcome import LostStage
from qa.records import Answer
from qa.text.normalise import comparable
from tests.evaluation.evaluation_examples import a_question
from tests.evaluation.test_runner import FIRST, asked, outcome_of, result, span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1.7亿元", "1.7亿元"),
        ("１．７ 亿元。", "1.7亿元"),
        ("1 . 7", "1.7"),
        ("33.8％", "33.8%"),
        ("5‰", "5‰"),
        ("1,234,567户", "1234567户"),
        ("12,34", "12-34"),
        ("1、7", "1-7"),
        ("2021.3.25", "2021-3-25"),
        ("2021-3-25", "2021-3-25"),
        ("（3.1、4.2）", "3.1-4.2"),
        ("*甲*，乙。", "甲乙"),
        ("甲.5", "甲5"),
        ("一、二", "一-二"),
        ("一,234", "一-234"),
        ("5.甲", "5甲"),
        ("5X甲Z C", "5x甲zc"),
    ],
)
def test_marks_that_part_figures_are_kept(text: str, kept: str) -> None:
    assert with_figures(text) == kept


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("17亿元", "1.7亿元"),
        ("1.7亿元", "17亿元"),
        ("338", "33.8%"),
        ("33.8个", "33.8%个"),
        ("33.8%", "33.8"),
        ("1556个", "556个"),
        ("1.556个", "556个"),
        ("5560", "556"),
        ("556.5", "556"),
        ("3万户", "3"),
        ("十三座", "三座"),
        ("1、7", "17"),
        ("二十九", "二十"),
        ("三万5千", "5千"),
        ("0.5", "5"),
        ("一、二", "一二"),
        ("3百", "3"),
    ],
)
def test_other_figures_that_the_contract_takes_for_equal(text: str, answer: str) -> None:
    assert comparable(answer) in comparable(text)
    assert not same_figures(text, answer)
    question = a_question(answers=(answer,))
    assert not contains_gold(question, text)
    assert differs_in_figures(question, text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("约1.7亿元", "1.7亿元"),
        ("1,700人", "1700人"),
        ("３３．８％", "33.8%"),
        ("1556个与556个", "556个"),
        ("2021.3.25", "2021-3-25"),
        ("3万户", "3万"),
        ("编号5-556", "556"),
        ("北京，上海", "北京"),
        ("CO2一步法", "一步法"),
        ("第2（二）项", "二"),
        ("五5", "5"),
        ("百5", "5"),
        ("一、二", "二"),
        ("556万", "556万"),
    ],
)
def test_the_same_figures(text: str, answer: str) -> None:
    assert same_figures(text, answer)
    assert contains_gold(a_question(answers=(answer,)), text)
    assert not differs_in_figures(a_question(answers=(answer,)), text)


def test_any_alternative_may_hold_and_every_item_must() -> None:
    assert contains_gold(a_question(answers=("1.7亿", "17亿")), "17亿")
    both = a_question(answers=("1.7亿", "3个"), list=True)
    assert differs_in_figures(both, "17亿、3个")
    assert not differs_in_figures(both, "17亿")  # an item is missing: wrong by the contract too
    assert not differs_in_figures(a_question(answers=()), "17亿")


def test_such_an_answer_is_lost_to_its_figure() -> None:
    outcome = outcome_of(asked(("5.56个",), "甲市引进新品种556个"), result(Answer(span(FIRST, "556个")), FIRST))
    assert (outcome.lost, outcome.contains, outcome.right, outcome.ranks) == (LostStage.FIGURE, 0.0, False, (1,))
