"""Stretches of a passage that have the form a question asks for, one kind of answer a file."""

from __future__ import annotations

from collections.abc import Callable

from qa.answering.candidates.attachment import attachment_asked, attachment_candidates
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.cell import cell_candidates
from qa.answering.candidates.clause import clause_candidates, members_told
from qa.answering.candidates.contact import asked_form, contact_candidates
from qa.answering.candidates.enumeration import enumeration_candidates
from qa.answering.candidates.field import field_candidates
from qa.answering.candidates.figure import date_candidates, number_candidates
from qa.answering.candidates.name import name_candidates, place_candidates
from qa.answering.candidates.organisation import organisation_candidates
from qa.answering.candidates.person import office_candidates, person_asked_about, person_candidates
from qa.answering.candidates.proposal import addressee, asks_for_addressee
from qa.answering.view import PassageView
from qa.records import AnswerKind, Question

_MAKERS: dict[AnswerKind, tuple[Callable[[Question, PassageView], list[Candidate]], ...]] = {
    AnswerKind.NUMBER: (number_candidates, cell_candidates),
    AnswerKind.DATE: (date_candidates,),
    AnswerKind.PERSON: (person_candidates,),
    AnswerKind.ORGANISATION: (organisation_candidates,),
    AnswerKind.PLACE: (place_candidates,),
    AnswerKind.NAME: (name_candidates,),
    AnswerKind.LIST: (enumeration_candidates,),
    AnswerKind.CLAUSE: (clause_candidates,),
}


def candidates_for(question: Question, view: PassageView) -> list[Candidate]:
    """Every candidate of the kind the question asks for, in the order of the text."""
    if number := attachment_asked(question):
        return attachment_candidates(number, view)
    if fields := field_candidates(question, view):
        return fields
    form = asked_form(question)
    if form is not None:
        return contact_candidates(form, view)
    whose = person_asked_about(question)
    if whose:
        return office_candidates(question, whose, view)
    if asks_for_addressee(question) and (line := addressee(view)):
        return [Candidate(*line, 1.0)]
    found = [candidate for make in _MAKERS[question.kind] for candidate in make(question, view)]
    found += members_told(question, view)
    return sorted(set(found))
