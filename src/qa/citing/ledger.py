"""What is taken down while a claim is held against a passage: what agrees, what differs, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field

from qa.citing.context import Weight, best_stretch, share
from qa.citing.finding import Difference, DifferenceKind
from qa.citing.marked_text import MarkedText, pairs
from qa.citing.ranges import Range, inside
from qa.citing.source import Source
from qa.records import Passage

SEGMENT_SPOKEN_OF = 0.6
"""A single clause of the source says that it is another who did it when it holds this much of the words …"""
SEGMENT_LEAD = 0.25
"""… and by so much more than the clause in which the claim's own name stands."""


Titles = Callable[[str], Set[str]]
"""Every title that any document gives to a name."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something in ``[start, end)`` of the claim of which the passage does not speak."""

    start: int
    end: int
    text: str
    what: DifferenceKind


@dataclass(slots=True)
class Comparison:
    """The outcome of holding a claim against a passage.

    ``coverage`` is the share of the claim's words that the passage holds, ``aligned_coverage`` the same without the
    words that differ, ``closeness`` that of its neighbouring characters in two sentences in a row; all in [0, 1].
    ``least_clause`` is the coverage of the clause of the claim that is covered least, ``statement`` that of its words beside names and figures. ``untold`` are nouns of the claim of which the passage has not a word; ``evidence`` are spans of the passage's text.
    """

    passage: Passage
    coverage: float = 0.0
    aligned_coverage: float = 0.0
    closeness: float = 0.0
    least_clause: float = 1.0
    statement: float = 1.0
    agreed_figures: int = 0
    agreed: int = 0
    differences: list[Difference] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    evidence: list[Range] = field(default_factory=list)


class Ledger:
    """A claim, a passage, and the :class:`Comparison` that grows."""

    def __init__(self, draft: MarkedText, source: Source, weight: Weight, titles: Titles) -> None:
        self.draft = draft
        self.source = source
        self.weight = weight
        self.titles = titles
        self.outcome = Comparison(source.passage)

    def agree(self, position: int | None = None) -> None:
        """Something agrees with what stands at ``position`` of the passage (or above it)."""
        self.outcome.agreed += 1
        if position is not None:
            self._keep(position)

    def differ(self, ours: Range, theirs: Range, what: DifferenceKind) -> None:
        """``ours`` of the claim stands where the passage has ``theirs``."""
        self._keep(theirs[0])
        self.differ_from(ours, self.source.text.slice(theirs), what)

    def differ_from(self, ours: Range, theirs: str, what: DifferenceKind) -> None:
        """``ours`` of the claim is ``theirs`` by what stands above the passage."""
        difference = Difference(self.draft.slice(ours), theirs, what, *ours)
        if difference not in self.outcome.differences:
            self.outcome.differences.append(difference)

    def miss(self, ours: Range, what: DifferenceKind) -> None:
        """The passage does not speak of ``ours``."""
        self.outcome.missing.append(Missing(*ours, self.draft.slice(ours), what))

    def sentence_for(self, clause: Range, without: Range | None = None) -> tuple[Range, float]:
        """The sentence of the passage that speaks of a clause of the claim, and how much it holds of it or of the claim.

        ``without`` is what is examined in the clause and left out of the search.
        """
        text = self.draft.text
        words = text[clause[0] : clause[1]]
        if without is not None:
            words = text[clause[0] : without[0]] + "，" + text[without[1] : clause[1]]
        return best_stretch(words, text, self.source.text.sentences, self.source.text, self.weight)

    def clause_without(self, span: Range) -> str:
        """The claim's clause that holds ``span``, with a gap in its place."""
        clause = self.draft.clause_at(span[0])
        return self.draft.text[clause[0] : span[0]] + "，" + self.draft.text[span[1] : clause[1]]

    def who_else(
        self, said: str, own: Sequence[Range], others: Sequence[Range], least: float = SEGMENT_SPOKEN_OF
    ) -> list[Range]:
        """Those of ``others`` in the one clause of the passage that says ``said``.

        None when any of ``own`` stands in it too, or when the clauses where they stand say it nearly as plainly.
        """
        words = pairs(said)
        shares = [(share(words, self.source.text.pairs_of(s), self.weight), s) for s in self.source.text.segments]
        best, segment = max(shares, key=lambda pair: pair[0], default=(0.0, (0, 0)))
        at_own = max((value for value, s in shares if any(inside(o[0], s) for o in own)), default=0.0)
        if best < least or best - at_own < SEGMENT_LEAD:
            return []
        return [o for o in others if inside(o[0], segment)]

    def likest_place(self, span: Range, candidates: Sequence[Range]) -> Range:
        """The one of ``candidates`` in the passage that stands where ``span`` stands in the claim."""
        text, whole = self.draft.text, self.source.text.text
        before, after = pairs(text[max(0, span[0] - 8) : span[0]]), pairs(text[span[1] : span[1] + 8])

        def likeness(candidate: Range) -> float:
            left = pairs(whole[max(0, candidate[0] - 10) : candidate[0]])
            right = pairs(whole[candidate[1] : candidate[1] + 10])
            return sum(map(self.weight, before & left)) + sum(map(self.weight, after & right))

        return max(candidates, key=lambda c: (likeness(c), -c[0]))

    def _keep(self, position: int) -> None:
        self.outcome.evidence.append(self.source.text.sentence_at(position))
