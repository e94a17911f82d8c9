"""The contract's JSON shapes: what the command line, the API and the MCP server all write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.citing.address import fingerprint, span_address
from qa.citing.citation import cite
from qa.citing.original import recognition_of
from qa.citing.styles import format_citation
from qa.reading.official_parts import official_parts
from qa.records import CARD_FIELDS, AnswerSpan, Document, DocumentSummary, Hit, Passage, Result, Span

Shape = dict[str, Any]


def passage_url(passage: Passage, span: Span | None = None) -> str:
    """The permanent address of the passage's words, or of those of ``span`` in it; see :mod:`qa.citing.permalink`."""
    wanted = span or passage.span
    words = passage.text[wanted.start - passage.start : wanted.end - passage.start]
    return span_address(wanted, fingerprint(words))


def short_citation(document: Document, passage: Passage) -> str:
    """《科技简报》2021年第1期（2021年3月25日）【高层声音】."""
    return format_citation(cite(document, passage.span), "short")


def result_shape(result: Result, documents: dict[str, Document], identity: str | None = None) -> Shape:
    """A result of ``ask``; ``documents`` holds at least those that are cited."""
    answer = result.answer
    best = answer.best
    shape: Shape = {
        "abstained": answer.abstained,
        "reason": str(answer.reason) if answer.reason else None,
        "reason_text": answer.reason_text or None,
        "text": None,
        "confidence": 0.0,
        "evidence": None,
        "document_id": None,
        "passage_id": None,
        "start": None,
        "end": None,
        "items": [],
        "others": [other_shape(other) for other in answer.others],
        "reader": answer.reader,
        "caution": answer.caution or None,
    }
    if best:
        document = documents[best.span.document_id]
        shape |= {
            "text": best.text,
            "confidence": round(best.confidence, 4),
            "evidence": document.text[best.evidence.start : best.evidence.end],
            "document_id": best.span.document_id,
            "passage_id": best.passage.id,
            "start": best.span.start,
            "end": best.span.end,
            "items": [item.text for item in answer.items],
            "citation": short_citation(document, best.passage),
            "url": passage_url(best.passage, best.span),
            "recognition": recognition_shape(document, best.evidence),
        }
    return {
        "id": identity,
        "question": result.query.text,
        "answer": shape,
        "passages": hits_shape(result.hits, documents),
        "timing_ms": {
            "total": round(result.timing.total_ms, 1),
            "embed": round(result.timing.embed_ms, 1),
            "retrieve": round(result.timing.retrieve_ms, 1),
            "read": round(result.timing.read_ms, 1),
        },
        "notes": list(result.notes),
    }


def recognition_shape(document: Document, span: Span) -> Shape | None:
    """How sure words are that were recognised from a picture; ``None`` for words that were read as text."""
    found = recognition_of(document, span)
    if found is None:
        return None
    return {"pages": list(found.pages), "confidence": found.confidence, "doubtful": found.doubtful}


def other_shape(other: AnswerSpan) -> Shape:
    return {
        "text": other.text,
        "document_id": other.span.document_id,
        "date": other.date.isoformat() if other.date else None,
        "start": other.span.start,
        "end": other.span.end,
        "confidence": round(other.confidence, 4),
    }


def hits_shape(hits: Sequence[Hit], documents: dict[str, Document]) -> list[Shape]:
    return [hit_shape(rank, hit, documents[hit.passage.document_id]) for rank, hit in enumerate(hits, 1)]


def hit_shape(rank: int, hit: Hit, document: Document) -> Shape:
    passage = hit.passage
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "title": passage.title,
        "date": passage.date.isoformat() if passage.date else None,
        "section": passage.section or None,
        "clause": passage.clause or None,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "citation": short_citation(document, passage),
        "url": passage_url(passage),
        "recognition": recognition_shape(document, passage.span),
        "why": {"lexical": hit.lexical, "dense": hit.dense, "reader": hit.reader, "period": hit.period},
    }


def document_shape(document: Document, passages: int, *, whole: bool = False) -> Shape:
    """A document as ``qa documents`` lists it; ``whole`` adds the text, the headings and the parts by GB/T 9704."""
    card = document.card
    shape: Shape = {
        "document_id": document.id,
        "path": document.path,
        "status": str(document.status),
        "warnings": list(document.warnings),
        "card": {name: _json(getattr(card, name)) for name in CARD_FIELDS},
        "card_sources": dict(document.card_sources),
        "passages": passages,
        "chars": len(document.text),
        "sha256": document.sha256,
    }
    if whole:
        shape["text"] = document.text
        shape["headings"] = [
            {"level": each.level, "title": each.title, "start": each.start, "end": each.end}
            for each in document.headings
        ]
        shape["parts"] = [
            {"part": str(part), "start": start, "end": end} for part, start, end in official_parts(document)
        ]
    return shape


def summary_shape(summary: DocumentSummary) -> Shape:
    """A document as the library lists it: :func:`document_shape` without text, with when it was read and what it repeats."""
    duplicate = summary.duplicate
    return {
        "document_id": summary.id,
        "path": summary.path,
        "status": str(summary.status),
        "warnings": list(summary.warnings),
        "card": {name: _json(getattr(summary.card, name)) for name in CARD_FIELDS},
        "card_sources": dict(summary.card_sources),
        "passages": summary.passages,
        "chars": summary.chars,
        "sha256": summary.sha256,
        "read_at": _json(summary.read_at),
        "corrected": summary.corrected,
        "duplicate": {"of": duplicate.shown_id, "similarity": duplicate.similarity} if duplicate else None,
    }


def passage_shape(passage: Passage, document: Document) -> Shape:
    return {
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "title": passage.title,
        "date": passage.date.isoformat() if passage.date else None,
        "section": passage.section or None,
        "clause": passage.clause or None,
        "heading_path": list(passage.heading_path),
        "lead": passage.lead or None,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "citation": short_citation(document, passage),
        "url": passage_url(passage),
    }


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
