"""Finding cited words again after a document changed: still there, moved, changed, or gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qa.citing.address import compared_digest, fingerprint
from qa.citing.clause import clause_path
from qa.citing.concordance import Concordance, source_words
from qa.citing.difference import Edit, edits, same_words, similarity
from qa.citing.permalink import Permalink
from qa.records import Document, Span
from qa.text.normalise import comparable, comparable_with_map

MIN_SIMILARITY = 0.5
"""Words less alike than this are not the cited words in another form."""
_TELLING_CHARS = 12
"""Words of fewer comparable characters stand in many places by chance; only their surroundings tell which is meant."""


class DriftState(StrEnum):
    """What became of cited words."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where cited words are now.

    ``span`` and ``quote`` (cut from the document as it is) are ``None`` and empty when the words vanished;
    ``similarity`` is 1 for the same words. ``edits`` lead from the permalink's quote to the present one and are
    empty unless the words changed. White space and marks do not count as changes, except inside numbers.
    """

    state: DriftState
    span: Span | None = None
    quote: str = ""
    similarity: float = 0.0
    edits: tuple[Edit, ...] = ()


def resolve(link: Permalink, document: Document, concordance: Callable[[], Concordance] | None = None) -> Resolution:
    """Where the words of ``link`` stand in ``document`` (its own document, perhaps read anew).

    ``concordance`` gives that of this document alone, which is made once for many links; it is asked for only when needed.

    The same words elsewhere are told apart by what stands around them, then by their clause, then by distance. A
    link without words (a short address) is found by its fingerprint or counts as vanished.
    """
    here = document.text[link.span.start : link.span.end]
    if fingerprint(here) == link.fingerprint and (not link.quote or same_words(here, link.quote)):
        return _found(DriftState.EXACT, Span(document.id, link.span.start, link.span.end), document)
    if not link.quote:
        span = _by_fingerprint(link, document)
        return _found(DriftState.MOVED, span, document) if span else Resolution(DriftState.VANISHED)
    words = concordance() if concordance else Concordance([document])
    moved = _same_words_elsewhere(link, document, words)
    if moved is not None and _trusted(link, moved, document):
        return _found(DriftState.MOVED, moved, document)
    changed = _changed(link, document, words)
    if moved is not None and changed is None:
        return _found(DriftState.MOVED, moved, document)
    return changed or Resolution(DriftState.VANISHED)


def _found(state: DriftState, span: Span, document: Document) -> Resolution:
    return Resolution(state, span, document.text[span.start : span.end], 1.0)


def _same_words_elsewhere(link: Permalink, document: Document, concordance: Concordance) -> Span | None:
    spans = [
        span
        for span in concordance.occurrences(link.quote, limit=200)
        if same_words(document.text[span.start : span.end], link.quote)
    ]

    def preference(span: Span) -> tuple[int, bool, int]:
        same_clause = clause_path(document, span.start) == link.path
        return -_agreement(link, span, document), not same_clause, abs(span.start - link.span.start)

    return min(spans, key=preference, default=None)


def _agreement(link: Permalink, span: Span, document: Document) -> int:
    """How many comparable characters around ``span`` are those that stood around the cited words."""
    before = comparable(document.text[max(0, span.start - 2 * len(link.before)) : span.start])
    after = comparable(document.text[span.end : span.end + 2 * len(link.after)])
    return _common_prefix(before[::-1], comparable(link.before)[::-1]) + _common_prefix(after, comparable(link.after))


def _trusted(link: Permalink, span: Span, document: Document) -> bool:
    """Whether the same words elsewhere are the cited ones, not a chance recurrence of a short phrase."""
    telling = len(comparable(link.quote)) >= _TELLING_CHARS
    return telling or _agreement(link, span, document) >= min(6, len(comparable(link.before + link.after)))


def _changed(link: Permalink, document: Document, concordance: Concordance) -> Resolution | None:
    candidates = [stretch.span for stretch in concordance.nearest(link.quote)]
    between = _between_surroundings(link, document, concordance)
    candidates += [between] if between else []
    best: tuple[float, Span] | None = None
    for span in candidates:
        likeness = similarity(link.quote, document.text[span.start : span.end])
        # What stands around a short phrase says more than the phrase.
        near = likeness + _agreement(link, span, document) / (len(link.before) + len(link.after) + 1)
        enough = likeness >= MIN_SIMILARITY or (span == between and likeness > 0)
        if enough and likeness < 1 and (best is None or near > best[0]):
            best = (near, span)
    if best is None:
        return None
    span = best[1]
    now = document.text[span.start : span.end]
    return Resolution(DriftState.CHANGED, span, now, similarity(link.quote, now), tuple(edits(link.quote, now)))


def _between_surroundings(link: Permalink, document: Document, concordance: Concordance) -> Span | None:
    """What now stands between the words that stood right before and right after."""
    befores, afters = concordance.occurrences(link.before), concordance.occurrences(link.after)
    longest = 3 * len(link.quote) + 40
    gaps = [Span(document.id, b.end, a.start) for b in befores for a in afters if 0 < a.start - b.end <= longest]
    gap = min(gaps, key=lambda span: span.end - span.start, default=None)
    if gap is None:
        return None
    words = document.text[gap.start : gap.end]
    lead = len(words) - len(words.lstrip(" \n\u3000，。；、：”’"))
    tail = len(words) - len(words.rstrip(" \n\u3000，；、：“‘"))
    return Span(document.id, gap.start + lead, gap.end - tail) if lead + tail < len(words) else None


def _by_fingerprint(link: Permalink, document: Document) -> Span | None:
    """The words with the fingerprint nearest to where they stood; hashes every stretch of their length."""
    length, _, digest = link.fingerprint.partition(".")
    folded = comparable_with_map(document.text)
    size = int(length)
    if not 0 < size <= len(folded.text):
        return None
    found = [
        source_words(document, folded, start, start + size)
        for start in range(len(folded.text) - size + 1)
        if compared_digest(folded.text[start : start + size]) == digest
    ]
    return min(found, key=lambda span: abs(span.start - link.span.start), default=None)


def _common_prefix(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
