"""What is doubtful about an evaluation set, before it measures anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.evaluation.drift import find_drift
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.records import Document
from qa.text.normalise import comparable, fold

LONGEST_SHARED_RUN = 14


class FindingKind(StrEnum):
    """What is doubtful."""

    DUPLICATE = "duplicate"
    LEAK = "leak"
    ANSWER_NOT_IN_QUOTE = "answer_not_in_quote"
    AMBIGUOUS = "ambiguous"
    FORM = "form"
    DRIFT = "drift"


FINDING_NAMES = {
    FindingKind.DUPLICATE: "重复",
    FindingKind.LEAK: "泄漏",
    FindingKind.ANSWER_NOT_IN_QUOTE: "答案不在依据中",
    FindingKind.AMBIGUOUS: "有歧义",
    FindingKind.FORM: "写法",
    FindingKind.DRIFT: "依据不在资料中",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one question, in Chinese."""

    question: EvaluationQuestion
    kind: FindingKind
    message: str


def lint(questions: Sequence[EvaluationQuestion], documents: Sequence[Document]) -> list[Finding]:
    """The findings, in the order of the questions; none when the set is sound."""
    texts = {document.path: comparable(document.text) for document in documents}
    drifts = {(drift.question.id, drift.evidence): drift for drift in find_drift(questions, documents)}
    first: dict[str, EvaluationQuestion] = {}
    findings: list[Finding] = []
    for question in questions:
        asked = comparable(question.question)
        twin = first.setdefault(asked, question)
        if twin is not question:
            findings.append(Finding(question, FindingKind.DUPLICATE, f"与 {twin.id}（{twin.place}）问的一样"))
        findings += [Finding(question, *doubt) for doubt in (*_form(question), *_leaks(asked, question, texts))]
        findings += [Finding(question, *doubt) for doubt in (*_answers(question), *_places(question, texts))]
        for evidence in question.evidence:
            drift = drifts.get((question.id, evidence))
            if drift is not None:
                near = f"；最接近的原文（{drift.nearest_doc}）：{drift.nearest}" if drift.nearest else ""
                message = f"{evidence.doc} 里没有“{evidence.quote}”{near}"
                findings.append(Finding(question, FindingKind.DRIFT, message))
    return findings


_Doubt = tuple[FindingKind, str]


def _form(question: EvaluationQuestion) -> Iterator[_Doubt]:
    if question.answerable and not question.evidence:
        yield FindingKind.FORM, "有答案而没有依据，检索无从判定"
    if not question.answerable and question.evidence:
        yield FindingKind.FORM, "没有答案却给了依据"
    if (question.type is QuestionType.LIST) != question.list:
        yield FindingKind.FORM, f"类型是 {question.type}，list 却是 {'true' if question.list else 'false'}"
    if question.list and len(question.answers) == 1:
        yield FindingKind.FORM, "列举题只有一项"
    if len({comparable(answer) for answer in question.answers}) < len(question.answers):
        yield FindingKind.FORM, "答案有重复"


def _leaks(asked: str, question: EvaluationQuestion, texts: Mapping[str, str]) -> Iterator[_Doubt]:
    for doc in dict.fromkeys(evidence.doc for evidence in question.evidence):
        run = shared_run(asked, texts.get(doc, ""))
        if len(run) > LONGEST_SHARED_RUN:
            yield FindingKind.LEAK, f"与 {doc} 连续 {len(run)} 字相同（最多 {LONGEST_SHARED_RUN} 字）：{run}"


def _answers(question: EvaluationQuestion) -> Iterator[_Doubt]:
    if not question.evidence:
        return
    quotes = [comparable(evidence.quote) for evidence in question.evidence]
    for answer in question.answers:
        if not any(comparable(answer) in quote for quote in quotes):
            yield FindingKind.ANSWER_NOT_IN_QUOTE, f"“{answer}”"
        elif all(cut_from_a_number(answer, evidence.quote) for evidence in question.evidence):
            yield FindingKind.AMBIGUOUS, f"“{answer}”在依据中只是一个更长的数的一段"


def _places(question: EvaluationQuestion, texts: Mapping[str, str]) -> Iterator[_Doubt]:
    named = {evidence.doc for evidence in question.evidence}
    for evidence in question.evidence:
        quote = comparable(evidence.quote)
        yield from _elsewhere(evidence, quote, texts, named)


def _elsewhere(evidence: Evidence, quote: str, texts: Mapping[str, str], named: set[str]) -> Iterator[_Doubt]:
    times = texts.get(evidence.doc, "").count(quote)
    if times > 1:
        yield FindingKind.AMBIGUOUS, f"依据在 {evidence.doc} 中出现 {times} 次：“{evidence.quote}”"
    others = [doc for doc, text in texts.items() if doc not in named and quote in text]
    if others:
        yield FindingKind.AMBIGUOUS, f"依据也在 {'、'.join(others)} 中，未列入：“{evidence.quote}”"


def shared_run(first: str, second: str) -> str:
    """The longest run of characters that both texts hold; the first of equals."""
    best = ""
    for start in range(len(first)):
        # A longer run than the best so far is all that matters, so each start begins there.
        while start + len(best) < len(first) and first[start : start + len(best) + 1] in second:
            best = first[start : start + len(best) + 1]
    return best


def cut_from_a_number(answer: str, quote: str) -> bool:
    """Whether ``answer`` stands in ``quote`` only within longer numbers (55 in 556, 1.7 in 21.7)."""
    wanted, text = fold(answer).strip(), fold(quote)
    starts = [at for at in range(len(text)) if text.startswith(wanted, at)]
    return bool(starts) and all(_inside_number(text, start, start + len(wanted)) for start in starts)


def _inside_number(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isdigit() and (text[start - 1].isdigit() or _point(text, start - 1))
    after = end < len(text) and text[end - 1].isdigit() and (text[end].isdigit() or _point(text, end))
    return before or after


def _point(text: str, at: int) -> bool:
    """Whether a decimal point, with digits on both sides, stands there."""
    return text[at] == "." and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
