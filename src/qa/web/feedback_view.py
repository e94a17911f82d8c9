"""对, 错, 出处不对: the form beside an answer, and what is made of it when it comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from qa.errors import ConflictError
from qa.records import Answer, Feedback, Result, Verdict
from qa.web.addresses import filter_parameters
from qa.web.asking import read_query
from qa.web.contexts import FeedbackForm, Field, Page, VerdictChoice
from qa.web.facade import AssistantFacade
from qa.web.sources import Sources

NAMES = {Verdict.RIGHT: "对", Verdict.WRONG: "错", Verdict.WRONG_SOURCE: "出处不对"}
ABSTAINED_NAMES = {Verdict.RIGHT: "确实没有", Verdict.WRONG: "资料里有"}


@dataclass(frozen=True, slots=True)
class FeedbackFragment(Page):
    """The form anew, after something was said."""

    template: ClassVar[str] = "feedback.html"

    form: FeedbackForm


def feedback_form(result: Result, generation: str, said: Verdict | None = None) -> FeedbackForm:
    """The form for the answer (or the abstention) of ``result``."""
    query = result.query
    names = ABSTAINED_NAMES if result.answer.abstained else NAMES
    return FeedbackForm(
        fields=(
            Field("q", query.text),
            *(Field(name, value) for name, value in filter_parameters(query.filters)),
            Field("generation", generation),
            Field("answer", answer_key(result.answer)),
        ),
        choices=tuple(VerdictChoice(each.value, name, each is said) for each, name in names.items()),
        said=said in names,
    )


def read_verdict(text: str) -> Verdict | None:
    """The verdict of an address or form; ``None`` for none or one that there is not."""
    try:
        return Verdict(text)
    except ValueError:
        return None


def answer_key(answer: Answer) -> str:
    """Which answer it is: 16 hexadecimal digits of what it says and where it stands."""
    parts = [(each.text, *each.span) for each in (answer.best, *answer.items) if each]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def judged(
    assistant: AssistantFacade, form: Mapping[str, str], visitor: str, verdict: Verdict
) -> tuple[Feedback, Result, str]:
    """The feedback, with the answer asked for again: what a form says about an answer is not taken on trust.

    Also gives the result and its generation. Raises :class:`ConflictError` where the answer is another one by now.
    """
    query = read_query(form, assistant.settings)
    generation, result = assistant.state().generation, assistant.ask(query)
    if answer_key(result.answer) != form.get("answer", ""):
        raise ConflictError(
            "这个答案已经变了，没有记下评价",
            reason="资料或索引在您看过之后更新过",
            hint="重新提问，看过新的答案再评价",
        )
    return _feedback(assistant, result, generation, visitor, verdict), result, generation


def _feedback(assistant: AssistantFacade, result: Result, generation: str, visitor: str, verdict: Verdict) -> Feedback:
    answer, query = result.answer, result.query
    best = answer.best
    sources = Sources(assistant)
    return Feedback(
        visitor=visitor,
        verdict=verdict,
        question=query.text,
        filters=query.filters,
        kind=result.question.kind,
        generation=generation,
        given_at=datetime.now(UTC),
        answers=tuple(item.text for item in answer.items) or ((best.text,) if best else ()),
        span=best.span if best else None,
        document=sources.document(best.span.document_id).path if best else "",
        evidence=sources.text(best.evidence) if best else "",
        confidence=best.confidence if best else 0.0,
    )
