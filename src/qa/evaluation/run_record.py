"""A run kept as a file: JSON Lines, a head and then one question a line, so that two runs can be compared by eye as
well.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence, Half, QuestionType
from qa.evaluation.outcome import LostStage, QuestionOutcome, RetrievedPassage
from qa.evaluation.whole_files import write_whole

FORMAT = "qa-run/1"
# A folder that CI has filled for years must not slow every report down.
MOST_KEPT_READ = 60


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """What a run's figures hang on.

    ``command`` in its plain form (``qa eval eval/ordos.jsonl --half test``), the name of the models, the hash of the
    corpus as its index carries it, and the fingerprint of the gold.
    """

    command: str
    model: str
    corpus: str
    questions: str
    half: Half | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run. ``started`` carries its time zone; ``version`` is that of the product."""

    identity: RunIdentity
    started: datetime
    version: str
    outcomes: tuple[QuestionOutcome, ...]


def write_run(run: Run, path: Path, *, with_passages: bool = True) -> None:
    """Write the run. Raises :class:`UsageError` when it cannot be written; a record that stood there stays whole."""
    write_whole({path: run_text(run, with_passages=with_passages)})


def run_text(run: Run, *, with_passages: bool = True) -> str:
    """The run as its file holds it; without its passages it is small enough to stand in a repository as what is expected."""
    head = {
        "format": FORMAT,
        **{each.name: getattr(run.identity, each.name) for each in fields(RunIdentity)},
        "started": run.started.isoformat(timespec="seconds"),
        "version": run.version,
    }
    lines = [head, *(outcome_record(outcome, with_passages=with_passages) for outcome in run.outcomes)]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def read_run(path: Path) -> Run:
    """The run as written; passages are empty where they were left out.

    Raises :class:`UsageError` naming the file and line when it is not a whole run record.
    """
    try:
        # Not splitlines: an answer may hold U+2028, which is no line end in JSON Lines.
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了评测记录：{path}", reason=str(error), hint="检查路径，或重新运行 qa eval") from error
    number = 1
    try:
        head = json.loads(lines[0])
        if head.get("format") != FORMAT:
            raise ValueError(f"格式是 {head.get('format')!r}，应为 {FORMAT}")
        outcomes: list[QuestionOutcome] = []
        for number, line in enumerate(lines[1:], start=2):  # noqa: B007 - named in the message below
            outcomes.append(_read_outcome(json.loads(line)))
        return Run(
            RunIdentity(**{each.name: head[each.name] for each in fields(RunIdentity)}),
            datetime.fromisoformat(head["started"]),
            head["version"],
            tuple(outcomes),
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} 第 {number} 行：不是完整的评测记录",
            reason=f"{type(error).__name__}: {error}",
            hint="用 qa eval --report 生成的记录",
        ) from error


def kept_runs(folder: Path, most: int = MOST_KEPT_READ) -> list[Run]:
    """The last ``most`` runs kept in a folder (by name, which begins with the moment), oldest first.

    Files that are not runs are passed over.
    """
    runs = []
    for path in sorted(folder.glob("*.jsonl"))[-most:]:
        try:
            runs.append(read_run(path))
        except UsageError:
            continue
    return sorted(runs, key=lambda run: run.started)


_PLAIN = ("answer", "answer_passage", "reason", "confidence", "exact", "f1", "contains", "cited", "error")


def outcome_record(outcome: QuestionOutcome, *, with_passages: bool) -> dict[str, Any]:
    """The outcome as the JSON object that stands for it in a run record."""
    question = outcome.question
    line: dict[str, Any] = {
        "id": question.id,
        "question": question.question,
        "type": question.type.value,
        "answers": question.answers,
        "evidence": [{"doc": each.doc, "quote": each.quote} for each in question.evidence],
        "list": question.list,
        "ranks": outcome.ranks,
        "abstained": outcome.abstained,
        **{name: getattr(outcome, name) for name in _PLAIN},
        "latency_ms": round(outcome.latency_ms, 3),
        "lost": None if outcome.lost is None else outcome.lost.value,
    }
    if with_passages:
        line["passages"] = [[each.passage_id, each.score] for each in outcome.retrieved]
    return line


def _read_outcome(line: dict[str, Any]) -> QuestionOutcome:
    question = EvaluationQuestion(
        id=line["id"],
        question=line["question"],
        type=QuestionType(line["type"]),
        answers=tuple(line["answers"]),
        evidence=tuple(Evidence(each["doc"], each["quote"]) for each in line["evidence"]),
        list=line["list"],
    )
    return QuestionOutcome(
        question=question,
        ranks=tuple(line["ranks"]),
        retrieved=tuple(RetrievedPassage(id, score) for id, score in line.get("passages", ())),
        abstained=line["abstained"],
        latency_ms=line["latency_ms"],
        lost=None if line["lost"] is None else LostStage(line["lost"]),
        **{name: line[name] for name in _PLAIN},
    )


def require_comparable(before: Run, after: Run, names: Sequence[str] = ("前", "后")) -> None:
    """Check that two runs share questions. Raises :class:`UsageError` when they have none in common."""
    if not {outcome.id for outcome in before.outcomes} & {outcome.id for outcome in after.outcomes}:
        raise UsageError(
            "两次评测没有共同的题目，无法比较",
            reason=f"{names[0]}：{before.identity.command}；{names[1]}：{after.identity.command}",
            hint="用同一评测集各运行一次再比较",
        )
