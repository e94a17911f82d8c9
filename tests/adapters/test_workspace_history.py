"""The questions and verdicts of people: kept, found again, forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from qa.adapters.workspace import history
from qa.adapters.workspace.feedback import SqliteFeedbackStore
from qa.adapters.workspace.history import SqliteQuestionHistory
from qa.errors import UsageError, WorkspaceError
from qa.evaluation.candidates import candidate, candidate_lines
from qa.evaluation.evaluation_set import Evidence, QuestionType
from qa.evaluation.set_reader import read_evaluation_set
from qa.records import AnswerKind, AskedQuestion, Feedback, Filters, Span, Verdict

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILTERS = Filters(first=date(2021, 1, 1), last=date(2021, 12, 31), section="高层声音", document_id="简报/第1期")


def asked(question: str, minute: int, visitor: str = "甲", filters: Filters = Filters()) -> AskedQuestion:  # noqa: B008
    return AskedQuestion(visitor, question, filters, "556个", "g-1", NOON + timedelta(minutes=minute))


def said(question: str = "引进多少个？", **changes: object) -> Feedback:
    made = Feedback(
        visitor="甲",
        verdict=Verdict.RIGHT,
        question=question,
        filters=FILTERS,
        kind=AnswerKind.NUMBER,
        generation="g-1",
        given_at=NOON,
        answers=("556个",),
        span=Span("简报/第1期", 90, 94),
        document="简报/第1期.txt",
        evidence="引进新品种556个；",
        confidence=0.93,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class TestHistory:
    def test_newest_first_and_each_visitor_for_themselves(self, tmp_path: Path) -> None:
        store = SqliteQuestionHistory(tmp_path / "工作 区")
        store.add(asked("一", 1, filters=FILTERS))
        store.add(asked("二", 2))
        store.add(asked("别人的", 3, visitor="乙"))
        found = SqliteQuestionHistory(tmp_path / "工作 区").list("甲")
        assert [each.question for each in found] == ["二", "一"]
        assert found[1] == replace(asked("一", 1, filters=FILTERS), id=found[1].id)

    def test_a_question_asked_again_moves_to_the_top(self, tmp_path: Path) -> None:
        store = SqliteQuestionHistory(tmp_path)
        store.add(asked("一", 1))
        store.add(asked("二", 2))
        store.add(replace(asked("一", 3), answer=""))
        store.add(asked("一", 4, filters=FILTERS))  # another question: other filters
        assert [(each.question, each.answer) for each in store.list("甲")] == [
            ("一", "556个"),
            ("一", ""),
            ("二", "556个"),
        ]

    def test_nobody_forgets_for_another(self, tmp_path: Path) -> None:
        store = SqliteQuestionHistory(tmp_path)
        for minute, question in enumerate("一二三"):
            store.add(asked(question, minute))
        store.add(asked("一", 1, visitor="乙"))
        (mine, *_) = store.list("甲")
        assert not store.delete("乙", mine.id)
        assert store.delete("甲", mine.id)
        assert not store.delete("甲", mine.id)
        assert store.clear("甲") == 2
        assert store.list("甲") == ()
        assert len(store.list("乙")) == 1

    def test_the_oldest_fall_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(history, "KEPT_OF_A_VISITOR", 3)
        monkeypatch.setattr(history, "KEPT_IN_ALL", 5)
        store = SqliteQuestionHistory(tmp_path)
        for minute in range(4):
            store.add(asked(f"甲{minute}", minute))
        assert [each.question for each in store.list("甲")] == ["甲3", "甲2", "甲1"]
        for minute in range(4):
            store.add(asked("乙", 10 + minute, visitor=f"乙{minute}"))
        assert [each.question for each in store.list("甲")] == ["甲3"]

    def test_a_file_that_is_none_is_named(self, tmp_path: Path) -> None:
        (tmp_path / history.FILE).write_bytes(b"not a database at all" * 100)
        with pytest.raises(WorkspaceError, match=r"history\.sqlite"):
            SqliteQuestionHistory(tmp_path).list("甲")


class TestFeedback:
    def test_what_was_said_comes_back_whole(self, tmp_path: Path) -> None:
        store = SqliteFeedbackStore(tmp_path)
        first = store.add(said())
        second = store.add(said("找不到的", answers=(), span=None, document="", evidence="", verdict=Verdict.WRONG))
        assert SqliteFeedbackStore(tmp_path).list() == (second, first)
        assert first == replace(said(), id=first.id)

    def test_a_second_verdict_on_the_same_answer_replaces_the_first(self, tmp_path: Path) -> None:
        store = SqliteFeedbackStore(tmp_path)
        store.add(said())
        changed = store.add(said(verdict=Verdict.WRONG_SOURCE))
        assert store.list() == (changed,)
        store.add(said(generation="g-2"))
        store.add(said(visitor="乙"))
        assert len(store.list()) == 3
        assert store.delete(changed.id)
        assert not store.delete(changed.id)
        assert len(store.list()) == 2


class TestCandidates:
    def test_what_was_right_reads_as_evaluation_questions(self, tmp_path: Path) -> None:
        right = said(id=7)
        parts = said("有哪些成绩？", id=8, kind=AnswerKind.LIST, answers=("91项", "384项"))
        nothing = said("2019年呢？", id=9, answers=(), span=None, document="", evidence="")
        file = tmp_path / "candidates.jsonl"
        file.write_text("\n".join(candidate_lines((right, parts, nothing))), "utf-8")
        one, two, three = read_evaluation_set([file])
        assert (one.id, one.type, one.answers) == ("F007", QuestionType.FACT_NUMBER, ("556个",))
        assert one.evidence == (Evidence("简报/第1期.txt", "引进新品种556个；"),)
        assert (two.type, two.list, two.answers) == (QuestionType.LIST, True, ("91项", "384项"))
        assert (three.type, three.answers) == (QuestionType.UNANSWERABLE, ())

    def test_what_was_wrong_is_refused_until_somebody_adds_the_gold(self, tmp_path: Path) -> None:
        file = tmp_path / "candidates.jsonl"
        file.write_text(json.dumps(candidate(said(verdict=Verdict.WRONG))), "utf-8")
        with pytest.raises(UsageError, match="answers"):
            read_evaluation_set([file])

    def test_a_wrong_source_is_no_evidence(self) -> None:
        made = candidate(said(verdict=Verdict.WRONG_SOURCE))
        assert made["answers"] == ["556个"]
        assert made["evidence"] == []
        assert "待补" in made["note"]
