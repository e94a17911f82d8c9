from __future__ import annotations

import pytest

from qa.evaluation.evaluation_set import Evidence
from qa.evaluation.judging import (
    EvidenceJudge,
    contains_gold,
    exact_match_of,
    f1_of,
    gold_texts,
    holds_half,
)
from qa.records import Answer, AnswerSpan, Passage, Span
from tests.evaluation.evaluation_examples import BULLETIN, a_question

QUOTE = Evidence(BULLETIN, "推广新技术384项，引进新品种556个")
PATHS = {"b1": BULLETIN, "b3": "科技简报-2023年第3期-总29期.txt"}


def passage(text: str, document_id: str = "b1") -> Passage:
    return Passage(document_id, 0, len(text), text)


def answer(*texts: str) -> Answer:
    spans = [AnswerSpan(t, Span("b1", 0, 1), Span("b1", 0, 1), passage(t), 0.5) for t in texts]
    return Answer(spans[0], items=tuple(spans) if len(spans) > 1 else ())


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2020年，推广新技术384项，引进新品种556个；", True),
        ("**推广新技术３８４项**\n引进新品种 556 个", True),  # marks, widths, white space do not matter
        ("推广新技术384项，引进新品种", False),  # most of the quote, but no answer in it
        ("新品种556个", False),  # an answer, but less than half of the quote (7 of 17) in one run
        ("，引进新品种556个", True),  # an answer and 9 of 17
        ("引进了新品种556个，推广新技术", False),  # an answer, but the halves stand apart: 7 in one run
        ("", False),
    ],
)
def test_when_a_passage_counts(text: str, counts: bool) -> None:
    assert EvidenceJudge(PATHS).counts(passage(text), QUOTE, ["五百五十六个", "556"]) is counts


def test_the_same_words_of_another_document_do_not_count() -> None:
    judge = EvidenceJudge(PATHS)
    text = "推广新技术384项，引进新品种556个"
    assert judge.counts(passage(text, "b1"), QUOTE, [])
    assert not judge.counts(passage(text, "b3"), QUOTE, ["556"])
    assert not judge.counts(passage(text, "unknown"), QUOTE, ["556"])


def test_half_is_rounded_up() -> None:
    assert holds_half("abc", "abcde")
    assert not holds_half("ab", "abcde")
    assert holds_half("ab", "abcd")
    assert holds_half("xxdexx", "abde")
    assert not holds_half("", "a")
    assert not holds_half("abc", "")
    assert not holds_half("de", "abcde")  # the end of the quote, one short of half
    assert holds_half("xa", "a")
    assert holds_half("bx", "ab")


def test_first_ranks_of_each_evidence() -> None:
    question = a_question(
        evidence=(QUOTE, Evidence(BULLETIN, "没有的话"), Evidence(BULLETIN, "共选派各级科技特派员535人"))
    )
    passages = [
        passage("别的话"),
        passage("目前，我市共选派各级科技特派员535人"),
        passage("推广新技术384项，引进新品种556个"),
        passage("推广新技术384项，引进新品种556个。"),
    ]
    assert EvidenceJudge(PATHS).first_ranks(question, passages) == (3, None, 2)


def test_contains() -> None:
    question = a_question(answers=("556个", "五百五十六"))
    assert contains_gold(question, "引进新品种 ５５６ 个")
    assert contains_gold(question, "五百五十六种")
    assert not contains_gold(question, "565个")
    assert not contains_gold(question, "")
    assert not contains_gold(a_question(answers=()), "556个")


def test_contains_of_a_list_wants_every_item() -> None:
    question = a_question(answers=("北京", "深圳", "上海"), list=True)
    assert contains_gold(question, "上海、深圳和北京")
    assert not contains_gold(question, "北京、深圳")


def a_list(text: str, *items: str) -> Answer:
    spans = [Span("b1", text.index(each), text.index(each) + len(each)) for each in items]
    whole = AnswerSpan(text, Span("b1", 0, len(text)), Span("b1", 0, len(text)), passage(text), 0.5)
    return Answer(
        whole, items=tuple(AnswerSpan(t, s, s, whole.passage, 0.5) for t, s in zip(items, spans, strict=True))
    )


def test_an_answer_is_told_in_the_sources_words() -> None:
    assert Answer().text == ""
    assert answer("556个").text == "556个"
    assert a_list("北京、天津和深圳", "北京", "天津", "深圳").text == "北京、天津和深圳"
    assert a_list("《甲》《乙》以及《丙》", "《甲》", "《乙》", "《丙》").text == "《甲》《乙》以及《丙》"
    apart = a_list("一是建平台，投资3亿元。二是引人才。", "建平台", "引人才")
    assert apart.text == "建平台、引人才"


def test_exact_match_and_f1_of_single_answers_are_those_of_cmrc() -> None:
    question = a_question(answers=("556个", "五百五十六个"))
    assert exact_match_of(question, answer("556个")) == 1.0
    assert exact_match_of(question, answer("引进556个")) == 0.0
    assert f1_of(question, answer("引进556个")) == 2 * 2 / (4 + 2)  # 引|进|556|个 and 556|个
    assert exact_match_of(question, Answer()) == f1_of(question, Answer()) == 0.0


def test_list_items_may_come_in_any_order() -> None:
    question = a_question(answers=("北京", "深圳", "上海"), list=True)
    assert exact_match_of(question, answer("上海", "北京", "深圳")) == 1.0
    assert f1_of(question, answer("上海", "北京", "深圳")) == 1.0
    assert exact_match_of(question, answer("上海", "北京")) == 0.0
    assert exact_match_of(question, answer("北京", "深圳", "上海", "上海")) == 0.0
    assert exact_match_of(question, answer("北京、深圳、上海")) == 1.0  # one span that holds the list
    assert f1_of(question, answer("北京、深圳、上海")) == 1.0


def test_items_with_other_figures_are_not_exact() -> None:
    question = a_question(answers=("1.7亿元", "3个"), list=True)
    assert exact_match_of(question, answer("3个", "１．７亿元")) == 1.0
    assert exact_match_of(question, answer("3个", "17亿元")) == 0.0


def test_several_items_for_a_question_that_wants_no_list_are_judged_as_they_are_shown() -> None:
    question = a_question(answers=("北京、深圳", "京深"))
    assert exact_match_of(question, answer("北京", "深圳")) == f1_of(question, answer("北京", "深圳")) == 1.0
    assert exact_match_of(question, answer("深圳", "北京")) == 0.0


def test_gold_as_whole_texts() -> None:
    assert gold_texts(a_question(answers=("556个", "556"))) == ("556个", "556")
    assert gold_texts(a_question(answers=("北京", "深圳"), list=True)) == ("北京、深圳",)
    empty = a_question(answers=(), list=True)
    assert gold_texts(empty) == ()
    assert exact_match_of(empty, Answer()) == f1_of(empty, Answer()) == 0.0  # refusing is no exact match of nothing


def test_list_f1_is_the_harmonic_mean_of_items_right_and_items_found() -> None:
    question = a_question(answers=("北京", "深圳", "上海"), list=True)
    precision, recall = 2 / 3, 2 / 3
    assert f1_of(question, answer("北京", "深圳", "雄安")) == pytest.approx(
        2 * precision * recall / (precision + recall)
    )
    precision, recall = 2 / 2, 2 / 3
    assert f1_of(question, answer("北京", "深圳")) == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1_of(question, answer("雄安", "广州")) == 0.0
