from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from qa.errors import IndexDamagedError, UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, QuestionType
from qa.evaluation.outcome import LostStage
from qa.evaluation.runner import Collection, EvaluationRunner
from qa.records import (
    AbstainReason,
    Answer,
    AnswerKind,
    AnswerSpan,
    Document,
    Hit,
    Passage,
    Query,
    Question,
    Result,
    Span,
)
from tests.evaluation.bigram_assistant import BigramAssistant, collection_of
from tests.evaluation.evaluation_examples import BULLETIN, a_question

TEXT = "甲市引进新品种556个。\n乙市引进新品种12个。\n丙市未引进。"
DOCUMENT = Document("d", "d.txt", "0" * 64, TEXT)
FIRST, SECOND, THIRD = (Passage("d", TEXT.index(line), TEXT.index(line) + len(line), line) for line in TEXT.split("\n"))
SMALL = Collection([DOCUMENT], {"d": [FIRST, SECOND, THIRD]})


def asked(
    answers: tuple[str, ...] = ("556个",), quote: str = "甲市引进新品种556个", **changes: object
) -> EvaluationQuestion:
    return a_question(answers=answers, evidence=(Evidence("d.txt", quote),) if quote else (), **changes)


def span(passage: Passage, words: str, confidence: float = 0.7) -> AnswerSpan:
    at = passage.start + passage.text.index(words)
    where = Span(passage.document_id, at, at + len(words))
    return AnswerSpan(words, where, passage.span, passage, confidence)


def result(answer: Answer, *passages: Passage) -> Result:
    hits = tuple(Hit(passage, 1 / rank) for rank, passage in enumerate(passages, start=1))
    return Result(Query("?"), Question("?", AnswerKind.NUMBER), answer, hits)


REFUSAL = Answer(reason=AbstainReason.PERIOD)


def outcome_of(question: EvaluationQuestion, given: Result, collection: Collection = SMALL):  # type: ignore[no-untyped-def]
    (outcome,) = EvaluationRunner(lambda _: given, collection).run([question])
    return outcome


def test_a_right_answer() -> None:
    outcome = outcome_of(asked(), result(Answer(span(FIRST, "556个")), SECOND, FIRST))
    assert outcome.ranks == (2,)
    assert outcome.best_rank == 2
    assert [(each.passage_id, each.score) for each in outcome.retrieved] == [(SECOND.id, 1.0), (FIRST.id, 0.5)]
    assert (outcome.answer, outcome.answer_passage) == ("556个", FIRST.id)
    assert (outcome.exact, outcome.f1, outcome.contains, outcome.cited) == (1.0, 1.0, 1.0, 1.0)
    assert (outcome.abstained, outcome.answered, outcome.reason, outcome.confidence) == (False, True, "", 0.7)
    assert (outcome.lost, outcome.right, outcome.error) == (None, True, "")


def test_a_right_refusal() -> None:
    outcome = outcome_of(asked((), ""), result(REFUSAL, SECOND))
    assert (outcome.abstained, outcome.reason, outcome.answer, outcome.confidence) == (True, "period", "", 0.0)
    assert (outcome.answer_passage, outcome.ranks, outcome.best_rank) == ("", (), None)
    assert (outcome.exact, outcome.f1, outcome.contains, outcome.cited) == (0.0, 0.0, 0.0, 0.0)
    assert outcome.lost is None


@pytest.mark.parametrize(
    ("question", "given", "lost"),
    [
        (asked(), result(Answer(span(SECOND, "12个")), FIRST, SECOND), LostStage.READING),
        (asked(), result(Answer(span(FIRST, "甲市")), SECOND, FIRST), LostStage.READING),
        # Read where the evidence is, though it is not among the passages returned.
        (asked(), result(Answer(span(FIRST, "甲市")), SECOND), LostStage.READING),
        (asked(), result(Answer(span(SECOND, "12个")), SECOND, FIRST), LostStage.RANKING),
        (asked(), result(REFUSAL, FIRST), LostStage.REFUSAL),
        (asked(), result(REFUSAL, SECOND, FIRST), LostStage.REFUSAL),
        (asked(), result(Answer(span(SECOND, "12个")), SECOND), LostStage.RETRIEVAL),
        (asked(), result(REFUSAL), LostStage.RETRIEVAL),
        (asked(quote="丁地区今年没有这样做过"), result(REFUSAL, FIRST), LostStage.CORPUS),
        (asked(("没有",), "新品种556个。乙市引进"), result(REFUSAL, FIRST), LostStage.SPLIT),
        (asked((), ""), result(Answer(span(SECOND, "12个")), SECOND), LostStage.ANSWERED),
        (asked(quote=""), result(Answer(span(SECOND, "12个")), SECOND), LostStage.READING),
    ],
)
def test_where_the_answer_was_lost(question: EvaluationQuestion, given: Result, lost: LostStage) -> None:
    outcome = outcome_of(question, given)
    assert outcome.lost is lost
    assert not outcome.right


def test_one_of_several_evidences_in_the_corpus_is_enough_not_to_blame_the_corpus() -> None:
    question = a_question(evidence=(Evidence("d.txt", "丁市"), Evidence("d.txt", "甲市引进新品种556个")))
    assert outcome_of(question, result(REFUSAL, SECOND)).lost is LostStage.RETRIEVAL


def test_a_question_that_is_refused_as_such_scores_nothing_and_the_run_goes_on(assistant: BigramAssistant) -> None:
    def ask(text: str) -> Result:
        if text == "长":
            raise UsageError("问题过长", hint="改短")
        return result(Answer(span(FIRST, "556个")), FIRST)

    first, second = EvaluationRunner(ask, SMALL).run([asked(id="Q1", question="长"), asked(id="Q2")])
    assert (first.lost, first.error, first.ranks) == (LostStage.ERROR, "问题过长；下一步：改短", (None,))
    assert (first.answered, first.right, first.contains) == (False, False, 0.0)
    assert second.right


def test_other_errors_end_the_run() -> None:
    def ask(_: str) -> Result:
        raise IndexDamagedError("索引损坏")

    with pytest.raises(IndexDamagedError):
        EvaluationRunner(ask, SMALL).run([asked()])


def test_a_document_that_is_not_there_is_refused_before_anything_is_asked() -> None:
    def ask(_: str) -> Result:
        raise AssertionError("asked")

    with pytest.raises(UsageError, match=r"资料中没有文档“e\.txt”"):
        EvaluationRunner(ask, SMALL).run([a_question(evidence=(Evidence("e.txt", "词"),))])


def test_progress_and_stopping_by_it() -> None:
    seen: list[tuple[int, int]] = []
    questions = [asked(id=f"Q{n}") for n in range(3)]
    runner = EvaluationRunner(lambda _: result(REFUSAL, FIRST), SMALL)
    assert len(runner.run(questions, lambda done, total: seen.append((done, total)))) == 3
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.run(questions, stop)


def test_outcomes_come_as_they_are_made() -> None:
    asked_for: list[str] = []

    def ask(text: str) -> Result:
        asked_for.append(text)
        return result(REFUSAL, FIRST)

    outcomes = EvaluationRunner(ask, SMALL).outcomes([asked(question="一"), asked(question="二")])
    next(outcomes)
    assert asked_for == ["一"]


def test_taken_one_by_one_a_missing_document_is_lost_in_the_corpus() -> None:
    (outcome,) = EvaluationRunner(lambda _: result(REFUSAL, FIRST), SMALL).outcomes(
        [a_question(evidence=(Evidence("e.txt", "词"),))]
    )
    assert outcome.lost is LostStage.CORPUS


def test_latency_is_what_the_caller_waits() -> None:
    ticks = count(start=100.0, step=0.25)
    first, second = EvaluationRunner(lambda _: result(REFUSAL, FIRST), SMALL, clock=lambda: next(ticks)).run(
        [asked(id="Q1"), asked(id="Q2")]
    )
    assert (first.latency_ms, second.latency_ms) == (250.0, 250.0)


def test_over_the_real_corpus_with_a_real_search(assistant: BigramAssistant, collection: Collection) -> None:
    questions = [
        a_question("Q1", question="科技特派员2020年引进新品种多少个？"),
        a_question(
            "Q2",
            question="科技特派员服务农牧民近多少户？",
            answers=("近3万户",),
            evidence=(Evidence(BULLETIN, "服务农牧民近3万户"),),
        ),
        a_question("Q3", question="火星探测器何时着陆？", answers=(), evidence=(), type=QuestionType.UNANSWERABLE),
    ]
    found, also, refused = EvaluationRunner(assistant.ask, collection).run(questions)
    assert found.best_rank == 1
    assert also.best_rank == 1
    assert refused.abstained
    assert refused.right


def test_runs_over_another_splitting_are_judged_by_the_words(
    assistant: BigramAssistant, collection: Collection
) -> None:
    whole = collection_of([replace(document, id=f"{document.id}-neu") for document in collection.documents])
    runner = EvaluationRunner(BigramAssistant(tuple(p for ps in whole.passages.values() for p in ps)).ask, whole)
    (outcome,) = runner.run([a_question(question="科技特派员2020年引进新品种多少个？")])
    assert outcome.best_rank == 1
    assert outcome.retrieved[0].passage_id.startswith("科技简报-2021年第1期-neu:")
