"""The one door, over a real small library: a newer index is taken up, a damaged one is not, a deleted one does no harm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.faiss_index import FaissIndex
from qa.adapters.sqlite.library import SqliteLibrary
from qa.answering.rule_reader import RuleReader
from qa.assistant import Assistant, Snapshot
from qa.errors import IndexDamagedError, IndexMissingError, NotFoundError, UsageError
from qa.records import Filters, Query
from qa.settings import Settings
from tests.indexing.workshop import Workshop

ANALYZER = JiebaAnalyzer()


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path / "资料", tmp_path / "索引", analyzer=ANALYZER)
    made.write("甲.txt", "2020年，科技特派员推广新技术384项，引进新品种556个。\n市科技局召开会议，编辑是程继东。")
    made.write("乙.txt", "2024年，全市科技支出24.82亿元，占一般公共预算2.2%。")
    made.build()
    return made


@pytest.fixture
def assistant(workshop: Workshop) -> Assistant:
    def newest() -> str | None:
        folder = workshop.generations.newest()
        return folder.name if folder else None

    def load() -> Snapshot:
        folder = workshop.generations.newest()
        if folder is None:
            raise IndexMissingError("还没有索引")
        workshop.generations.check(folder)
        return Snapshot(
            name=folder.name,
            store=SqliteLibrary(folder / "library.sqlite"),
            vectors=FaissIndex.load(folder / "vectors.faiss"),
            analyzer=ANALYZER,
            embedder=workshop.embedder,
            reader=RuleReader(ANALYZER),
            corpus_hash="",
        )

    return Assistant(Settings(), newest, load)


def test_an_answer_is_cut_from_its_document(assistant: Assistant) -> None:
    result = assistant.ask(Query("科技特派员2020年引进了多少个新品种？"))
    best = result.answer.best
    assert best is not None
    assert best.text == "556个"
    text = assistant.document(best.span.document_id).text
    assert text[best.span.start : best.span.end] == best.text
    assert best.text in text[best.evidence.start : best.evidence.end]
    assert all(
        text_of(assistant, hit.passage.document_id)[hit.passage.start : hit.passage.end] == hit.passage.text
        for hit in result.hits
    )


def text_of(assistant: Assistant, document_id: str) -> str:
    return assistant.document(document_id).text


def test_filters_limit_what_is_found(assistant: Assistant) -> None:
    result = assistant.ask(Query("引进了多少个新品种？", Filters(document_id="乙")))
    assert {hit.passage.document_id for hit in result.hits} <= {"乙"}
    assert result.answer.abstained


def test_a_new_index_is_taken_up_at_the_next_question(assistant: Assistant, workshop: Workshop) -> None:
    assert assistant.ask(Query("建成了多少个星创天地？")).answer.abstained
    workshop.write("丙.txt", "我市建成22个星创天地。")
    workshop.build()
    best = assistant.ask(Query("建成了多少个星创天地？")).answer.best
    assert best is not None
    assert best.text == "22个"


def test_a_damaged_new_index_is_not_taken_up_and_every_answer_says_so(assistant: Assistant, workshop: Workshop) -> None:
    assistant.warm()
    workshop.write("丙.txt", "我市建成22个星创天地。")
    workshop.build()
    newest = workshop.generations.newest()
    assert newest is not None
    with (newest / "vectors.faiss").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff\xfe")
    result = assistant.ask(Query("科技特派员2020年引进了多少个新品种？"))
    assert result.answer.best is not None
    assert "vectors.faiss" in result.notes[0]


def test_a_deleted_index_goes_on_answering(assistant: Assistant, workshop: Workshop) -> None:
    assistant.warm()
    shutil.rmtree(workshop.index)
    result = assistant.ask(Query("科技特派员2020年引进了多少个新品种？"))
    assert result.answer.best is not None
    assert "还没有索引" in result.notes[0]


def test_a_library_cut_short_while_serving_is_named(assistant: Assistant, workshop: Workshop) -> None:
    assistant.warm()
    newest = workshop.generations.newest()
    assert newest is not None
    path = newest / "library.sqlite"
    with path.open("r+b") as file:
        file.truncate(100)
    library = SqliteLibrary.__new__(SqliteLibrary)
    with pytest.raises(IndexDamagedError, match=r"library\.sqlite"):
        library.__init__(path)  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "   ", "？？？", "😀🎉", "\n\t"])
def test_questions_without_words_are_refused(assistant: Assistant, text: str) -> None:
    with pytest.raises(UsageError, match="空"):
        assistant.ask(Query(text))


def test_long_questions_are_refused_with_the_limit(assistant: Assistant) -> None:
    with pytest.raises(UsageError, match="500"):
        assistant.ask(Query("问" * 501))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '" OR "1"="1',
        "NEAR(a b) AND *",
        "甲" * 500,
        "a",
        "今天天气真好。",
        "新品种 384 2020",
    ],
)
def test_odd_questions_never_raise(assistant: Assistant, text: str) -> None:
    result = assistant.ask(Query(text))
    assert result.query.text == text


def test_passages_by_id(assistant: Assistant) -> None:
    passage = assistant.passages_of("甲")[0]
    assert assistant.passage(passage.id) == passage
    for wrong in ("甲:1-2", "没有", "丁:0-3"):
        with pytest.raises(NotFoundError):
            assistant.passage(wrong)
