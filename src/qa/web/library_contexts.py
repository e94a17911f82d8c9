"""What the templates of the library screen are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.web.contexts import Field, Link, Page


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the library. ``state`` is read, warnings or failed; ``url`` is empty where there is no text to show."""

    id: str
    title: str
    url: str
    path: str
    details: tuple[str, ...]
    passages: int
    state: str
    state_name: str
    messages: tuple[str, ...]
    duplicate: Link | None
    duplicate_note: str
    read_at: str
    read_on: str
    corrected: bool
    card_url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list to choose from."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """What the last update did in one way: 新增, 改动, …"""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A file that was set aside; ``kept`` names it for putting it back."""

    kept: str
    size: str
    removed_at: str


@dataclass(frozen=True, slots=True)
class JobLink:
    """A job in a list."""

    url: str
    id: str
    name: str
    state_name: str
    running: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a job. ``number`` names it in a decision; ``state`` is a :class:`qa.indexing.jobs.FileState`."""

    number: int
    name: str
    state: str
    state_name: str
    messages: tuple[str, ...]
    detail: str
    url: str
    undecided: bool


@dataclass(frozen=True, slots=True)
class JobView:
    """A job. ``percent`` is ``None`` while nothing can be said. ``kept`` can be put back (undo of a removal)."""

    id: str
    name: str
    state: str
    state_name: str
    line: str
    hint: str
    percent: int | None
    files: tuple[FileRow, ...]
    ended: bool
    can_retry: bool
    kept: str


@dataclass(frozen=True, slots=True)
class LibraryPage(Page):
    """The library. ``total`` counts all documents, ``found`` those that the filters let through, ``rows`` those on this page."""

    template: ClassVar[str] = "library.html"

    rows: tuple[DocumentRow, ...]
    total: int
    passages: int
    found: int
    query: str
    statuses: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    filtered: bool
    previous_url: str
    next_url: str
    position: str
    changes: tuple[ChangeGroup, ...]
    changed_at: str
    pending: tuple[str, ...]
    pending_more: int
    jobs: tuple[JobLink, ...]
    removed: tuple[RemovedRow, ...]
    removed_more: int
    failed: int
    accepted: str
    accepted_suffixes: str
    max_upload_mb: int
    corpus: str


@dataclass(frozen=True, slots=True)
class LibraryJobPage(Page):
    """One job with its files; without JavaScript the page asks for itself again until the job has ended."""

    template: ClassVar[str] = "library_job.html"

    job: JobView


@dataclass(frozen=True, slots=True)
class LibraryJobPart(Page):
    """The part of a job's page that changes, for being put into the page while the job runs."""

    template: ClassVar[str] = "library_job_part.html"

    job: JobView


@dataclass(frozen=True, slots=True)
class CardRow:
    """A field of the card. ``corrected``: a correction names it; ``is_date`` asks for year, month and day."""

    name: str
    label: str
    value: str
    source: str
    corrected: bool
    is_date: bool


@dataclass(frozen=True, slots=True)
class LibraryCardPage(Page):
    """The form in which a card is corrected. ``problems`` are what was wrong with what was sent."""

    template: ClassVar[str] = "library_card.html"

    document: Link
    path: str
    rows: tuple[CardRow, ...]
    file_name: str
    problems: tuple[str, ...]
    carried: tuple[Field, ...]
