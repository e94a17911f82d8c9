"""Checking quotations word by word: verbatim, altered (with what differs), or absent.

The words are compared as the evaluation compares them (NFKC, lower case, no white space, no marks), but whole
numbers with their points and percent signs, so that 33.8% is not 338. An ellipsis in a quotation parts it; the
parts must stand in one document, in order.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.citing.citation import cite
from qa.citing.clause import heading_path
from qa.citing.concordance import Concordance
from qa.citing.difference import Edit, edits, longest_run, same_words, share_found, similarity
from qa.citing.finding import Difference, DifferenceKind, Finding, FindingKind, Verdict
from qa.citing.marked_text import find_document_numbers
from qa.records import Citation, Span
from qa.text.dates import find_date_spans
from qa.text.normalise import comparable
from qa.text.numbers import find_numbers

MIN_SIMILARITY = 0.54
"""Words of which less agrees with anything in the corpus are absent, not altered. Chosen where 400 clauses of documents
outside the corpus and 360 clauses of the corpus with one to three words changed are told apart best."""
TELLING_RUN = 12
"""So many characters in a row do not recur by chance: what holds them was taken from there, whatever was put around."""
_ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}|⋯+")
_MAX_EVIDENCE = 3


def check_quotation(words: str, concordance: Concordance, start: int = 0) -> Finding:
    """The finding for a quotation ``words`` (without its quotation marks) that stands at ``start`` of its draft.

    Without any word it is verbatim. Deterministic; ties go to the earlier document.
    """
    verdict, differences, spans = _examined(_parts(words), concordance)
    return Finding(
        FindingKind.QUOTATION,
        words,
        start,
        start + len(words),
        verdict,
        tuple(differences),
        tuple(_citation(concordance, span) for span in spans),
    )


def _parts(words: str) -> list[tuple[int, str]]:
    """(offset, words) of what stands between ellipses."""
    bounds = [0, *(at for match in _ELLIPSIS.finditer(words) for at in match.span()), len(words)]
    pieces = zip(bounds[::2], bounds[1::2], strict=True)
    return [(start, words[start:end]) for start, end in pieces if comparable(words[start:end])]


def _examined(parts: list[tuple[int, str]], concordance: Concordance) -> tuple[Verdict, list[Difference], list[Span]]:
    if len(parts) == 1:
        return _one_part(*parts[0], concordance)
    together = _in_one_document([verbatim_places(part, concordance) for _, part in parts])
    if together or not parts:
        return Verdict.VERBATIM, [], together
    outcomes = [_one_part(offset, part, concordance) for offset, part in parts]
    worst = max((verdict for verdict, _, _ in outcomes), key=_SEVERITY.index)
    # Every part is verbatim, but in different documents or in another order: no document says the whole.
    verdict = Verdict.ALTERED if worst is Verdict.VERBATIM else worst
    return verdict, [d for _, found, _ in outcomes for d in found], [s for _, _, spans in outcomes for s in spans[:1]]


_SEVERITY = (Verdict.VERBATIM, Verdict.ALTERED, Verdict.ABSENT)


def _one_part(offset: int, words: str, concordance: Concordance) -> tuple[Verdict, list[Difference], list[Span]]:
    places = verbatim_places(words, concordance)
    if places:
        return Verdict.VERBATIM, [], places[:_MAX_EVIDENCE]
    best: tuple[float, Span] | None = None
    for stretch in concordance.nearest(words):
        source = concordance.text(stretch.span)
        alike = min(similarity(words, source), share_found(words, source))
        if best is None or alike > best[0]:
            best = (alike, stretch.span)
    if best is None or (best[0] < MIN_SIMILARITY and longest_run(words, concordance.text(best[1])) < TELLING_RUN):
        return Verdict.ABSENT, [], []
    differences = wording_differences(words, concordance.text(best[1]))
    return Verdict.ALTERED, [replace(d, start=d.start + offset, end=d.end + offset) for d in differences], [best[1]]


def verbatim_places(words: str, concordance: Concordance) -> list[Span]:
    """Where exactly these words stand, numbers whole."""
    return [
        span
        for span in concordance.occurrences(words)
        if not concordance.cuts_number(span) and same_words(words, concordance.text(span))
    ]


def _in_one_document(places: list[list[Span]]) -> list[Span]:
    """One place a part, all in one document and in order; empty when there is no such document."""
    for first in places[0] if places else []:
        chosen = [first]
        for candidates in places[1:]:
            following = (s for s in candidates if s.document_id == first.document_id and s.start >= chosen[-1].end)
            nearest = min(following, key=lambda span: span.start, default=None)
            if nearest is None:
                break
            chosen.append(nearest)
        else:
            return chosen
    return []


def wording_differences(draft: str, source: str) -> list[Difference]:
    """The differences between two wordings; one that touches a number, date or 文号 shows it whole."""
    found: list[Difference] = []
    for edit in edits(draft, source):
        what, ours, theirs = _whole_mention(draft, source, edit)
        difference = Difference(draft[slice(*ours)], source[slice(*theirs)], what, *ours)
        if difference not in found:
            found.append(difference)
    return found


def _whole_mention(draft: str, source: str, edit: Edit) -> tuple[DifferenceKind, tuple[int, int], tuple[int, int]]:
    ours, theirs = (edit.a_start, edit.a_end), (edit.b_start, edit.b_end)
    for what, mentions in _MENTIONS:
        in_draft, in_source = _touched(mentions(draft), ours), _touched(mentions(source), theirs)
        if in_draft and in_source:
            return what, in_draft, in_source
    return DifferenceKind.WORDING, ours, theirs


def _numbers(text: str) -> list[tuple[int, int]]:
    return [(mention.number_start, mention.end) for mention in find_numbers(text)]


_MENTIONS = (
    (DifferenceKind.DOCUMENT_NUMBER, find_document_numbers),
    (DifferenceKind.DATE, find_date_spans),
    (DifferenceKind.NUMBER, _numbers),
)


def _touched(mentions: list[tuple[int, int]], stretch: tuple[int, int]) -> tuple[int, int] | None:
    return next((m for m in mentions if m[0] < max(stretch[1], stretch[0] + 1) and stretch[0] < m[1]), None)


def _citation(concordance: Concordance, span: Span) -> Citation:
    document = concordance.document(span.document_id)
    return cite(document, span, heading_path(document, span.start))
