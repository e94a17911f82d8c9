"""核稿: the page, its downloads, and ``POST /api/check``."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from qa.citing.checker import DraftChecker
from qa.citing.manuscript.reading import Manuscript
from qa.citing.manuscript.word_comments import with_comments
from qa.errors import QaError, UsageError
from qa.shapes import Shape
from qa.web.check_forms import submitted, typed_text
from qa.web.check_jobs import CheckJob, CheckJobs, JobState
from qa.web.check_view import check_page, check_shape, checked_page, checking_page, job_address
from qa.web.gate import Gate
from qa.web.rendering import Renderer

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_POLL_S = 0.25
_QUICK_S = 0.4
"""A short draft is done within this time, and its page opens with the findings."""
_SEE_OTHER = 303
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}, "name": {"type": "string"}},
                }
            },
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"draft": {"type": "string", "format": "binary"}}}
            },
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}


def check_routes(gate: Gate, renderer: Renderer) -> APIRouter:
    """The routes under ``/check``, and ``POST /api/check``."""

    def checker() -> DraftChecker:
        return gate.assistant().draft_checker()

    jobs = CheckJobs(checker)
    router = APIRouter()
    _add_pages(router, jobs, renderer)
    _add_downloads(router, jobs)
    _add_api(router, jobs)
    return router


def _add_pages(router: APIRouter, jobs: CheckJobs, renderer: Renderer) -> None:
    @router.api_route("/check", methods=["GET", "HEAD"], include_in_schema=False)
    def form() -> Response:
        return renderer.response(check_page())

    @router.post("/check", include_in_schema=False)
    async def submit(request: Request) -> Response:
        try:
            manuscript = await submitted(request)
            job = await run_in_threadpool(_begun, jobs, manuscript)
        except QaError as error:
            return renderer.response(check_page(await typed_text(request), error), error.http_status)
        return RedirectResponse(job_address(job), _SEE_OTHER)

    @router.api_route("/check/{identity}", methods=["GET", "HEAD"], include_in_schema=False)
    def page(identity: str, show: str = "") -> Response:
        job = jobs.job(identity)
        if job.state is JobState.RUNNING:
            return renderer.response(checking_page(job))
        if job.failure is not None:
            raise job.failure
        return renderer.response(checked_page(job, show))

    @router.post("/check/{identity}/stop", include_in_schema=False)
    def stop(identity: str) -> Response:
        job = jobs.job(identity)
        job.stop()
        job.wait(_QUICK_S)
        return RedirectResponse(job_address(job), _SEE_OTHER)

    @router.get("/check/{identity}/progress", include_in_schema=False)
    def progress(identity: str) -> Shape:
        job = jobs.job(identity)
        return {"state": str(job.state), "done": job.done, "total": job.total}


def _begun(jobs: CheckJobs, manuscript: Manuscript) -> CheckJob:
    job = jobs.start(manuscript)
    job.wait(_QUICK_S)
    return job


def _add_downloads(router: APIRouter, jobs: CheckJobs) -> None:
    @router.get("/check/{identity}/comments.docx", include_in_schema=False)
    def word(identity: str) -> Response:
        return _word(jobs.job(identity))

    @router.get("/check/{identity}/result.json", include_in_schema=False)
    def result(identity: str) -> Response:
        job = jobs.job(identity)
        return JSONResponse(check_shape(job), headers=_as_file(job, "核稿.json"))


def _add_api(router: APIRouter, jobs: CheckJobs) -> None:
    @router.post("/api/check", tags=["api"], openapi_extra=_BODY, response_model=None)
    async def check(
        request: Request,
        output: Annotated[str, Query(alias="as", description="json，或 docx：带批注的 Word 文档")] = "json",
    ) -> Shape | Response:
        """Every claim and quotation of a draft, held against the documents."""
        if output not in ("json", "docx"):
            raise UsageError(f"as={output} 不行", reason="可用：json、docx", hint="改为其中之一")
        job = await run_in_threadpool(jobs.start, await submitted(request))
        while not await run_in_threadpool(job.wait, _POLL_S):
            if await request.is_disconnected():
                job.stop()
        if job.failure is not None:
            raise job.failure
        return await run_in_threadpool(_word, job) if output == "docx" else check_shape(job)


def _word(job: CheckJob) -> Response:
    data = with_comments(job.manuscript, tuple(job.findings))
    return Response(data, media_type=WORD, headers=_as_file(job, "核稿.docx"))


def _as_file(job: CheckJob, ending: str) -> dict[str, str]:
    stem = job.manuscript.name.rpartition(".")[0] or job.manuscript.name
    name = quote(f"{stem}-{ending}" if stem else ending, safe="")
    return {"content-disposition": f"attachment; filename*=utf-8''{name}", "cache-control": "private, no-cache"}
