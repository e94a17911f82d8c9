"""由132家、111家，增长到330家、701家: which number was, which is, and of what each is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.records import Question

_VALUE = r"(?:每[一-鿿]{1,3})?(?:不到|近|约|逾|超过?)?\s*\d[\d.,]*\s*(?:[万亿]?[元]|%|个(?:百分点|工作日|自然日|月|小时)|[一-鿿])?"
_CHANGE = re.compile(
    rf"(?P<subjects>[^，。；：、]*(?:、[^，。；：、]*)*?)(?:由|从)(?:原来的?|原先的?|原有的?)?(?:20\d\d年[初底末]?的?)?(?P<old>{_VALUE}(?:、{_VALUE})*)[，,]?\s*"
    rf"(?:统一|进一步|大幅)?(?:增长|增加|提高|上升|降低|下降|减少|提升|扩大|调整|调增|调减|上调|下调|压缩|压减|缩短|缩减|放宽|延长|变更|修改|升|降|增|减)(?:到|至|为|成)(?P<new>{_VALUE}(?:、{_VALUE})*)"
)
_OLD_VALUE = re.compile(rf"(?:由|从)(?:原来的?|原先的?|原有的?)?(?:20\d\d年[初底末]?的?)?{_VALUE}")


@dataclass(frozen=True, slots=True)
class Change:
    """Places of the old and the new values in the text, and the subjects they are of, in the same order."""

    old: tuple[tuple[int, int], ...]
    new: tuple[tuple[int, int], ...]
    subjects: tuple[str, ...]

    def is_start(self, at: int) -> bool:
        """Whether the number at ``at`` is what it was before."""
        return any(start <= at < end for start, end in self.old)

    def is_end(self, at: int) -> bool:
        """Whether the number at ``at`` is what it became."""
        return any(start <= at < end for start, end in self.new)

    def subject_at(self, at: int) -> str:
        """The subject of the value at ``at``, old or new; empty where values and subjects do not pair."""
        paired = self._paired(at)
        return self.subjects[paired] if paired is not None else ""

    def rivals_at(self, at: int) -> tuple[str, ...]:
        """The subjects that the value at ``at`` is not of; empty where values and subjects do not pair."""
        paired = self._paired(at)
        return (
            tuple(each for number, each in enumerate(self.subjects) if number != paired) if paired is not None else ()
        )

    def subject_fit(self, question: Question, at: int) -> float:
        """+0.3 for the number whose subject the question names, −0.3 for one of another subject, else 0."""
        paired = self._paired(at)
        if paired is None or len(self.subjects) < 2:
            return 0.0
        shares = [_shared(question.text, subject) for subject in self.subjects]
        return 0.3 if shares[paired] == max(shares) and shares.count(max(shares)) == 1 else -0.3

    def _paired(self, at: int) -> int | None:
        """Which of the subjects the value at ``at`` is of."""
        for values in (self.old, self.new):
            held = [number for number, (start, end) in enumerate(values) if start <= at < end]
            if held:
                return held[0] if len(self.subjects) == len(values) else None
        return None


def changes_in(text: str) -> list[Change]:
    """Every change of one or several values, in order."""
    if not _OLD_VALUE.search(text):  # most passages tell of none, and this is told quickly
        return []
    return [
        Change(_parts(match, "old"), _parts(match, "new"), tuple(match["subjects"].split("、")))
        for match in _CHANGE.finditer(text)
    ]


def _parts(match: re.Match[str], name: str) -> tuple[tuple[int, int], ...]:
    first = match.start(name)
    return tuple((first + each.start(), first + each.end()) for each in re.finditer(r"[^、]+", match[name]))


def _shared(question: str, subject: str) -> int:
    return sum(subject[at : at + 2] in question for at in range(len(subject) - 1))
