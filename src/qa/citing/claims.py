"""核稿: holding a sentence of a draft against the passages that speak of it.

A claim is *supported* when one passage holds what it says and nothing in it is otherwise; *contradicted* when a
passage plainly speaks of the same thing and a figure, date, name, organisation, 文号 or scope is another; else *not
found*. Rounding, other units, Chinese numerals and other forms of dates are no difference; another year or another
region is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.citing.citation import cite
from qa.citing.comparison import compare_with
from qa.citing.concordance import Concordance
from qa.citing.finding import DifferenceKind, Finding, FindingKind, Verdict
from qa.citing.ledger import Comparison
from qa.citing.marked_text import MarkedText
from qa.citing.people import titles_before
from qa.citing.source import Source
from qa.ports import Analyzer
from qa.records import BlockRole, Citation, Passage, Span

Search = Callable[[str], Sequence[Passage]]
"""The passages that may speak of a text, best first."""

# Chosen on the odd half of eval/claims.jsonl and on sentences of documents outside the corpus.
SUPPORT_COVERAGE = 0.55
"""The share of a claim's words that its passage must hold."""
FIGURE_COVERAGE = 0.4
"""The same where a figure agrees in its own surroundings."""
CONFLICT_COVERAGE = 0.45
"""The share, the differing words aside, that makes a difference a contradiction."""
STATEMENT_COVERAGE = 0.3
"""The share of the words beside names and figures, in all and in each clause, that supports: on dev true support begins at 0.33."""
WHOLE_COVERAGE = 0.8
"""A passage that holds so many of a claim's words may hold them in another order."""
SUPPORT_CLOSENESS = {"figure": 0.2, "fact": 0.4, "words": 0.5, "whole": 0.42}
"""How close the wording must be: little where a figure agrees, more for a date or name, most for words alone. On dev true
support begins at 0.31 with a figure and 0.55 without; sentences of other documents end at 0.35, set phrases aside."""
CONFLICT_CLOSENESS = {"figure": 0.25, "fact": 0.4, "words": 0.4}
"""The same for a contradiction; on dev they begin at 0.51."""
WHOLE_CONFLICT_CLOSENESS = 0.36
"""The same where the passage holds nearly all of the claim's words."""
NAME_CONFLICT_COVERAGE = 0.65
"""The share of the other words where only a name differs and nothing else agrees: another city may have done the like."""
FIGURE_CONFLICT_CLOSENESS = 0.3
"""The same where figures differ, for the words around them agree already, and for the short lines of an imprint."""
CLOSER = 0.15
"""A passage that contradicts outweighs one that supports when its wording is closer by this much."""
PER_DIFFERENCE = 0.3
"""What a further difference counts: another year and another figure are those of another year's report."""
_PASSAGES_EXAMINED = 8
_YEAR = re.compile(r"[12]\d{3}\s?年")
_NAMED_PLACE = re.compile(r"[^全我本]\w*[省市区盟旗县州]$")
_STATEMENT = re.compile(r"[^；;]{6,}")
_MAX_REMEMBERED = 2000
_OCCURRENCES_READ = 200


class ClaimChecker:
    """Checks claims against the passages that ``search`` brings. Deterministic for the same index; not thread-safe."""

    def __init__(self, concordance: Concordance, search: Search, analyzer: Analyzer) -> None:
        self._concordance = concordance
        self._search = search
        self._analyzer = analyzer
        self._sources: dict[str, Source] = {}
        self._titles_of: dict[str, set[str]] = {}

    def check(self, claim: str, start: int = 0) -> Finding:
        """The finding for ``claim``, which stands at ``start`` of its draft.

        Statements side by side (；) are held against the passages one by one, and then together.
        """
        parts = [(m.start(), m.group()) for m in _STATEMENT.finditer(claim)]
        if len(parts) < 2:
            return self._check_whole(claim, start)
        return _together(claim, start, [(offset, self._check_whole(words, start + offset)) for offset, words in parts])

    def _check_whole(self, claim: str, start: int) -> Finding:
        passages = [p for p in self._search(claim)[:_PASSAGES_EXAMINED] if p.text.strip()]
        drafts: dict[tuple[int | None, str], MarkedText] = {}
        verdict, best = _judge([self._compare(claim, passage, drafts) for passage in passages])
        differences = tuple(best.differences) if best and verdict is Verdict.CONTRADICTED else ()
        evidence = tuple(self._citation(best.passage, span) for span in best.evidence) if best else ()
        return Finding(FindingKind.CLAIM, claim, start, start + len(claim), verdict, differences, evidence)

    def _compare(self, claim: str, passage: Passage, drafts: dict[tuple[int | None, str], MarkedText]) -> Comparison:
        """``drafts`` keeps the claim as it reads in a document of that year and region."""
        source = self._source(passage)
        key = (source.text.year, source.text.home)
        draft = drafts.setdefault(key, MarkedText(claim, self._analyzer, *key))
        return compare_with(draft, source, self._concordance.rarity, self._titles)

    def _titles(self, name: str) -> set[str]:
        """Every title that any document gives to ``name``."""
        if name not in self._titles_of:
            spans = self._concordance.occurrences(name, limit=_OCCURRENCES_READ)
            texts = ((self._concordance.document(s.document_id).text, (s.start, s.end)) for s in spans)
            self._titles_of[name] = {title for text, span in texts for title in titles_before(text, span)}
        return self._titles_of[name]

    def _source(self, passage: Passage) -> Source:
        if passage.id not in self._sources:
            if len(self._sources) >= _MAX_REMEMBERED:
                self._sources.clear()
            card = self._concordance.document(passage.document_id).card
            self._sources[passage.id] = Source(passage, card, self._analyzer)
        return self._sources[passage.id]

    def _citation(self, passage: Passage, span: tuple[int, int]) -> Citation:
        document = self._concordance.document(passage.document_id)
        place = Span(passage.document_id, passage.start + span[0], passage.start + span[1])
        return cite(document, place, passage.heading_path)


def _together(claim: str, start: int, parts: Sequence[tuple[int, Finding]]) -> Finding:
    """The finding for statements side by side: one contradicted makes the whole so, all must be supported to support it."""
    verdicts = {part.verdict for _, part in parts}
    verdict = Verdict.SUPPORTED if verdicts == {Verdict.SUPPORTED} else Verdict.NOT_FOUND
    if Verdict.CONTRADICTED in verdicts:
        verdict = Verdict.CONTRADICTED
    counted = [(offset, part) for offset, part in parts if part.verdict is verdict]
    differences = tuple(
        replace(d, start=d.start + offset, end=d.end + offset) for offset, part in counted for d in part.differences
    )
    evidence = tuple(citation for _, part in counted for citation in part.evidence)
    return Finding(FindingKind.CLAIM, claim, start, start + len(claim), verdict, differences, evidence)


def _judge(comparisons: Sequence[Comparison]) -> tuple[Verdict, Comparison | None]:
    supporting = max(filter(_supports, comparisons), key=lambda c: (c.closeness, c.coverage, c.agreed), default=None)
    contradicting = max(filter(_contradicts, comparisons), key=_plainness, default=None)
    if contradicting and not (supporting and supporting.closeness >= contradicting.closeness - CLOSER):
        return Verdict.CONTRADICTED, contradicting
    return (Verdict.SUPPORTED, supporting) if supporting else (Verdict.NOT_FOUND, None)


def _plainness(comparison: Comparison) -> tuple[float, int]:
    """How plainly a passage contradicts: the fewer things are otherwise in it, the surer it speaks of the same."""
    return comparison.closeness - PER_DIFFERENCE * len(comparison.differences), comparison.agreed


def _supports(comparison: Comparison) -> bool:
    if comparison.differences or comparison.missing or comparison.untold:
        return False
    if min(comparison.statement, comparison.least_clause) < STATEMENT_COVERAGE:
        return False
    covered = comparison.coverage >= (FIGURE_COVERAGE if comparison.agreed_figures else SUPPORT_COVERAGE)
    specific = _most_specific(comparison)
    needed = SUPPORT_CLOSENESS["whole" if specific == "words" and comparison.coverage >= WHOLE_COVERAGE else specific]
    return covered and comparison.closeness >= needed


def _contradicts(comparison: Comparison) -> bool:
    """What the passage does not speak of may be another matter altogether, so nothing may be missing."""
    covered = comparison.aligned_coverage >= CONFLICT_COVERAGE
    needed = CONFLICT_CLOSENESS[_most_specific(comparison)]
    short_lines = comparison.passage.role is not BlockRole.BODY
    if short_lines or any(difference.what is DifferenceKind.NUMBER for difference in comparison.differences):
        needed = min(needed, FIGURE_CONFLICT_CLOSENESS)
    if comparison.aligned_coverage >= WHOLE_COVERAGE:
        needed = min(needed, WHOLE_CONFLICT_CLOSENESS)
    close = comparison.closeness >= needed
    only_names = all(d.what in (DifferenceKind.NAME, DifferenceKind.ORGANISATION) for d in comparison.differences)
    if only_names and not comparison.agreed:
        covered = comparison.aligned_coverage >= NAME_CONFLICT_COVERAGE
    if _of_another(comparison) or (comparison.untold and not comparison.agreed):
        return False
    return bool(comparison.differences) and not comparison.missing and close and covered


def _of_another(comparison: Comparison) -> bool:
    """Whether every figure is otherwise, and the year or the named place too: the passage tells of another year or place, and
    leaves open what was in this one."""
    kinds = {difference.what for difference in comparison.differences}
    if DifferenceKind.NUMBER not in kinds or comparison.agreed_figures:
        return False
    years = [d for d in comparison.differences if d.what is DifferenceKind.DATE and _YEAR.search(d.in_draft)]
    places = [d for d in comparison.differences if d.what is DifferenceKind.NAME and _NAMED_PLACE.search(d.in_draft)]
    return bool(years or places)


def _most_specific(comparison: Comparison) -> str:
    """What agrees: a figure, another fact, or words alone."""
    return "figure" if comparison.agreed_figures else "fact" if comparison.agreed else "words"
