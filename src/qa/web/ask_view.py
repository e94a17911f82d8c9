"""From a :class:`qa.records.Result` to the page that shows it."""

from __future__ import annotations

from datetime import date

from qa.citing.original import original_note
from qa.errors import QaError
from qa.records import AbstainReason, Answer, AnswerKind, AnswerSpan, Filters, Hit, Passage, Query, Result, Span
from qa.search.duplicates import same_texts
from qa.web.addresses import around_address, ask_address
from qa.web.contexts import (
    AnswerView,
    AskBox,
    AskPage,
    Level,
    Link,
    PassageView,
    PieceKind,
    RefusalView,
    Timeline,
    TimelineRow,
)
from qa.web.facade import AssistantFacade
from qa.web.feedback_view import feedback_form
from qa.web.marking import Mark, matches, pieces
from qa.web.narrowing import carried_fields, chips, facets, period_form
from qa.web.reasons import reasons, why
from qa.web.recent_answers import RecentAnswers
from qa.web.sources import Sources, citation_menu, short_citation

HIGH_CONFIDENCE = 0.85
MEDIUM_CONFIDENCE = 0.65
SHORT_ANSWER_CHARS = 16
"""Up to this long an answer is set larger than its sentence."""


def answered(assistant: AssistantFacade, query: Query, recent: RecentAnswers) -> tuple[Result, str, AskPage]:
    """The question asked, the generation that answered, and the page; all of one generation.

    A new index may be published in between; the question is asked again then. Raises as ``ask`` does.
    """
    for last in (False, True):
        generation = assistant.state().generation
        result = recent.ask(assistant, query)
        try:
            page = ask_page(assistant, result, generation)
        except QaError:
            if last or assistant.state().generation == generation:
                raise
            continue
        if last or assistant.state().generation == generation:
            return result, generation, page
    raise AssertionError("the last turn returns or raises")


def ask_page(assistant: AssistantFacade, result: Result, generation: str) -> AskPage:
    """The page of a question that ``generation`` answered."""
    sources = Sources(assistant)
    query, answer = result.query, result.answer
    return AskPage(
        box=AskBox(query.text, assistant.settings.max_question_chars, carried_fields(query.filters)),
        chips=chips(query, sources),
        facets=facets(query, result.hits, sources),
        period=period_form(query),
        answer=_answer(result, answer.best, sources) if answer.best else None,
        refusal=None if answer.best else _refusal(result),
        passages=_passages(result, sources),
        feedback=feedback_form(result, generation),
        notes=result.notes,
        elapsed=_elapsed(result.timing.total_ms),
    )


def _elapsed(total_ms: float) -> str:
    """``438 毫秒``; empty where it was not measured."""
    if total_ms < 1:
        return "不到 1 毫秒" if total_ms else ""
    return f"{total_ms:,.0f} 毫秒"


def level_of(confidence: float) -> Level:
    """高, 中 or 低 for a calibrated probability."""
    if confidence >= HIGH_CONFIDENCE:
        return Level.HIGH
    return Level.MEDIUM if confidence >= MEDIUM_CONFIDENCE else Level.LOW


def _level_beside(caution: str, confidence: float) -> Level:
    """At most 中 where there is something to bear in mind: the words may be told as what is asked for, and yet of another city."""
    level = level_of(confidence)
    return Level.MEDIUM if caution and level is Level.HIGH else level


def answer_spans(answer: Answer) -> tuple[Span, ...]:
    """The stretches that are the answer: the parts of a list, or the one span."""
    if answer.best is None:
        return ()
    return tuple(item.span for item in answer.items) or (answer.best.span,)


def _answer(result: Result, best: AnswerSpan, sources: Sources) -> AnswerView:
    query, answer = result.query, result.answer
    spans = answer_spans(answer)
    # A list may run past the sentence of its first part; what is shown holds every part.
    start = min(best.evidence.start, *(span.start for span in spans))
    end = max(best.evidence.end, *(span.end for span in spans))
    evidence = Span(best.span.document_id, start, end)
    marks = [Mark(span.start - start, span.end - start, PieceKind.ANSWER) for span in spans]
    citation = sources.citation(evidence)
    return AnswerView(
        pieces=pieces(citation.quote, marks),
        short=len(best.text) <= SHORT_ANSWER_CHARS and not answer.items,
        items=tuple(Link(item.text, sources.address(item.span, query)) for item in answer.items),
        source=Link(short_citation(citation), sources.address(best.span, query)),
        citations=citation_menu(citation),
        level=_level_beside(answer.caution, best.confidence),
        confidence=f"{best.confidence:.2f}",
        original=original_note(sources.document(evidence.document_id), evidence),
        caution=answer.caution,
        timeline=_timeline(result, best, sources),
    )


def _timeline(result: Result, best: AnswerSpan, sources: Sources) -> Timeline | None:
    """The answer among those of other times, oldest first; ``None`` when there are no others."""
    others = result.answer.others
    if not others:
        return None
    ordered = sorted((*others, best), key=lambda each: (each.date or date.max, each.span))
    rows = tuple(_timeline_row(each, each is best, result.query, sources) for each in ordered)
    figures = result.question.kind is AnswerKind.NUMBER
    return Timeline("口径年表" if figures else "其他时间和出处的说法", "数值" if figures else "答案", rows)


def _timeline_row(each: AnswerSpan, current: bool, query: Query, sources: Sources) -> TimelineRow:
    source = short_citation(sources.citation(each.span))
    when = f"{each.date.year}年" if each.date else "未注明"
    return TimelineRow(when, each.text, Link(source, sources.address(each.span, query)), current)


def _refusal(result: Result) -> RefusalView:
    query = result.query
    unfiltered = ask_address(query.text, Filters()) if query.filters else ""
    if result.answer.reason is AbstainReason.NO_QUESTION:
        return RefusalView(result.answer.reason_text, unfiltered, "请写成一个问题", "")
    if not result.hits and query.filters:
        return RefusalView("在所选的条件下没有任何段落", unfiltered)
    return RefusalView(result.answer.reason_text, unfiltered)


def _passages(result: Result, sources: Sources) -> tuple[PassageView, ...]:
    """The ranked passages; the same text in several places stands once, at the best rank, as the place that answers."""
    hits = result.hits
    views = []
    for group in same_texts([hit.passage for hit in hits]):
        shown = next((at for at in group if _answering(result, hits[at].passage)), group[0])
        same = tuple(
            Link(sources.name(hits[at].passage.document_id), sources.address(hits[at].passage.span, result.query))
            for at in group
            if at != shown
        )
        views.append(_passage(group[0] + 1, hits[shown], result, sources, same))
    return tuple(views)


def _answering(result: Result, passage: Passage) -> list[Span]:
    """The stretches of the answer that stand in ``passage``."""
    return [
        span
        for span in answer_spans(result.answer)
        if span.document_id == passage.document_id and span.start < passage.end and passage.start < span.end
    ]


def _passage(rank: int, hit: Hit, result: Result, sources: Sources, same: tuple[Link, ...]) -> PassageView:
    passage = hit.passage
    question = result.question
    marks = matches(passage.text, [word.text for word in question.words], question.terms)
    marks += [
        Mark(span.start - passage.start, span.end - passage.start, PieceKind.ANSWER)
        for span in _answering(result, passage)
    ]
    return PassageView(
        rank=rank,
        anchor=f"passage-{rank}",
        document=sources.name(passage.document_id),
        heading_path=passage.heading_path,
        kind=passage.kind or "",
        pieces=pieces(passage.text, marks),
        url=sources.address(passage.span, result.query),
        around_url=around_address(passage.span),
        citations=citation_menu(sources.citation(passage.span)),
        why=why(hit, question),
        reasons=reasons(hit),
        same=same,
        original=original_note(sources.document(passage.document_id), passage.span),
    )
