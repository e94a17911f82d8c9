"""The route of page pictures stands before that of documents, whose ids may hold slashes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from tests.reading.loaders.pdf_writer import paragraph, pdf
from tests.web.held_assistant import HeldAssistant

TEXT = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"


def test_a_document_without_printed_pages_has_no_picture(client: TestClient, assistant: HeldAssistant) -> None:
    document = assistant.documents()[0]
    answer = client.get(f"/documents/{quote(document.id)}/pages/1.png")
    assert answer.status_code == 422
    assert "版面图" in answer.text


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    assert client.get("/documents/没有/pages/1.png").status_code == 404


def test_a_page_of_a_pdf_is_a_picture(client: TestClient, assistant: HeldAssistant, corpus: Path) -> None:
    document = assistant.documents()[0]
    (corpus / document.path).unlink()
    path = Path(document.path).with_suffix(".pdf")
    (corpus / path).write_bytes(pdf([paragraph(TEXT, 160)]))
    object.__setattr__(document, "path", path.as_posix())
    try:
        answer = client.get(f"/documents/{quote(document.id)}/pages/1.png?start=0&end=4")
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
    finally:
        object.__setattr__(document, "path", path.with_suffix(".txt").as_posix())
