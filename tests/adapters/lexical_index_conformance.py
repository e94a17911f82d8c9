"""What every ``LexicalIndex`` must do: derive from :class:`LexicalIndexConformance` and say how one is made of files.

The oracle is BM25 by its formula, over the terms that the analyzer gives, a term of the context counting 0.6.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.sqlite.library import SqliteLibrary
from qa.records import Filters, Passage

ANALYZER = JiebaAnalyzer()
TEXTS = {
    "甲": "科技特派员引进新品种556个。\n推广新技术384项，新技术培训12场。\n科技特派员制度取得了明显效果。",
    "乙": "全市科技支出24.82亿元，比上年增长12%。\n其中市本级科技支出3亿元。",
    "丙": "研发经费投入53.2亿元。\n居全区首位，科技创新能力显著增强，科技、科技、科技。",
    "丁": "农牧业、工业、服务业各有进展。\n甲乙丙丁。\n甲乙丙丁。",
}
QUESTIONS = (
    "科技特派员引进了多少新品种",
    "科技支出",
    "新技术",
    "研发经费投入是多少亿元",
    "甲乙丙丁",
    "24.82亿元",
    "科技",
)


class LexicalIndexConformance:
    def make(self, texts: Mapping[str, str]) -> SqliteLibrary:
        """A library of these files: each line a passage with the file's name as its title."""
        raise NotImplementedError

    @pytest.fixture
    def library(self) -> SqliteLibrary:
        return self.make(TEXTS)

    @staticmethod
    def by_formula(passages: Mapping[int, Passage], question: str) -> list[tuple[int, float]]:
        body = {key: Counter(ANALYZER.terms(each.text)) for key, each in passages.items()}
        context = {key: Counter(ANALYZER.terms(each.context)) for key, each in passages.items()}
        mean = sum(body[key].total() + context[key].total() for key in passages) / len(passages)
        scores: Counter[int] = Counter()
        for term in dict.fromkeys(ANALYZER.terms(question)):
            holding = [key for key in passages if body[key][term] + context[key][term]]
            idf = math.log((len(passages) - len(holding) + 0.5) / (len(holding) + 0.5))
            for key in holding:
                frequency = body[key][term] + 0.6 * context[key][term]
                length = (body[key].total() + context[key].total()) / mean
                scores[key] += max(idf, 1e-6) * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length))
        return sorted(scores.items(), key=lambda each: (-each[1], each[0]))

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_ranks_by_bm25(self, library: SqliteLibrary, question: str) -> None:
        passages = library.passages(library.keys_matching(Filters()).tolist())
        wanted = self.by_formula(passages, question)
        found = library.search(ANALYZER.terms(question), 50, Filters())
        assert dict(found) == pytest.approx(dict(wanted), rel=1e-4, abs=1e-5)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)

    def test_gives_the_k_best(self, library: SqliteLibrary) -> None:
        terms = ANALYZER.terms("科技特派员引进了多少新品种")
        assert library.search(terms, 2, Filters()) == library.search(terms, 50, Filters())[:2]
        assert library.search(terms, 0, Filters()) == []

    def test_orders_ties_by_key(self, library: SqliteLibrary) -> None:
        found = library.search(ANALYZER.terms("甲乙丙丁"), 50, Filters())
        tied = [key for key, score in found if score == found[0][1]]
        assert len(tied) == 2
        assert tied == sorted(tied)

    def test_filters(self, library: SqliteLibrary) -> None:
        terms = ANALYZER.terms("科技")
        everywhere = library.search(terms, 50, Filters())
        inside = library.search(terms, 50, Filters(document_id="丙"))
        assert [key for key, _ in inside] == [key for key, _ in everywhere if key in library.keys_of("丙")]
        assert inside
        assert library.search(terms, 50, Filters(document_id="没有")) == []
        assert library.search(terms, 50, Filters(first=date(2020, 1, 1))) == []  # these files tell no date

    def test_words_that_stand_nowhere_and_marks_find_nothing(self, library: SqliteLibrary) -> None:
        for terms in ([], ["恐龙"], ["。", "\"'"], ['" OR body:"']):
            assert library.search(terms, 5, Filters()) == []

    def test_counts_the_passages_of_a_term(self, library: SqliteLibrary) -> None:
        assert library.frequencies(["科技", "恐龙"])["恐龙"] == 0
        passages = library.passages(library.keys_matching(Filters()).tolist()).values()
        for term in ANALYZER.terms("科技特派员推广新技术"):
            holding = [each for each in passages if term in ANALYZER.terms(each.text) + ANALYZER.terms(each.context)]
            assert library.frequencies([term]) == {term: len(holding)}
