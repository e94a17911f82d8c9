"""What speaks for each candidate of one passage."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.alignment import Alignment
from qa.answering.candidates.candidate import Candidate
from qa.answering.confidence import Signals
from qa.answering.gathering import agreement
from qa.answering.relations import announces, tells_what_is_asked
from qa.answering.support import coverage, missing_share, neighbours_of, parts_of, passage_coverage
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Hit, Question, Reading

_LEAST_FOCUS_CHARS = 2


class Witness:
    """Looks at one passage for one question. ``top``: the best retrieval score of all."""

    def __init__(
        self,
        question: Question,
        view: PassageView,
        hit: Hit,
        top: float,
        candidates: Sequence[Candidate],
        reading: Reading | None = None,
    ) -> None:
        self._question = question
        self._view = view
        self._rank = hit.score / top
        self._reading = reading
        self._passage = passage_coverage(question, view)
        self._missing = missing_share(question, view)
        self._neighbours = neighbours_of(question, candidates)
        self._supports: dict[Range, float] = {}
        self._alignment = Alignment(question, view) if question.kind is AnswerKind.CLAUSE else None

    def signals(self, candidate: Candidate) -> Signals:
        """Of one candidate of the passage."""
        question, view, place = self._question, self._view, (candidate.start, candidate.end)
        trained = agreement(self._reading, place) if self._reading else 0.0
        relevance = self._reading.relevance if self._reading else 0.0
        support = max(self._support(part) for part in parts_of(question, view, place))
        if self._alignment is None:
            return Signals(
                candidate.fit,
                support,
                self._passage,
                self._rank,
                trained=trained,
                relevance=relevance,
                missing=self._missing,
            )
        words = view.slice(place)
        return Signals(
            candidate.fit,
            support,
            self._passage,
            self._rank,
            slot=self._alignment.slot(place),
            cue=tells_what_is_asked(question.text, words),
            announces=float(announces(words)),
            focus=float(len(question.focus) >= _LEAST_FOCUS_CHARS and question.focus in view.folded[slice(*place)]),
            whole=float(place[1] >= view.sentence_of(*place)[1] - 1),
            trained=trained,
            relevance=relevance,
            missing=self._missing,
        )

    def _support(self, place: Range) -> float:
        if place not in self._supports:
            self._supports[place] = coverage(self._question, self._view, place, self._neighbours)
        return self._supports[place]
