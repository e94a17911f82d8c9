"""Answers given a moment ago, given again: what many people ask at once, a page that is loaded anew, the way back to a question.

A result is a function of the library, the question and the day; only as long as all three stay is it given again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date

from qa.records import DocumentSummary, Query, Result, Timing
from qa.web.facade import AssistantFacade

MOST = 256


@dataclass(slots=True)
class _Place:
    """One question's result. ``lock`` is held while it is being answered, so that equal questions at once are answered once."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    result: Result | None = None


class RecentAnswers:
    """At most ``most`` results, the longest unused go first. Thread-safe."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._library: tuple[DocumentSummary, ...] = ()
        self._places: OrderedDict[tuple[Query, date], _Place] = OrderedDict()

    def ask(self, assistant: AssistantFacade, query: Query) -> Result:
        """As the assistant's ``ask``, raising what it raises; a result given again says how long that took.

        Not kept is what a fallen-back or unfinished stage has to do with (``notes``), and nothing at all while documents are
        being taken out: their list is the same object only as long as nothing changes.
        """
        begun = time.perf_counter()
        library = assistant.summaries()
        place = self._place(library, (query, assistant.settings.today or date.today()))
        with place.lock:
            if place.result is not None:
                return replace(place.result, timing=Timing((time.perf_counter() - begun) * 1000, 0.0, 0.0, 0.0))
            result = assistant.ask(query)
            if not result.notes and assistant.summaries() is library:
                place.result = result
            return result

    def _place(self, library: tuple[DocumentSummary, ...], key: tuple[Query, date]) -> _Place:
        with self._lock:
            if library is not self._library:
                self._library = library
                self._places.clear()
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place
