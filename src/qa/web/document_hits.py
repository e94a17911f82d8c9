"""The hits of a question in one document: where they are, which words of theirs are the question's, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa.errors import QaError
from qa.records import Block, Document, Hit, Passage, Query, Span
from qa.web.addresses import ask_address
from qa.web.asking import read_filters, read_question
from qa.web.contexts import HitLine, HitList, PieceKind
from qa.web.facade import AssistantFacade
from qa.web.marking import Mark, matches
from qa.web.sources import Sources

BEGINNING_CHARS = 36


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """The question that led here, its words as they are looked for, and its hits in this document, in the order of the text."""

    query: Query = Query("")
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


def read_hits(assistant: AssistantFacade, document_id: str, parameters: Mapping[str, str]) -> DocumentHits | None:
    """The question that led here with its hits in this document; ``None`` where there was none, or none that can be asked."""
    text = read_question(parameters.get("ask", ""))
    if not text:
        return None
    try:
        query = Query(text, read_filters(parameters), assistant.settings.top_k)
        found: tuple[Hit, ...] = assistant.search(query)
        question = assistant.understand(query)
    except QaError:
        return None  # the document is what was asked for; its page does not fail for the sake of a question
    passages = sorted((h.passage for h in found if h.passage.document_id == document_id), key=lambda p: p.start)
    return DocumentHits(query, tuple(word.text for word in question.words), question.terms, tuple(passages))


def question_words(document: Document, block: Block, hits: DocumentHits, lead: int) -> list[Mark]:
    """The words of the question, where the block belongs to a hit; up to ``lead`` they are part of the title sentence."""
    if not any(p.start < block.end and block.start < p.end for p in hits.passages):
        return []
    found = matches(document.text[block.start : block.end], hits.words, hits.terms)
    return [Mark(m.start, m.end, PieceKind.LEAD_MATCH if m.end <= lead else m.kind) for m in found]


def hit_list(found: DocumentHits, span: Span | None, sources: Sources) -> HitList:
    """The hits as the page lists them; the one that ``span`` stands in is the current one, and the next and previous are beside it."""
    hits, query = found.passages, found.query
    at = next((i for i, p in enumerate(hits) if span and p.start < span.end and span.start < p.end), None)
    if at is not None:
        before, after = hits[:at], hits[at + 1 :]
    else:
        border = span.start if span else 0
        before = tuple(p for p in hits if span and p.start < border)
        after = tuple(p for p in hits if p.start >= border)
    lines = (
        HitLine(_beginning(p.text), p.section, sources.address(p.span, query), place == at)
        for place, p in enumerate(hits)
    )
    return HitList(
        question=query.text,
        back_url=ask_address(query.text, query.filters),
        hits=tuple(lines),
        total=len(hits),
        position=None if at is None else at + 1,
        previous_url=sources.address(before[-1].span, query) if before else "",
        next_url=sources.address(after[0].span, query) if after else "",
    )


def _beginning(text: str) -> str:
    """How a passage begins, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING_CHARS else f"{line[:BEGINNING_CHARS]}…"
