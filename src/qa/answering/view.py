"""A passage taken apart once: sentences, clauses, words, dates, with offsets into the passage's text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from qa.ports import Analyzer
from qa.records import Passage, Word
from qa.text.dates import DateMention, find_dates
from qa.text.sentences import clauses, sentences

Range = tuple[int, int]


@dataclass
class PassageView:
    """Everything the readers look up in one passage, made when first needed."""

    passage: Passage
    analyzer: Analyzer

    @property
    def text(self) -> str:
        return self.passage.text

    @cached_property
    def sentences(self) -> list[Range]:
        return sentences(self.text)

    @cached_property
    def clauses(self) -> list[Range]:
        return clauses(self.text)

    @cached_property
    def words(self) -> list[Word]:
        return self.analyzer.words(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        day = self.passage.date
        return find_dates(self.text, year=day.year if day else None, today=day)

    @cached_property
    def background(self) -> str:
        """What the passage stands under: title, date, heading path, lead; folded."""
        return self.analyzer.fold(f"{self.passage.context}\n{self.passage.lead}")

    @cached_property
    def folded(self) -> str:
        return self.analyzer.fold(self.text)

    def sentence_of(self, start: int, end: int) -> Range:
        """The whole sentences that hold ``[start, end)``."""
        return _enclosing(self.sentences, start, end)

    def clause_of(self, start: int, end: int) -> Range:
        """The whole clauses that hold ``[start, end)``."""
        return _enclosing(self.clauses, start, end)

    def slice(self, span: Range) -> str:
        return self.text[span[0] : span[1]]


def _enclosing(parts: list[Range], start: int, end: int) -> Range:
    held = [part for part in parts if part[0] < end and start < part[1]]
    return (min(start, held[0][0]), max(end, held[-1][1])) if held else (start, end)
