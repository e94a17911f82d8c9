"""Figures of a claim against those of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa.citing.context import same_quantity, share
from qa.citing.date_check import DateCheck, agreement_of
from qa.citing.figures import Agreement, compare
from qa.citing.finding import DifferenceKind
from qa.citing.ledger import Ledger
from qa.citing.listing import listed_beside
from qa.citing.marked_text import MarkedText, pairs
from qa.citing.ranges import Range, inside
from qa.text.dates import DateMention
from qa.text.normalise import comparable
from qa.text.numbers import NumberMention
from qa.text.places import PlaceMention

# Chosen on the odd half of eval/claims.jsonl.
SAME_QUANTITY = 0.15
"""Equal figures are the same quantity when this much of the words around them agrees."""
OTHER_FIGURE = 0.44
"""A different figure contradicts when this much of the words around it agrees and no equal one is near (on dev true
contradictions begin at 0.52, figures of which the passage does not speak end at 0.36) …"""
OTHER_FIGURE_LEAD = 0.35
"""… and by so much more than around an equal figure …"""
SURE_FIGURE = 0.85
SURE_FIGURE_LEAD = 0.15
"""… or by so much where the words are almost the same."""
NOUN_SPOKEN_OF = 0.8
"""A claim names a noun of a list when it holds this much of it …"""
NOUN_LEAD = 0.3
"""… and by so much more than of the noun that its figure belongs to."""
SENTENCE_SPOKEN_OF = 0.5
"""A sentence speaks of the whole claim when it holds this much of its content words."""


class _Candidate(NamedTuple):
    """A figure of the passage for one of the claim: how much the surroundings agree, and whether it says the same."""

    score: float
    number: NumberMention
    same: bool


class FigureCheck:
    """One claim's figures against one passage, each with its date and scope; the ledger takes down the outcome."""

    def __init__(self, ledger: Ledger, dates: DateCheck) -> None:
        self._ledger = ledger
        self._dates = dates
        self._draft = ledger.draft
        self._text = ledger.source.text
        self._keys = {self._text.place_key(p) for p in self._text.places} | ledger.source.places_above
        self._slight: list[NumberMention] = []

    def run(self) -> None:
        """Holds every figure against the one of the passage that means it; one answers for one, the surest first."""
        weighed = [(ours, self._candidates(ours)) for ours in self._draft.numbers]
        weighed.sort(key=lambda pair: -max((c.score for c in pair[1] if c.same), default=0.0))
        used: set[int] = set()
        for ours, candidates in weighed:
            equal = [c for c in candidates if c.same and c.score >= self._threshold(ours, c.number)]
            fresh = [c for c in equal if c.number.start not in used]
            other = self._contradicting(ours, candidates, fresh)
            if other is not None:
                self._ledger.differ(_whole(ours), _whole(other), DifferenceKind.NUMBER)
            elif not equal and (first := self._first_place(ours)):
                self._ledger.differ(_whole(ours), first, DifferenceKind.NUMBER)
            elif fresh and (theirs := self._of_another_noun(ours, fresh[0].number)):
                self._ledger.differ(_whole(ours), _whole(theirs), DifferenceKind.NUMBER)
            elif equal:
                used.add(self._agree(ours, [c.number for c in fresh or equal]).start)
            elif _slight(ours, self._draft):
                self._slight.append(ours)
            elif self._stands_there(ours):
                self._ledger.agree()
            elif not self._stands_above(ours):
                self._ledger.miss(_whole(ours), DifferenceKind.NUMBER)

    def near_misses(self) -> None:
        """Turns figures that found no match into differences, for a claim that follows the passage closely.

        The passage then holds one that a slip would turn into it (355 for 335, 63 for 36), or its sentence holds one of the
        unit and no other.
        """
        sentence, _ = self._ledger.sentence_for((0, len(self._draft.text)))
        missing = {(m.start, m.end): m for m in self._ledger.outcome.missing}
        for ours in self._draft.numbers:
            if _whole(ours) not in missing and ours not in self._slight:
                continue
            alike = [n for n in self._text.numbers if _same_sort(ours, n) and n.value != ours.value]
            slips = [n for n in alike if _is_slip(ours, n)]
            only = [n for n in alike if inside(n.start, sentence)]
            chosen = slips if len(slips) == 1 else only if len(only) == 1 else []
            if chosen:
                self._ledger.differ(_whole(ours), _whole(chosen[0]), DifferenceKind.NUMBER)
                if _whole(ours) in missing:
                    self._ledger.outcome.missing.remove(missing[_whole(ours)])

    def _candidates(self, ours: NumberMention) -> list[_Candidate]:
        """The figures that can be compared with ``ours``, best first."""
        found = []
        for theirs in self._text.numbers:
            agreement = compare(ours, theirs, self._draft.written_numerals(ours))
            if agreement is not Agreement.INCOMPARABLE:
                score = same_quantity(self._draft, ours, self._text, theirs, self._ledger.weight)
                found.append(_Candidate(score, theirs, agreement is Agreement.AGREE))
        return sorted(found, key=lambda c: (-c.score, c.number.start))

    def _contradicting(
        self, ours: NumberMention, candidates: Sequence[_Candidate], equal: Sequence[_Candidate]
    ) -> NumberMention | None:
        """The figure that stands where ``ours`` should, when its surroundings agree and those of equal figures less."""
        others = [c for c in candidates if not c.same]
        best = max(others, key=lambda c: (c.score, _digits_alike(ours, c.number)), default=None)
        if best is None or best.score < OTHER_FIGURE:
            return None
        sentence = self._text.sentence_at(best.number.start)
        if _telling(ours) and any(inside(c.number.start, sentence) for c in equal):
            return None  # a list: 由132家、111家，增长到330家、701家
        lead = SURE_FIGURE_LEAD if best.score >= SURE_FIGURE else OTHER_FIGURE_LEAD
        nearness = max((c.score for c in equal), default=0.0)
        return best.number if best.score - nearness >= lead else None

    def _threshold(self, ours: NumberMention, theirs: NumberMention) -> float:
        """How much of the surroundings must agree for an equal figure to be the same quantity.

        None for a rare figure, nor in a sentence that speaks of the claim.
        """
        sentence = comparable(self._text.slice(self._text.sentence_at(theirs.start)))
        words = [comparable(word.text) for word in self._draft.content_words]
        spoken = sum(len(word) for word in words if word in sentence) / max(1, sum(map(len, words)))
        return 0.0 if _telling(ours) or spoken >= SENTENCE_SPOKEN_OF else SAME_QUANTITY

    def _agree(self, ours: NumberMention, equal: Sequence[NumberMention]) -> NumberMention:
        """Takes down that ``ours`` is right; among equal figures that of the claim's period and scope counts."""
        wanted = self._draft.governing_dates(ours.start)
        theirs = next((t for t in equal if self._of_period(wanted, t) and not self._other_scope(ours, t)), equal[0])
        self._ledger.agree(theirs.start)
        self._ledger.outcome.agreed_figures += 1
        if wanted:
            self._dates.hold(wanted, self._text.governing_dates(theirs.start))
        scope = self._other_scope(ours, theirs)
        if scope is not None:
            self._ledger.differ(*scope, DifferenceKind.NAME)
        return theirs

    def _of_period(self, wanted: Sequence[DateMention], theirs: NumberMention) -> bool:
        told = self._text.governing_dates(theirs.start)
        return all(agreement_of(mine, told, self._draft.dates) is Agreement.AGREE for mine in wanted)

    def _other_scope(self, ours: NumberMention, theirs: NumberMention) -> tuple[Range, Range] | None:
        """The places of the two clauses where each names one and they differ: 全区科技支出 against 全市科技支出.

        A place of which the passage says nothing is held against the last one it named before the figure.
        """
        mine = _scopes(self._draft, ours, self._draft.clause_at(ours.start))
        mine = mine or _scopes(self._draft, ours, self._draft.sentence_at(ours.start))[-1:]
        its = _scopes(self._text, theirs, self._text.clause_at(theirs.start))
        if not its and len(mine) == 1 and (not mine[0].name or self._draft.place_key(mine[0]) not in self._keys):
            its = _scopes(self._text, theirs, (0, theirs.start))[-1:]
        keys = {self._text.place_key(p) for p in its}
        if len(mine) != 1 or len(keys) != 1 or self._draft.place_key(mine[0]) in keys:
            return None
        return (mine[0].start, mine[0].end), (its[0].start, its[0].end)

    def _of_another_noun(self, ours: NumberMention, theirs: NumberMention) -> NumberMention | None:
        """The figure that belongs to the claim's noun, where ``theirs`` belongs to another of a list: 甲、乙增长到330家、701家."""
        said = pairs(self._draft.slice(self._draft.sentence_at(ours.start)))
        told = [
            (share(pairs(noun), said, self._ledger.weight), number)
            for noun, number in listed_beside(self._text, theirs)
        ]
        at_own = max((value for value, number in told if number == theirs), default=1.0)
        best, number = max(told, key=lambda pair: pair[0], default=(0.0, theirs))
        return number if best >= NOUN_SPOKEN_OF and best - at_own >= NOUN_LEAD else None

    def _first_place(self, ours: NumberMention) -> Range | None:
        """居首 of the sentence that speaks of it, where the claim has 第二位."""
        if not ours.ordinal or ours.unit not in _PLACES or ours.value == 1:
            return None
        (start, end), spoken = self._ledger.sentence_for(self._draft.clause_at(ours.start), _whole(ours))
        first = _FIRST.search(self._text.text, start, end)
        return first.span() if first and spoken >= SENTENCE_SPOKEN_OF else None

    def _stands_there(self, ours: NumberMention) -> bool:
        """Whether a figure with a point, and the character after it, stand in the passage as they are: 2.0版本 for 2.0版."""
        written = re.sub(r"\s", "", self._draft.text[ours.number_start : ours.number_end + 1])
        compact = re.sub(r"\s", "", self._text.text)
        return "." in written[:-1] and bool(re.search(rf"(?<![\d.]){re.escape(written)}(?!\d)", compact))

    def _stands_above(self, ours: NumberMention) -> bool:
        """第0355号 in the title; 第一 where the passage says 首位."""
        if ours.ordinal and ours.value == 1 and ours.unit in _PLACES:
            return bool(_FIRST.search(self._text.text))
        written = comparable(self._draft.slice((ours.start, ours.end))).removeprefix("第")
        return ours.ordinal and bool(re.search(rf"(?<!\d){re.escape(written)}", self._ledger.source.above_compared))


_FIRST = re.compile(r"首位|榜首|居首|第一(?![批期届次季])")
_PLACES = (None, "位", "名")


def _telling(number: NumberMention) -> bool:
    """Whether a figure is rare enough to be recognised by itself."""
    digits = format(number.value.normalize(), "f").replace(".", "").strip("0")
    return len(digits) >= 3


def _slight(number: NumberMention, text: MarkedText) -> bool:
    """两场, 三座: small counts that a writer sums up himself."""
    written = text.written_numerals(number)
    return not number.ordinal and number.value <= 10 and not any(c.isdigit() for c in written)


_RELATING = frozenset("在居身入占对比较")
_SCOPE_WORDS = frozenset("我市 全市 本市 全区 我区 全省 我省 全国 我国".split())


def _whole(number: NumberMention) -> Range:
    return number.start, number.end


def _same_sort(ours: NumberMention, theirs: NumberMention) -> bool:
    """Whether two figures count by the same unit, or are both telephone numbers."""
    return ours.base_unit == theirs.base_unit and ours.ordinal == theirs.ordinal and ours.phone == theirs.phone


def _scopes(text: MarkedText, number: NumberMention, within: Range) -> list[PlaceMention]:
    """The places named before a figure as what it counts in; 在全区率先, 居全区首位, 占全区 only relate."""
    before = [p for p in text.places if inside(p.start, within) and p.start < number.start]
    return [p for p in before if _is_scope(text, p) and text.text[p.start - 1 : p.start] not in _RELATING]


def _is_scope(text: MarkedText, place: PlaceMention) -> bool:
    return bool(place.name) or text.text[place.start : place.end] in _SCOPE_WORDS


def _is_slip(ours: NumberMention, theirs: NumberMention) -> bool:
    """Whether one digit is another, the digits stand in another order, or the same ones at another scale: 17亿 for 1.7亿."""
    a, b = (format(n.value.normalize(), "f") for n in (ours, theirs))
    if len(a.strip("0.")) > 1 and a.replace(".", "").strip("0") == b.replace(".", "").strip("0"):
        return True
    return len(a) == len(b) > 1 and (sum(x != y for x, y in zip(a, b, strict=True)) == 1 or sorted(a) == sorted(b))


def _digits_alike(ours: NumberMention, theirs: NumberMention) -> float:
    """How alike two values look, for choosing among figures of one list."""
    a, b = (format(n.value.normalize(), "f") for n in (ours, theirs))
    same = sum(x == y for x, y in zip(a, b, strict=False)) + len(set(a) & set(b)) / 10
    return same - abs(len(a) - len(b))
