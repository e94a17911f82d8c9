"""From a :class:`qa.records.Result` to the page that shows it."""

from __future__ import annotations

from datetime import date

from qa.records import Answer, AnswerKind, AnswerSpan, Filters, Hit, Result, Span
from qa.web.addresses import ask_address, document_address
from qa.web.contexts import (
    AnswerView,
    AskBox,
    AskPage,
    Level,
    Link,
    PassageView,
    PieceKind,
    Reason,
    RefusalView,
    Timeline,
    TimelineRow,
)
from qa.web.facade import AssistantFacade
from qa.web.marking import Mark, matches, pieces
from qa.web.narrowing import carried_fields, chips, facets, period_form
from qa.web.sources import Sources, citation_menu, short_citation

HIGH_CONFIDENCE = 0.85
MEDIUM_CONFIDENCE = 0.65
SHORT_ANSWER_CHARS = 16
"""Up to this long an answer is set larger than its sentence."""


def ask_page(assistant: AssistantFacade, result: Result) -> AskPage:
    """The page of a question."""
    sources = Sources(assistant)
    query, answer = result.query, result.answer
    return AskPage(
        box=AskBox(query.text, assistant.settings.max_question_chars, carried_fields(query.filters)),
        chips=chips(query, sources),
        facets=facets(query, result.hits, sources),
        period=period_form(query),
        answer=_answer(result, answer.best, sources) if answer.best else None,
        refusal=None if answer.best else _refusal(result),
        passages=tuple(_passage(rank, hit, result, sources) for rank, hit in enumerate(result.hits, 1)),
        notes=result.notes,
        elapsed=f"{result.timing.total_ms:,.0f} 毫秒" if result.timing.total_ms else "",
    )


def level_of(confidence: float) -> Level:
    """高, 中 or 低 for a calibrated probability."""
    if confidence >= HIGH_CONFIDENCE:
        return Level.HIGH
    return Level.MEDIUM if confidence >= MEDIUM_CONFIDENCE else Level.LOW


def answer_spans(answer: Answer) -> tuple[Span, ...]:
    """The stretches that are the answer: the parts of a list, or the one span."""
    if answer.best is None:
        return ()
    return tuple(item.span for item in answer.items) or (answer.best.span,)


def _answer(result: Result, best: AnswerSpan, sources: Sources) -> AnswerView:
    question, answer = result.query.text, result.answer
    spans = answer_spans(answer)
    # A list may run past the sentence of its first part; what is shown holds every part.
    start = min(best.evidence.start, *(span.start for span in spans))
    end = max(best.evidence.end, *(span.end for span in spans))
    evidence = Span(best.span.document_id, start, end)
    marks = [Mark(span.start - start, span.end - start, PieceKind.ANSWER) for span in spans]
    citation = sources.citation(evidence, best.passage.heading_path)
    return AnswerView(
        pieces=pieces(citation.quote, marks),
        short=len(best.text) <= SHORT_ANSWER_CHARS and not answer.items,
        items=tuple(Link(item.text, document_address(item.span, question)) for item in answer.items),
        source=Link(short_citation(citation), document_address(best.span, question)),
        citations=citation_menu(citation),
        level=level_of(best.confidence),
        confidence=f"{best.confidence:.2f}",
        timeline=_timeline(result, best, sources),
    )


def _timeline(result: Result, best: AnswerSpan, sources: Sources) -> Timeline | None:
    """The answer among those of other times, oldest first; ``None`` when there are no others."""
    others = result.answer.others
    if not others:
        return None
    ordered = sorted((*others, best), key=lambda each: (each.date or date.max, each.span))
    rows = tuple(_timeline_row(each, each is best, result.query.text, sources) for each in ordered)
    figures = result.question.kind is AnswerKind.NUMBER
    return Timeline("口径年表" if figures else "其他时间和出处的说法", "数值" if figures else "答案", rows)


def _timeline_row(each: AnswerSpan, current: bool, question: str, sources: Sources) -> TimelineRow:
    source = short_citation(sources.citation(each.span, each.passage.heading_path))
    when = f"{each.date.year}年" if each.date else "未注明"
    return TimelineRow(when, each.text, Link(source, document_address(each.span, question)), current)


def _refusal(result: Result) -> RefusalView:
    query = result.query
    unfiltered = ask_address(query.text, Filters()) if query.filters else ""
    return RefusalView(result.answer.reason_text, unfiltered)


def _passage(rank: int, hit: Hit, result: Result, sources: Sources) -> PassageView:
    passage = hit.passage
    question = result.question
    marks = matches(passage.text, [word.text for word in question.words], question.terms)
    marks += [
        Mark(span.start - passage.start, span.end - passage.start, PieceKind.ANSWER)
        for span in answer_spans(result.answer)
        if span.document_id == passage.document_id and span.start < passage.end and passage.start < span.end
    ]
    return PassageView(
        rank=rank,
        anchor=f"passage-{rank}",
        document=sources.name(passage.document_id),
        heading_path=passage.heading_path,
        kind=passage.kind or "",
        pieces=pieces(passage.text, marks),
        url=document_address(passage.span, result.query.text),
        citations=citation_menu(sources.citation(passage.span, passage.heading_path)),
        reasons=_reasons(hit),
    )


def _reasons(hit: Hit) -> tuple[Reason, ...]:
    ways = (("字面", hit.lexical), ("语义", hit.dense), ("精读", hit.reader))
    reasons = [
        Reason(name, "未命中") if value is None else Reason(name, f"{value:.2f}", min(max(value, 0.0), 1.0))
        for name, value in ways
    ]
    if hit.period is not None:
        reasons.append(Reason("时间", "与所问时间相符" if hit.period else "与所问时间不符"))
    return (*reasons, Reason("总分", f"{hit.score:.2f}"))
