"""What checking a draft finds: one :class:`Finding` a sentence or quotation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qa.citing.styles import SHORT_STYLE, format_citation
from qa.records import Citation


class FindingKind(StrEnum):
    """What was checked."""

    CLAIM = "claim"
    QUOTATION = "quotation"


class Verdict(StrEnum):
    """The outcome: the first three for claims, the last three for quotations."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    VERBATIM = "verbatim"
    ALTERED = "altered"
    ABSENT = "absent"

    @property
    def outcome(self) -> Verdict:
        """The verdict on a claim that means the same: a quotation that is verbatim is supported."""
        return _OUTCOMES.get(self, self)


class DifferenceKind(StrEnum):
    """What differs between draft and source; a place counts as a name."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ORGANISATION = "organisation"
    DOCUMENT_NUMBER = "document_number"
    WORDING = "wording"


_OUTCOMES = {
    Verdict.VERBATIM: Verdict.SUPPORTED,
    Verdict.ALTERED: Verdict.CONTRADICTED,
    Verdict.ABSENT: Verdict.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """The words of the draft and those of the source in their place; either may be empty (left out, put in).

    ``start`` and ``end`` are where ``in_draft`` stands in the finding's ``text``.
    """

    in_draft: str
    in_source: str
    what: DifferenceKind
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A checked stretch of a draft: ``draft[start:end] == text``, offsets in code points, half-open.

    ``evidence`` holds the source's words, cut from the documents, best first; empty when nothing speaks of it.
    """

    kind: FindingKind
    text: str
    start: int
    end: int
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    evidence: tuple[Citation, ...] = ()


def finding_shape(finding: Finding) -> dict[str, Any]:
    """The finding as the JSON object of the contract ("A result of check"); citations in the short style."""
    return {
        "kind": str(finding.kind),
        "text": finding.text,
        "start": finding.start,
        "end": finding.end,
        "verdict": str(finding.verdict),
        "differences": [
            {"in_draft": d.in_draft, "in_source": d.in_source, "what": str(d.what)} for d in finding.differences
        ],
        "evidence": [
            {
                "document_id": c.span.document_id,
                "start": c.span.start,
                "end": c.span.end,
                "quote": c.quote,
                "citation": format_citation(c, SHORT_STYLE),
            }
            for c in finding.evidence
        ],
    }
