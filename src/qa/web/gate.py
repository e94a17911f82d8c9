"""The assistant behind the open door: opened in a background thread, waited for by whoever asks early."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from qa.errors import QaError, StillLoadingError
from qa.web.facade import AssistantFacade

WAIT_S = 120.0
"""How long a request waits for the model before it is told that the model is still loading."""
PAGE_WAIT_S = 8.0
"""A page waits this long; then it says that the model is loading, and comes again by itself."""
RETRY_AFTER_S = 1.0
"""A failed opening is tried again by the first request that comes this much later."""


class Gate:
    """Holds the assistant, or the error with which opening it ended.

    An error is not for ever: when an index has been built or a model put in place since, the next request opens it.
    """

    def __init__(self, open_assistant: Callable[[], AssistantFacade], *, retry_after_s: float = RETRY_AFTER_S) -> None:
        self._open = open_assistant
        self._retry_after_s = retry_after_s
        self._changed = threading.Condition()
        self._assistant: AssistantFacade | None = None
        self._failure: Exception | None = None
        self._failed_at = 0.0
        self._opening = False

    @property
    def ready(self) -> bool:
        return self._assistant is not None

    @property
    def failure(self) -> QaError | None:
        """Why the last opening failed; ``None`` while there is none, or when it was a bug of ours."""
        return self._failure if isinstance(self._failure, QaError) else None

    def start(self) -> None:
        """Begin opening in the background; returns at once, does nothing when open or already opening."""
        with self._changed:
            if self._assistant is not None or self._opening:
                return
            self._opening, self._failure = True, None
        threading.Thread(target=self._run, name="open-assistant", daemon=True).start()

    def retry(self) -> None:
        """Begin opening again, unless the last attempt failed only just now."""
        if time.monotonic() - self._failed_at >= self._retry_after_s:
            self.start()

    def assistant(self, wait_s: float = WAIT_S) -> AssistantFacade:
        """The assistant, waiting while it opens. Raises the :class:`QaError` that stopped it from opening."""
        if self._assistant is not None:
            return self._assistant
        if self._failure is None:
            self.start()
        else:
            self.retry()
        with self._changed:
            self._changed.wait_for(lambda: not self._opening, wait_s)
            if self._assistant is not None:
                return self._assistant
            if self._failure is not None:
                raise self._failure
        raise StillLoadingError("模型还在加载", reason=f"已等待 {wait_s:.0f} 秒", hint="不用做什么，本页会自动再试")

    def _run(self) -> None:
        assistant: AssistantFacade | None = None
        failure: Exception | None = None
        try:
            assistant = self._open()
        except Exception as error:  # handed to whoever asks; nothing else could report it
            failure = error
        with self._changed:
            self._assistant, self._failure = assistant, failure
            self._failed_at, self._opening = time.monotonic(), False
            self._changed.notify_all()
