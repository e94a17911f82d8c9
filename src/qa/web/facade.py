"""What the web application asks of the assistant: the facade of ``qa.assistant.Assistant`` as a Protocol.

Pages and API know only this, so that a test can hand in an assistant held in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from qa.citing.checker import DraftChecker
from qa.records import Document, DocumentSummary, Filters, Hit, LibraryChanges, Passage, Query, Question, Result
from qa.settings import Settings

if TYPE_CHECKING:  # the assistant is loaded once the port is open
    from qa.assistant import LibraryState


class AssistantFacade(Protocol):
    """Thread-safe; takes up a newly published index by itself."""

    @property
    def settings(self) -> Settings: ...

    def warm(self) -> None:
        """Loads what the first question needs. Raises :class:`qa.errors.ModelError` or an index error."""

    def state(self) -> LibraryState:
        """Which generation, model and reader answer now."""

    def understand(self, query: Query) -> Question:
        """The query as it is understood. Raises :class:`qa.errors.UsageError` for a question that is none."""

    def passage_count(self, filters: Filters) -> int:
        """How many passages of the library the filters let through."""

    def ask(self, query: Query) -> Result:
        """The answer and the ranked passages. Raises :class:`qa.errors.UsageError` for a question that is none."""

    def search(self, query: Query) -> tuple[Hit, ...]:
        """Ranked passages only, best first."""

    def draft_checker(self) -> DraftChecker:
        """What checks drafts against the generation that answers now; the same object as long as that stays."""

    def documents(self) -> list[Document]:
        """All documents, in corpus order."""

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """Every document without its text, by path."""

    def hide(self, document_ids: Iterable[str]) -> None:
        """No result comes from these documents any more: their files are gone, the index that lacks them is being made."""

    def unhide(self, document_ids: Iterable[str]) -> None:
        """They are back, or the index lacks them now."""

    def changes(self) -> LibraryChanges:
        """What the newest index has that the one before had not."""

    def document(self, document_id: str) -> Document:
        """Raises :class:`qa.errors.NotFoundError`."""

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in the order of the text."""

    def passage(self, passage_id: str) -> Passage:
        """Raises :class:`qa.errors.NotFoundError`."""

    def suggestions(self) -> list[str]:
        """Example questions that the corpus can answer."""
