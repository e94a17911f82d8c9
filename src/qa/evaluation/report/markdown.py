"""The summary for a pull request, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.evaluation.comparison import QuestionChange
from qa.evaluation.gate import GateResult
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL
from qa.evaluation.outcome import STAGE_NAMES
from qa.evaluation.report.contents import Report
from qa.evaluation.report.names import (
    VERDICT_NAMES,
    answer_shown,
    excused_line,
    expired_line,
    figure,
    gold_shown,
    interval_text,
    ranks_shown,
    recovered_line,
    shortened,
)

# More than this many questions of a kind help nobody in a pull request; the HTML report has all.
MOST = 20


def markdown_summary(report: Report) -> str:
    """The summary: verdict, gated measures, what changed, drift, and the figures in all."""
    identity = report.run.identity
    lines = [_title(report), "", f"`{identity.command}`，{len(report.run.outcomes)} 题"]
    if report.gate is not None:
        lines += ["", *_gate_section(report.gate)]
    if report.drifts:
        lines += ["", *_drift_section(report)]
    if report.gate is None:
        lines += ["", *_miss_section(report)]
    lines += ["", "<details><summary>全部指标</summary>", "", *_figures(report), "", "</details>", ""]
    return "\n".join(lines)


def _title(report: Report) -> str:
    if report.gate is None:
        return "## 评测结果"
    return "## 评测门槛：通过 ✅" if report.gate.passed else "## 评测门槛：未通过 ❌"


def _gate_section(gate: GateResult) -> list[str]:
    rows = [(m.measure.title, VERDICT_NAMES[m.verdict], m.reason) for m in gate.measures]
    lines = _table(("指标", "判定", "说明"), rows)
    if gate.comparison is not None:
        lines += _changes("变差", gate.comparison.worse)
        lines += _changes("变好", gate.comparison.better)
    lines_of = ((excused_line, gate.excused), (expired_line, gate.expired), (recovered_line, gate.recovered))
    known = [f"- {_cell(line(each))}" for line, failures in lines_of for each in failures]
    if known:
        lines += ["", "**已知问题**", "", *known]
    return lines + [line for note in gate.notes for line in ("", _cell(note))]


def _changes(name: str, changes: Sequence[QuestionChange]) -> list[str]:
    if not changes:
        return []
    rows = [
        (
            change.after.id,
            change.after.question.question,
            f"{ranks_shown(change.before)} → {ranks_shown(change.after)}",
            f"{shortened(answer_shown(change.before))} → {shortened(answer_shown(change.after))}",
        )
        for change in changes[:MOST]
    ]
    more = [f"……另有 {len(changes) - MOST} 题"] if len(changes) > MOST else []
    return ["", f"**{name} {len(changes)} 题**", "", *_table(("题", "问题", "依据排位", "答案"), rows), *more]


def _drift_section(report: Report) -> list[str]:
    rows = [
        (each.question.id, f"{each.evidence.doc}：{each.evidence.quote}", each.nearest or "没有相近的文字")
        for each in report.drifts[:MOST]
    ]
    return [
        f"**依据的原文已不在资料中（{len(report.drifts)} 条，不算变差）**",
        "",
        *_table(("题", "评测集里的原文", "资料中最接近的"), rows),
    ]


def _miss_section(report: Report) -> list[str]:
    if not report.misses:
        return ["全部答对"]
    rows = [
        (
            each.id,
            each.question.question,
            shortened(gold_shown(each)),
            shortened(answer_shown(each)),
            STAGE_NAMES[each.lost] if each.lost else "",
        )
        for each in report.misses[:MOST]
    ]
    more = [f"……另有 {len(report.misses) - MOST} 题"] if len(report.misses) > MOST else []
    title = f"**答错或误拒 {len(report.misses)} 题**"
    return [title, "", *_table(("题", "问题", "应为", "得到", "原因"), rows), *more]


def _figures(report: Report) -> list[str]:
    rows = [
        (
            MEASURES_BY_KEY[key].title,
            figure(each.value, MEASURES_BY_KEY[key]),
            interval_text(each, MEASURES_BY_KEY[key]),
            str(each.count),
        )
        for key, each in report.summary[OVERALL].items()
    ]
    return _table(("指标", "值", "95% 区间", "题数"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in (head, *rows)]
    return [lines[0], "|" + " --- |" * len(head), *lines[1:]]


def _cell(text: str) -> str:
    """The text as it can stand in a cell: on one line, with nothing that Markdown or HTML would take for its own."""
    line = " ".join(text.split())
    for char in "\\`*_[]|~":
        line = line.replace(char, "\\" + char)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
