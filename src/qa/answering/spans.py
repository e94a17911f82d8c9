"""Weighed candidates → what is shown: the span in its evidence, the items of a list, what other times and sources say."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.bared import bared
from qa.answering.candidates.enumeration import items_asked_for
from qa.answering.candidates.figure import end_with_noun, start_with_limit
from qa.answering.extents import whole_extent
from qa.answering.period import period_of
from qa.answering.reckoned import all_that_is_asked
from qa.answering.several import told_together
from qa.answering.weighing import OTHERS_WITHIN, Weighed
from qa.records import AbstainReason, AnswerKind, AnswerSpan, Question, Span, in_own_words
from qa.text.normalise import comparable

MOST_OTHERS = 5


def answer_span(each: Weighed) -> AnswerSpan:
    """The candidate with its whole sentences, a limit with the words that say so, a rank with its noun; its date is that of the period that holds for it."""
    passage = each.view.passage
    number = each.view.number_at((each.start, each.end))
    if number is not None and number.start == each.start:
        each = each._replace(start=start_with_limit(each.view.text, number))
    if number is not None and number.end == each.end:
        each = each._replace(end=end_with_noun(each.view, number))
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


def with_all_that_is_asked(question: Question, each: Weighed) -> Weighed:
    """The candidate with the other figures where several are asked for (:func:`qa.answering.reckoned.all_that_is_asked`), a place or a
    body to its end (:func:`qa.answering.extents.whole_extent`), without what the question says itself
    (:func:`qa.answering.bared.bared`), and both answers where two questions were asked in one
    (:func:`qa.answering.several.told_together`).
    """
    if together := told_together(question, each.view, (each.start, each.end)):
        return each._replace(start=together[0], end=together[1])
    start, end = all_that_is_asked(question, each.view, (each.start, each.end))
    start, end = bared(question, each.view, whole_extent(question, each.view, (start, end)))
    return each._replace(start=start, end=end)


def items_in(question: Question, best: Weighed) -> tuple[AnswerSpan, ...]:
    """The members of a list, each by itself; empty where there is but one."""
    if question.kind is not AnswerKind.LIST:
        return ()
    text = best.view.text[best.start : best.end]
    parts = [
        best._replace(start=best.start + start, end=best.start + end) for start, end in items_asked_for(question, text)
    ]
    return tuple(answer_span(part) for part in parts) if len(parts) > 1 else ()


def shown_text(question: Question, each: Weighed) -> str:
    """The candidate as it would be told (:attr:`qa.records.Answer.text`)."""
    each = with_all_that_is_asked(question, each)
    return in_own_words(answer_span(each), items_in(question, each))


def others_beside(best: Weighed, weighed: Sequence[Weighed]) -> tuple[AnswerSpan, ...]:
    """Answers of other years and other documents: another value, each once, nearly as well supported; in time order."""
    taken = {comparable(best.view.text[best.start : best.end])}
    passages, told = {best.view.passage.id}, {_source_and_year(best)}
    found = []
    for each in weighed:
        other_year = each.verdict.reason in (None, AbstainReason.PERIOD)
        strong = each.confidence >= OTHERS_WITHIN * best.confidence
        if not (other_year and strong) or each.view.passage.id in passages:
            continue
        value, source = comparable(each.view.text[each.start : each.end]), _source_and_year(each)
        if value not in taken and source not in told:
            taken.add(value)
            told.add(source)
            passages.add(each.view.passage.id)
            found.append(answer_span(each))
    found = found[:MOST_OTHERS]
    return tuple(
        sorted(found, key=lambda other: (other.date is not None, other.date or best.view.passage.date, other.span))
    )


def _source_and_year(each: Weighed) -> tuple[str, int | None]:
    """Two answers of one document and one year are two sentences on the matter, not another time's or place's word on it."""
    period = period_of(each.view, (each.start, each.end))
    return each.view.passage.document_id, period.last.year if period else None
