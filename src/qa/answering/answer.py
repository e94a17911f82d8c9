"""Passages → the answer: candidates from the readers, guarded, weighed, joined to lists, or an honest "not found"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering.candidates.enumeration import items_of
from qa.answering.confidence import RULES, TRAINED, Signals
from qa.answering.gathering import gather
from qa.answering.guards import Verdict, examine, missing_in, period_of
from qa.answering.keywords import is_bare_keywords
from qa.answering.rule_reader import RuleReader
from qa.answering.signals import Witness
from qa.answering.support import speaks_of_it
from qa.answering.view import PassageView, views_of
from qa.ports import Analyzer, Reader
from qa.records import AbstainReason, Answer, AnswerKind, AnswerSpan, Hit, Question, Reading, Span
from qa.text.normalise import comparable

READ_TOP = 10  # passages that are read
LEAST_COVERED = (
    0.05  # below this share of the question's weight a passage is about something else, however well it ranks
)
OTHERS_WITHIN = 0.75  # a further answer has at least this share of the best one's confidence
MOST_OTHERS = 5
# Where a candidate of another year or place is ahead of the best sound one by so much (in the logit of the choice), the library speaks
# of the thing asked for, but of another year or place. Dev: every question beyond 3 is one without an answer; clauses overlap and are left.
ELSEWHERE = 3.0
# Where the rules' best candidate has this confidence and is so far ahead of every other one, no network reads: on dev (533 questions)
# that is 55 % of them, and as many are right as when all are read (.874, .872).
PLAIN, AHEAD = 0.6, 2.0
_NAMED_CHARS = 20  # of a question that is named in a reason
_ELSE_A_CLAUSE = frozenset({AnswerKind.NAME, AnswerKind.LIST})


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


def answer_from(
    question: Question, hits: Sequence[Hit], reader: Reader, analyzer: Analyzer, threshold: float
) -> tuple[Answer, list[Hit]]:
    """The answer and the hits in their final order. ``threshold`` is the confidence below which it abstains.

    A trained reader is asked only where the rules are not sure by themselves (docs/decisions/0003).
    """
    views = views_of([hit.passage for hit in hits[:READ_TOP]], analyzer)
    if is_bare_keywords(question) and any(speaks_of_it(question, view) for view in views):
        return _nothing_asked(question, reader.name), list(hits)
    weighed = weigh_views(question, views, hits, None)
    sound = [each for each in weighed if is_sound(question, each)]
    if not isinstance(reader, RuleReader) and not _is_plain(question, weighed, sound):
        weighed = weigh(question, hits[:READ_TOP], reader, analyzer, views)
        sound = [each for each in weighed if is_sound(question, each)]
    if not sound and question.kind in _ELSE_A_CLAUSE:  # no name, no list: then the words that say it
        question = replace(question, kind=AnswerKind.CLAUSE)
        weighed = weigh(question, hits[:READ_TOP], reader, analyzer, views)
        sound = [each for each in weighed if is_sound(question, each)]
    ranked = _rerank(hits, weighed)
    elsewhere = _told_of_elsewhere(question, weighed, sound)
    if elsewhere:
        return Answer(reason=elsewhere.reason, reason_text=elsewhere.detail, reader=reader.name), ranked
    if not sound or sound[0].confidence < threshold:
        return _not_found(question, views, weighed, sound, reader.name), ranked
    best = sound[0]
    answer = Answer(
        best=_answer_span(best),
        items=_items(question, best),
        others=_others(best, weighed),
        reader=reader.name,
    )
    return answer, ranked


def is_sound(question: Question, each: Weighed) -> bool:
    """Whether nothing speaks against the candidate."""
    return each.verdict.reason is None and speaks_of_it(question, each.view)


def shown_text(question: Question, each: Weighed) -> str:
    """The candidate as it would be shown: the items joined with 、, else its words."""
    return "、".join(item.text for item in _items(question, each)) or each.view.slice((each.start, each.end))


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
    model = RULES if readings is None else TRAINED
    found = []
    for at, (view, hit) in enumerate(zip(views, hits, strict=True)):
        reading = readings[at] if readings is not None else None
        candidates = gather(question, view, reading)
        witness = Witness(question, view, hit, top, candidates, reading)
        for candidate in candidates:
            place = (candidate.start, candidate.end)
            signals = witness.signals(candidate)
            score, sure = model.choice(signals, question.kind), model.confidence(signals)
            found.append(Weighed(view, hit, *place, signals, score, sure, examine(question, view, place)))
    order = {id(hit): rank for rank, hit in enumerate(hits)}
    return sorted(found, key=lambda each: (-each.score, order[id(each.hit)], each.start, each.end))


def _is_plain(question: Question, weighed: Sequence[Weighed], sound: Sequence[Weighed]) -> bool:
    """Whether the rules are sure: their best candidate is likely right and well ahead of every one that says something else."""
    if not sound or sound[0].confidence < PLAIN or _told_of_elsewhere(question, weighed, sound):
        return False
    best = sound[0].view.slice((sound[0].start, sound[0].end))
    for each in sound[1:]:
        words = each.view.slice((each.start, each.end))
        if words not in best and best not in words:
            return sound[0].score - each.score >= AHEAD
    return True


def _told_of_elsewhere(question: Question, weighed: Sequence[Weighed], sound: Sequence[Weighed]) -> Verdict | None:
    """Why the best candidate is refused, where it is of another year or place and far ahead of every sound one."""
    if question.kind is AnswerKind.CLAUSE or not sound:
        return None
    refused = next(
        (each for each in weighed if each.verdict.reason in (AbstainReason.PERIOD, AbstainReason.REGION)), None
    )
    return refused.verdict if refused and refused.score - sound[0].score > ELSEWHERE else None


def _rerank(hits: Sequence[Hit], weighed: Sequence[Weighed]) -> list[Hit]:
    """Read passages by retrieval score and their best sound candidate together; the unread ones follow."""
    best: dict[str, float] = {}
    for each in weighed:
        if each.verdict.reason is None:
            best[each.hit.passage.id] = max(best.get(each.hit.passage.id, 0.0), each.confidence)
    read = [
        replace(hit, score=hit.score + best.get(hit.passage.id, 0.0), reader=best.get(hit.passage.id))
        for hit in hits[:READ_TOP]
    ]
    read.sort(key=lambda hit: (-hit.score, hit.passage.document_id, hit.passage.start))
    return [*read, *hits[READ_TOP:]]


def _answer_span(each: Weighed) -> AnswerSpan:
    passage = each.view.passage
    first, last = each.view.sentence_of(each.start, each.end)
    period = period_of(each.view, (each.start, each.end))
    return AnswerSpan(
        text=each.view.text[each.start : each.end],
        span=Span(passage.document_id, passage.start + each.start, passage.start + each.end),
        evidence=Span(passage.document_id, passage.start + first, passage.start + last),
        passage=passage,
        confidence=each.confidence,
        date=period.last if period else passage.date,
    )


def _items(question: Question, best: Weighed) -> tuple[AnswerSpan, ...]:
    if question.kind is not AnswerKind.LIST:
        return ()
    text = best.view.text[best.start : best.end]
    parts = [replace(best, start=best.start + start, end=best.start + end) for start, end in items_of(text)]
    return tuple(_answer_span(part) for part in parts) if len(parts) > 1 else ()


def _others(best: Weighed, weighed: Sequence[Weighed]) -> tuple[AnswerSpan, ...]:
    """Answers of other years and other documents: another value, each once, nearly as well supported; in time order."""
    taken = {comparable(best.view.text[best.start : best.end])}
    passages = {best.view.passage.id}
    found = []
    for each in weighed:
        value = comparable(each.view.text[each.start : each.end])
        other_year = each.verdict.reason in (None, AbstainReason.PERIOD)
        strong = each.confidence >= OTHERS_WITHIN * best.confidence
        if other_year and strong and value not in taken and each.view.passage.id not in passages:
            taken.add(value)
            passages.add(each.view.passage.id)
            found.append(_answer_span(each))
    found = found[:MOST_OTHERS]
    return tuple(
        sorted(found, key=lambda other: (other.date is not None, other.date or best.view.passage.date, other.span))
    )


def _nothing_asked(question: Question, reader: str) -> Answer:
    named = question.text if len(question.text) <= _NAMED_CHARS else f"{question.text[:_NAMED_CHARS]}…"
    return Answer(
        reason=AbstainReason.NO_QUESTION,
        reason_text=f"只写了“{named}”，没有说想知道什么；请写成一个问题，下面先列出有关段落",
        reader=reader,
    )


def _not_found(
    question: Question, views: Sequence[PassageView], weighed: Sequence[Weighed], sound: Sequence[Weighed], reader: str
) -> Answer:
    """The reason that most of the otherwise convincing candidates failed for."""
    best_sound = sound[0].confidence if sound else 0.0
    missing = [missing_in(question, view) for view in views]
    absent = frozenset.intersection(*missing) if missing else frozenset()
    refused = [
        each.verdict
        for each in weighed[:10]
        if each.verdict.reason
        and each.confidence > best_sound
        and (not each.verdict.absent or each.verdict.detail in absent)
    ]
    if refused:
        reason, _ = Counter(verdict.reason for verdict in refused).most_common(1)[0]
        verdict = next(verdict for verdict in refused if verdict.reason is reason)
        return Answer(reason=verdict.reason, reason_text=verdict.detail, reader=reader)
    return Answer(reason=AbstainReason.NO_EVIDENCE, reason_text="没有一段资料足以支持答案", reader=reader)
