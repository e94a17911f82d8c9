"""提问记录: looking at one's own questions and forgetting them. It works while no index can be opened."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from qa.web.history_view import SHOWN, history_page
from qa.web.keeping import Keeping
from qa.web.rendering import Renderer
from qa.web.visitors import visitor_of

ADDRESS = "/history"


def history_routes(renderer: Renderer, keeping: Keeping) -> APIRouter:
    """The routes below ``/history``."""
    router = APIRouter(prefix=ADDRESS, include_in_schema=False)

    @router.api_route("", methods=["GET", "HEAD"])
    def history(request: Request) -> Response:
        visitor = visitor_of(request)
        asked = keeping.history.list(visitor, SHOWN) if keeping.history and visitor else ()
        return renderer.response(history_page(keeping.history is not None, asked))

    @router.post("/delete")
    def delete(request: Request, id: Annotated[int, Form(ge=1, le=2**62)]) -> Response:
        visitor = visitor_of(request)
        if keeping.history and visitor:
            keeping.history.delete(visitor, id)  # one that is gone already is what was wanted
        return RedirectResponse(ADDRESS, 303)

    @router.post("/clear")
    def clear(request: Request) -> Response:
        visitor = visitor_of(request)
        if keeping.history and visitor:
            keeping.history.clear(visitor)
        return RedirectResponse(ADDRESS, 303)

    return router
