"""设置: a page that can be opened also while nothing can be answered."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from qa.errors import QaError, WorkspaceError
from qa.records import AuditEntry
from qa.settings import Settings
from qa.web.auditing import Auditor
from qa.web.gate import Gate
from qa.web.identity import who
from qa.web.keeping import Keeping
from qa.web.rendering import Renderer
from qa.web.settings_view import readers_settings_page, settings_page

AUDIT_SHOWN = 20
WAIT_S = 0.5
"""The page says what is set; it does not wait for the model."""


def settings_routes(
    gate: Gate, renderer: Renderer, keeping: Keeping, settings: Settings, auditor: Auditor
) -> APIRouter:
    """``/settings``; of the server's own settings 读者 see nothing."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/settings", methods=["GET", "HEAD"])
    def show() -> Response:
        if not who().may_manage:
            return renderer.response(readers_settings_page())
        try:
            audit: tuple[AuditEntry, ...] | None = auditor.latest(AUDIT_SHOWN)
        except WorkspaceError:
            audit = None
        try:
            said: int | None = len(keeping.feedback.list())
        except WorkspaceError:
            said = None
        try:
            return renderer.response(settings_page(settings, gate.assistant(WAIT_S), "", said, audit))
        except QaError as error:
            return renderer.response(settings_page(settings, None, str(error), said, audit))

    return router
