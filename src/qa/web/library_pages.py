"""The library screen: looking, uploading, removing, putting back, reading again, correcting a card. Works without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from qa.errors import QaError, UsageError
from qa.indexing.intake import OnConflict
from qa.indexing.jobs import Job
from qa.records import LibraryChanges
from qa.web.gate import Gate
from qa.web.library_card_view import AS_READ, card_page, read_form
from qa.web.library_contexts import LibraryJobPage, LibraryJobPart
from qa.web.library_desk import LibraryDesk
from qa.web.library_job_view import job_address, job_view
from qa.web.library_upload import receive_upload
from qa.web.library_view import library_page
from qa.web.rendering import Renderer


def library_page_routes(desk: LibraryDesk, gate: Gate, renderer: Renderer) -> APIRouter:
    """The routes under ``/library``."""
    router = APIRouter(prefix="/library", include_in_schema=False, default_response_class=Response)

    @router.api_route("", methods=["GET", "HEAD"])
    def library(request: Request) -> Response:
        return renderer.response(library_page(desk, _changes(gate), request.query_params))

    @router.post("/upload")
    async def upload(request: Request) -> Response:
        batch = desk.worker.jobs.new_id()
        received = await receive_upload(request, desk.intake, batch, desk.settings.max_upload_mb * 1024**2)
        return _to(await run_in_threadpool(desk.take_in, received, batch))

    @router.post("/remove")
    async def remove(request: Request) -> Response:
        return _to(await run_in_threadpool(desk.remove, await _field(request, "document")))

    @router.post("/restore")
    async def restore(request: Request) -> Response:
        return _to(await run_in_threadpool(desk.restore, await _field(request, "kept")))

    @router.post("/reread")
    async def reread(request: Request) -> Response:
        return _to(await run_in_threadpool(desk.reread, [await _field(request, "document")]))

    @router.post("/reread-failed")
    def reread_failed() -> Response:
        return _to(desk.reread([each.id for each in desk.summaries() if each.status == "failed"]))

    @router.post("/update")
    def update() -> Response:
        return _to(desk.update())

    @router.api_route("/card", methods=["GET", "HEAD"])
    def card(document: str) -> Response:
        return renderer.response(card_page(desk, desk.summary(document)))

    @router.post("/card")
    async def correct(request: Request) -> Response:
        form = await request.form()
        identity = str(form.get("document", ""))
        sent = {name: str(value) for name, value in form.items()}
        values, problems = read_form(sent)
        if problems:
            page = await run_in_threadpool(lambda: card_page(desk, desk.summary(identity), sent, problems))
            return renderer.response(page, 422)
        as_read = [str(each) for each in form.getlist(AS_READ)]
        return _to(await run_in_threadpool(desk.correct, identity, values, as_read))

    @router.api_route("/jobs/{job_id}", methods=["GET", "HEAD"])
    def job(job_id: str) -> Response:
        return renderer.response(LibraryJobPage(job_view(desk.job(job_id))))

    @router.api_route("/jobs/{job_id}/part", methods=["GET", "HEAD"])
    def job_part(job_id: str) -> Response:
        return renderer.response(LibraryJobPart(job_view(desk.job(job_id))))

    @router.post("/jobs/{job_id}/cancel")
    def cancel(job_id: str) -> Response:
        desk.worker.cancel(desk.job(job_id))
        return _to(desk.job(job_id))

    @router.post("/jobs/{job_id}/retry")
    def retry(job_id: str) -> Response:
        job = desk.job(job_id)
        if job.ended:
            desk.worker.again(job)
        return _to(job)

    @router.post("/jobs/{job_id}/decide")
    async def decide(job_id: str, request: Request) -> Response:
        number, choice = await _field(request, "number"), await _field(request, "choice")
        if not number.isascii() or not number.isdigit() or choice not in set(OnConflict) - {OnConflict.ASK}:
            raise UsageError("没有说明怎样处理", reason="缺少 number 或 choice", hint="用页面上的按钮")
        return _to(await run_in_threadpool(desk.decide, desk.job(job_id), int(number), OnConflict(choice)))

    return router


def _to(job: Job) -> Response:
    return RedirectResponse(job_address(job), 303)


def _changes(gate: Gate) -> LibraryChanges:
    """What the last update did; nothing before the first index."""
    try:
        return gate.assistant().changes()
    except QaError as error:
        if error.code == "index_missing":
            return LibraryChanges()
        raise


async def _field(request: Request, name: str) -> str:
    value = (await request.form()).get(name)
    if not isinstance(value, str) or not value:
        raise UsageError(f"缺少 {name}", reason="表单不完整", hint="回到资料库页面再试")
    return value
