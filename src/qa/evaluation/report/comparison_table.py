"""Two runs beside one another, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluation.comparison import Comparison, MeasureComparison, QuestionChange
from qa.evaluation.report.names import answer_shown, figure, ranks_shown, shortened
from qa.evaluation.report.table import aligned


def comparison_lines(comparison: Comparison) -> list[str]:
    """Every measure before and after with what the change is worth, then the questions that got worse and better."""
    rows: list[tuple[str, ...]] = [("指标", "前", "后", "好转", "95% 区间", "p", "变差", "变好", "题数")]
    rows += [_row(each) for each in comparison.measures if each.before is not None or each.after is not None]
    lines = aligned(rows)
    for name, changes in (("变差", comparison.worse), ("变好", comparison.better)):
        lines += _change_lines(name, changes)
    for name, ids in (
        ("只在前一次", comparison.only_before),
        ("只在后一次", comparison.only_after),
        ("题目或答案有改动，未参加比较", comparison.changed),
    ):
        if ids:
            lines.append(f"{name}：{'、'.join(ids)}")
    return lines


def _row(each: MeasureComparison) -> tuple[str, ...]:
    digits = 3 if each.measure.unit == "share" else 1
    gain = "" if each.gain is None else f"{each.gain:+.{digits}f}"
    span = "" if each.interval is None else f"{each.interval.low:+.3f} … {each.interval.high:+.3f}"
    p = "" if each.p_value is None else f"{each.p_value:.3f}" if each.p_value >= 0.001 else "<0.001"
    counts = (str(len(each.worse)), str(len(each.better))) if each.measure.paired else ("", "")
    before, after = figure(each.before, each.measure), figure(each.after, each.measure)
    return (each.measure.title, before, after, gain, span, p, *counts, str(each.count))


def _change_lines(name: str, changes: Sequence[QuestionChange]) -> list[str]:
    if not changes:
        return []
    lines = ["", f"{name} {len(changes)} 题"]
    for change in changes:
        lines.append(f"  {change.after.id}  {change.after.question.question}")
        lines.append(
            f"      依据 {ranks_shown(change.before)} → {ranks_shown(change.after)}  答案 "
            f"{shortened(answer_shown(change.before), 40)} → {shortened(answer_shown(change.after), 40)}"
        )
    return lines
