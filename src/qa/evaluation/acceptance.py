"""Taking a run as the new expectation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from qa.evaluation.expected import (
    Expectation,
    ExpectedMeasure,
    KnownFailure,
    expectations_text,
    read_expectations,
)
from qa.evaluation.measures.summary import MEASURES_BY_KEY, estimate
from qa.evaluation.run_record import Run, run_text
from qa.evaluation.whole_files import write_whole

# What is gated unless the file says otherwise, and the loss let through: about one question in fifty for the ranking,
# a little more for answers, whose wording may shift without harm. Times are not gated: they measure the day's machine.
DEFAULT_TOLERANCES = {
    "success@1": 0.02,
    "success@5": 0.01,
    "mrr@10": 0.02,
    "contains": 0.03,
    "f1": 0.03,
    "cited": 0.03,
    "abstain_recall": 0.05,
    "false_abstain": 0.02,
    "wrong_answer": 0.03,
}


def accept(run: Run, path: Path, *, today: date) -> Expectation:
    """Write the run into the file as what its command is expected to measure, and keep the run beside it.

    Which measures, their tolerances and floors, the known failures and ``"*"`` conditions stay as the file has them;
    other commands' entries are untouched. Returns the entry written. Raises :class:`qa.errors.UsageError` for a
    damaged file, or where the file or the run cannot be written.
    """
    expectations = read_expectations(path) if path.exists() else []
    old = next((each for each in expectations if each.command == run.identity.command), None)
    kept = old.run if old is not None and old.run is not None else _record_name(run, expectations)
    new = _expectation(run, old, kept, today)
    others = [new if each is old else each for each in expectations]
    text = expectations_text(others if old is not None else [*expectations, new])
    # Both or neither: the values of one run beside another's answers would be held against neither.
    write_whole({path.parent / kept: run_text(run, with_passages=False), path: text})
    return new


def _expectation(run: Run, old: Expectation | None, kept: str, today: date) -> Expectation:
    identity = run.identity
    known = () if old is None else old.known_failures
    measures = _default_measures() if old is None else old.measures
    left_out = {each.id for each in known if not each.of_measure and not each.expired(today)}
    outcomes = [outcome for outcome in run.outcomes if outcome.id not in left_out]
    values = [(each, estimate(MEASURES_BY_KEY[each.key], outcomes).value) for each in measures]
    return Expectation(
        command=identity.command,
        model="*" if old is not None and old.model == "*" else identity.model,
        corpus="*" if old is not None and old.corpus == "*" else identity.corpus,
        questions=identity.questions,
        # A measure that no question of this set counts for has no value to hold on to.
        measures=tuple(
            ExpectedMeasure(each.key, value, each.tolerance, each.floor) for each, value in values if value is not None
        ),
        known_failures=_sorted(known),
        run=kept,
    )


def _default_measures() -> Sequence[ExpectedMeasure]:
    return [ExpectedMeasure(key, 0.0, tolerance) for key, tolerance in DEFAULT_TOLERANCES.items()]


def _record_name(run: Run, expectations: Sequence[Expectation]) -> str:
    """``expected/<half or all>.jsonl``, numbered when another command has that name."""
    taken = {each.run for each in expectations}
    stem = run.identity.half or "all"
    names = [f"expected/{stem}.jsonl", *(f"expected/{stem}-{number}.jsonl" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _sorted(known: Sequence[KnownFailure]) -> tuple[KnownFailure, ...]:
    return tuple(sorted(known, key=lambda each: each.id))
