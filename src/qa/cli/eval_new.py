"""``qa eval new``: questions proposed from the corpus, for a person to accept, edit or reject."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Corpus, Index, say, settings_of
from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.evaluation.evaluation_set import EvaluationQuestion
    from qa.evaluation.propose import Proposal

KEYS = "[a] 收下  [e] 改写问题  [r] 不要  [q] 结束"


def register(group: typer.Typer) -> None:
    group.command(
        "new", help="按规则从资料中拟题（数字、日期、人物、列举，以及换年份、地点、主体的应拒答题），逐题取舍"
    )(new)


def new(
    out: Annotated[Path, typer.Option("--out", help="收下的题目追加到此文件")] = Path("eval/new.jsonl"),
    count: Annotated[int, typer.Option("--count", help="最多拟多少题", min=1)] = 40,
    everything: Annotated[bool, typer.Option("--all", help="不询问，全部收下（注明未经人工核对）")] = False,
    json: Annotated[bool, typer.Option("--json", help="只列出拟题（JSON Lines），不写文件")] = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    from qa.bootstrap import open_assistant, open_rejections
    from qa.cli.eval import collection_of
    from qa.evaluation.propose import propose
    from qa.evaluation.set_reader import read_evaluation_set
    from qa.evaluation.set_writer import append_question, line_of

    existing = read_evaluation_set([out]) if out.exists() and out.stat().st_size else []
    settings = settings_of(corpus, index)
    rejections = open_rejections(settings)
    unwanted = rejections.questions()
    made = propose(collection_of(open_assistant(settings)), existing)
    proposals = [each for each in made if each.question.question not in unwanted][:count]
    if json:
        for proposal in proposals:
            print(line_of(proposal.question))
        return
    if not everything and not sys.stdin.isatty():
        raise UsageError("qa eval new 要在终端里逐题取舍", hint="用 --json 只列出拟题，或用 --all 全部收下")
    taken = [question.id for question in existing]
    accepted = 0
    for number, proposal in enumerate(proposals, start=1):
        question = _unchecked(proposal) if everything else _judged(proposal, number, len(proposals))
        if question is None:
            rejections.reject(proposal.question.question)
            continue
        if question.question != proposal.question.question:
            rejections.reject(proposal.question.question)  # reworded: its first wording is done with as well
        taken.append(append_question(out, question, taken).id)
        accepted += 1
    say(f"拟题 {len(proposals)}，收下 {accepted}，写入 {out}")


def _unchecked(proposal: Proposal) -> EvaluationQuestion:
    return replace(proposal.question, note=f"{proposal.question.note}；未经人工核对")


def _judged(proposal: Proposal, number: int, total: int) -> EvaluationQuestion | None:
    """What the person makes of the proposal; ``None`` for no. Raises :class:`typer.Exit` when they have had enough."""
    question = proposal.question
    print(f"\n{number}/{total}  {question.question}")
    print(
        f"  答案：{'、'.join(question.answers) if question.list else ' 或 '.join(question.answers) or '（资料中没有）'}"
    )
    for evidence in question.evidence:
        print(f"  依据：{evidence.doc}：{evidence.quote}")
    if question.note:
        print(f"  {question.note}")
    while True:
        key = typer.prompt(KEYS, default="a", show_default=False).strip().lower()
        if key == "a":
            return question
        if key == "r":
            return None
        if key == "q":
            raise typer.Exit
        if key == "e":
            worded = typer.prompt("问题", default=question.question).strip()
            return replace(question, question=worded or question.question)
