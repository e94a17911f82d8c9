"""The proposals over a collection, in an order that mixes documents and kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.evaluation.propose.phrasing import Sentence, sentences_of
from qa.evaluation.propose.rules import RULES, Draft
from qa.evaluation.propose.swaps import swaps
from qa.evaluation.runner import Collection
from qa.records import BlockRole, Document
from qa.text.normalise import comparable

SWAP_NAMES = {"period": "年份", "region": "地点", "subject": "主体"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question for a person to judge, and the rule that made it. Its id is empty until it is taken into a set."""

    question: EvaluationQuestion
    rule: str


def propose(
    collection: Collection, existing: Sequence[EvaluationQuestion] = (), *, most_documents: int | None = None
) -> list[Proposal]:
    """All proposals, deterministic, none that is asked in ``existing`` or twice; documents take turns, and kinds
    within them.

    With ``most_documents`` only so many documents, at even distances, are asked about. What the corpus does not hold is judged by
    all of it, so ``collection`` has to be whole.
    """
    corpus_text = "\n".join(document.text for document in collection.documents)
    places = sorted({document.card.region for document in collection.documents if document.card.region})
    chosen = _spread(collection.documents, most_documents)
    by_document = [_of_document(collection, document, corpus_text, places) for document in chosen]
    turns = zip_longest(*by_document)
    asked = {comparable(question.question) for question in existing}
    proposals = []
    for proposal in (each for turn in turns for each in turn if each is not None):
        compared = comparable(proposal.question.question)
        if compared not in asked:
            asked.add(compared)
            proposals.append(proposal)
    return proposals


def _spread(documents: Sequence[Document], most: int | None) -> Sequence[Document]:
    if most is None or most >= len(documents):
        return documents
    return [documents[number * len(documents) // most] for number in range(most)]


def _of_document(collection: Collection, document: Document, corpus_text: str, places: Sequence[str]) -> list[Proposal]:
    sentences = [
        sentence
        for passage in collection.passages.get(document.id, ())
        if passage.role is BlockRole.BODY
        for sentence in sentences_of(document, passage)
    ]
    by_rule = [
        [_proposal(draft, each, rule) for each in sentences for draft in make(each)] for rule, make in RULES.items()
    ]
    answerable = [each for turn in zip_longest(*by_rule) for each in turn if each is not None]
    swapped = [each for proposal in answerable for each in _swapped(proposal, corpus_text, places)]
    # One unanswerable after every third answerable question: about the share that makes refusal worth measuring.
    mixed: list[Proposal] = []
    for number, proposal in enumerate(answerable, start=1):
        mixed.append(proposal)
        if number % 3 == 0 and swapped:
            mixed.append(swapped.pop(0))
    return mixed + swapped


def _proposal(draft: Draft, sentence: Sentence, rule: str) -> Proposal:
    question = EvaluationQuestion(
        id="",
        question=draft.question,
        type=draft.type,
        answers=draft.answers,
        evidence=(Evidence(sentence.document.path, draft.quote),),
        list=draft.list,
        section=sentence.passage.section or None,
        note=f"规则：{rule}",
    )
    return Proposal(question, rule)


def _swapped(proposal: Proposal, corpus_text: str, places: Sequence[str]) -> Iterator[Proposal]:
    for swap in swaps(proposal.question.question, corpus_text, places):
        question = EvaluationQuestion(
            id="",
            question=swap.question,
            type=QuestionType.UNANSWERABLE,
            section=proposal.question.section,
            note=f"{swap.kind}: 由“{proposal.question.question}”改{SWAP_NAMES[swap.kind]}而来",
        )
        yield Proposal(question, swap.kind)
