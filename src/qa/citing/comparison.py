"""What one passage says to one claim: what agrees, what differs, what it does not speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from qa.citing.context import Weight, best_stretch, same_quantity, share
from qa.citing.figures import Agreement, compare, compare_periods
from qa.citing.finding import Difference, DifferenceKind
from qa.citing.marked_text import MarkedText, pairs
from qa.citing.names import Range, organisation_class, same_organisation, stands_as_person, title_of, titles_before
from qa.records import BlockRole, Card, Passage
from qa.text.dates import DateMention
from qa.text.normalise import comparable
from qa.text.numbers import NumberMention

# Chosen on the odd half of eval/claims.jsonl.
SAME_QUANTITY = 0.15
"""Equal figures are the same quantity when this much of the words around them agrees."""
OTHER_FIGURE = 0.4
"""A different figure contradicts when this much of the words around it agrees and no equal one is near (true
contradictions begin at 0.41, figures of which the passage does not speak end at 0.30) …"""
OTHER_FIGURE_LEAD = 0.35
"""… and by so much more than around an equal figure."""
CLAUSE_SPOKEN_OF = 0.4
"""A sentence speaks of a clause when it holds this much of its words, names aside."""
SENTENCE_SPOKEN_OF = 0.5
"""A sentence speaks of the whole claim when it holds this much of its content words."""
SEGMENT_SPOKEN_OF = 0.6
"""The same for a single clause of the source, to say that it is another who did it …"""
SEGMENT_LEAD = 0.25
"""… and by so much more than the clause in which the claim's own name stands."""


@dataclass(slots=True)
class Comparison:
    """A claim held against a passage. ``coverage`` is the share of the claim's words that the passage holds, and
    ``aligned_coverage`` the same without the words that differ; ``evidence`` are spans of the passage's text."""

    passage: Passage
    coverage: float = 0.0
    aligned_coverage: float = 0.0
    closeness: float = 0.0
    agreed_figures: int = 0
    agreed: int = 0
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    evidence: list[Range] = field(default_factory=list)


def compare_with(draft: MarkedText, source: MarkedText, passage: Passage, card: Card, weight: Weight) -> Comparison:
    """What ``passage`` (marked up as ``source``) says to the claim ``draft``."""
    outcome = Comparison(passage)
    background = _background(passage, card)
    _Comparer(draft, source, background, card, weight, outcome).run()
    outcome.coverage, outcome.aligned_coverage = _coverage(draft, source, background, outcome.differences)
    outcome.closeness = _closeness(draft, source, outcome.differences, weight)
    return outcome


def _background(passage: Passage, card: Card) -> str:
    day = card.date
    dated = f"{day.year}年{day.month}月{day.day}日" if day else ""
    parts = (passage.context, card.title, card.number, card.issuer, card.issue, card.region, dated)
    return "\n".join(part for part in parts if part)


def _closeness(draft: MarkedText, source: MarkedText, differences: Sequence[Difference], weight: Weight) -> float:
    """The weighted share of the claim's neighbouring characters, differing words aside, that two sentences in a row hold."""
    kept, position = [], 0
    for difference in sorted(differences, key=lambda d: d.start):
        kept.append(draft.text[position : difference.start])
        position = max(position, difference.end)
    said = pairs("\n".join([*kept, draft.text[position:]]))
    held = [source.pairs_of(sentence) for sentence in source.sentences] or [frozenset()]
    return max(share(said, a | b, weight) for a, b in zip(held, [*held[1:], frozenset()], strict=True))


def _coverage(
    draft: MarkedText, source: MarkedText, background: str, differences: Sequence[Difference]
) -> tuple[float, float]:
    """Shares of the claim's content words that the passage or what stands above it holds: of all, of those that agree."""
    held = comparable(source.text) + "\n" + comparable(background)
    held_pairs = pairs(source.text) | pairs(background)
    total = found = aligned_total = aligned_found = 0.0
    for word in draft.content_words:
        value = float(len(word.text))
        part = 1.0 if comparable(word.text) in held else 0.5 * share(pairs(word.text), held_pairs, lambda pair: 1.0)
        total, found = total + value, found + value * part
        if not any(d.start <= word.start < d.end for d in differences):
            aligned_total, aligned_found = aligned_total + value, aligned_found + value * part
    return (
        found / total if total else 0.0,
        aligned_found / aligned_total if aligned_total else 0.0,
    )


class _Comparer:
    """One comparison while it is made."""

    def __init__(
        self, draft: MarkedText, source: MarkedText, background: str, card: Card, weight: Weight, outcome: Comparison
    ) -> None:
        self.draft = draft
        self.source = source
        self.background = comparable(background)
        self.card = card
        self.weight = weight
        self.outcome = outcome
        self.held = comparable(source.text)

    def run(self) -> None:
        dated: set[int] = set()
        self._figures(dated)
        for at, mention in enumerate(self.draft.dates):
            if at not in dated:
                self._date(mention)
        for span in self.draft.document_numbers:
            self._document_number(span)
        for span in self.draft.people:
            self._person(span)
        for span in self.draft.organisations:
            self._organisation(span)
        self._places()
        if not self.outcome.evidence:
            self.outcome.evidence.append(self._sentence_for((0, len(self.draft.text)))[0])
        self.outcome.evidence = sorted(set(self.outcome.evidence))[:3]

    # ------------------------------------------------------------------------------------------------------- figures

    def _figures(self, dated: set[int]) -> None:
        """Every figure with the one of the source that means it; one figure of the source answers for one of the claim."""
        weighed = [(ours, self._candidates(ours)) for ours in self.draft.numbers]
        weighed.sort(key=lambda pair: -max((score for score, _, same in pair[1] if same), default=0.0))
        used: set[int] = set()
        for ours, candidates in weighed:
            equal = [c for c in candidates if c[2] and c[0] >= self._threshold(ours, c[1])]
            fresh = [c for c in equal if c[1].start not in used]
            other = max(
                (c for c in candidates if not c[2]), key=lambda c: (c[0], _digits_alike(ours, c[1])), default=None
            )
            nearness = max((c[0] for c in fresh), default=0.0)
            if other and other[0] >= OTHER_FIGURE and other[0] - nearness >= OTHER_FIGURE_LEAD:
                self._differ((ours.start, ours.end), (other[1].start, other[1].end), DifferenceKind.NUMBER)
            elif equal:
                used.add(self._agree(ours, [c[1] for c in fresh or equal], dated).start)
            elif not _slight(ours, self.draft) and not self._stands_above(ours):
                self.outcome.missing.append(self.draft.slice((ours.start, ours.end)))

    def _candidates(self, ours: NumberMention) -> list[tuple[float, NumberMention, bool]]:
        """(how much the surroundings agree, figure of the source, whether it says the same), best first."""
        found = []
        for theirs in self.source.numbers:
            agreement = compare(ours, theirs, self.draft.written_numerals(ours))
            if agreement is not Agreement.INCOMPARABLE:
                score = same_quantity(self.draft, ours, self.source, theirs, self.weight)
                found.append((score, theirs, agreement is Agreement.AGREE))
        return sorted(found, key=lambda c: (-c[0], c[1].start))

    def _threshold(self, ours: NumberMention, theirs: NumberMention) -> float:
        """How much of the surroundings must agree for an equal figure to be the same quantity.

        None for a rare figure, nor in a sentence that speaks of the claim.
        """
        sentence = comparable(self.source.slice(self.source.sentence_at(theirs.start)))
        words = [comparable(word.text) for word in self.draft.content_words]
        spoken = sum(len(word) for word in words if word in sentence) / max(1, sum(map(len, words)))
        return 0.0 if _telling(ours) or spoken >= SENTENCE_SPOKEN_OF else SAME_QUANTITY

    def _agree(self, ours: NumberMention, equal: Sequence[NumberMention], dated: set[int]) -> NumberMention:
        """Takes down that ``ours`` is right; of several equal figures the one of the claim's period and scope counts."""
        wanted = self.draft.governing_dates(ours.start)
        theirs = next((t for t in equal if self._of_period(wanted, t) and not self._other_scope(ours, t)), equal[0])
        self.outcome.agreed += 1
        self.outcome.agreed_figures += 1
        self._keep(theirs.start)
        if wanted:
            dated.update(self.draft.dates.index(mention) for mention in wanted)
            self._hold_dates(wanted, self.source.governing_dates(theirs.start))
        scope = self._other_scope(ours, theirs)
        if scope is not None:
            self._differ(*scope, DifferenceKind.NAME)
        return theirs

    def _of_period(self, wanted: Sequence[DateMention], theirs: NumberMention) -> bool:
        told = self.source.governing_dates(theirs.start)
        return not wanted or _agreement(wanted, told) is Agreement.AGREE

    def _other_scope(self, ours: NumberMention, theirs: NumberMention) -> tuple[Range, Range] | None:
        """The places of the two clauses where each names one and they differ: 全区科技支出 against 全市科技支出."""
        mine = [p for p in self.draft.places if _inside(p.start, self.draft.clause_at(ours.start))]
        its = [p for p in self.source.places if _inside(p.start, self.source.clause_at(theirs.start))]
        keys = {self.source.place_key(p) for p in its}
        if len(mine) != 1 or len(keys) != 1 or self.draft.place_key(mine[0]) in keys:
            return None
        return (mine[0].start, mine[0].end), (its[0].start, its[0].end)

    def _stands_above(self, ours: NumberMention) -> bool:
        """第0355号 in the title."""
        return ours.ordinal and comparable(self.draft.slice((ours.start, ours.end))) in self.background

    # --------------------------------------------------------------------------------------------------------- dates

    def _date(self, mention: DateMention) -> None:
        sentence, spoken = self._sentence_for(self.draft.clause_at(mention.start), (mention.start, mention.end))
        if spoken <= 0:
            self.outcome.missing.append(mention.period.text)
            return
        within = [d for d in self.source.dates if _inside(d.start, sentence)]
        if _agreement([mention], within) is Agreement.AGREE:
            self.outcome.agreed += 1
            self._keep(sentence[0])
            return
        self._hold_dates([mention], within or self.source.governing_dates(max(sentence[0], sentence[1] - 1)))

    def _hold_dates(self, wanted: Sequence[DateMention], told: Sequence[DateMention]) -> None:
        """Whether the periods meet; where nothing is told, any date of the passage or the day of the document decides."""
        mine = wanted[-1]
        agreement = _agreement(wanted, told or self.source.dates)
        if agreement is Agreement.AGREE:
            self.outcome.agreed += 1
        elif told and agreement is Agreement.INCOMPARABLE:
            self.outcome.missing.append(mine.period.text)
        elif told:
            self._differ((mine.start, mine.end), (told[-1].start, told[-1].end), DifferenceKind.DATE)
        elif self.card.date is not None:
            self._hold_against_document(mine, self.card.date)

    def _hold_against_document(self, mine: DateMention, day: date) -> None:
        period = mine.period
        about_document = self.outcome.passage.role is not BlockRole.BODY
        if period.first <= day <= period.last:
            self.outcome.agreed += 1
        elif period.first.year <= day.year <= period.last.year + 1 and not about_document:
            # Bulletins report on other days of their year and on the year before: the passage does not say.
            self.outcome.missing.append(period.text)
        else:
            written = f"{day.year}年{day.month}月{day.day}日"
            self._record(Difference(period.text, written, DifferenceKind.DATE, mine.start, mine.end))

    # --------------------------------------------------------------------------------------------------------- names

    def _document_number(self, span: Range) -> None:
        name = comparable(self.draft.slice(span))
        if name in self.held or name in self.background:
            self.outcome.agreed += 1
            return
        told = [self.source.slice(s) for s in self.source.document_numbers]
        told += [self.card.number] if self.card.number else []
        alike = [t for t in told if comparable(t)[:2] == name[:2]] or told
        if alike:
            self._record(Difference(self.draft.slice(span), alike[0], DifferenceKind.DOCUMENT_NUMBER, *span))
        else:
            self.outcome.missing.append(self.draft.slice(span))

    def _person(self, span: Range) -> None:
        name = self.draft.slice(span)
        sentence, spoken = self._sentence_for(self.draft.clause_at(span[0]), span)
        strangers = [
            p
            for p in self.source.people
            if stands_as_person(self.source.text, p) and self.source.slice(p) not in self.draft.text
        ]
        own = [p for p in self.source.people if self.source.slice(p) == name]
        titled = self._same_title(span, strangers) or self._who_else(span, own, strangers)
        here = [p for p in strangers if _inside(p[0], sentence)]
        if titled:
            self._differ(span, self._likest_place(span, titled), DifferenceKind.NAME)
        elif name in self.source.slice(sentence):
            self.outcome.agreed += 1
            self._keep(sentence[0])
        elif here and spoken >= CLAUSE_SPOKEN_OF:
            self._differ(span, self._likest_place(span, here), DifferenceKind.NAME)
        elif name not in self.source.text and comparable(name) not in self.background:
            self.outcome.missing.append(name)

    def _same_title(self, span: Range, strangers: Sequence[Range]) -> list[Range]:
        """Others who bear the title that the claim gives to ``span``, where the passage never gives it to them both."""
        title = title_of(self.draft.text, span)
        name = self.draft.slice(span)
        own = [p for p in self.source.people if self.source.slice(p) == name]
        if not title or any(title in titles_before(self.source.text, p) for p in own):
            return []
        return [p for p in strangers if title in titles_before(self.source.text, p)]

    def _organisation(self, span: Range) -> None:
        name = self.draft.slice(span)
        sentence, spoken = self._sentence_for(self.draft.clause_at(span[0]), span)
        bodies = [(o, self.source.slice(o)) for o in self.source.organisations]
        own = [o for o, body in bodies if same_organisation(name, body)]
        others = [
            o
            for o, body in bodies
            if organisation_class(body) is organisation_class(name)
            and not any(same_organisation(body, self.draft.slice(d)) for d in self.draft.organisations)
        ]
        who_else = self._who_else(span, own, others)
        here = [o for o in others if _inside(o[0], sentence)]
        if who_else:
            self._differ(span, self._likest_place(span, who_else), DifferenceKind.ORGANISATION)
        elif any(_inside(o[0], sentence) for o in own) or name in self.source.slice(sentence):
            self.outcome.agreed += 1
            self._keep(sentence[0])
        elif here and spoken >= CLAUSE_SPOKEN_OF:
            self._differ(span, self._likest_place(span, here), DifferenceKind.ORGANISATION)
        elif not self._known_organisation(name):
            self.outcome.missing.append(name)

    def _known_organisation(self, name: str) -> bool:
        if comparable(name) in self.held or comparable(name) in self.background:
            return True
        bodies = [self.source.slice(o) for o in self.source.organisations]
        return any(same_organisation(name, body) for body in [*bodies, self.card.issuer or ""] if body)

    def _places(self) -> None:
        told = {self.source.place_key(p) for p in self.source.places}
        above = MarkedText(self.background, self.source._analyzer, home=self.source.home)
        told_above = {above.place_key(p) for p in above.places}
        mine = {self.draft.place_key(p) for p in self.draft.places}
        for place in self.draft.places:
            key = self.draft.place_key(place)
            span = (place.start, place.end)
            if any(_overlap(span, (d.start, d.end)) for d in self.outcome.differences):
                continue
            clause = self.draft.clause_at(place.start)
            sentence, spoken = self._sentence_for(clause, span)
            here = [p for p in self.source.places if _inside(p.start, sentence)]
            if key in {self.source.place_key(p) for p in here}:
                self.outcome.agreed += 1
                continue
            others = [(p.start, p.end) for p in here if self.source.place_key(p) not in mine]
            if others and spoken >= CLAUSE_SPOKEN_OF and (key != "home" or "home" not in told):
                self._differ(span, self._likest_place(span, others), DifferenceKind.NAME)
            elif key not in told | told_above and not (key == "home" and not told):
                self.outcome.missing.append(self.draft.slice(span))

    # ------------------------------------------------------------------------------------------------------- helpers

    def _sentence_for(self, clause: Range, without: Range | None = None) -> tuple[Range, float]:
        """The sentence of the passage that speaks of a clause of the claim, what is examined in it left out."""
        text = self.draft.text
        if without is None:
            words = text[clause[0] : clause[1]]
        else:
            words = text[clause[0] : without[0]] + "，" + text[without[1] : clause[1]]
        return best_stretch(words, text, self.source.sentences, self.source, self.weight)

    def _who_else(self, span: Range, own: Sequence[Range], others: Sequence[Range]) -> list[Range]:
        """Those of ``others`` in the one clause of the source that says what the claim says of ``span``, when none of
        ``own`` stands in it and it says so far more plainly than the clauses where they do stand."""
        text = self.draft.text
        clause = self.draft.clause_at(span[0])
        said = pairs(text[clause[0] : span[0]] + "，" + text[span[1] : clause[1]])
        shares = [(share(said, self.source.pairs_of(s), self.weight), s) for s in self.source.segments]
        best, segment = max(shares, key=lambda pair: pair[0], default=(0.0, (0, 0)))
        at_own = max((value for value, s in shares if any(_inside(o[0], s) for o in own)), default=0.0)
        if best < SEGMENT_SPOKEN_OF or best - at_own < SEGMENT_LEAD:
            return []
        return [o for o in others if _inside(o[0], segment)]

    def _likest_place(self, span: Range, candidates: Sequence[Range]) -> Range:
        """The one of the source's names that stands where ``span`` stands in the claim."""
        text = self.draft.text
        before, after = pairs(text[max(0, span[0] - 8) : span[0]]), pairs(text[span[1] : span[1] + 8])

        def likeness(candidate: Range) -> float:
            whole = self.source.text
            left = pairs(whole[max(0, candidate[0] - 10) : candidate[0]])
            right = pairs(whole[candidate[1] : candidate[1] + 10])
            return sum(map(self.weight, before & left)) + sum(map(self.weight, after & right))

        return max(candidates, key=lambda c: (likeness(c), -c[0]))

    def _differ(self, ours: Range, theirs: Range, what: DifferenceKind) -> None:
        self._keep(theirs[0])
        self._record(Difference(self.draft.slice(ours), self.source.slice(theirs), what, *ours))

    def _record(self, difference: Difference) -> None:
        if difference not in self.outcome.differences:
            self.outcome.differences.append(difference)

    def _keep(self, position: int) -> None:
        self.outcome.evidence.append(self.source.sentence_at(position))


def _inside(position: int, span: Range) -> bool:
    return span[0] <= position < span[1]


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _agreement(wanted: Sequence[DateMention], told: Sequence[DateMention]) -> Agreement:
    """The best agreement of any two; nothing told disagrees."""
    found = {compare_periods(w.period, t.period) for w in wanted for t in told}
    return next((a for a in (Agreement.AGREE, Agreement.INCOMPARABLE) if a in found), Agreement.DISAGREE)


def _telling(number: NumberMention) -> bool:
    """Whether a figure is rare enough to be recognised by itself."""
    digits = format(number.value.normalize(), "f").replace(".", "").strip("0")
    return len(digits) >= 3


def _slight(number: NumberMention, text: MarkedText) -> bool:
    """两场, 三座, 第一批: small counts that a writer sums up himself."""
    written = text.written_numerals(number)
    return number.value <= 10 and not any(c.isdigit() for c in written)


def _digits_alike(ours: NumberMention, theirs: NumberMention) -> float:
    """How alike two values look, for choosing among figures of one list."""
    a, b = (format(n.value.normalize(), "f") for n in (ours, theirs))
    same = sum(x == y for x, y in zip(a, b, strict=False)) + len(set(a) & set(b)) / 10
    return same - abs(len(a) - len(b))
