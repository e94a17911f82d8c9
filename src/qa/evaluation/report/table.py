"""The table in the terminal: plain text, columns that hold in a monospaced font with Chinese characters of double
width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from qa.evaluation.gate import GateResult
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Summary
from qa.evaluation.outcome import STAGE_NAMES
from qa.evaluation.report.contents import Report
from qa.evaluation.report.names import (
    VERDICT_NAMES,
    answer_shown,
    excused_line,
    expired_line,
    figure,
    fingerprint_shown,
    gold_shown,
    group_name,
    interval_text,
    ranks_shown,
    recovered_line,
    shortened,
)

# What stands in the table per type; all measures stand above it.
PER_TYPE = ("success@1", "success@5", "mrr@10", "contains", "f1", "abstain_recall", "false_abstain", "wrong_answer")


def report_lines(report: Report, *, misses: int = 10) -> list[str]:
    """The whole report; at most ``misses`` wrong questions are shown."""
    identity = report.run.identity
    lines = [
        f"{identity.command}    {len(report.run.outcomes)} 题",
        f"模型 {fingerprint_shown(identity.model)}    资料 {fingerprint_shown(identity.corpus)}",
        "",
        *overall_lines(report.summary),
        "",
        *per_type_lines(report.summary),
    ]
    lines += _miss_lines(report, misses)
    if report.drifts:
        lines += ["", *drift_lines(report)]
    if report.gate is not None:
        lines += ["", *gate_lines(report.gate)]
    return lines


def overall_lines(summary: Summary) -> list[str]:
    """All measures over all questions, with interval and count."""
    rows = [("指标", "值", "95% 区间", "题数")]
    for key, estimate in summary[OVERALL].items():
        measure = MEASURES_BY_KEY[key]
        value = figure(estimate.value, measure)
        rows.append((measure.title, value, interval_text(estimate, measure), str(estimate.count)))
    return aligned(rows)


def per_type_lines(summary: Summary, keys: Sequence[str] = PER_TYPE) -> list[str]:
    """Some measures for every type; the count is of the type's questions."""
    rows = [("类型", "题数", *(MEASURES_BY_KEY[key].title for key in keys))]
    for group, estimates in summary.items():
        count = str(estimates["wrong_answer"].count)
        rows.append((group_name(group), count, *(figure(estimates[k].value, MEASURES_BY_KEY[k]) for k in keys)))
    return aligned(rows)


def gate_lines(gate: GateResult) -> list[str]:
    """The verdict on every gated measure and in all, and what was left out of it."""
    rows = [("门槛", "判定", "说明"), *((m.measure.title, VERDICT_NAMES[m.verdict], m.reason) for m in gate.measures)]
    lines = aligned(rows)
    for measure in gate.measures:
        if measure.failed and measure.worse:
            lines.append(f"{measure.measure.title} 变差的题：{'、'.join(measure.worse)}")
    if gate.comparison is not None:
        for name, changes in (("变差", gate.comparison.worse), ("变好", gate.comparison.better)):
            if changes:
                lines.append(f"{name} {len(changes)} 题：{'、'.join(change.after.id for change in changes)}")
    lines += map(excused_line, gate.excused)
    lines += map(expired_line, gate.expired)
    lines += map(recovered_line, gate.recovered)
    return [*lines, *gate.notes, "门槛：通过" if gate.passed else "门槛：未通过"]


def drift_lines(report: Report) -> list[str]:
    """Gold that the corpus no longer holds, with the nearest words."""
    lines = [f"依据的原文已不在资料中（{len(report.drifts)} 条，与变差分开计）："]
    for drift in report.drifts:
        lines.append(f"  {drift.question.id}  {drift.evidence.doc}：{drift.evidence.quote}")
        if drift.nearest is not None:
            lines.append(f"      最接近的原文（{drift.nearest_doc}）：{drift.nearest}")
    return lines


def _miss_lines(report: Report, most: int) -> list[str]:
    misses = report.misses
    if not misses:
        return ["", "全部答对"]
    shown = f"，前 {most} 题：" if 0 < most < len(misses) else "：" if most else ""
    lines = ["", f"答错或误拒 {len(misses)} 题{shown}"]
    for outcome in misses[:most]:
        stage = STAGE_NAMES[outcome.lost] if outcome.lost is not None else ""
        lines.append(f"  {outcome.id}  {outcome.question.question}")
        lines.append(f"      应为 {shortened(gold_shown(outcome))}  得到 {shortened(answer_shown(outcome))}")
        lines.append(f"      依据排位 {ranks_shown(outcome)}  {stage}")
    return lines


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows as lines whose columns begin at the same place; a rule stands below the first. Trailing spaces
    removed.
    """
    table = [list(row) for row in rows]
    widths = [max(width(row[at]) for row in table) for at in range(len(table[0]))]
    lines = [
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return [lines[0], "─" * max(map(width, lines)), *lines[1:]]


def width(text: str) -> int:
    """Columns the text takes in a terminal: two for wide and full-width characters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
