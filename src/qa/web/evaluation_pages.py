"""评测: kept runs with their misses, proposals to judge, and questions with their right evidence."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from qa.errors import WorkspaceError
from qa.settings import Settings
from qa.web.evaluation_contexts import EvaluationProposalsPage, EvaluationQuestionPage
from qa.web.evaluation_desk import EvaluationDesk
from qa.web.evaluation_questions_view import (
    Asked,
    judge_proposal,
    proposals_page,
    question_page,
    said_line,
    save_question,
)
from qa.web.evaluation_runs_view import ADDRESS, evaluation_page, report_of, run_page
from qa.web.gate import Gate
from qa.web.keeping import Keeping
from qa.web.rendering import Renderer
from qa.web.visitors import visitor_of

MAX_FIELDS = 40
RECENT = 60


def evaluation_routes(gate: Gate, renderer: Renderer, settings: Settings, keeping: Keeping) -> APIRouter:
    """The routes below ``/evaluation``. Those of the runs work while no index can be opened."""
    from qa.bootstrap import open_rejections  # not before the port is open

    router = APIRouter(prefix=ADDRESS, include_in_schema=False, default_response_class=Response)
    desk = EvaluationDesk(settings, open_rejections(settings))

    @router.api_route("", methods=["GET", "HEAD"])
    def runs() -> Response:
        return renderer.response(evaluation_page(desk))

    @router.api_route("/runs/{name:path}", methods=["GET", "HEAD"])
    def run(name: str, request: Request) -> Response:
        if "download" in request.query_params:
            return _download(report_of(desk, name), name)
        # Not settings.today, which fixes what 今年 means: a known failure expires by the calendar, as for the command.
        return renderer.response(run_page(desk, name, date.today()))

    @router.api_route("/proposals", methods=["GET", "HEAD"])
    def proposals(request: Request) -> Response:
        said = said_line(request.query_params.get("said", ""), desk.file.as_posix())
        return renderer.response(proposals_page(desk, gate.assistant(), said=said))

    @router.post("/proposals")
    async def judge(request: Request) -> Response:
        fields = await request.form(max_fields=MAX_FIELDS, max_files=0)
        done = await run_in_threadpool(lambda: judge_proposal(desk, gate.assistant(), fields))
        return _answered(done, "proposals")

    @router.api_route("/question", methods=["GET", "HEAD"])
    def question(request: Request) -> Response:
        said = said_line(request.query_params.get("said", ""), desk.file.as_posix())
        asked = request.query_params.get("q", "")
        return renderer.response(question_page(desk, gate.assistant(), asked, before(request), said=said))

    @router.post("/question")
    async def save(request: Request) -> Response:
        fields = await request.form(max_fields=MAX_FIELDS, max_files=0)
        return await run_in_threadpool(saved, request, fields)

    def saved(request: Request, fields: FormData) -> Response:
        return _answered(save_question(desk, gate.assistant(), fields, before(request)), "question")

    def before(request: Request) -> Asked:
        try:
            said = keeping.feedback.list()
        except WorkspaceError:
            said = ()  # the page is about something else
        return Asked(keeping.recent(visitor_of(request), RECENT), said)

    def _answered(done: str | EvaluationProposalsPage | EvaluationQuestionPage, path: str) -> Response:
        if isinstance(done, str):
            return RedirectResponse(f"{ADDRESS}/{path}?said={done}", 303)
        return renderer.response(done, 400)

    return router


def _download(report: str, name: str) -> Response:
    """The report as a file: its own styles stand inside it, which our pages' policy would not let through."""
    file = name.rpartition("/")[2]
    ascii_name = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "_" for char in file)
    headers = {"content-disposition": f'attachment; filename="qa-eval-{ascii_name}.html"', "cache-control": "no-store"}
    return Response(report, media_type="text/html; charset=utf-8", headers=headers)
