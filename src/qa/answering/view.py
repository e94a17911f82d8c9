"""A passage taken apart once: sentences, clauses, words, dates, with offsets into the passage's text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter

from qa.answering.change import Change, changes_in
from qa.ports import Analyzer
from qa.records import Passage, Word
from qa.search.periods import document_period
from qa.text.dates import DateMention, find_dates
from qa.text.normalise import fold_in_place
from qa.text.numbers import NumberMention, find_numbers
from qa.text.places import PlaceMention, find_places
from qa.text.sentences import clauses, sentences

Range = tuple[int, int]
_OPENING_CHARS = 60  # of an item, headline and all, within which the day of what it tells stands
_KEPT = 512  # views, of some 40 KB each


@dataclass(eq=False)
class PassageView:
    """Everything the readers look up in one passage, made when first needed; each is itself alone, so that what is found in it can be kept."""

    passage: Passage
    analyzer: Analyzer
    siblings: tuple[Passage, ...] = ()  # other parts of the same item

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
        own = document_period(self.passage)
        return find_dates(self.text, year=own.first.year if own else None, today=self.passage.date)

    @cached_property
    def item_date(self) -> DateMention | None:
        """The date that the item begins with, where that stands in an earlier part of it (6月16日，市政府召开……; later parts tell no day)."""
        own = document_period(self.passage)
        before = [each for each in self.siblings if each.start < self.passage.start]
        first = min(before, key=lambda each: each.start, default=None)
        if first is None:
            return None
        found = find_dates(first.text, year=own.first.year if own else None, today=self.passage.date)
        return found[0] if found and found[0].start <= _OPENING_CHARS else None

    @cached_property
    def numbers(self) -> list[NumberMention]:
        return find_numbers(self.text)

    def number_at(self, place: Range) -> NumberMention | None:
        """The first number that overlaps ``place``."""
        return next((each for each in self.numbers if each.start < place[1] and place[0] < each.end), None)

    @cached_property
    def background(self) -> str:
        """What the passage stands under: title, date, heading path, lead, and the other parts of its item; folded."""
        around = [self.passage.context, self.passage.lead, *(each.text for each in self.siblings)]
        return self.analyzer.fold("\n".join(around))

    @cached_property
    def item_places(self) -> list[PlaceMention]:
        """The places in the item itself (its lead, and all its parts), not in what stands above it; offsets are of :attr:`item`."""
        return find_places(self.item)

    @cached_property
    def item(self) -> str:
        """The item that the passage is of: its lead and all its parts, as written."""
        return "\n".join((self.passage.lead, self.text, *(each.text for each in self.siblings)))

    @cached_property
    def spoken(self) -> str:
        """What the passage stands under, and its text; folded."""
        return f"{self.background}\n{self.folded}"

    @cached_property
    def unspaced(self) -> str:
        """:attr:`spoken` without white space."""
        return "".join(self.spoken.split())

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Those that the passage, or what stands above it, speaks of; their offsets are of both together."""
        return find_places(self.spoken)

    @cached_property
    def folded(self) -> str:
        """The text folded, with the same offsets."""
        return fold_in_place(self.text, self.analyzer.fold)

    @cached_property
    def changes(self) -> list[Change]:
        return changes_in(self.text)

    def changed_subject(self, at: int) -> str:
        """What the new value at ``at`` is of, where a change names several (由132家、111家，增长到330家、701家); folded."""
        return self.analyzer.fold("".join(change.subject_at(at) for change in self.changes)) if self.changes else ""

    def rival_subjects(self, at: int) -> list[str]:
        """What the other values of the same change are of; folded."""
        return [self.analyzer.fold(each) for change in self.changes for each in change.rivals_at(at)]

    def sentence_of(self, start: int, end: int) -> Range:
        """The whole sentences that hold ``[start, end)``."""
        return _enclosing(self.sentences, start, end)

    def clause_of(self, start: int, end: int) -> Range:
        """The whole clauses that hold ``[start, end)``."""
        return _enclosing(self.clauses, start, end)

    def slice(self, span: Range) -> str:
        return self.text[span[0] : span[1]]


def views_of(passages: Sequence[Passage], analyzer: Analyzer) -> list[PassageView]:
    """A view of each passage, in order; those of one item know each other."""
    items: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        if passage.lead:
            items.setdefault((passage.document_id, passage.lead), []).append(passage)
    return [
        _view(
            each, analyzer, tuple(other for other in items.get((each.document_id, each.lead), []) if other is not each)
        )
        for each in passages
    ]


@lru_cache(maxsize=_KEPT)
def _view(passage: Passage, analyzer: Analyzer, siblings: tuple[Passage, ...]) -> PassageView:
    """Passages come up again from question to question; what is found in one does not depend on the question."""
    return PassageView(passage, analyzer, siblings)


_start_of, _end_of = itemgetter(0), itemgetter(1)


def _enclosing(parts: list[Range], start: int, end: int) -> Range:
    first = bisect_right(parts, start, key=_end_of)
    last = bisect_left(parts, end, lo=first, key=_start_of) - 1
    return (min(start, parts[first][0]), max(end, parts[last][1])) if first <= last else (start, end)
