"""The API of the library: upload, remove, and the state of what was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from qa.indexing.jobs import Job
from qa.shapes import Shape
from qa.web.library_desk import LibraryDesk
from qa.web.library_job_view import job_shape
from qa.web.library_upload import FILES, ON_CONFLICT, receive_upload

_LOOK_EVERY_S = 0.2
_UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILES],
                    "properties": {
                        ON_CONFLICT: {
                            "type": "string",
                            "enum": ["ask", "replace", "keep_both", "skip"],
                            "default": "ask",
                        },
                        FILES: {"type": "array", "items": {"type": "string", "format": "binary"}},
                    },
                }
            }
        },
    }
}


def library_api_routes(desk: LibraryDesk) -> APIRouter:
    """The routes under ``/api`` that change the library."""
    router = APIRouter(prefix="/api", tags=["library"])

    @router.post("/documents", status_code=202, openapi_extra=_UPLOAD_BODY)
    async def upload(request: Request) -> JSONResponse:
        """Takes files in and reads them; answers with the job at once. 507 when the disk is full and nothing could be kept."""
        batch = desk.worker.jobs.new_id()
        received = await receive_upload(request, desk.intake, batch, desk.settings.max_upload_mb * 1024**2)
        errors = [each.error for each in received.files if each.error is not None]
        if errors and len(errors) == len(received.files):
            desk.intake.discard(batch)
            raise errors[0]
        job = await run_in_threadpool(desk.take_in, received, batch)
        return JSONResponse({"job": job_shape(job)}, 202)

    @router.delete("/documents/{document_id:path}", status_code=202)
    def remove(document_id: str) -> Shape:
        """Takes a document out of the library; its file is kept below ``corpus/.removed``."""
        return {"job": job_shape(desk.remove(document_id))}

    @router.get("/jobs")
    def jobs() -> Shape:
        """What was asked of the library since the server started, the newest first."""
        return {"jobs": [job_shape(job) for job in desk.worker.jobs.latest()]}

    @router.get("/jobs/{job_id}")
    def job(job_id: str) -> Shape:
        """How far one job is."""
        return job_shape(desk.job(job_id))

    @router.post("/jobs/{job_id}/cancel")
    def cancel(job_id: str) -> Shape:
        """Stops a job; files that are finished stay finished."""
        desk.worker.cancel(desk.job(job_id))
        return job_shape(desk.job(job_id))

    @router.post("/jobs/{job_id}/retry", status_code=202)
    def retry(job_id: str) -> Shape:
        """Tries again what failed or was stopped."""
        job = desk.job(job_id)
        if job.ended:
            desk.worker.again(job)
        return job_shape(job)

    @router.get("/jobs/{job_id}/events", response_class=EventSourceResponse)
    async def events(request: Request, job: Job = Depends(desk.job)) -> AsyncIterator[ServerSentEvent]:  # noqa: B008
        """The job as server-sent events: one ``job`` event a change, and ``end`` after the last one."""
        sent = -1
        while True:
            if job.version != sent:
                sent = job.version
                yield ServerSentEvent(data=job_shape(job), event="job", id=str(sent))
            if job.ended and job.version == sent:
                yield ServerSentEvent(data={"state": str(job.state)}, event="end")
                return
            if await request.is_disconnected():
                return
            await asyncio.sleep(_LOOK_EVERY_S)

    return router
