"""JUnit XML, which every CI shows: one case a question, and one a gated measure.

Where the run was held against an accepted one, a question *fails* when it was right there and is wrong now; one that
is wrong as before, a known failure or drifted is *skipped* with the reason. Without an accepted run every wrong
question fails.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from qa.evaluation.drift import drifted_ids
from qa.evaluation.gate import GateResult
from qa.evaluation.outcome import STAGE_NAMES, QuestionOutcome
from qa.evaluation.report.contents import Report
from qa.evaluation.report.names import answer_shown, gold_shown, ranks_shown

# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> str:
    """The document, with its XML declaration."""
    root = ElementTree.Element("testsuites", name=_clean(report.run.identity.command))
    excused = _excused(report)
    questions = _suite(root, "评测题目", [_question_case(each, excused.get(each.id)) for each in report.run.outcomes])
    questions.set("timestamp", report.run.started.isoformat(timespec="seconds"))
    if report.gate is not None:
        _suite(root, "门槛", _gate_cases(report.gate))
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _excused(report: Report) -> dict[str, str]:
    """Question id → why being wrong is no news; nothing is excused without an accepted run."""
    reasons: dict[str, str] = {}
    gate = report.gate
    if gate is None:
        return reasons
    if gate.comparison is not None:
        worse = {change.after.id for change in gate.comparison.worse if change.before.right}
        new = {*gate.comparison.only_after, *gate.comparison.changed}
        reasons = {
            outcome.id: "与认可的运行相同，仍未答对"
            for outcome in report.run.outcomes
            if outcome.id not in worse and outcome.id not in new
        }
    reasons |= dict.fromkeys(drifted_ids(report.drifts), "依据的原文已不在资料中")
    return reasons | {known.id: f"已知问题（{known.until} 到期）：{known.reason}" for known in gate.excused}


def _question_case(outcome: QuestionOutcome, excuse: str | None) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=outcome.question.type.value,
        name=_clean(f"{outcome.id} {outcome.question.question}"),
        time=f"{outcome.latency_ms / 1000:.3f}",
    )
    if outcome.right:
        return case
    if excuse is not None:
        ElementTree.SubElement(case, "skipped", message=_clean(excuse))
        return case
    stage = STAGE_NAMES[outcome.lost] if outcome.lost is not None else "未答对"
    failure = ElementTree.SubElement(case, "failure", message=stage, type="wrong")
    quotes = "\n".join(f"依据：{each.doc}：{each.quote}" for each in outcome.question.evidence)
    failure.text = _clean(
        f"应为：{gold_shown(outcome)}\n得到：{answer_shown(outcome)}\n依据排位：{ranks_shown(outcome)}\n{quotes}"
    )
    return case


def _gate_cases(gate: GateResult) -> list[ElementTree.Element]:
    cases = []
    for measure in gate.measures:
        case = ElementTree.Element("testcase", classname="gate", name=measure.measure.key, time="0.000")
        if measure.failed:
            failure = ElementTree.SubElement(
                case, "failure", message=_clean(measure.reason), type=measure.verdict.value
            )
            failure.text = _clean(f"变差的题：{'、'.join(measure.worse)}" if measure.worse else measure.reason)
        cases.append(case)
    return cases


def _suite(root: ElementTree.Element, name: str, cases: list[ElementTree.Element]) -> ElementTree.Element:
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(cases)), errors="0")
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")
    suite.extend(cases)
    return suite


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
