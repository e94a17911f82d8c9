"""The reader without a trained model: candidates by form, scored by how well their surroundings support the question."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.candidates import candidates_for
from qa.answering.support import Support, asked_words, neighbours_of
from qa.answering.view import PassageView, views_of
from qa.ports import Analyzer
from qa.records import Passage, Question, Reading, SpanCandidate

MOST_SPANS = 24
FIT_WEIGHT = 0.25  # of a candidate's form beside the support around it


class RuleReader:
    """``Reader`` by rules alone; deterministic, no model file."""

    name = "规则"

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        return [self.read_view(question, view) for view in views_of(passages, self._analyzer)]

    def read_view(self, question: Question, view: PassageView) -> Reading:
        """Score of a span: (1 − w)·support + w·fit, in [0, 1]; ties by place. Relevance is the passage's coverage."""
        candidates = candidates_for(question, view)
        support = Support(question, asked_words(question), view, neighbours_of(question, candidates))
        spans = [
            SpanCandidate(
                each.start,
                each.end,
                (1 - FIT_WEIGHT) * support.around((each.start, each.end)) + FIT_WEIGHT * each.fit,
            )
            for each in candidates
        ]
        spans.sort(key=lambda span: (-span.score, span.start, span.end))
        return Reading(support.anywhere, tuple(spans[:MOST_SPANS]))
