"""A check of a draft → its pages."""

from __future__ import annotations

from collections import Counter

from qa.citing.address import citation_address
from qa.citing.draft import MAX_DRAFT_CHARS
from qa.citing.finding import Finding, FindingKind, Verdict, finding_shape
from qa.citing.manuscript.reading import DRAFT_SUFFIXES, MAX_DRAFT_BYTES
from qa.citing.manuscript.remarks import DIFFERENCE_NAMES, VERDICT_NAMES
from qa.errors import QaError
from qa.records import Citation
from qa.shapes import Shape
from qa.web.addresses import collect_address
from qa.web.check_contexts import (
    CheckedPage,
    CheckingPage,
    CheckPage,
    DifferenceView,
    EvidenceView,
    FindingView,
    OutcomeFilter,
    Refused,
)
from qa.web.check_jobs import CheckJob, JobState
from qa.web.contexts import Link, PieceKind
from qa.web.error_pages import hint_parts
from qa.web.marking import Mark, pieces
from qa.web.sources import short_citation

OUTCOMES = (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.SUPPORTED)
"""What the list can be limited to, what needs work first."""
_UNNAMED = "粘贴的稿件"
_MOST_EVIDENCE = 3


def check_page(text: str = "", error: QaError | None = None) -> CheckPage:
    """The form, with what was pasted and why it was refused."""
    refused = Refused(error.message, error.reason, hint_parts(error.hint)) if error else None
    return CheckPage(text, MAX_DRAFT_CHARS, MAX_DRAFT_BYTES // 1_000_000, "、".join(DRAFT_SUFFIXES), refused)


def job_address(job: CheckJob) -> str:
    """``/check/{id}``."""
    return f"/check/{job.id}"


def checking_page(job: CheckJob) -> CheckingPage:
    """The page of a job that is not done yet."""
    return CheckingPage(job.manuscript.name or _UNNAMED, job.done, job.total, job_address(job))


def checked_page(job: CheckJob, show: str) -> CheckedPage:
    """The findings, limited to the outcome ``show`` where it is one."""
    counts = Counter(finding.verdict.outcome for finding in job.findings)
    chosen = show if show in OUTCOMES else ""
    here = job_address(job)
    filters = [OutcomeFilter("all", "全部", len(job.findings), here, not chosen)]
    filters += [
        OutcomeFilter(str(each), VERDICT_NAMES[each], counts[each], f"{here}?show={each}", chosen == each)
        for each in OUTCOMES
    ]
    stopped = f"已停止，核对了 {job.done} / {job.total} 处" if job.state is JobState.STOPPED else ""
    views = [
        _finding_view(at, finding)
        for at, finding in enumerate(job.findings, 1)
        if chosen in ("", finding.verdict.outcome)
    ]
    name = job.manuscript.name or _UNNAMED
    return CheckedPage(
        name,
        job.manuscript.notes,
        stopped,
        tuple(filters),
        tuple(views),
        word_url=f"{here}/comments.docx",
        json_url=f"{here}/result.json",
    )


def check_shape(job: CheckJob) -> Shape:
    """The findings in the contract's shape, with the text that their offsets count in."""
    counts = Counter(str(finding.verdict) for finding in job.findings)
    return {
        "name": job.manuscript.name or None,
        "complete": job.state is JobState.DONE,
        "counts": {str(verdict): counts[str(verdict)] for verdict in Verdict},
        "notes": list(job.manuscript.notes),
        "findings": [finding_shape(finding) for finding in job.findings],
        "text": job.manuscript.text,
    }


def _finding_view(at: int, finding: Finding) -> FindingView:
    marks = [Mark(d.start, d.end, PieceKind.ANSWER) for d in finding.differences]
    differences = tuple(
        DifferenceView(DIFFERENCE_NAMES[d.what], d.in_draft or "（无）", d.in_source or "（无）")
        for d in finding.differences
    )
    wanted = [d.in_source for d in finding.differences if d.in_source]
    evidence = tuple(
        _evidence_view(f"cite-{at}-{place}", citation, wanted)
        for place, citation in enumerate(finding.evidence[:_MOST_EVIDENCE])
    )
    return FindingView(
        anchor=f"finding-{at}",
        outcome=str(finding.verdict.outcome),
        verdict=VERDICT_NAMES[finding.verdict],
        quotation=finding.kind is FindingKind.QUOTATION,
        pieces=pieces(finding.text, marks),
        differences=differences,
        evidence=evidence,
    )


def _evidence_view(anchor: str, citation: Citation, wanted: list[str]) -> EvidenceView:
    quote = citation.quote
    places = [(quote.find(words), words) for words in wanted]
    marks = [Mark(place, place + len(words), PieceKind.ANSWER) for place, words in places if place >= 0]
    source = Link(short_citation(citation), citation_address(citation))
    return EvidenceView(anchor, pieces(quote, marks), source, collect_address(citation.span))
