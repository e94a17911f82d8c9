"""The web application: pages and API over one assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from qa import __version__
from qa.indexing.worker import Update
from qa.settings import Settings
from qa.web.admission import Admission, Admitted
from qa.web.api import api_routes
from qa.web.assets import HashedStatic, static_dir
from qa.web.auditing import Auditor
from qa.web.body_limit import BodyLimit
from qa.web.check_pages import check_routes
from qa.web.drafts_api import draft_api_routes
from qa.web.drafts_desk import WebDesk
from qa.web.drafts_pages import draft_routes
from qa.web.error_pages import add_error_handlers
from qa.web.evaluation_pages import evaluation_routes
from qa.web.facade import AssistantFacade
from qa.web.feedback_pages import feedback_routes
from qa.web.gate import Gate
from qa.web.history_pages import history_routes
from qa.web.keeping import Keeping
from qa.web.library_desk import LibraryDesk
from qa.web.library_routes import library_routes
from qa.web.login_pages import login_routes
from qa.web.metrics import Measured, Metrics, metrics_routes
from qa.web.pacing import Pacing
from qa.web.page_image_pages import page_image_routes
from qa.web.pages import page_routes
from qa.web.probes import probe_routes
from qa.web.recent_answers import RecentAnswers
from qa.web.rendering import Renderer
from qa.web.request_log import Logged, note_result
from qa.web.security import OwnPagesOnly, SecurityHeaders
from qa.web.settings_pages import settings_routes
from qa.web.turns import Turns


def create_app(assistant_or_settings: AssistantFacade | Settings, *, update: Update | None = None) -> FastAPI:
    """The application over an assistant, or over settings from which one is opened. It is warmed in the background once
    the application starts; requests that come earlier wait. ``update`` brings the index up to date when the library changes;
    by default as ``qa index`` does.

    Raises :class:`qa.errors.SettingsError` when the templates are not there.
    """
    gate = _gate(assistant_or_settings)
    settings = assistant_or_settings if isinstance(assistant_or_settings, Settings) else assistant_or_settings.settings
    renderer, keeping, metrics = Renderer(), Keeping.under(settings), Metrics()
    recent = RecentAnswers()
    turns = Turns(gate, observe=(metrics.result, note_result), most_waiting=settings.max_waiting)

    admission = _admission(settings)
    library = LibraryDesk(settings, gate, update, admission.auditor)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gate.start()
        yield
        library.worker.stop()

    # Swagger and ReDoc pages load scripts from a CDN; /openapi.json stays.
    app = FastAPI(title="引证", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.ask_to_stop = library.worker.ask_to_stop
    app.state.admission = admission
    refuse = add_error_handlers(app, renderer, settings)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(BodyLimit)
    app.add_middleware(Admitted, admission=admission, refuse=refuse)
    app.add_middleware(OwnPagesOnly)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(Logged)
    app.include_router(probe_routes(gate))
    app.include_router(metrics_routes(metrics))
    app.include_router(login_routes(admission, renderer))
    app.include_router(api_routes(gate, turns, recent))
    app.include_router(feedback_routes(gate, renderer, keeping))
    app.include_router(history_routes(renderer, keeping))
    app.include_router(settings_routes(gate, renderer, keeping, settings, admission.auditor))
    app.include_router(evaluation_routes(gate, renderer, settings, keeping))
    app.include_router(check_routes(gate, renderer))
    desks = WebDesk(gate, settings)
    app.include_router(draft_api_routes(gate, desks))
    app.include_router(draft_routes(renderer, desks))
    app.include_router(library_routes(gate, renderer, library))
    app.include_router(page_image_routes(gate))  # before the documents, whose ids may hold slashes
    app.include_router(page_routes(gate, renderer, keeping, turns, recent))
    app.mount("/static", HashedStatic(directory=static_dir()), name="static")
    return app


def _admission(settings: Settings) -> Admission:
    from qa.bootstrap import open_accounts, open_audit

    pacing, auditor = Pacing(settings.requests_per_minute), Auditor(open_audit(settings))
    return Admission(open_accounts(settings), settings.token, pacing, auditor)


def _gate(assistant_or_settings: AssistantFacade | Settings) -> Gate:
    def open_it() -> AssistantFacade:
        if isinstance(assistant_or_settings, Settings):
            from qa.bootstrap import open_assistant  # not before the port is open

            assistant: AssistantFacade = open_assistant(assistant_or_settings)
        else:
            assistant = assistant_or_settings
        assistant.warm()
        return assistant

    return Gate(open_it)
