"""Every candidate of the passages with what speaks for and against it, the likeliest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from qa.answering.candidates import candidates_for
from qa.answering.candidates.candidate import Candidate
from qa.answering.confidence import GENERAL, RULES, TRAINED, Model, Signals
from qa.answering.gathering import SAME, SAME_ELSEWHERE, as_share, gather
from qa.answering.guards import Guard
from qa.answering.looked_up import rows_asked_for
from qa.answering.signals import Witness
from qa.answering.support import AskedWord, asked_words, speaks_of_it
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Hit, Question, Reading
from qa.text.normalise import comparable

# A passage is passed over whose best would be so far behind (in the logit of the choice): above every margin that is looked at later.
_OF_THE_CANDIDATE = ("fit", "slot", "cue", "focus", "whole", "trained", "told")
FAR_BEHIND = 3.5
CONVINCED = as_share(2.5)  # of the verifier: it may find the thing in a passage that shares no word with the question
CERTAIN = 0.95  # the confidence in a cell that the question names by row and column, with no word left over
OTHERS_WITHIN = 0.75  # a further answer has at least this share of the best one's confidence


class Weighed(NamedTuple):
    """A candidate answer with everything that was found out about it."""

    view: PassageView
    hit: Hit
    start: int
    end: int
    signals: Signals
    score: float  # for the choice among the question's candidates
    confidence: float  # calibrated, in (0, 1)
    verdict: Verdict
    speaks: bool  # the passage holds a word of the question at all, or the verifier is sure without one

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against the candidate."""
        return self.verdict.reason is None and self.speaks


class Weighing:
    """One question before the passages of its best hits: what is found out about them is kept from one reader to the next."""

    def __init__(self, question: Question, views: Sequence[PassageView], hits: Sequence[Hit]) -> None:
        self._question = question
        self._official = is_official(hits)
        hits = hits[: len(views)]
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        words = asked_words(question)
        rows = rows_asked_for(question, views)
        self._looks = [
            _Look(question, words, view, hit, hit.score / top, rows) for view, hit in zip(views, hits, strict=True)
        ]

    def weighed(self, readings: Sequence[Reading] | None, trusted: float = math.inf) -> list[Weighed]:
        """Every candidate by what was read (``None``: by the rules alone), the likeliest first; ties by rank and place.

        Once a sound candidate with a confidence of ``trusted`` is found, passages are passed over none of whose candidates could change
        the answer: those that stay far behind it in score and in confidence.
        """
        model = RULES if readings is None else TRAINED if self._official else GENERAL
        same = SAME if self._official else SAME_ELSEWHERE
        spoken = readings if readings is not None else [None] * len(self._looks)
        found: list[tuple[float, int, int, int, Weighed]] = []
        best: Weighed | None = None
        for rank, (look, reading) in enumerate(zip(self._looks, spoken, strict=True)):
            if best is not None and best.confidence >= trusted:
                score, confidence = look.most(model, reading)
                if score < best.score - FAR_BEHIND and confidence < OTHERS_WITHIN * best.confidence:
                    continue
            for each in look.weighed(model, reading, same):
                found.append((-each.score, rank, each.start, each.end, each))
                if each.is_sound and (best is None or each.score > best.score):
                    best = each
        return [each for *_, each in sorted(found, key=lambda row: row[:4])]

    def certain(self, view: PassageView, place: Range) -> Weighed:
        """What needs no weighing at ``place`` of the passage of ``view``: the question names it word by word."""
        look = next(each for each in self._looks if each.view is view)
        return Weighed(view, look.hit, *place, Signals(1.0, 1.0, 1.0, 1.0), 0.0, CERTAIN, SOUND, speaks=True)


class _Look:
    """One passage, seen for one question."""

    def __init__(
        self,
        question: Question,
        words: Sequence[AskedWord],
        view: PassageView,
        hit: Hit,
        rank: float,
        rows: frozenset[str],
    ) -> None:
        self._question = question
        self.view = view
        self.hit = hit
        self._rows = rows
        self._witness = Witness(question, words, view, rank)
        self._verdicts: dict[Range, Verdict] = {}

    def most(self, model: Model, reading: Reading | None) -> tuple[float, float]:
        """No candidate of the passage has a higher score, nor a higher confidence."""
        signals, kind = self._witness.most(reading), self._question.kind
        if (
            kind is AnswerKind.CLAUSE
        ):  # of what is not known before each candidate is looked at, what its weight makes of it
            signals = signals._replace(
                announces=float(model.clause.get("announces", 0.0) > 0),
                **{name: 0.0 for name in _OF_THE_CANDIDATE if model.clause.get(name, 0.0) < 0},
            )
        if reading is None or not reading.judged:
            signals = signals._replace(unread=1.0)
        return model.choice(signals, kind), model.confidence(signals, kind)

    @cached_property
    def _typed(self) -> list[Candidate]:
        return candidates_for(self._question, self.view)

    @cached_property
    def _guard(self) -> Guard:
        return Guard(self._question, self.view)

    def weighed(self, model: Model, reading: Reading | None, same: float) -> Iterator[Weighed]:
        candidates = gather(self._question, self.view, self._typed, reading, same)
        self._witness.hear(candidates, reading)
        kind = self._question.kind
        for candidate in candidates:
            place = (candidate.start, candidate.end)
            if place not in self._verdicts:
                self._verdicts[place] = (
                    self._of_another_row if self._of_another_row.reason else self._guard.examine(place)
                )
            signals = self._witness.signals(candidate)
            score, sure = model.choice(signals, kind), model.confidence(signals, kind)
            speaks = self._speaks or signals.told >= CONVINCED
            yield Weighed(self.view, self.hit, *place, signals, score, sure, self._verdicts[place], speaks)

    @cached_property
    def _of_another_row(self) -> Verdict:
        """What speaks against a passage that does not speak of the place that the question names, a row of another passage's table."""
        absent = next((each for each in sorted(self._rows) if each not in comparable(self.view.spoken)), "")
        return Verdict(AbstainReason.REGION, f"资料中没有{absent}的相关内容", absent=True) if absent else SOUND

    @cached_property
    def _speaks(self) -> bool:
        return speaks_of_it(self._question, self.view)


def is_official(hits: Sequence[Hit]) -> bool:
    """Whether the best passage is of an official document."""
    return bool(hits) and hits[0].passage.is_official
