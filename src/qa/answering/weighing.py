"""Every candidate of the passages with what speaks for and against it, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.confidence import GENERAL, RULES, TRAINED, Signals
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.rule_reader import RuleReader
from qa.answering.signals import Witness
from qa.answering.support import speaks_of_it
from qa.answering.verdict import Verdict
from qa.answering.view import PassageView, views_of
from qa.ports import Analyzer, Reader
from qa.records import Hit, Question, Reading


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate answer with everything that was found out about it."""

    view: PassageView
    hit: Hit
    start: int
    end: int
    signals: Signals
    score: float  # for the choice among the question's candidates
    confidence: float  # calibrated, in (0, 1)
    verdict: Verdict


def weigh(
    question: Question,
    hits: Sequence[Hit],
    reader: Reader,
    analyzer: Analyzer,
    views: Sequence[PassageView] | None = None,
) -> list[Weighed]:
    """Every candidate of the passages, read by ``reader``, the likeliest first; ``views`` are those of ``hits`` where they exist."""
    views = views_of([hit.passage for hit in hits], analyzer) if views is None else views
    trained = bool(hits) and not isinstance(reader, RuleReader)
    readings = reader.read(question, [hit.passage for hit in hits]) if trained else None
    return weigh_views(question, views, hits, readings)


def weigh_views(
    question: Question, views: Sequence[PassageView], hits: Sequence[Hit], readings: Sequence[Reading] | None
) -> list[Weighed]:
    """Every candidate of the first ``len(views)`` hits by what was read (``None``: by the rules alone), the likeliest first; ties by
    rank and place.
    """
    hits = hits[: len(views)]
    top = max((hit.score for hit in hits), default=0.0) or 1.0
    model = RULES if readings is None else TRAINED if is_official(hits) else GENERAL
    found = []
    for at, (view, hit) in enumerate(zip(views, hits, strict=True)):
        reading = readings[at] if readings is not None else None
        candidates = gather(question, view, reading)
        guard = Guard(question, view)
        witness = Witness(question, view, hit, top, candidates, reading)
        for candidate in candidates:
            place = (candidate.start, candidate.end)
            signals = witness.signals(candidate)
            score, sure = model.choice(signals, question.kind), model.confidence(signals, question.kind)
            found.append(Weighed(view, hit, *place, signals, score, sure, guard.examine(place)))
    order = {id(hit): rank for rank, hit in enumerate(hits)}
    return sorted(found, key=lambda each: (-each.score, order[id(each.hit)], each.start, each.end))


def is_official(hits: Sequence[Hit]) -> bool:
    """Whether the best passage is of an official document, as far as its card tells: a kind, a date, or a region."""
    best = hits[0].passage if hits else None
    return best is not None and (best.kind is not None or best.date is not None or best.region is not None)


def is_sound(question: Question, each: Weighed) -> bool:
    """Whether nothing speaks against the candidate."""
    return each.verdict.reason is None and speaks_of_it(question, each.view)
