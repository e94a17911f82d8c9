"""A source line without its layout marks, every kept character still knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

_SPACE_OR_PRIVATE = re.compile(r"[\s\ue000-\uf8ff]+")


class Run(NamedTuple):
    """Characters that stand together; ``source_start`` is ``None`` where they are not in the source (α for
    ``$\\alpha$``).
    """

    text: str
    source_start: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words.

    ``heading`` is the markdown heading level or 0; ``bold`` the half-open spans of ``text`` that were set in bold;
    ``blank_before`` whether an empty line stood before it, ``rule_before`` whether a drawn rule did, ``indented``
    whether it began with white space; ``table`` marks a row of a markdown table.
    """

    runs: tuple[Run, ...]
    heading: int = 0
    bold: tuple[tuple[int, int], ...] = ()
    blank_before: bool = False
    rule_before: bool = False
    indented: bool = False
    table: bool = False
    text: str = ""

    @classmethod
    def of(cls, runs: Iterable[Run], **marks: object) -> Line:
        kept = tuple(run for run in runs if run.text)
        return cls(kept, text="".join(run.text for run in kept), **marks)  # type: ignore[arg-type]

    def without(self, cuts: Iterable[tuple[int, int]]) -> Line:
        """The line with the half-open spans ``cuts`` of its text (ascending, apart) taken out."""
        spans = [span for span in cuts if span[0] < span[1]]
        if not spans:
            return self
        runs: list[Run] = []
        offset = 0
        for run in self.runs:
            position = 0
            for start, end in spans:
                first, last = max(0, start - offset), min(len(run.text), end - offset)
                if first >= last:
                    continue
                runs.append(_part(run, position, first))
                position = last
            runs.append(_part(run, position, len(run.text)))
            offset += len(run.text)
        kept = tuple(run for run in runs if run.text)
        bold = tuple((_moved(a, spans), _moved(b, spans)) for a, b in self.bold)
        return replace(
            self, runs=kept, text="".join(run.text for run in kept), bold=tuple(s for s in bold if s[0] < s[1])
        )

    def trimmed(self) -> Line:
        """The line without white space (and private-use layout characters) at its ends."""
        head = _SPACE_OR_PRIVATE.match(self.text)
        start = head.end() if head else 0
        end = len(self.text)
        while end > start and _SPACE_OR_PRIVATE.match(self.text[end - 1]):
            end -= 1
        return self.without([(0, start), (end, len(self.text))])

    def joined(self, following: Line, separator: str = "") -> Line:
        """This line with ``following`` right after it; marks are this line's."""
        between = (Run(separator, None),) if separator else ()
        shift = len(self.text) + len(separator)
        bold = self.bold + tuple((a + shift, b + shift) for a, b in following.bold)
        if self.bold and following.bold and self.bold[-1][1] + len(separator) == following.bold[0][0] + shift:
            bold = (*self.bold[:-1], (self.bold[-1][0], following.bold[0][1] + shift), *bold[len(self.bold) + 1 :])
        return replace(
            self, runs=self.runs + between + following.runs, text=self.text + separator + following.text, bold=bold
        )


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], None if run.source_start is None else run.source_start + start)


def _moved(offset: int, cuts: list[tuple[int, int]]) -> int:
    return offset - sum(min(end, offset) - start for start, end in cuts if start < offset)
