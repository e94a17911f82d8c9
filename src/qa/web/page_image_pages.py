"""``/documents/{id}/pages/{n}.png`` (PDF) and ``{n}.svg`` (OFD): a printed page of the original, the cited words boxed on it."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from qa.errors import NotFoundError
from qa.reading.loaders.archive import original_bytes
from qa.reading.loaders.page_images import media_type, page_image, words_on_page
from qa.web.gate import PAGE_WAIT_S, Gate

PICTURE_POLICY = "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox"
"""An SVG of our making holds pictures only; opened by itself it still must not run what a document says."""


def page_image_routes(gate: Gate) -> APIRouter:
    """The route of page pictures; ``start`` and ``end`` are the cited words' place in the document's text."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/documents/{document_id:path}/pages/{number}.svg", methods=["GET", "HEAD"])
    @router.api_route("/documents/{document_id:path}/pages/{number}.png", methods=["GET", "HEAD"])
    def picture(document_id: str, number: int, start: int = 0, end: int = 0) -> Response:
        assistant = gate.assistant(PAGE_WAIT_S)
        document = assistant.document(document_id)
        corpus = Path(os.path.abspath(assistant.settings.corpus))
        path = Path(os.path.abspath(corpus / document.path))
        if not path.is_relative_to(corpus):
            raise NotFoundError(
                f"找不到文件 {document.path}", reason="路径在资料文件夹之外", hint="运行 qa index 更新索引"
            )
        words, before = words_on_page(document, number, start, end)
        image = page_image(original_bytes(path), path.name, number, words, before)
        headers = {"cache-control": "private, max-age=300", "content-security-policy": PICTURE_POLICY}
        return Response(image, media_type=media_type(path.name), headers=headers)

    return router
