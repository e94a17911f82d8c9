"""The first page: what can be asked, and of which documents."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.records import AskedQuestion, Document, Filters
from qa.web.addresses import ask_address, document_page
from qa.web.contexts import AskBox, DocumentLine, HomePage, Link
from qa.web.facade import AssistantFacade
from qa.web.sources import document_name

MAX_RECENT = 5
MAX_SUGGESTIONS = 6
MAX_SECTIONS = 8
MAX_DOCUMENTS = 12
_SECTION_CHARS = range(2, 13)
_ENUMERATOR = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*")


class Home:
    """The first page, made once for a generation: it reads through the whole library. Threads may share it."""

    def __init__(self) -> None:
        self._made: tuple[str, HomePage] | None = None

    def page(self, assistant: AssistantFacade, recent: tuple[AskedQuestion, ...]) -> HomePage:
        """The page with the first of a visitor's own latest questions (newest first)."""
        generation, made = assistant.state().generation, self._made
        if made is None or made[0] != generation:
            made = (generation, home_page(assistant))
            self._made = made
        # One line a question, as it was asked last: under which other filters, the page of all questions tells.
        latest: dict[str, AskedQuestion] = {}
        for each in recent:
            latest.setdefault(each.question, each)
        links = [Link(each.question, ask_address(each.question, each.filters)) for each in latest.values()]
        return replace(made[1], recent=tuple(links[:MAX_RECENT]))


def home_page(assistant: AssistantFacade) -> HomePage:
    """The first page of an application whose index is open, for a visitor that has not asked anything yet."""
    documents = assistant.documents()
    return HomePage(
        box=AskBox(max_chars=assistant.settings.max_question_chars),
        recent=(),
        suggestions=tuple(Link(q, ask_address(q, Filters())) for q in assistant.suggestions()[:MAX_SUGGESTIONS]),
        sections=_sections(documents),
        documents=tuple(map(_line, documents[:MAX_DOCUMENTS])),
        document_count=len(documents),
        corpus=str(assistant.settings.corpus),
    )


def _sections(documents: list[Document]) -> tuple[Link, ...]:
    """The headings that stand in most documents, then those that come first; a question about each, limited to it."""
    counts: dict[str, int] = {}
    for document in documents:
        for title in dict.fromkeys(heading.title for heading in document.headings):
            if len(title) in _SECTION_CHARS:
                counts[title] = counts.get(title, 0) + 1
    chosen = sorted(counts, key=lambda title: -counts[title])[:MAX_SECTIONS]
    return tuple(
        Link(name, ask_address(f"{name}的主要内容是什么？", Filters(section=title)))
        for title, name in ((each, _ENUMERATOR.sub("", each)) for each in chosen)
    )


def _line(document: Document) -> DocumentLine:
    detail = " · ".join(part for part in (document.card.issuer, document.card.kind) if part)
    return DocumentLine(document_name(document), detail, document_page(document.id))
