"""文号, organisations and places of a claim against those of a passage."""

from __future__ import annotations

import re

from qa.citing.finding import DifferenceKind
from qa.citing.ledger import Ledger
from qa.citing.marked_text import is_region_of_many
from qa.citing.organisations import OrganisationClass, organisation_class, same_organisation
from qa.citing.ranges import Range, inside, overlap
from qa.text.normalise import comparable
from qa.text.places import PlaceMention, Scope, find_places

# Chosen on the odd half of eval/claims.jsonl.
CLAUSE_SPOKEN_OF = 0.4
"""A sentence speaks of a clause when it holds this much of its words, names aside."""
_VENUE = re.compile(r"在(?P<place>[\u4e00-\u9fff]{2,6}?)(?:隆重|顺利)?(?:召开|举行|举办|开幕)")
_FEW_IN_A_PASSAGE = (OrganisationClass.SCHOOL, OrganisationClass.COMPANY, OrganisationClass.MEDIA)


class NameCheck:
    """One claim's names against one passage; the ledger takes down the outcome."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._draft = ledger.draft
        self._source = ledger.source
        self._text = ledger.source.text

    def run(self) -> None:
        """Holds every name against the passage."""
        for span in self._draft.document_numbers:
            self._document_number(span)
        for span in self._draft.organisations:
            self._organisation(span)
        self._places()
        self._venue()

    def only_of_its_kind(self) -> None:
        """Turns an organisation of which the passage does not speak into a difference where the passage names one other
        school, company or paper alone: for a claim that follows the passage closely."""
        for missing in list(self._ledger.outcome.missing):
            kind = organisation_class(missing.text)
            if missing.what is not DifferenceKind.ORGANISATION or kind not in _FEW_IN_A_PASSAGE:
                continue
            others = [o for o in self._text.organisations if organisation_class(self._text.slice(o)) is kind]
            if len({self._text.slice(o) for o in others}) == 1:
                self._ledger.outcome.missing.remove(missing)
                self._ledger.differ((missing.start, missing.end), others[0], DifferenceKind.ORGANISATION)

    def _document_number(self, span: Range) -> None:
        name = comparable(self._draft.slice(span))
        if name in self._source.compared or name in self._source.above_compared:
            self._ledger.agree()
            return
        told = [self._text.slice(s) for s in self._text.document_numbers]
        told += [self._source.card.number] if self._source.card.number else []
        alike = [t for t in told if comparable(t)[:2] == name[:2]] or told
        if alike:
            self._ledger.differ_from(span, alike[0], DifferenceKind.DOCUMENT_NUMBER)
        else:
            self._ledger.miss(span, DifferenceKind.DOCUMENT_NUMBER)

    def _organisation(self, span: Range) -> None:
        name = self._draft.slice(span)
        sentence, spoken = self._ledger.sentence_for(self._draft.clause_at(span[0]), span)
        bodies = [(o, self._text.slice(o)) for o in self._text.organisations]
        own = [] if self._elsewhere(name) else [o for o, body in bodies if same_organisation(name, body)]
        others = [
            o
            for o, body in bodies
            if organisation_class(body) is organisation_class(name)
            and not any(same_organisation(body, self._draft.slice(d)) for d in self._draft.organisations)
        ]
        who_else = self._ledger.who_else(self._ledger.clause_without(span), own, others)
        here = [o for o in others if inside(o[0], sentence)]
        if who_else:
            self._ledger.differ(span, self._ledger.likest_place(span, who_else), DifferenceKind.ORGANISATION)
        elif any(inside(o[0], sentence) for o in own) or name in self._text.slice(sentence):
            self._ledger.agree(sentence[0])
        elif here and spoken >= CLAUSE_SPOKEN_OF:
            self._ledger.differ(span, self._ledger.likest_place(span, here), DifferenceKind.ORGANISATION)
        elif not self._known_organisation(name):
            self._ledger.miss(span, DifferenceKind.ORGANISATION)

    def _elsewhere(self, name: str) -> bool:
        """Whether the name holds a place of which neither the passage nor its document speaks: 太原市经济开发区."""
        named = [place.name for place in find_places(name) if place.name]
        held = self._source.compared + self._source.above_compared
        return any(place not in held for place in named)

    def _known_organisation(self, name: str) -> bool:
        if self._elsewhere(name):
            return False
        if comparable(name) in self._source.compared or comparable(name) in self._source.above_compared:
            return True
        bodies = [self._text.slice(o) for o in self._text.organisations]
        return any(same_organisation(name, body) for body in [*bodies, self._source.card.issuer or ""] if body)

    def _venue(self) -> None:
        """Holds the place of a meeting against that of the passage, be it in no gazetteer: 在薛家湾召开."""
        ours = _VENUE.search(self._draft.text)
        if ours is None or comparable(ours["place"]) in self._source.compared + self._source.above_compared:
            return
        span = ours.span("place")
        (start, end), spoken = self._ledger.sentence_for(self._draft.clause_at(span[0]), span)
        theirs = _VENUE.search(self._text.text, start, end)
        known = any(overlap(span, (d.start, d.end)) for d in self._ledger.outcome.differences)
        if theirs is not None and not known and spoken >= CLAUSE_SPOKEN_OF:
            self._ledger.differ(span, theirs.span("place"), DifferenceKind.NAME)

    def _places(self) -> None:
        told = {self._text.place_key(p) for p in self._text.places}
        mine = {self._draft.place_key(p) for p in self._draft.places}
        for place in self._draft.places:
            key = self._draft.place_key(place)
            span = (place.start, place.end)
            if any(overlap(span, (d.start, d.end)) for d in self._ledger.outcome.differences):
                continue
            clause = self._draft.clause_at(place.start)
            sentence, spoken = self._ledger.sentence_for(clause, span)
            here = [p for p in self._text.places if inside(p.start, sentence)]
            if key in {self._text.place_key(p) for p in here}:
                self._ledger.agree()
                continue
            others = [
                (p.start, p.end)
                for p in here
                if self._text.place_key(p) not in mine
                and (p.name or key != "home")
                and _rivals(place, p, self._text.slice((p.start, p.end)))
            ]
            if others and spoken >= CLAUSE_SPOKEN_OF and (key != "home" or "home" not in told):
                self._ledger.differ(span, self._ledger.likest_place(span, others), DifferenceKind.NAME)
            elif key not in told | self._source.places_above and not (key == "home" and not told):
                self._ledger.miss(span, DifferenceKind.NAME)


def _rivals(ours: PlaceMention, theirs: PlaceMention, written: str) -> bool:
    """Whether one place, ``written`` so, can stand where the other should: places of one level, or of the next, but no single
    place for 全国, and 黄河流域 for none but its like."""
    if is_region_of_many(ours.name) != is_region_of_many(theirs.name):
        return False
    if bool(ours.name) != bool(theirs.name) and Scope.NATION in (ours.scope, theirs.scope):
        return False
    known = is_region_of_many(theirs.name) or find_places(written) or written.endswith(_PLACE_ENDINGS)
    return bool(known) and (not (ours.name or theirs.name) or abs(ours.scope - theirs.scope) <= 1)


_PLACE_ENDINGS = tuple("省市县区旗盟州镇乡村")
