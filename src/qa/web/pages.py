"""The pages for people: 问答, 原文, 引文. Each works without JavaScript and has its own address for every state."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from qa.errors import NotFoundError
from qa.reading.loaders.archive import archive_of, original_bytes
from qa.records import Span
from qa.web.around_view import around_fragment
from qa.web.ask_view import answered
from qa.web.asking import read_query
from qa.web.document_view import cite_page, document_page, printed_part
from qa.web.facade import AssistantFacade
from qa.web.feedback_view import feedback_form, read_verdict
from qa.web.fragments import wants_fragment
from qa.web.gate import PAGE_WAIT_S, Gate
from qa.web.home_view import Home
from qa.web.keeping import Keeping, wants_it_kept
from qa.web.recent_answers import RecentAnswers
from qa.web.rendering import Renderer
from qa.web.turns import Turns
from qa.web.visitors import new_visitor, remember, visitor_of

RECENT = 30
"""So many of a visitor's own questions are looked at for the first page, which names a question once."""


def page_routes(gate: Gate, renderer: Renderer, keeping: Keeping, turns: Turns, recent: RecentAnswers) -> APIRouter:
    """The routes of the pages."""
    router = APIRouter(include_in_schema=False, default_response_class=Response)
    first_page = Home()

    @router.api_route("/", methods=["GET", "HEAD"])
    async def ask(request: Request) -> Response:
        return await turns.take(asked, await turns.assistant(PAGE_WAIT_S), request)

    def asked(assistant: AssistantFacade, request: Request) -> Response:
        if "q" not in request.query_params:
            return renderer.response(first_page.page(assistant, keeping.recent(visitor_of(request), RECENT)))
        query = read_query(request.query_params, assistant.settings)
        result, generation, page = answered(assistant, query, recent)
        turns.seen(result)
        said = read_verdict(request.query_params.get("said", ""))
        response = renderer.response(replace(page, feedback=feedback_form(result, generation, said)) if said else page)
        if keeping.history and wants_it_kept(request):
            visitor = visitor_of(request) or new_visitor()
            remember(response, visitor)
            response.background = BackgroundTask(keeping.note, visitor, result, generation)
        return response

    @router.api_route("/around", methods=["GET", "HEAD"])
    def around(document: str, start: int, end: int) -> Response:
        return renderer.response(around_fragment(gate.assistant(PAGE_WAIT_S), Span(document, start, end)))

    # Before the document's own route: a document id may hold any character.
    @router.api_route("/documents/{document_id:path}/file", methods=["GET", "HEAD"])
    def file(document_id: str) -> Response:
        return _file(gate.assistant(PAGE_WAIT_S), document_id)

    @router.api_route("/documents/{document_id:path}", methods=["GET", "HEAD"])
    def document(document_id: str, request: Request) -> Response:
        assistant = gate.assistant(PAGE_WAIT_S)
        if wants_fragment(request) and (part := printed_part(assistant, document_id, request.query_params)):
            return renderer.response(part)
        return renderer.response(document_page(assistant, document_id, request.query_params))

    @router.api_route("/cite", methods=["GET", "HEAD"])
    def cite(request: Request, document: str, start: int, end: int) -> Response:
        base_url = str(request.base_url).rstrip("/")
        return renderer.response(cite_page(gate.assistant(PAGE_WAIT_S), Span(document, start, end), base_url))

    return router


def _file(assistant: AssistantFacade, document_id: str) -> Response:
    """The file as it lies in the corpus or in an archive there, always as a download: a browser must not run what a document holds."""
    document = assistant.document(document_id)
    corpus = Path(os.path.abspath(assistant.settings.corpus))
    path = Path(os.path.abspath(corpus / document.path))
    if path.is_relative_to(corpus) and archive_of(path) is not None:
        disposition = f"attachment; filename*=UTF-8''{quote(path.name, safe='')}"
        return Response(
            original_bytes(path), media_type="application/octet-stream", headers={"content-disposition": disposition}
        )
    if not path.is_relative_to(corpus) or not path.is_file():
        raise NotFoundError(
            f"找不到文件 {document.path}",
            reason="建立索引之后它被移走或改名了",
            hint="放回原处，或运行 qa index 更新索引",
        )
    return FileResponse(path, media_type="application/octet-stream", filename=path.name)
