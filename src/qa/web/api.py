"""The API: the contract's JSON shapes, the same answers as every other door. Only ``GET``: what changes the library is in :mod:`qa.web.library_api`."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Query, Request

from qa.citing.address import citation_address
from qa.citing.citation import cite
from qa.citing.styles import DEFAULT_STYLE, format_citation
from qa.errors import UsageError
from qa.records import Answer, Document, Span
from qa.shapes import Shape, document_shape, hits_shape, passage_shape, result_shape, summary_shape
from qa.web.asking import read_query
from qa.web.facade import AssistantFacade
from qa.web.gate import WAIT_S, Gate
from qa.web.recent_answers import RecentAnswers
from qa.web.sources import Sources
from qa.web.turns import Turns

_QUESTION = {
    "parameters": [
        {"name": name, "in": "query", "required": name == "q", "schema": {"type": kind}, "description": text}
        for name, kind, text in (
            ("q", "string", "问题"),
            ("k", "integer", "段落数，1 到 50"),
            ("from", "string", "成文日期不早于：2021、2021-03 或 2021-03-25"),
            ("to", "string", "成文日期不晚于"),
            ("section", "string", "栏目"),
            ("kind", "string", "文种"),
            ("document", "string", "文档编号"),
        )
    ]
}


def api_routes(gate: Gate, turns: Turns, recent: RecentAnswers) -> APIRouter:
    """The routes under ``/api``."""
    router = APIRouter(prefix="/api", tags=["api"])

    @router.get("/ask", openapi_extra=_QUESTION)
    async def ask(request: Request) -> Shape:
        """The answer and the ranked passages."""
        return await turns.take(_ask, await turns.assistant(WAIT_S), request, turns, recent)

    @router.get("/search", openapi_extra=_QUESTION)
    async def search(request: Request) -> Shape:
        """Ranked passages only, best first."""
        return await turns.take(_search, await turns.assistant(WAIT_S), request)

    @router.get("/documents")
    def documents() -> Shape:
        """Every document with its card."""
        return {"documents": [summary_shape(each) for each in gate.assistant().summaries()]}

    @router.get("/documents/{document_id:path}")
    def document(document_id: str) -> Shape:
        """One document with its text and headings."""
        assistant = gate.assistant()
        found = assistant.document(document_id)
        return document_shape(found, len(assistant.passages_of(document_id)), whole=True)

    @router.get("/passages/{passage_id:path}")
    def passage(passage_id: str) -> Shape:
        """One passage."""
        assistant = gate.assistant()
        found = assistant.passage(passage_id)
        return passage_shape(found, assistant.document(found.document_id))

    @router.get("/cite")
    def cite(
        passage: str = Query("", description="段落编号；或者给出 document、start、end"),
        document: str = "",
        start: int = -1,
        end: int = -1,
        style: str = DEFAULT_STYLE,
    ) -> Shape:
        """A citation of a passage, or of any words of a document."""
        return _cite(gate.assistant(), passage, Span(document, start, end), style)

    return router


def _ask(assistant: AssistantFacade, request: Request, turns: Turns, recent: RecentAnswers) -> Shape:
    result = turns.seen(recent.ask(assistant, read_query(request.query_params, assistant.settings)))
    cited = [hit.passage.document_id for hit in result.hits] + _answering(result.answer)
    return result_shape(result, _documents(assistant, cited))


def _search(assistant: AssistantFacade, request: Request) -> Shape:
    query = read_query(request.query_params, assistant.settings)
    hits = assistant.search(query)
    cited = (hit.passage.document_id for hit in hits)
    return {"question": query.text, "passages": hits_shape(hits, _documents(assistant, cited))}


def _answering(answer: Answer) -> list[str]:
    return [each.span.document_id for each in (answer.best, *answer.items, *answer.others) if each]


def _documents(assistant: AssistantFacade, document_ids: Iterable[str]) -> dict[str, Document]:
    sources = Sources(assistant)
    return {document_id: sources.document(document_id) for document_id in document_ids}


def _cite(assistant: AssistantFacade, passage_id: str, span: Span, style: str) -> Shape:
    if passage_id:
        span = assistant.passage(passage_id).span
    elif not span.document_id:
        raise UsageError("没有说明引用哪里", reason="缺少参数 passage", hint="给出 passage，或 document、start、end")
    citation = cite(assistant.document(span.document_id), span)
    return {
        "style": style,
        "citation": format_citation(citation, style),
        "quote": citation.quote,
        "document_id": span.document_id,
        "start": span.start,
        "end": span.end,
        "url": citation_address(citation),
    }
