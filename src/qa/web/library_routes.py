"""The library's pages and API over one desk."""

from __future__ import annotations

from fastapi import APIRouter

from qa.web.gate import Gate
from qa.web.library_api import library_api_routes
from qa.web.library_desk import LibraryDesk
from qa.web.library_pages import library_page_routes
from qa.web.rendering import Renderer


def library_routes(gate: Gate, renderer: Renderer, desk: LibraryDesk) -> APIRouter:
    """Everything of the library."""
    router = APIRouter()
    router.include_router(library_api_routes(desk))
    router.include_router(library_page_routes(desk, gate, renderer))
    return router
