"""Where the library tells the same measure for several years and the question names none, the latest is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.period import period_of
from qa.answering.weighing import Weighed
from qa.records import AnswerKind, Question

_KINDS = frozenset({AnswerKind.NUMBER, AnswerKind.DATE})
_OF_THE_PAST = re.compile(
    r"最[初早先]|起初|当[时初年]|原[来先有]|以前|之前|此前|过去|历[年史]|首[次个批]|第一[次个批年]|哪一?年|什么时候|何时"
)
_FRAME_CHARS = 4  # before the figure that have to be the same: 粮食总产量, 发明专利


def latest_alike(question: Question, sound: Sequence[Weighed]) -> Weighed:
    """The best of ``sound`` (the likeliest first), or the candidate of a later year that stands in the same words (粮食总产量65.88万吨 of
    2023, 粮食总产量68.25万吨 of 2024). Its confidence is the best one's: the words are the same. The earlier one goes on among the others.
    """
    best = sound[0]
    if question.periods or question.kind not in _KINDS or _OF_THE_PAST.search(question.text):
        return best
    year = _year(best)
    if year is None:
        return best
    later = [
        each
        for each in sound[1:]
        if _same_series(each, best) and same_words(each, best) and (_year(each) or year) > year
    ]
    if not later:
        return best
    chosen = max(later, key=lambda each: (_year(each) or 0, each.score))
    return chosen._replace(confidence=max(chosen.confidence, best.confidence))


def same_words(one: Weighed, other: Weighed) -> bool:
    """Whether two figures of one unit stand behind the same words (粮食总产量65.88万吨, 粮食总产量68.25万吨)."""
    frame = _frame(one)
    return len(frame) >= _FRAME_CHARS and frame == _frame(other) and _unit(one) == _unit(other)


def _frame(each: Weighed) -> str:
    """The words of the clause before the figure, without numbers and years."""
    before = each.view.folded[each.view.clause_of(each.start, each.end)[0] : _start(each)]
    return re.sub(r"[\s\d.,%年月日]", "", before)[-12:]


def _start(each: Weighed) -> int:
    number = each.view.number_at((each.start, each.end))
    return number.start if number is not None else each.start


def _unit(each: Weighed) -> str | None:
    number = each.view.number_at((each.start, each.end))
    return number.base_unit if number is not None else None


def _year(each: Weighed) -> int | None:
    period = period_of(each.view, (each.start, each.end))
    return period.last.year if period else None


def _same_series(one: Weighed, other: Weighed) -> bool:
    """Whether two documents are of one series: the same title but for its year, of one region and one body."""
    a, b = one.view.passage, other.view.passage
    untimed = [re.sub(r"[\d\s年第期]", "", each.title) for each in (a, b)]
    return a.document_id != b.document_id and untimed[0] == untimed[1] and (a.region, a.issuer) == (b.region, b.issuer)
