"""Dates and periods of a claim against those of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa.citing.figures import Agreement, compare_periods
from qa.citing.finding import DifferenceKind
from qa.citing.ledger import Ledger
from qa.citing.ranges import inside
from qa.records import BlockRole
from qa.text.dates import DateMention

_SEASON_DAYS = 80
"""Shorter periods are days, months or parts of a month."""


class DateCheck:
    """One claim's dates against one passage; the ledger takes down the outcome."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._draft = ledger.draft
        self._text = ledger.source.text
        self._held: set[DateMention] = set()

    def run(self) -> None:
        """Holds every date that no figure was held to yet."""
        for mention in self._draft.dates:
            if mention not in self._held:
                self._date(mention)

    def _date(self, mention: DateMention) -> None:
        sentence, spoken = self._ledger.sentence_for(self._draft.clause_at(mention.start), (mention.start, mention.end))
        if spoken <= 0:
            self._ledger.miss((mention.start, mention.end), DifferenceKind.DATE)
            return
        within = [d for d in self._text.dates if inside(d.start, sentence)]
        if agreement_of(mention, within, self._draft.dates) is Agreement.AGREE:
            self._ledger.agree(sentence[0])
            return
        self.hold([mention], within or self._text.governing_dates(max(sentence[0], sentence[1] - 1)))

    def hold(self, wanted: Sequence[DateMention], told: Sequence[DateMention]) -> None:
        """Holds the dates against those told; with none told, any of the passage or the document's day decides."""
        self._held.update(wanted)
        for mine in wanted:
            agreement = agreement_of(mine, told or self._text.dates, self._draft.dates)
            if agreement is Agreement.AGREE:
                self._ledger.agree()
            elif told and agreement is Agreement.INCOMPARABLE:
                self._ledger.miss((mine.start, mine.end), DifferenceKind.DATE)
            elif told:
                theirs = min(reversed(told), key=lambda t: abs(_days(t) - _days(mine)))
                self._ledger.differ((mine.start, mine.end), (theirs.start, theirs.end), DifferenceKind.DATE)
            elif self._ledger.source.card.date is not None:
                self._hold_against_document(mine, self._ledger.source.card.date)

    def _hold_against_document(self, mine: DateMention, day: date) -> None:
        period = mine.period
        about_document = self._ledger.source.passage.role is not BlockRole.BODY
        if period.first <= day <= period.last:
            self._ledger.agree()
        elif period.first.year <= day.year <= period.last.year + 1 and not about_document:
            # Bulletins report on other days of their year and on the year before: the passage does not say.
            self._ledger.miss((mine.start, mine.end), DifferenceKind.DATE)
        else:
            written = f"{day.year}年{day.month}月{day.day}日"
            self._ledger.differ_from((mine.start, mine.end), written, DifferenceKind.DATE)


def agreement_of(mine: DateMention, told: Sequence[DateMention], draft: Sequence[DateMention]) -> Agreement:
    """The best agreement with any of the source's dates; nothing told disagrees.

    A day is held against days and months where there are any: 3月8日 against 3月9日, not against the 2021年 beside it. A year
    is held against the years that the other dates of the ``draft`` do not answer for: 2023年度 against 2022年度, not against
    the day beside it.
    """
    fine = [t for t in told if _days(t) < _SEASON_DAYS]
    counted = fine if fine and _days(mine) < _SEASON_DAYS else told
    if _is_year(mine):
        answered = {(d.period.first, d.period.last) for d in draft if d is not mine}
        years = [t for t in told if _is_year(t) and (t.period.first, t.period.last) not in answered]
        counted = years or counted
    found = {compare_periods(mine.period, each.period) for each in counted}
    return next((a for a in (Agreement.AGREE, Agreement.INCOMPARABLE) if a in found), Agreement.DISAGREE)


def _is_year(mention: DateMention) -> bool:
    return mention.period.explicit_year and 360 <= _days(mention) <= 370


def _days(mention: DateMention) -> int:
    return (mention.period.last - mention.period.first).days
