"""Saying whether an answer is right, and having what was said as candidates for an evaluation set."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from qa.errors import UsageError
from qa.evaluation.candidates import candidate_lines
from qa.records import Verdict
from qa.web.addresses import ask_address
from qa.web.feedback_view import FeedbackFragment, feedback_form, judged, read_verdict
from qa.web.fragments import wants_fragment
from qa.web.gate import Gate
from qa.web.keeping import Keeping
from qa.web.rendering import Renderer
from qa.web.visitors import new_visitor, remember, visitor_of

MAX_FIELDS = 20


def feedback_routes(gate: Gate, renderer: Renderer, keeping: Keeping) -> APIRouter:
    """``POST /feedback`` and ``GET /api/feedback``."""
    router = APIRouter()

    @router.post("/feedback", include_in_schema=False)
    async def feedback(request: Request) -> Response:
        fields = await request.form(max_fields=MAX_FIELDS, max_files=0)
        return await run_in_threadpool(said, request, fields)

    def said(request: Request, fields: FormData) -> Response:
        form = {name: value for name, value in fields.items() if isinstance(value, str)}
        verdict = read_verdict(form.get("verdict", ""))
        if verdict is None:
            raise UsageError("没有说明评价", reason="缺少参数 verdict", hint=f"verdict 可用：{'、'.join(Verdict)}")
        visitor = visitor_of(request) or new_visitor()
        given, result, generation = judged(gate.assistant(), form, visitor, verdict)
        keeping.feedback.add(given)
        if wants_fragment(request):
            response: Response = renderer.response(FeedbackFragment(feedback_form(result, generation, verdict)))
        else:
            address = ask_address(result.query.text, result.query.filters)
            response = RedirectResponse(f"{address}&said={verdict}#feedback", 303)
        remember(response, visitor)
        return response

    @router.get("/api/feedback", tags=["api"], response_class=Response)
    def candidates() -> Response:
        """What people said of answers, as candidates for an evaluation set: JSON Lines, newest first."""
        lines = candidate_lines(keeping.feedback.list())
        return Response(
            "".join(f"{line}\n" for line in lines),
            media_type="application/x-ndjson",
            headers={"content-disposition": 'attachment; filename="feedback.jsonl"', "cache-control": "no-store"},
        )

    return router
