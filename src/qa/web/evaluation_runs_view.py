"""评测: the kept runs with their trend, and one run with its misses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from qa.errors import NotFoundError, QaError
from qa.evaluation.comparison import QuestionChange, compare
from qa.evaluation.expected import Expectation, read_expectations
from qa.evaluation.gate import check
from qa.evaluation.measures.summary import MEASURES_BY_KEY
from qa.evaluation.report.charts import trends
from qa.evaluation.report.contents import report_on
from qa.evaluation.report.html import html_report, page_of
from qa.evaluation.report.names import (
    VERDICT_NAMES,
    answer_shown,
    excused_line,
    expired_line,
    figure,
    fingerprint_shown,
    ranks_shown,
    recovered_line,
    shortened,
)
from qa.evaluation.run_record import Run, read_run
from qa.evaluation.run_shelf import KeptRun, shelved_runs
from qa.web.contexts import Link
from qa.web.evaluation_contexts import (
    ChangeRow,
    CommandRuns,
    EvaluationPage,
    EvaluationRunPage,
    GateRow,
    GateView,
    RunRow,
    Since,
)
from qa.web.evaluation_desk import EvaluationDesk

COLUMNS = ("success@1", "contains", "abstain_recall", "false_abstain", "wrong_answer")
EXPECTED = "expected.toml"
ADDRESS = "/evaluation"


def evaluation_page(desk: EvaluationDesk) -> EvaluationPage:
    """The list of kept runs; a damaged expectation file or set is told, not fatal."""
    runs = shelved_runs(desk.folder)
    warnings, expected, gathered = [], set(), 0
    try:
        expected = {each.command for each in _expectations(desk.folder)}
    except QaError as error:
        warnings.append(str(error))
    try:
        gathered = len(desk.gathered())
    except QaError as error:
        warnings.append(str(error))
    # The command that was run last stands first.
    order = list(dict.fromkeys(each.run.identity.command for each in runs))
    by_command = sorted(runs, key=lambda each: order.index(each.run.identity.command))
    return EvaluationPage(
        columns=tuple(MEASURES_BY_KEY[key].title for key in COLUMNS),
        commands=tuple(
            _command(command, list(inside), command in expected)
            for command, inside in groupby(by_command, key=lambda each: each.run.identity.command)
        ),
        folder=desk.folder.as_posix(),
        file=desk.file.as_posix(),
        gathered=gathered,
        warning="；".join(warnings),
    )


def run_page(desk: EvaluationDesk, name: str, today: date) -> EvaluationRunPage:
    """One run by its name. Raises :class:`NotFoundError`."""
    runs = shelved_runs(desk.folder)
    kept = _named(runs, name)
    run = kept.run
    page = page_of(report_on(run))
    return EvaluationRunPage(
        when=_when(run.started),
        command=run.identity.command,
        facts=(
            f"{len(run.outcomes)} 题",
            f"引证 {run.version}",
            f"模型 {fingerprint_shown(run.identity.model)}",
            f"资料 {fingerprint_shown(run.identity.corpus)}",
        ),
        report_url=f"{run_address(name)}?download",
        headlines=page.headlines,
        gate=_gate(desk.folder, run, today),
        since=_since(kept, runs),
        per_type=page.per_type,
        ranks=page.ranks,
        reliability=page.reliability,
        stages=page.stages,
        misses=page.misses,
        missed=len(page.report.misses),
        questions=len(run.outcomes),
        held_out=run.identity.half == "test",
    )


def report_of(desk: EvaluationDesk, name: str) -> str:
    """The self-contained report of a kept run, with the trend up to it. Raises :class:`NotFoundError`."""
    runs = shelved_runs(desk.folder)
    return html_report(report_on(_named(runs, name).run, history=[each.run for each in runs]))


def run_address(name: str) -> str:
    """``/evaluation/runs/{name}``."""
    return f"{ADDRESS}/runs/{quote(name)}"


def _named(runs: Sequence[KeptRun], name: str) -> KeptRun:
    for kept in runs:
        if kept.name == name:
            return kept
    raise NotFoundError(f"没有评测记录 {name}", reason="记录已删除，或地址有误", hint="回到评测页选一次运行")


def _command(command: str, runs: list[KeptRun], expected: bool) -> CommandRuns:
    oldest_first = [each.run for each in reversed(runs)]
    return CommandRuns(
        command=command,
        trends=trends(oldest_first) if len(runs) > 1 else (),
        rows=tuple(map(_row, runs)),
        expected=expected,
    )


def _row(kept: KeptRun) -> RunRow:
    run = kept.run
    return RunRow(
        when=_when(run.started),
        at=run.started.isoformat(timespec="seconds"),
        url=run_address(kept.name),
        questions=len(run.outcomes),
        figures=tuple(_figure(key, run) for key in COLUMNS),
        accepted=kept.accepted,
    )


def _figure(key: str, run: Run) -> str:
    # Without its interval: a thousand resamples for each figure of sixty runs would keep the page waiting.
    measure = MEASURES_BY_KEY[key]
    rows = measure.rows(list(run.outcomes))
    return figure(float(measure.aggregate(rows)) if len(rows) else None, measure)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _expectations(folder: Path) -> list[Expectation]:
    path = folder / EXPECTED
    return read_expectations(path) if path.exists() else []


def _gate(folder: Path, run: Run, today: date) -> GateView | None:
    """The run held against the expectation of its command, ``None`` where there is none."""
    try:
        found = next((each for each in _expectations(folder) if each.command == run.identity.command), None)
        if found is None:
            return None
        accepted = None if found.run is None else read_run(folder / found.run)
        result = check(run, found, accepted, today=today)
    except QaError as error:
        return GateView(False, (), (), refused=str(error))
    known = [*map(excused_line, result.excused), *map(expired_line, result.expired)]
    known += map(recovered_line, result.recovered)
    rows = tuple(
        GateRow(each.measure.title, each.verdict.value, VERDICT_NAMES[each.verdict], each.reason)
        for each in result.measures
    )
    return GateView(result.passed, rows, (*known, *result.notes))


def _since(kept: KeptRun, runs: Sequence[KeptRun]) -> Since | None:
    command, started = kept.run.identity.command, kept.run.started
    earlier = [each for each in runs if each.run.identity.command == command and each.run.started < started]
    if not earlier:
        return None
    before = earlier[0]  # newest first
    comparison = compare(before.run.outcomes, kept.run.outcomes, measures=())
    return Since(
        Link(_when(before.run.started), run_address(before.name)),
        tuple(map(_change, comparison.worse)),
        tuple(map(_change, comparison.better)),
    )


def _change(change: QuestionChange) -> ChangeRow:
    before, after = change.before, change.after
    ranks = ranks_shown(after) if before.ranks == after.ranks else f"{ranks_shown(before)} → {ranks_shown(after)}"
    return ChangeRow(
        after.id, after.question.question, ranks, shortened(answer_shown(before)), shortened(answer_shown(after))
    )
