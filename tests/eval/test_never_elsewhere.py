"""A year or a place that the corpus never speaks of, put before what it does tell: no figure is ever the answer (口径护栏).

Every number question of the dev halves, its own years and places taken out, asked of the whole product as it ships.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.bootstrap import index_corpus, open_assistant
from qa.evaluation.set_reader import read_evaluation_set
from qa.records import AnswerKind, Query
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = ("2017年", "2019年", "东胜区", "达拉特旗", "包头市", "乌海市")
EVERY = 4  # each question meets some of them
_OWN = re.compile(r"(?:20)?\d\d年(?:\d+月)?|“?十[三四五]五”?|[今去前]年|我们?市|全市|本市|咱们?市|市里|鄂尔多斯市?")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = replace(
        Settings.from_environment(), corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"), history=False
    )
    index_corpus(settings)
    return open_assistant(settings)


def _number_questions(assistant: Assistant) -> list[tuple[str, str]]:
    """(id, question without its years and without words for the own city)."""
    asked = read_evaluation_set(sorted((ROOT / "eval").glob("ordos*.jsonl")), "dev")
    return [
        (each.id, _OWN.sub("", each.question))
        for each in asked
        if each.answers and assistant.understand(Query(each.question)).kind is AnswerKind.NUMBER
    ]


def test_the_corpus_speaks_of_none_of_them(assistant: Assistant) -> None:
    told = "".join(path.read_text("utf-8") for path in (ROOT / "corpus").glob("*.txt"))
    assert [each for each in ELSEWHERE if each.rstrip("年市区旗") in told] == []


def test_no_figure_answers_for_a_year_or_place_that_is_not_told_of(assistant: Assistant) -> None:
    questions = _number_questions(assistant)
    assert len(questions) > 200
    told = []
    for number, (name, question) in enumerate(questions):
        for elsewhere in ELSEWHERE[number % EVERY :: EVERY]:
            answer = assistant.ask(Query(elsewhere + question)).answer
            if not answer.abstained:
                told.append(f"{name} {elsewhere}")
    assert told == []
