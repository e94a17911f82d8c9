"""What things are called in reports (Chinese), and how figures are written."""

from __future__ import annotations

import re

from qa.evaluation.evaluation_set import QuestionType
from qa.evaluation.expected import KnownFailure
from qa.evaluation.gate import Verdict
from qa.evaluation.measures.measure import Measure
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Estimate
from qa.evaluation.outcome import QuestionOutcome
from qa.records import AbstainReason

TYPE_NAMES = {
    QuestionType.FACT_NUMBER: "数字",
    QuestionType.FACT_DATE: "日期",
    QuestionType.FACT_PERSON: "人物",
    QuestionType.FACT_ORG: "机构",
    QuestionType.DEFINITION_OR_CONTENT: "定义与内容",
    QuestionType.LIST: "列举",
    QuestionType.PARAPHRASE_HARD: "换说法",
    QuestionType.TIME_QUALIFIED: "限定时间",
    QuestionType.BROKEN_TEXT: "断行断页",
    QuestionType.UNANSWERABLE: "应拒答",
}
REASON_NAMES = {
    AbstainReason.NO_EVIDENCE: "没有依据",
    AbstainReason.PERIOD: "时间不符",
    AbstainReason.REGION: "地区不符",
    AbstainReason.SUBJECT: "主体不符",
    AbstainReason.NO_QUESTION: "没有提问",
    AbstainReason.EMPTY_CORPUS: "资料库为空",
}
VERDICT_NAMES = {
    Verdict.PASSED: "通过",
    Verdict.WITHIN_CHANCE: "注意",
    Verdict.LOST: "变差",
    Verdict.BELOW_FLOOR: "越限",
}
NOTHING = "—"


def fingerprint_shown(name: str) -> str:
    """The name with its long hashes cut to their first twelve digits, which tell them apart well enough to read."""
    return re.sub(r"[0-9a-f]{24,}", lambda found: found[0][:12] + "…", name)


def excused_line(known: KnownFailure) -> str:
    """A known failure in force."""
    return f"已知问题 {_subject(known)}（{known.until} 到期）：{known.reason}"


def expired_line(known: KnownFailure) -> str:
    """A known failure whose day has passed."""
    return f"已知问题 {_subject(known)} 已于 {known.until} 到期，重新计入：{known.reason}"


def recovered_line(known: KnownFailure) -> str:
    """A known failure that fails no longer."""
    return f"已知问题 {_subject(known)} {'现已达到' if known.of_measure else '现已答对'}，可从期望值文件中删去"


def _subject(known: KnownFailure) -> str:
    return f"{MEASURES_BY_KEY[known.id].title} 未达限" if known.of_measure else known.id


def group_name(group: str) -> str:
    """The name of a group of a summary: 全部 or the question type's."""
    return "全部" if group == OVERALL else TYPE_NAMES[QuestionType(group)]


def figure(value: float | None, measure: Measure) -> str:
    """``0.933``, ``12 字``, ``41.3 ms``, or — for none."""
    if value is None:
        return NOTHING
    if measure.unit == "share":
        return f"{value:.3f}"
    return f"{value:.1f} ms" if measure.unit == "ms" else f"{value:g} 字"


def interval_text(estimate: Estimate, measure: Measure) -> str:
    """``0.871–0.978``, or an empty string."""
    if estimate.interval is None:
        return ""
    if measure.unit == "share":
        return f"{estimate.interval.low:.3f}–{estimate.interval.high:.3f}"
    return f"{estimate.interval.low:.1f}–{estimate.interval.high:.1f}"


def answer_shown(outcome: QuestionOutcome) -> str:
    """What was answered, or why nothing was."""
    if outcome.error:
        return f"（未能提问：{outcome.error}）"
    if outcome.abstained:
        return f"（未找到：{_reason_name(outcome.reason)}）" if outcome.reason else "（未找到）"
    return outcome.answer


def _reason_name(reason: str) -> str:
    # A kept run may come from a version with other reasons: those are shown as they are.
    return REASON_NAMES[AbstainReason(reason)] if reason in set(AbstainReason) else reason


def shortened(text: str, most: int = 80) -> str:
    """The text on one line, cut to ``most`` characters with … where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def gold_shown(outcome: QuestionOutcome) -> str:
    """The gold: the alternatives with 或, the items of a list with 、, or that there is none."""
    question = outcome.question
    if not question.answerable:
        return "（资料中没有）"
    return ("、" if question.list else " 或 ").join(question.answers)


def ranks_shown(outcome: QuestionOutcome) -> str:
    """Where the evidences ranked."""
    if not outcome.ranks:
        return NOTHING
    return "、".join("未召回" if rank is None else f"第 {rank}" for rank in outcome.ranks)
