"""What is kept of what people ask and say."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from qa.errors import WorkspaceError
from qa.ports import FeedbackStore, QuestionHistory
from qa.records import AskedQuestion, Result
from qa.settings import Settings

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """The stores of the workspace; ``history`` is ``None`` where the setting switches it off."""

    history: QuestionHistory | None
    feedback: FeedbackStore

    @classmethod
    def under(cls, settings: Settings) -> Keeping:
        """The stores of the workspace folder; nothing is opened or made yet."""
        from qa.bootstrap import open_feedback, open_history  # not before the port is open

        return cls(open_history(settings), open_feedback(settings))

    def note(self, visitor: str, result: Result, generation: str) -> None:
        """Keeps a question with its outcome. Called after the answer was sent: a full disk must not cost the answer."""
        if self.history is None:
            return
        query = result.query
        try:
            self.history.add(
                AskedQuestion(visitor, query.text, query.filters, result.answer.text, generation, datetime.now(UTC))
            )
        except WorkspaceError as error:
            LOG.warning("question not kept: %s", error)

    def recent(self, visitor: str | None, limit: int) -> tuple[AskedQuestion, ...]:
        """The visitor's latest questions; none where the file cannot be read, as on a page that is about something else."""
        if self.history is None or visitor is None:
            return ()
        try:
            return self.history.list(visitor, limit)
        except WorkspaceError as error:
            LOG.warning("questions not read: %s", error)
            return ()


def wants_it_kept(request: Request) -> bool:
    """Whether a request is a person asking: not a browser that fetches ahead, not one that only looks whether it is there."""
    purpose = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return request.method == "GET" and "prefetch" not in purpose
