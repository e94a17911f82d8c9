"""What the web application asks of the assistant: the facade of ``qa.assistant.Assistant`` as a Protocol.

Pages and API know only this, so that a test can hand in an assistant held in memory.
"""

from __future__ import annotations

from typing import Protocol

from qa.records import Document, Hit, Passage, Query, Result
from qa.settings import Settings


class AssistantFacade(Protocol):
    """Thread-safe; takes up a newly published index by itself."""

    @property
    def settings(self) -> Settings: ...

    def warm(self) -> None:
        """Loads what the first question needs. Raises :class:`qa.errors.ModelError` or an index error."""

    def ask(self, query: Query) -> Result:
        """The answer and the ranked passages. Raises :class:`qa.errors.UsageError` for a question that is none."""

    def search(self, query: Query) -> tuple[Hit, ...]:
        """Ranked passages only, best first."""

    def documents(self) -> list[Document]:
        """All documents, in corpus order."""

    def document(self, document_id: str) -> Document:
        """Raises :class:`qa.errors.NotFoundError`."""

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in the order of the text."""

    def passage(self, passage_id: str) -> Passage:
        """Raises :class:`qa.errors.NotFoundError`."""

    def suggestions(self) -> list[str]:
        """Example questions that the corpus can answer."""
