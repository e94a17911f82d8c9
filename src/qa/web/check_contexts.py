"""What the templates of 核稿 are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.web.contexts import HintPart, Link, Page, Piece


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a draft was not taken."""

    title: str
    reason: str
    hint: tuple[HintPart, ...]


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Where a draft is pasted or uploaded. ``text`` is what was pasted before it was refused."""

    template: ClassVar[str] = "check.html"

    text: str
    max_chars: int
    max_megabytes: int
    suffixes: str
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class CheckingPage(Page):
    """A draft that is being checked."""

    template: ClassVar[str] = "check_running.html"

    name: str
    done: int
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What the draft says and what the source says in its place."""

    what: str
    in_draft: str
    in_source: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Words of a source. ``anchor`` is the element id of its citation; ``collect_url`` puts the words into the 引用夹."""

    anchor: str
    pieces: tuple[Piece, ...]
    source: Link
    collect_url: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A sentence or quotation of the draft. ``outcome`` is supported, contradicted or not_found; ``verdict`` its name."""

    anchor: str
    outcome: str
    verdict: str
    quotation: bool
    pieces: tuple[Piece, ...]
    differences: tuple[DifferenceView, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class OutcomeFilter:
    """A kind of finding that the list can be limited to."""

    outcome: str
    name: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class CheckedPage(Page):
    """The findings of a draft. ``stopped`` says how far the check came, or is empty."""

    template: ClassVar[str] = "check_result.html"

    name: str
    notes: tuple[str, ...]
    stopped: str
    filters: tuple[OutcomeFilter, ...]
    findings: tuple[FindingView, ...]
    word_url: str
    json_url: str
