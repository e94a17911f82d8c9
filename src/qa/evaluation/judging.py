"""When a passage counts as the evidence, and when an answer counts as right: the contract's rules.

Texts are compared after NFKC, lower case, and removal of white space, asterisks and punctuation
(:func:`qa.text.normalise.comparable`). An answer that equals the gold only because that comparison drops a decimal point or a
percent sign, or takes a piece of a longer figure, is wrong all the same (:mod:`qa.evaluation.figures`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence
from qa.evaluation.figures import same_figures, with_figures
from qa.evaluation.measures.cmrc import exact_match, f1
from qa.records import Answer, Passage
from qa.text.normalise import comparable

LIST_SEPARATOR = "、"


def contains_gold(question: EvaluationQuestion, text: str) -> bool:
    """Whether ``text`` holds an answer with its figures as they are; for a list question, every item."""
    return _enough(question, [_holds(text, answer) and same_figures(text, answer) for answer in question.answers])


def differs_in_figures(question: EvaluationQuestion, text: str) -> bool:
    """Whether ``text`` holds the gold by the contract's comparison, yet its figures are others."""
    by_contract = _enough(question, [_holds(text, answer) for answer in question.answers])
    return by_contract and not contains_gold(question, text)


def _enough(question: EvaluationQuestion, found: Sequence[bool]) -> bool:
    return bool(found) and (all(found) if question.list else any(found))


def _holds(text: str, answer: str) -> bool:
    return comparable(answer) in comparable(text)


def gold_texts(question: EvaluationQuestion) -> tuple[str, ...]:
    """The whole texts that are right: the alternatives, or for a list question the items joined."""
    return (LIST_SEPARATOR.join(question.answers),) if question.list and question.answers else question.answers


def exact_match_of(question: EvaluationQuestion, answer: Answer) -> float:
    """1.0 for exactly a gold answer by CMRC 2018's rules; list items may come in any order."""
    if question.list and answer.items:
        wanted = sorted(with_figures(each) for each in question.answers)
        return float(wanted == sorted(with_figures(item.text) for item in answer.items))
    return exact_match(gold_texts(question), answer.text)


def f1_of(question: EvaluationQuestion, answer: Answer) -> float:
    """F1 by CMRC 2018's rules against the best gold text; a list is compared item by item, see :func:`_list_f1`."""
    if question.list and answer.items:
        return _list_f1(question.answers, [item.text for item in answer.items])
    return f1(gold_texts(question), answer.text)


def _list_f1(gold: Sequence[str], items: Sequence[str]) -> float:
    """Harmonic mean of: items given that are right (best F1 with any gold item), gold items found (best F1 with any
    given).
    """
    precision = sum(f1(gold, item) for item in items) / len(items)
    recall = sum(max(f1([wanted], item) for item in items) for wanted in gold) / len(gold)
    return 0.0 if precision + recall == 0 else 2 * precision * recall / (precision + recall)


class EvidenceJudge:
    """Says whether passages count as evidence; remembers their compared texts, since the same passages come back
    often.
    """

    def __init__(self, document_paths: Mapping[str, str]) -> None:
        """``document_paths``: document id → path in the corpus."""
        self._document_paths = document_paths
        self._compared: dict[str, str] = {}

    def counts(self, passage: Passage, evidence: Evidence, answers: Sequence[str]) -> bool:
        """Whether the passage is of the evidence's document and holds its quote, or an answer and half of the quote in
        one run.
        """
        if self._document_paths.get(passage.document_id) != evidence.doc:
            return False
        text = self._text(passage)
        return comparable(evidence.quote) in text or holds_answer_and_half(text, evidence, answers)

    def first_ranks(self, question: EvaluationQuestion, passages: Sequence[Passage]) -> tuple[int | None, ...]:
        """For each evidence of the question the rank (from 1) of the first passage that counts as it, or ``None``."""
        return tuple(self._first_rank(evidence, question.answers, passages) for evidence in question.evidence)

    def _first_rank(self, evidence: Evidence, answers: Sequence[str], passages: Sequence[Passage]) -> int | None:
        ranks = (rank for rank, each in enumerate(passages, start=1) if self.counts(each, evidence, answers))
        return next(ranks, None)

    def _text(self, passage: Passage) -> str:
        # Keyed by the text itself: ids repeat across indexes of different splitting, texts cannot mislead.
        compared = self._compared.get(passage.text)
        if compared is None:
            compared = self._compared[passage.text] = comparable(passage.text)
        return compared


def holds_answer_and_half(text: str, evidence: Evidence, answers: Sequence[str]) -> bool:
    """Whether ``text`` (compared) holds any of the answers, and at least half of the evidence's quote in one run."""
    return any(comparable(answer) in text for answer in answers) and holds_half(text, comparable(evidence.quote))


def holds_half(text: str, quote: str) -> bool:
    """Whether ``text`` holds at least half of ``quote`` (both compared) in one run."""
    half = (len(quote) + 1) // 2
    return half > 0 and any(quote[start : start + half] in text for start in range(len(quote) - half + 1))
