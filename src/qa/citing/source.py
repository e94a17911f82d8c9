"""A passage made ready to be held against claims."""

from __future__ import annotations

from functools import cached_property

from qa.citing.marked_text import MarkedText, pairs
from qa.ports import Analyzer
from qa.records import Card, Passage
from qa.text.normalise import comparable
from qa.text.places import place_root


class Source:
    """A passage made ready to be compared: marked up, with what stands above it (title, 文号, date, headings)."""

    def __init__(self, passage: Passage, card: Card, analyzer: Analyzer) -> None:
        day = card.date or card.printed
        home = place_root(card.region) if card.region else ""
        self.passage = passage
        self.card = card
        self.text = MarkedText(passage.text, analyzer, day.year if day else None, home, passage.lead)
        written = f"{day.year}年{day.month}月{day.day}日" if day else ""
        parts = (passage.context, card.title, card.number, card.issuer, card.issue, card.region, written)
        self.above = MarkedText("\n".join(part for part in parts if part), analyzer, home=home)
        self.above_compared = comparable(self.above.text)
        self.compared = comparable(passage.text)

    @cached_property
    def places_above(self) -> set[str]:
        return {self.above.place_key(place) for place in self.above.places}

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(pairs(self.text.text) | pairs(self.above.text))
