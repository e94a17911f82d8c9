"""What a report tells, whatever its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.evaluation.drift import Drift
from qa.evaluation.gate import GateResult
from qa.evaluation.measures.summary import Summary, summarise
from qa.evaluation.outcome import QuestionOutcome
from qa.evaluation.run_record import Run


@dataclass(frozen=True, slots=True)
class Report:
    """A run with its figures, and the gate's verdict where it was held against an expectation.

    ``history`` are kept runs of the same command, oldest first, this one last.
    """

    run: Run
    summary: Summary
    gate: GateResult | None
    drifts: tuple[Drift, ...]
    history: tuple[Run, ...]

    @property
    def misses(self) -> tuple[QuestionOutcome, ...]:
        """The questions whose outcome is not right, in order."""
        return tuple(outcome for outcome in self.run.outcomes if not outcome.right)

    @property
    def misplaced(self) -> tuple[QuestionOutcome, ...]:
        """Questions answered rightly although their evidence does not stand at rank 1."""
        return tuple(each for each in self.run.outcomes if each.right and each.ranks and each.best_rank != 1)


def report_on(
    run: Run, *, gate: GateResult | None = None, drifts: Sequence[Drift] = (), history: Sequence[Run] = ()
) -> Report:
    """The report on a run; ``history`` may hold runs of other commands and this run itself."""
    same = [each for each in history if each.identity.command == run.identity.command and each.started < run.started]
    return Report(run, summarise(run.outcomes), gate, tuple(drifts), (*sorted(same, key=lambda r: r.started), run))
