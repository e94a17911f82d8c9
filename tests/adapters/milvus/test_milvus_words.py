"""The word index in Milvus (``words=1``): what FTS5 finds, with its scores. Needs sparse vectors, which the server of PyPI has not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from qa.adapters.milvus.address import parse_address
from qa.adapters.milvus.words import LibraryWithRemoteWords
from qa.adapters.sqlite.library import SqliteLibrary
from qa.errors import StoreError
from qa.records import Filters

from ..lexical_index_conformance import ANALYZER, QUESTIONS, TEXTS, LexicalIndexConformance
from .local_server import LocalServer
from .shared_workshop import SharedWorkshop


@pytest.fixture
def workshop(tmp_path: Path, lite: str) -> SharedWorkshop:
    return SharedWorkshop(tmp_path / "资料", tmp_path / "索引", parse_address(f"{lite}?words=1"))


class TestWordsInFts5(LexicalIndexConformance):
    @pytest.fixture(autouse=True)
    def _place(self, workshop: SharedWorkshop) -> None:
        self.workshop = workshop

    def make(self, texts: Mapping[str, str]) -> SqliteLibrary:
        self.workshop.write(**texts)
        self.workshop.build(in_file=True)
        return SqliteLibrary(self.workshop.newest / "library.sqlite")


class TestWordsInMilvus(LexicalIndexConformance):
    @pytest.fixture(autouse=True)
    def _place(self, workshop: SharedWorkshop) -> None:
        self.workshop = workshop

    def make(self, texts: Mapping[str, str]) -> SqliteLibrary:
        self.workshop.write(**texts)
        self.workshop.build()
        library = self.workshop.open()[0]
        assert isinstance(library, LibraryWithRemoteWords)
        return library


def test_after_changes_the_words_are_those_of_the_generation(workshop: SharedWorkshop) -> None:
    """The pool holds rows of both; how often a word stands is asked of the generation alone."""
    workshop.write(**TEXTS)
    workshop.build()
    collection, before = workshop.record().collection, workshop.newest
    workshop.write(甲="科技特派员引进新品种600个。\n推广新技术384项，新技术培训12场。\n科技特派员制度取得了明显效果。")
    workshop.build()
    assert workshop.record().collection == collection
    for generation in (before, workshop.newest):
        remote, local = workshop.open(generation)[0], SqliteLibrary(generation / "library.sqlite")
        for question in QUESTIONS:
            terms = ANALYZER.terms(question)
            ours, theirs = remote.search(terms, 20, Filters()), local.search(terms, 20, Filters())
            assert dict(ours) == pytest.approx(dict(theirs), rel=0.02)  # the mean length stays that of the first build
    assert workshop.findings() == []


def test_when_the_mean_length_moves_far_the_words_are_weighed_anew(workshop: SharedWorkshop) -> None:
    workshop.write(**TEXTS)
    workshop.build()
    collection = workshop.record().collection
    workshop.write(长="科技支出增加，" * 200)
    workshop.build()
    assert workshop.record().collection != collection
    assert workshop.findings() == []


def test_a_server_without_sparse_vectors_is_told_of(tmp_path: Path, server: LocalServer) -> None:
    workshop = SharedWorkshop(tmp_path / "资料", tmp_path / "索引", parse_address(f"{server.url}?words=1"))
    workshop.write(**TEXTS)
    with pytest.raises(StoreError, match="不能存词语索引") as caught:
        workshop.build()
    assert "words=1" in caught.value.hint
