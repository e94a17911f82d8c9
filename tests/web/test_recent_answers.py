"""What was answered a moment ago is given again only as long as the library, the question and the day are the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.records import Filters, Query, Result
from qa.web.recent_answers import RecentAnswers
from tests.indexing.bigram_library import BigramLibrary

QUESTION = Query("引进新品种多少个？")
REPORT = "鄂尔多斯市科技工作情况报告\n2021年，全市引进新品种556个，推广新技术384项。\n"


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path)
    made.write("报告.txt", REPORT)
    made.update()
    return made


class Counted:
    """How often the assistant itself was asked."""

    def __init__(self, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        ask = assistant.ask

        def counting(query: Query) -> Result:
            self.times += 1
            return ask(query)

        monkeypatch.setattr(assistant, "ask", counting)


def test_equal_questions_are_answered_once_even_at_once(
    library: BigramLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    assistant.warm()
    asked = Counted(assistant, monkeypatch)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: recent.ask(assistant, QUESTION), range(8)))
    assert asked.times == 1
    assert {result.answer for result in results} == {results[0].answer}
    assert results[0].answer.best is not None
    assert sum(result.timing.read_ms == 0 for result in results) == 7, "what is given again was not read again"


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, text="推广新技术多少项？"),
        replace(QUESTION, top_k=3),
        replace(QUESTION, filters=Filters(kind="函")),
    ],
    ids=["text", "number", "filters"],
)
def test_another_question_is_another(library: BigramLibrary, monkeypatch: pytest.MonkeyPatch, other: Query) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    asked = Counted(assistant, monkeypatch)
    recent.ask(assistant, QUESTION)
    assert recent.ask(assistant, other).query == other
    assert asked.times == 2


def test_a_new_index_answers_anew(library: BigramLibrary) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    assert "556个" in recent.ask(assistant, QUESTION).hits[0].passage.text
    library.write("报告.txt", REPORT.replace("556", "612"))
    library.update()
    assert "612个" in recent.ask(assistant, QUESTION).hits[0].passage.text


def test_what_is_taken_out_is_out_of_every_answer_and_back_when_it_is_back(library: BigramLibrary) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    assert recent.ask(assistant, QUESTION).hits
    assistant.hide(["报告"])
    assert not recent.ask(assistant, QUESTION).hits
    assistant.unhide(["报告"])
    assert recent.ask(assistant, QUESTION).hits


def test_another_day_is_another_question(library: BigramLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    asked = Counted(assistant, monkeypatch)
    for day in (date(2026, 11, 21), date(2026, 11, 22)):
        monkeypatch.setattr(assistant, "settings", replace(assistant.settings, today=day))
        recent.ask(assistant, QUESTION)
    assert asked.times == 2


def test_what_could_not_be_finished_is_tried_again(library: BigramLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant, recent = library.assistant(), RecentAnswers()
    ask = assistant.ask
    monkeypatch.setattr(assistant, "ask", lambda query: replace(ask(query), notes=("阅读未完成",)))
    assert recent.ask(assistant, QUESTION).notes
    monkeypatch.setattr(assistant, "ask", ask)
    assert not recent.ask(assistant, QUESTION).notes


def test_only_so_many_are_kept_and_an_error_is_not(library: BigramLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant, recent = library.assistant(), RecentAnswers(most=2)
    asked = Counted(assistant, monkeypatch)
    for text in ("一？", "二？", "三？", "一？"):
        recent.ask(assistant, Query(text))
    assert asked.times == 4
    for _ in range(2):
        with pytest.raises(Exception, match="空"):
            recent.ask(assistant, Query("……"))
    assert asked.times == 6
