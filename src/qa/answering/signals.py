"""What speaks for each candidate of one passage."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from qa.answering.alignment import Alignment
from qa.answering.candidates.candidate import Candidate
from qa.answering.confidence import Signals
from qa.answering.gathering import agreement, as_share, denied, told
from qa.answering.relations import announces, asks_for_a_relation, tells_what_is_asked
from qa.answering.support import AskedWord, Support, neighbours_of
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question, Reading

_LEAST_FOCUS_CHARS = 2


class Witness:
    """Looks at one passage for one question whose words are ``words``. ``rank``: the passage's share of the best retrieval score."""

    def __init__(self, question: Question, words: Sequence[AskedWord], view: PassageView, rank: float) -> None:
        self._question = question
        self._words = words
        self._view = view
        self._rank = rank
        self._reading: Reading | None = None
        self._support = Support(question, words, view)

    @cached_property
    def _alignment(self) -> Alignment | None:
        return Alignment(self._question, self._view) if self._question.kind is AnswerKind.CLAUSE else None

    def most(self, reading: Reading | None) -> Signals:
        """At least what any candidate has: support around a place is never above that of the whole passage."""
        question, anywhere = self._question, self._support.anywhere
        trained = max((span.score for span in reading.spans), default=0.0) if reading else 0.0
        relevance = reading.relevance if reading else 0.0
        found = Signals(
            1.0,
            anywhere,
            anywhere,
            self._rank,
            trained=trained,
            relevance=relevance,
            missing=self._support.missing,
            told=max((as_share(each.highest) for each in reading.judged), default=0.0) if reading else 0.0,
        )
        if self._alignment is None:
            return found
        focus = len(question.focus) >= _LEAST_FOCUS_CHARS and question.focus in self._view.folded
        cue = asks_for_a_relation(question.text)
        return found._replace(slot=self._alignment.most, cue=float(cue), focus=float(focus), whole=1.0)

    def hear(self, candidates: Sequence[Candidate], reading: Reading | None = None) -> None:
        """The candidates that stand beside each other, and what the trained reader says."""
        self._reading = reading
        neighbours = neighbours_of(self._question, candidates)
        if neighbours != self._support.neighbours:
            self._support = Support(self._question, self._words, self._view, neighbours)

    def signals(self, candidate: Candidate) -> Signals:
        """Of one candidate of the passage."""
        question, view, place = self._question, self._view, (candidate.start, candidate.end)
        judged = told(self._reading, place)
        found = Signals(
            candidate.fit,
            self._support.around(place),
            self._support.anywhere,
            self._rank,
            trained=agreement(self._reading, place) if self._reading else 0.0,
            relevance=self._reading.relevance if self._reading else 0.0,
            missing=self._support.missing,
            told=judged or 0.0,
            unread=float(judged is None),
            denied=denied(judged),
        )
        if self._alignment is None:
            return found
        words = view.slice(place)
        return found._replace(
            slot=self._alignment.slot(place),
            cue=tells_what_is_asked(question.text, words),
            announces=float(announces(words)),
            focus=float(len(question.focus) >= _LEAST_FOCUS_CHARS and question.focus in view.folded[slice(*place)]),
            whole=float(place[1] >= view.sentence_of(*place)[1] - 1),
        )
