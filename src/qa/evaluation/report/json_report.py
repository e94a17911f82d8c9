"""The report as one JSON object."""

from __future__ import annotations

from typing import Any

from qa.evaluation.comparison import Comparison, MeasureComparison, QuestionChange
from qa.evaluation.drift import Drift
from qa.evaluation.expected import KnownFailure
from qa.evaluation.gate import GateResult, MeasureVerdict
from qa.evaluation.measures.bootstrap import Interval
from qa.evaluation.measures.summary import Estimate
from qa.evaluation.report.contents import Report
from qa.evaluation.run_record import outcome_record

FORMAT = "qa-eval/1"


def report_object(report: Report) -> dict[str, Any]:
    """``{"format", "command", …, "questions", "measures": {group: {key: estimate}}, "gate", "drift", "outcomes"}``.

    ``gate`` is null when the run was not held against an expectation; an estimate is ``{"value", "count", "low",
    "high"}``.
    """
    run = report.run
    return {
        "format": FORMAT,
        "command": run.identity.command,
        "half": run.identity.half,
        "model": run.identity.model,
        "corpus": run.identity.corpus,
        "evaluation_set": run.identity.questions,
        "started": run.started.isoformat(timespec="seconds"),
        "version": run.version,
        "questions": len(run.outcomes),
        "measures": {
            group: {key: _estimate(each) for key, each in estimates.items()}
            for group, estimates in report.summary.items()
        },
        "gate": None if report.gate is None else _gate(report.gate),
        "drift": [_drift(each) for each in report.drifts],
        "outcomes": [outcome_record(outcome, with_passages=True) for outcome in run.outcomes],
    }


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """``{"shared", "measures", "worse", "better", "only_before", "only_after", "changed"}``."""
    return {
        "shared": comparison.shared,
        "measures": {each.measure.key: _measure_comparison(each) for each in comparison.measures},
        "worse": [_change(each) for each in comparison.worse],
        "better": [_change(each) for each in comparison.better],
        "only_before": comparison.only_before,
        "only_after": comparison.only_after,
        "changed": comparison.changed,
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {"value": estimate.value, "count": estimate.count, **_bounds(estimate.interval)}


def _bounds(interval: Interval | None) -> dict[str, float | None]:
    return {
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
    }


def _measure_comparison(each: MeasureComparison) -> dict[str, Any]:
    return {
        "before": each.before,
        "after": each.after,
        "count": each.count,
        "gain": each.gain,
        **_bounds(each.interval),
        "p_value": each.p_value,
        "p_worse": each.p_worse,
        "worse": each.worse,
        "better": each.better,
    }


def _change(change: QuestionChange) -> dict[str, Any]:
    return {
        "id": change.after.id,
        "question": change.after.question.question,
        "before": {"right": change.before.right, "rank": change.before.best_rank, "answer": change.before.answer},
        "after": {"right": change.after.right, "rank": change.after.best_rank, "answer": change.after.answer},
    }


def _gate(gate: GateResult) -> dict[str, Any]:
    return {
        "passed": gate.passed,
        "measures": [_verdict(each) for each in gate.measures],
        "comparison": None if gate.comparison is None else comparison_object(gate.comparison),
        "known_failures": [_known(each) for each in gate.excused],
        "expired": [_known(each) for each in gate.expired],
        "recovered": [each.id for each in gate.recovered],
        "notes": gate.notes,
    }


def _verdict(each: MeasureVerdict) -> dict[str, Any]:
    return {
        "measure": each.measure.key,
        "verdict": each.verdict.value,
        "reason": each.reason,
        "expected": each.expected.value,
        "tolerance": each.expected.tolerance,
        "floor": each.expected.floor,
        "before": each.before,
        "after": each.after,
        "count": each.count,
        "p_worse": each.p_worse,
        "worse": each.worse,
        "better": each.better,
    }


def _known(each: KnownFailure) -> dict[str, str]:
    return {"measure" if each.of_measure else "id": each.id, "reason": each.reason, "until": each.until.isoformat()}


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "id": drift.question.id,
        "doc": drift.evidence.doc,
        "quote": drift.evidence.quote,
        "document_gone": drift.document_gone,
        "lost": drift.lost,
        "nearest_doc": drift.nearest_doc,
        "nearest": drift.nearest,
        "similarity": drift.similarity,
    }
