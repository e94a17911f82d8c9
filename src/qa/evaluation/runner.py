"""Asks every question of an evaluation set and judges what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.errors import UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion, require_documents
from qa.evaluation.judging import (
    EvidenceJudge,
    contains_gold,
    differs_in_figures,
    exact_match_of,
    f1_of,
)
from qa.evaluation.outcome import LostStage, QuestionOutcome, RetrievedPassage
from qa.ports import Progress
from qa.records import Document, Passage, Result
from qa.text.normalise import comparable

Ask = Callable[[str], Result]


@dataclass(frozen=True, slots=True)
class Collection:
    """What the judge must know of the corpus: documents in corpus order, and the passages each was cut into (by
    document id).
    """

    documents: Sequence[Document]
    passages: Mapping[str, Sequence[Passage]]

    @property
    def document_paths(self) -> dict[str, str]:
        """Document id → path in the corpus."""
        return {document.id: document.path for document in self.documents}


class EvaluationRunner:
    """Runs evaluation questions over one collection."""

    def __init__(self, ask: Ask, collection: Collection, clock: Callable[[], float] = time.perf_counter) -> None:
        """``clock`` gives seconds and only goes forward; latency is what the caller of ``ask`` waits."""
        self._ask = ask
        self._collection = collection
        self._judge = EvidenceJudge(collection.document_paths)
        self._clock = clock
        self._texts = {document.path: comparable(document.text) for document in collection.documents}
        self._ids = {document.path: document.id for document in collection.documents}

    def run(self, questions: Sequence[EvaluationQuestion], progress: Progress | None = None) -> list[QuestionOutcome]:
        """The outcomes, one a question, in order.

        ``progress`` is called before the first and after each question; what it raises ends the run. Raises
        :class:`UsageError` where a question names a document that the corpus does not have.
        """
        require_documents(questions, self._texts)
        outcomes: list[QuestionOutcome] = []
        if progress is not None:
            progress(0, len(questions))
        for outcome in self.outcomes(questions):
            outcomes.append(outcome)
            if progress is not None:
                progress(len(outcomes), len(questions))
        return outcomes

    def outcomes(self, questions: Sequence[EvaluationQuestion]) -> Iterator[QuestionOutcome]:
        """The outcomes one by one, as they come: stop taking them and the work stops."""
        for question in questions:
            started = self._clock()
            try:
                result = self._ask(question.question)
            except UsageError as error:  # this question alone is off; other errors concern the whole run and go up
                yield _unasked(question, str(error), (self._clock() - started) * 1000)
                continue
            yield self._judged(question, result, (self._clock() - started) * 1000)

    def _judged(self, question: EvaluationQuestion, result: Result, latency_ms: float) -> QuestionOutcome:
        answer = result.answer
        ranks = self._judge.first_ranks(question, [hit.passage for hit in result.hits])
        text = answer.text
        best = answer.best
        cited = best is not None and self._counts(question, best.passage)
        contains = contains_gold(question, text)
        return QuestionOutcome(
            question=question,
            ranks=ranks,
            retrieved=tuple(RetrievedPassage(hit.passage.id, hit.score) for hit in result.hits),
            abstained=answer.abstained,
            answer=text,
            answer_passage="" if best is None else best.passage.id,
            reason="" if answer.reason is None else answer.reason.value,
            confidence=0.0 if best is None else best.confidence,
            exact=exact_match_of(question, answer),
            f1=f1_of(question, answer),
            contains=float(contains),
            cited=float(cited),
            latency_ms=latency_ms,
            lost=LostStage.FIGURE
            if differs_in_figures(question, text)
            else self._lost(question, ranks, contains=contains, abstained=answer.abstained, cited=cited),
        )

    def _lost(
        self,
        question: EvaluationQuestion,
        ranks: tuple[int | None, ...],
        *,
        contains: bool,
        abstained: bool,
        cited: bool,
    ) -> LostStage | None:
        if not question.answerable:
            return None if abstained else LostStage.ANSWERED
        if contains:
            return None
        found = [rank for rank in ranks if rank is not None]
        if question.evidence and not found and not cited:
            return self._lost_before_ranking(question)
        if abstained:
            return LostStage.REFUSAL
        if found and min(found) > 1 and not cited:
            return LostStage.RANKING
        return LostStage.READING

    def _lost_before_ranking(self, question: EvaluationQuestion) -> LostStage:
        if not any(comparable(each.quote) in self._texts.get(each.doc, "") for each in question.evidence):
            return LostStage.CORPUS
        passages = [
            p for each in question.evidence for p in self._collection.passages.get(self._ids.get(each.doc, ""), ())
        ]
        if not any(self._counts(question, passage) for passage in passages):
            return LostStage.SPLIT
        return LostStage.RETRIEVAL

    def _counts(self, question: EvaluationQuestion, passage: Passage) -> bool:
        return any(self._judge.counts(passage, each, question.answers) for each in question.evidence)


def _unasked(question: EvaluationQuestion, error: str, latency_ms: float) -> QuestionOutcome:
    return QuestionOutcome(
        question=question,
        ranks=tuple(None for _ in question.evidence),
        retrieved=(),
        abstained=False,
        answer="",
        answer_passage="",
        reason="",
        confidence=0.0,
        exact=0.0,
        f1=0.0,
        contains=0.0,
        cited=0.0,
        latency_ms=latency_ms,
        lost=LostStage.ERROR,
        error=error,
    )
