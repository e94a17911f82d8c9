"""Contexts of the pages of 评测."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.evaluation.report.charts import BarChart, ColumnChart, DotChart
from qa.evaluation.report.html import Headline, StageOfMisses
from qa.web.contexts import Link, Page, Piece


@dataclass(frozen=True, slots=True)
class RunRow:
    """A kept run in the list; ``figures`` stand in the order of the page's columns."""

    when: str
    at: str
    url: str
    questions: int
    figures: tuple[str, ...]
    accepted: bool


@dataclass(frozen=True, slots=True)
class CommandRuns:
    """The runs of one command, newest first. ``expected``: whether the expectation file has it."""

    command: str
    trends: tuple[DotChart, ...]
    rows: tuple[RunRow, ...]
    expected: bool


@dataclass(frozen=True, slots=True)
class EvaluationPage(Page):
    """The kept runs. ``gathered`` is how many questions stand in ``file``."""

    template: ClassVar[str] = "evaluation.html"

    columns: tuple[str, ...]
    commands: tuple[CommandRuns, ...]
    folder: str
    file: str
    gathered: int
    warning: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gated measure: ``verdict`` names its class, ``word`` is shown."""

    title: str
    verdict: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class GateView:
    """What the expectation file says of a run; ``refused`` tells why it cannot be held against it."""

    passed: bool
    rows: tuple[GateRow, ...]
    notes: tuple[str, ...]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A question whose outcome differs from that of the run before."""

    id: str
    question: str
    ranks: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the run before of the same command."""

    before: Link
    worse: tuple[ChangeRow, ...]
    better: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class EvaluationRunPage(Page):
    """One run. ``held_out``: its questions are for reporting only, so the misses stand folded."""

    template: ClassVar[str] = "evaluation_run.html"

    when: str
    command: str
    facts: tuple[str, ...]
    report_url: str
    headlines: tuple[Headline, ...]
    gate: GateView | None
    since: Since | None
    per_type: tuple[BarChart, ...]
    ranks: ColumnChart
    reliability: DotChart
    stages: BarChart
    misses: tuple[StageOfMisses, ...]
    missed: int
    questions: int
    held_out: bool


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposed question as a form. ``quotes`` are (document, words)."""

    key: str
    question: str
    answers: str
    type_name: str
    unanswerable: bool
    quotes: tuple[tuple[Link, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class EvaluationProposalsPage(Page):
    """The next proposals to judge. ``complaint`` belongs to the first of them."""

    template: ClassVar[str] = "evaluation_proposals.html"

    proposals: tuple[ProposalView, ...]
    left: int
    file: str
    said: str
    complaint: str


@dataclass(frozen=True, slots=True)
class TypeChoice:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """A ranked passage that may be ticked as evidence; ``pieces`` joined are its text."""

    passage_id: str
    rank: int
    source: Link
    pieces: tuple[Piece, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The question that is being made, as it was filled in so far."""

    question: str
    answers: str
    types: tuple[TypeChoice, ...]
    choices: tuple[EvidenceChoice, ...]
    given: str
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that was asked, with what became of it."""

    question: str
    url: str
    outcome: str


@dataclass(frozen=True, slots=True)
class EvaluationQuestionPage(Page):
    """Making a question with its right evidence: from one's own words, from what was asked, from what people said of answers."""

    template: ClassVar[str] = "evaluation_question.html"

    asked: str
    max_chars: int
    form: QuestionForm | None
    judged: tuple[Candidate, ...]
    recent: tuple[Candidate, ...]
    said: str
    file: str
