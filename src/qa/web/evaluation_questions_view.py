"""评测: judging proposals, and making a question of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import FormData

from qa.errors import QaError, UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion, QuestionType
from qa.evaluation.evidence_picking import answers_in, picked_question
from qa.evaluation.figures import same_figures
from qa.evaluation.propose import Proposal
from qa.evaluation.report.names import TYPE_NAMES
from qa.records import AskedQuestion, Feedback, Passage, Query, Result, Span, Verdict
from qa.text.normalise import comparable
from qa.web.addresses import document_address, document_page
from qa.web.contexts import Link, Piece, PieceKind
from qa.web.evaluation_contexts import (
    Candidate,
    EvaluationProposalsPage,
    EvaluationQuestionPage,
    EvidenceChoice,
    ProposalView,
    QuestionForm,
    TypeChoice,
)
from qa.web.evaluation_desk import EvaluationDesk, key_of
from qa.web.evaluation_runs_view import ADDRESS
from qa.web.facade import AssistantFacade
from qa.web.sources import Sources

PROPOSALS_A_PAGE = 8
MOST_CANDIDATES = 12
_VERDICTS = {Verdict.RIGHT: "有人评为对", Verdict.WRONG: "有人评为错", Verdict.WRONG_SOURCE: "有人评为出处不对"}


# ------------------------------------------------------------------------------------------------------------- proposals


def proposals_page(
    desk: EvaluationDesk,
    assistant: AssistantFacade,
    *,
    said: str = "",
    refused: ProposalView | None = None,
    complaint: str = "",
) -> EvaluationProposalsPage:
    """The next proposals; one that could not be taken as it was edited comes first, as it was edited."""
    left = desk.proposals(assistant)
    paths = {document.path: document.id for document in assistant.documents()}
    views = [_proposal(each, paths) for each in left[:PROPOSALS_A_PAGE]]
    if refused is not None:
        views = [refused, *(each for each in views if each.key != refused.key)]
    return EvaluationProposalsPage(tuple(views), len(left), desk.file.as_posix(), said, complaint)


def judge_proposal(desk: EvaluationDesk, assistant: AssistantFacade, form: FormData) -> str | EvaluationProposalsPage:
    """Takes or rejects the proposal that the form names: a line that says what was done, or the page with a complaint.

    A proposal that is no longer there (judged in another window, sent twice) changes nothing.
    """
    key, action = _text(form, "key"), _text(form, "action")
    if action not in ("accept", "reject"):
        raise UsageError("没有说明收下还是不要", reason=f"action 写的是“{action}”", hint="用页面上的按钮")
    proposal = next((each for each in desk.proposals(assistant) if key_of(each) == key), None)
    if proposal is None:
        return "gone"
    if action == "reject":
        desk.reject(proposal)
        return "rejected"
    try:
        taken = desk.take(_edited(proposal.question, form))
    except UsageError as error:
        paths = {document.path: document.id for document in assistant.documents()}
        view = replace(_proposal(proposal, paths), question=_text(form, "question"), answers=_text(form, "answers"))
        return proposals_page(desk, assistant, refused=view, complaint=str(error))
    if taken.question != proposal.question.question:
        desk.reject(proposal)
    return f"taken-{taken.id}"


def _edited(question: EvaluationQuestion, form: FormData) -> EvaluationQuestion:
    """The proposal as the person worded it. Raises :class:`UsageError` where an answer no longer stands in its quote."""
    worded = " ".join(_text(form, "question").split())
    if not comparable(worded):
        raise UsageError("问题是空的", hint="写一句要问的话")
    if not question.answerable:
        return replace(question, question=worded)
    answers = answers_in(_text(form, "answers"))
    if not answers:
        raise UsageError("没有写答案", hint="照依据写答案，一行一个")
    quotes = [evidence.quote for evidence in question.evidence]
    for answer in answers:
        if not any(comparable(answer) in comparable(quote) and same_figures(quote, answer) for quote in quotes):
            raise UsageError(f"答案“{answer}”不在依据里", hint="照依据改答案")
    return replace(question, question=worded, answers=answers)


def _proposal(proposal: Proposal, ids: dict[str, str]) -> ProposalView:
    question = proposal.question
    return ProposalView(
        key=key_of(proposal),
        question=question.question,
        answers="\n".join(question.answers),
        type_name=TYPE_NAMES[question.type],
        unanswerable=not question.answerable,
        quotes=tuple((Link(each.doc, document_page(ids[each.doc])), each.quote) for each in question.evidence),
        why="" if question.answerable else (question.note or "").partition(": ")[2],
    )


# -------------------------------------------------------------------------------------------------------- own questions


@dataclass(frozen=True, slots=True)
class Asked:
    """What people asked and said: the visitor's own questions, and everybody's verdicts."""

    recent: Sequence[AskedQuestion]
    feedback: Sequence[Feedback]


def question_page(
    desk: EvaluationDesk, assistant: AssistantFacade, asked: str, before: Asked, *, said: str = ""
) -> EvaluationQuestionPage:
    """The page with the ranked passages of ``asked`` to pick from, or with what may be asked when it is empty."""
    form = _fresh_form(assistant, asked) if asked.strip() else None
    return _page(desk, assistant, asked, form, before, said)


def save_question(
    desk: EvaluationDesk, assistant: AssistantFacade, fields: FormData, before: Asked
) -> str | EvaluationQuestionPage:
    """Appends the question of the form: a line that says so, or the page as it was filled in with a complaint."""
    asked = _text(fields, "asked")
    chosen = frozenset(str(each) for each in fields.getlist("passage"))
    written, kind = _text(fields, "answers"), _text(fields, "type")
    try:
        type = QuestionType(kind)
    except ValueError:
        raise UsageError(f"没有“{kind}”这种题", hint="用页面上的选项") from None
    try:
        passages = [assistant.passage(each) for each in sorted(chosen)]
        paths = {document.id: document.path for document in assistant.documents()}
        question = picked_question(_text(fields, "question"), type, answers_in(written), passages, paths)
        note = "由提问加入" if question.answerable else "subject: 由提问加入，资料中没有"
        return f"taken-{desk.take(replace(question, note=note)).id}"
    except QaError as error:
        form = _form(assistant, asked or _text(fields, "question"), written, type, chosen)
        filled = replace(form, question=_text(fields, "question"), complaint=str(error))
        return _page(desk, assistant, asked, filled, before, "")


def question_address(asked: str) -> str:
    """``/evaluation/question?q=…``."""
    return f"{ADDRESS}/question?{urlencode({'q': asked})}"


def said_line(code: str, file: str) -> str:
    """What a page says after something was done, from the word in its address; nothing for another word."""
    if code == "rejected":
        return "已记下：这一题不再提出。"
    if code == "gone":
        return "这一题已经处理过，没有再改动。"
    done, _, id = code.partition("-")
    return f"已收下，编号 {id}，写入 {file}。" if done == "taken" and id.isalnum() and len(id) < 20 else ""


def _page(
    desk: EvaluationDesk,
    assistant: AssistantFacade,
    asked: str,
    form: QuestionForm | None,
    before: Asked,
    said: str,
) -> EvaluationQuestionPage:
    return EvaluationQuestionPage(
        asked=asked,
        max_chars=assistant.settings.max_question_chars,
        form=form,
        judged=() if form else _judged(before.feedback),
        recent=() if form else _recent(before.recent),
        said=said,
        file=desk.file.as_posix(),
    )


def _fresh_form(assistant: AssistantFacade, asked: str) -> QuestionForm:
    """The form with what the assistant answers filled in: most often it needs a look, no typing."""
    result = assistant.ask(Query(asked))
    best = result.answer.best
    answers = [item.text for item in result.answer.items] or ([best.text] if best else [])
    type = QuestionType.LIST if result.answer.items else _type_of(result)
    # Never ticked beforehand: which passage holds the answer is what the person is asked.
    return _form(assistant, asked, "\n".join(answers), type, frozenset(), result)


def _form(
    assistant: AssistantFacade,
    asked: str,
    answers: str,
    type: QuestionType,
    chosen: frozenset[str],
    result: Result | None = None,
) -> QuestionForm:
    result = result or assistant.ask(Query(asked))
    sources = Sources(assistant)
    best = result.answer.best
    answer = None if best is None else best.span
    given = "未找到" if best is None else best.text
    return QuestionForm(
        question=asked,
        answers=answers,
        types=tuple(TypeChoice(each.value, TYPE_NAMES[each], each is type) for each in QuestionType),
        choices=tuple(
            EvidenceChoice(
                passage_id=hit.passage.id,
                rank=rank,
                source=Link(sources.name(hit.passage.document_id), document_address(hit.passage.span)),
                pieces=_pieces(hit.passage, answer),
                chosen=hit.passage.id in chosen,
            )
            for rank, hit in enumerate(result.hits, start=1)
        ),
        given=given,
    )


def _pieces(passage: Passage, answer: Span | None) -> tuple[Piece, ...]:
    """The passage with the answer marked where it stands in it."""
    text = passage.text
    if answer is None or answer.document_id != passage.document_id:
        return (Piece(text),)
    start, end = max(0, answer.start - passage.start), min(len(text), answer.end - passage.start)
    if start >= end:
        return (Piece(text),)
    pieces = (Piece(text[:start]), Piece(text[start:end], PieceKind.ANSWER), Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


_TYPES = {
    "number": QuestionType.FACT_NUMBER,
    "date": QuestionType.FACT_DATE,
    "person": QuestionType.FACT_PERSON,
    "organisation": QuestionType.FACT_ORG,
    "list": QuestionType.LIST,
}


def _type_of(result: Result) -> QuestionType:
    return _TYPES.get(result.question.kind.value, QuestionType.DEFINITION_OR_CONTENT)


def _judged(feedback: Sequence[Feedback]) -> tuple[Candidate, ...]:
    """Questions whose answer somebody judged, the wrong ones first; each once."""
    order = sorted(feedback, key=lambda each: each.verdict is Verdict.RIGHT)
    first = {each.question: each for each in reversed(order)}
    kept = [each for each in order if first[each.question] is each][:MOST_CANDIDATES]
    return tuple(
        Candidate(
            each.question,
            question_address(each.question),
            f"{_VERDICTS[each.verdict]}：{'、'.join(each.answers) or '未找到'}",
        )
        for each in kept
    )


def _recent(asked: Sequence[AskedQuestion]) -> tuple[Candidate, ...]:
    questions = {each.question: each for each in reversed(asked)}
    newest = [each for each in asked if questions[each.question] is each][:MOST_CANDIDATES]
    return tuple(Candidate(each.question, question_address(each.question), each.answer or "未找到") for each in newest)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
