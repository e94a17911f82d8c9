"""People of a claim against those of a passage: who bears the title, who did it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.citing.context import share
from qa.citing.finding import DifferenceKind
from qa.citing.ledger import Ledger
from qa.citing.marked_text import MarkedText, pairs
from qa.citing.name_check import CLAUSE_SPOKEN_OF
from qa.citing.organisations import same_organisation
from qa.citing.people import post_of, role_in_claim, roles_of, stands_as_person, title_of, titles_before
from qa.citing.ranges import Range, inside
from qa.text.normalise import comparable

_DEED_CHARS = 6
"""What a person did stands in the last words of a clause: 签署合作协议, 作工作报告."""


DEED_SPOKEN_OF = 0.5
"""How much of these few words another's clause must hold."""
UNTOLD = 0.15
"""A deed of whose words the passage holds less was not told."""


class PersonCheck:
    """One claim's people against one passage; the ledger takes down the outcome."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._draft = ledger.draft
        self._source = ledger.source
        self._text = ledger.source.text

    def run(self) -> None:
        """Holds every person against the passage."""
        for span in self._draft.people:
            self._person(span)

    def _person(self, span: Range) -> None:
        name = self._draft.slice(span)
        holder = roles_of(self._text.text).get(role_in_claim(self._draft.text, span))
        if holder is not None and re.sub(r"\s", "", self._text.slice(holder)) != name:
            self._ledger.differ(span, holder, DifferenceKind.NAME)
            return
        sentence, spoken = self._ledger.sentence_for(self._draft.clause_at(span[0]), span)
        strangers = [
            p
            for p in self._text.people
            if stands_as_person(self._text.text, p) and self._text.slice(p) not in self._draft.text
        ]
        own = [p for p in self._text.people if self._text.slice(p) == name]
        elsewhere = self._other_employer(span, own)
        titled = self._same_title(span, strangers) or self._who_did_it(span, own, strangers)
        here = [p for p in strangers if inside(p[0], sentence)]
        if elsewhere:
            self._ledger.differ(span, elsewhere, DifferenceKind.NAME)
        elif titled:
            self._ledger.differ(span, self._ledger.likest_place(span, titled), DifferenceKind.NAME)
        elif self._wrong_title(span, own):
            title = title_of(self._draft.text, span)
            bare = own[0][0] - len(title_of(self._text.text, own[0]))
            whole = (span[0] - len(title), span[1])
            self._ledger.differ(whole, (bare, own[0][1]), DifferenceKind.NAME)
        elif name in self._text.slice(sentence):
            self._ledger.agree(sentence[0])
            self._untold_deed(span)
        elif here and spoken >= CLAUSE_SPOKEN_OF:
            self._ledger.differ(span, self._ledger.likest_place(span, here), DifferenceKind.NAME)
        elif name not in self._text.text and comparable(name) not in self._source.above_compared:
            self._ledger.miss(span, DifferenceKind.NAME)

    def _other_employer(self, span: Range, own: Sequence[Range]) -> Range | None:
        """Who holds the post at the body that the claim names, where the passage puts the person at another one.

        甲公司总经理曹志春 against 甲公司总经理付世莲、乙公司总经理曹志春.
        """
        title, body = post_of(self._draft.text, span)[0], _employer(self._draft, span)
        theirs = [each for p in own if (each := _employer(self._text, p))]
        same_title = any(title_of(self._text.text, p) == title for p in own)
        if not (title and body and theirs and same_title) or any(same_organisation(body, each) for each in theirs):
            return None
        for person in self._text.people:
            employer = _employer(self._text, person)
            if employer and same_organisation(body, employer) and title_of(self._text.text, person) == title:
                return person
        if not self._ledger.outcome.differences:
            self._ledger.miss(
                span, DifferenceKind.NAME
            )  # the passage knows the person in another post, and nobody in this one
        return None

    def _wrong_title(self, span: Range, own: Sequence[Range]) -> bool:
        """Whether the passage calls the person otherwise and no document ever gives the claim's title to that name."""
        title = title_of(self._draft.text, span)
        told = {each for p in own for each in titles_before(self._text.text, p)}
        return bool(title and told and title not in told | self._ledger.titles(self._draft.slice(span)))

    def _deed(self, span: Range) -> str:
        """The last words of the clause after a name, without particles."""
        clause = self._draft.clause_at(span[0])
        if self._draft.text[span[1] : span[1] + 1] in ("、", "等"):
            return ""  # one of several people: what follows is said of them all
        return re.sub(r"[了的过着地]", "", self._draft.text[span[1] : clause[1]])[-_DEED_CHARS:]

    def _untold_deed(self, span: Range) -> None:
        """Misses a deed of which the passage has hardly a word: 作了专题讲座, where it only tells of a visit."""
        deed = pairs(self._deed(span))
        told = self._source.pairs
        if len(deed) >= _DEED_CHARS - 2 and share(deed, told, self._ledger.weight) < UNTOLD:
            clause = self._draft.clause_at(span[0])
            self._ledger.miss((max(span[1], clause[1] - _DEED_CHARS), clause[1]), DifferenceKind.WORDING)

    def _same_title(self, span: Range, strangers: Sequence[Range]) -> list[Range]:
        """Others who bear the title that the claim gives to ``span``, where the passage never gives it to them both."""
        title = title_of(self._draft.text, span)
        name = self._draft.slice(span)
        own = [p for p in self._text.people if self._text.slice(p) == name]
        if not title or any(title in titles_before(self._text.text, p) for p in own):
            return []
        return [p for p in strangers if title in titles_before(self._text.text, p)]

    def _who_did_it(self, span: Range, own: Sequence[Range], strangers: Sequence[Range]) -> list[Range]:
        """Others in the clause that says what the claim says of ``span``, as a whole or by its deed alone."""
        deed = self._deed(span)
        found = self._ledger.who_else(self._ledger.clause_without(span), own, strangers)
        if found or len(deed) < _DEED_CHARS - 2:
            return found
        return self._ledger.who_else(deed, own, strangers, DEED_SPOKEN_OF)


def _employer(text: MarkedText, person: Range) -> str:
    """The organisation right before the title of a person; empty where there is none."""
    title, begins = post_of(text.text, person)
    return next((text.slice(o) for o in text.organisations if title and 0 <= begins - o[1] <= 1), "")
