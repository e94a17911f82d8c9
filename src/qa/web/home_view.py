"""The first page: what can be asked, and of which documents."""

from __future__ import annotations

from qa.records import Document, Filters
from qa.web.addresses import ask_address, document_page
from qa.web.contexts import AskBox, DocumentLine, HomePage, Link
from qa.web.facade import AssistantFacade
from qa.web.sources import document_name

MAX_SUGGESTIONS = 6
MAX_DOCUMENTS = 12


def home_page(assistant: AssistantFacade) -> HomePage:
    """The first page of an application whose index is open."""
    documents = assistant.documents()
    return HomePage(
        box=AskBox(max_chars=assistant.settings.max_question_chars),
        suggestions=tuple(Link(q, ask_address(q, Filters())) for q in assistant.suggestions()[:MAX_SUGGESTIONS]),
        documents=tuple(map(_line, documents[:MAX_DOCUMENTS])),
        document_count=len(documents),
        corpus=str(assistant.settings.corpus),
    )


def _line(document: Document) -> DocumentLine:
    detail = " · ".join(part for part in (document.card.issuer, document.card.kind) if part)
    return DocumentLine(document_name(document), detail, document_page(document.id))
