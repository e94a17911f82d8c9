"""A source line without its layout marks, every kept character still knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    whether it began with white space; ``table`` marks a row of a table, ``tabbed`` one whose cells
    tabs part; ``whole`` a paragraph that its format delimits;
    ``continues`` a line that goes on the one before by its place on the page.
    """

    runs: tuple[Run, ...]
    heading: int = 0
    bold: tuple[tuple[int, int], ...] = ()
    blank_before: bool = False
    rule_before: bool = False
    indented: bool = False
    table: bool = False
    whole: bool = False
    continues: bool = False
    tabbed: bool = False
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


def join_lines(pieces: Sequence[tuple[str, Line]]) -> Line:
    """One line of ``pieces``, each (separator before it, line); the other marks are those of the first line."""
    if len(pieces) == 1:
        return pieces[0][1]
    runs: list[Run] = []
    bold: list[tuple[int, int]] = []
    length = 0
    for separator, line in pieces:
        if separator:
            runs.append(Run(separator, None))
            length += len(separator)
        for start, end in line.bold:
            if bold and bold[-1][1] == length + start:
                bold[-1] = (bold[-1][0], length + end)
            else:
                bold.append((length + start, length + end))
        runs.extend(line.runs)
        length += len(line.text)
    return replace(pieces[0][1], runs=tuple(runs), text="".join(run.text for run in runs), bold=tuple(bold))


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], None if run.source_start is None else run.source_start + start)


def _moved(offset: int, cuts: list[tuple[int, int]]) -> int:
    return offset - sum(min(end, offset) - start for start, end in cuts if start < offset)
