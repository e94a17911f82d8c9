"""The visitor's own questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.records import AskedQuestion, Filters
from qa.web.addresses import ask_address, filter_parameters
from qa.web.contexts import Page

SHOWN = 200
_FILTER_NAMES = {"from": "从", "to": "到", "section": "栏目", "kind": "文种", "document": "文档"}


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question that was asked: ``when`` in local time to read, ``at`` in ISO; ``answer`` is empty where nothing was found."""

    id: int
    question: str
    url: str
    limits: str
    answer: str
    when: str
    at: str


@dataclass(frozen=True, slots=True)
class HistoryPage(Page):
    """The page 提问记录. ``kept`` is false where nothing is recorded."""

    template: ClassVar[str] = "history.html"

    kept: bool
    asked: tuple[AskedView, ...]
    shown: int


def history_page(kept: bool, asked: tuple[AskedQuestion, ...]) -> HistoryPage:
    """The page of these questions."""
    return HistoryPage(kept, tuple(map(asked_view, asked)), SHOWN)


def asked_view(asked: AskedQuestion) -> AskedView:
    """One line of the page."""
    at = asked.asked_at.astimezone()
    return AskedView(
        id=asked.id,
        question=asked.question,
        url=ask_address(asked.question, asked.filters),
        limits=_limits(asked.filters),
        answer=asked.answer,
        when=f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
        at=at.isoformat(timespec="seconds"),
    )


def _limits(filters: Filters) -> str:
    return "，".join(f"{_FILTER_NAMES[name]} {value}" for name, value in filter_parameters(filters))
