"""Questions made by rule from official text."""

from __future__ import annotations

import random

import pytest

from training.reader.official_negatives import official_set, other_places, with_year
from training.reader.official_questions import (
    clauses,
    dates,
    figures,
    headed,
    lists,
    make_questions,
    organisations,
)
from training.reader.official_text import OfficialPassage

PASSAGES = [
    OfficialPassage("甲", "2023年，城镇新增就业1312万人，粮食产量达到880亿斤。新建改建农村公路6000公里，支持集成电路、人工智能、生物医药等产业发展。", False),
    OfficialPassage("乙", "（一）健全考核机制。建立省级考核信息系统，定期公布考核结果，将结果作为拨付资金的依据。\n（二）加强组织领导。财政部门要保障试点经费。", False),
    OfficialPassage("丙", "到2025年底，湖北省建成高标准农田500万亩。为了稳定外贸，扩大出口信用保险覆盖面，支持企业参加展会。", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "answer"),
    [
        (figures, PASSAGES[0].text, "1312万人"),
        (lists, PASSAGES[0].text, "集成电路、人工智能、生物医药"),
        (headed, PASSAGES[1].text, "建立省级考核信息系统，定期公布考核结果，将结果作为拨付资金的依据"),
        (organisations, PASSAGES[1].text, "财政部门"),
        (dates, PASSAGES[2].text, "2025年底"),
        (clauses, PASSAGES[2].text, "扩大出口信用保险覆盖面，支持企业参加展会"),
    ],
)
def test_a_rule_finds_its_answer(rule: object, text: str, answer: str) -> None:
    assert callable(rule)
    found = [text[a:b] for _, a, b in rule(text, random.Random(1))]
    assert answer in found


def test_questions_hold_no_answer_and_are_the_same_every_time() -> None:
    made = make_questions(PASSAGES, random.Random(2))
    assert made
    assert made == make_questions(PASSAGES, random.Random(2))
    for example in made:
        ((start, end),) = example.spans
        assert example.context[start:end] not in example.question
        assert example.question.rstrip("？") not in example.context


def test_the_year_is_put_before_the_question_only_where_the_passage_names_one_alone() -> None:
    made = make_questions(PASSAGES[:1], random.Random(2))
    dated = with_year(made, random.Random(1))
    assert dated
    assert all(example.question.startswith("2023年") and example.spans for example in dated)


def test_another_place_is_not_in_the_passage_and_has_no_answer() -> None:
    made = [example for seed in range(8) for example in make_questions(PASSAGES[2:], random.Random(seed))]
    swapped = other_places(made, random.Random(3))
    assert swapped
    for example in swapped:
        assert example.spans == ()
        assert "湖北" not in example.question


def test_the_set_holds_answered_and_unanswerable_questions() -> None:
    made = [example for seed in range(30) for example in make_questions(PASSAGES, random.Random(seed))]
    kinds = {bool(example.spans) for example in official_set(made, random.Random(1))}
    assert kinds == {True, False}
