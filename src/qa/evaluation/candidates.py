"""What people said of answers → candidates for an evaluation set, one JSON line each.

A line whose gold is known reads as a question of the contract's format. One whose gold a person still has to find lacks
``answers`` (or, where only the source was wrong, holds no ``evidence``), so that an evaluation set refuses it until then;
``note`` says what the assistant gave.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qa.evaluation.evaluation_set import QuestionType
from qa.records import AnswerKind, Feedback, Verdict

PREFIX = "F"
_TYPES = {
    AnswerKind.NUMBER: QuestionType.FACT_NUMBER,
    AnswerKind.DATE: QuestionType.FACT_DATE,
    AnswerKind.PERSON: QuestionType.FACT_PERSON,
    AnswerKind.ORGANISATION: QuestionType.FACT_ORG,
    AnswerKind.LIST: QuestionType.LIST,
}
_SAID = {Verdict.RIGHT: "对", Verdict.WRONG: "错，正确答案待补", Verdict.WRONG_SOURCE: "答案对，出处不对，依据待补"}


def candidate_lines(feedback: Sequence[Feedback]) -> list[str]:
    """One line a verdict, in the order given; ids are ``F`` and the number in the store."""
    return [json.dumps(candidate(each), ensure_ascii=False) for each in feedback]


def candidate(feedback: Feedback) -> dict[str, Any]:
    """The candidate as the contract's object; see the module for what stays open."""
    right = feedback.verdict is Verdict.RIGHT
    made: dict[str, Any] = {
        "id": f"{PREFIX}{feedback.id:03d}",
        "question": feedback.question,
        "type": _type_of(feedback).value,
    }
    if feedback.verdict is not Verdict.WRONG:
        made["answers"] = list(feedback.answers)
    made["evidence"] = [{"doc": feedback.document, "quote": feedback.evidence}] if right and feedback.evidence else []
    made["list"] = feedback.kind is AnswerKind.LIST
    made["section"] = None
    made["note"] = _note(feedback)
    return made


def _type_of(feedback: Feedback) -> QuestionType:
    if feedback.abstained and feedback.verdict is Verdict.RIGHT:
        return QuestionType.UNANSWERABLE
    return _TYPES.get(feedback.kind, QuestionType.DEFINITION_OR_CONTENT)


def _note(feedback: Feedback) -> str:
    given = "、".join(feedback.answers) or "未找到"
    source = f"（{feedback.document}）" if feedback.document else ""
    limits = "；提问时有筛选条件" if feedback.filters else ""
    return f"反馈：{_SAID[feedback.verdict]}；系统答：{given}{source}{limits}；索引 {feedback.generation}"
