"""``qa eval``: measures over an evaluation set, held against what is expected; ``qa eval compare``: two kept runs.

``qa eval FILE…`` and ``qa eval new|lint|bench|compare`` live side by side: what is not the name of a form is taken as
the files to run.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qa.cli.options import Corpus, Index, Json, StoppedEmpty, print_json, say, settings_of
from qa.errors import UsageError
from qa.records import Query

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation.evaluation_set import EvaluationQuestion, Half
    from qa.evaluation.expected import Expectation
    from qa.evaluation.report.contents import Report
    from qa.evaluation.run_record import Run, RunIdentity
    from qa.evaluation.runner import Collection
    from qa.ports import Progress

TOP_K = 10  # as deep as the measures look

Files = Annotated[list[Path], typer.Argument(help="评测集（.jsonl）或放评测集的文件夹，可给多个", show_default=False)]
HalfOption = Annotated[str | None, typer.Option("--half", help="只用一半题目：dev（编号单数）或 test（双数）")]


class _FilesOrForm(TyperGroup):
    """``qa eval X …`` means ``qa eval run X …`` unless X names a form or asks for help."""

    # Any: the type of the context is private to typer, which carries its own copy of click.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["run", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    from qa.cli import eval_bench, eval_lint, eval_new

    group = typer.Typer(
        cls=_FilesOrForm,
        no_args_is_help=True,
        help="评测：qa eval 评测集.jsonl …（即 qa eval run），或下列之一",
        rich_markup_mode=None,
    )
    group.command("run", help="运行评测集，给出各项指标；有期望值时判定门槛（未通过则退出码为 1）")(run)
    group.command("compare", help="逐题比较两次运行的记录")(compare)
    for module in (eval_lint, eval_new, eval_bench):
        module.register(group)
    app.add_typer(group, name="eval")


def run(
    files: Files,
    half: HalfOption = None,
    expected: Annotated[Path | None, typer.Option("--expected", help="期望值文件，如 eval/expected.toml")] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="把报告写入此文件夹（HTML、JSON、JUnit、Markdown、TREC）")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="把这次的结果写入期望值文件，作为以后的期望")] = False,
    misses: Annotated[int, typer.Option("--misses", help="列出多少道未答对的题（0：一道也不列）", min=0)] = 10,
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.evaluation.set_reader import read_evaluation_set

    if accept and expected is None:
        raise UsageError("--accept 要写入期望值文件", hint="同时给出 --expected eval/expected.toml")
    wanted = _half(half)
    job = _Job(read_evaluation_set(files, wanted), command_of(files, wanted), wanted)
    _require_places(expected if accept else None, report)
    held = None if expected is None or accept else _Expected(expected, job.command)
    from qa.bootstrap import open_assistant

    made = _measured(open_assistant(settings_of(corpus, index)), job, held, report)
    _give(made, report, misses, json=json)
    if accept and expected is not None:
        from qa.evaluation.acceptance import accept as accept_run

        accept_run(made.run, expected, today=date.today())
        say(f"已写入期望值：{expected}")
    if made.gate is not None and not made.gate.passed:
        raise typer.Exit(1)


def compare(
    before: Annotated[Path, typer.Argument(help="前一次运行的记录（报告文件夹的 runs/ 里）")],
    after: Annotated[Path, typer.Argument(help="后一次运行的记录")],
    json: Json = False,
) -> None:
    from qa.evaluation.comparison import compare as compare_runs
    from qa.evaluation.report.comparison_table import comparison_lines
    from qa.evaluation.report.json_report import comparison_object
    from qa.evaluation.run_record import read_run, require_comparable

    first, second = read_run(before), read_run(after)
    require_comparable(first, second, (str(before), str(after)))
    for name, label in (("model", "模型"), ("corpus", "资料")):
        old, new = getattr(first.identity, name), getattr(second.identity, name)
        if old != new:
            say(f"注意：两次的{label}不同：{old} → {new}")
    comparison = compare_runs(first.outcomes, second.outcomes)
    if json:
        print_json(comparison_object(comparison))
    else:
        print("\n".join(comparison_lines(comparison)))


def _require_places(expected: Path | None, report: Path | None) -> None:
    """What is written at the end of a run is looked at before it: minutes of work shall not end in a folder that is none."""
    from qa.evaluation.expected import read_expectations
    from qa.evaluation.whole_files import require_writable

    if expected is not None:
        if expected.exists():
            read_expectations(expected)
        require_writable(expected)
    if report is not None:
        require_writable(report / "report.html")


def command_of(files: list[Path], half: Half | None) -> str:
    """The command in its plain form, the same from any machine: paths relative to the working folder, with ``/``."""
    here = Path.cwd()
    names = [(path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path) for path in files]
    return shlex.join(["qa", "eval", *(name.as_posix() for name in names), *(["--half", half] if half else [])])


def collection_of(assistant: Assistant) -> Collection:
    """What the assistant answers from, as evaluation sees it."""
    from qa.evaluation.runner import Collection

    documents = assistant.documents()
    return Collection(documents, {document.id: assistant.passages_of(document.id) for document in documents})


@contextmanager
def counting(label: str) -> Iterator[Progress]:
    """Progress on standard error: a bar on a terminal, a line at every tenth elsewhere. Stopped by hand, it says that nothing is
    kept: half a run is no run.
    """
    try:
        with _counted(label) as progress:
            yield progress
    except KeyboardInterrupt:
        raise StoppedEmpty("已停止，没有留下结果；以前的报告和记录不变") from None


@contextmanager
def _counted(label: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda done, total: say(f"{label} {done}/{total}") if total and done % max(1, total // 10) == 0 else None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be asked, and the command's plain form."""

    questions: list[EvaluationQuestion]
    command: str
    half: Half | None


class _Expected:
    """The expectation of a command, read before anything is run, so that its errors come at once."""

    def __init__(self, path: Path, command: str) -> None:
        from qa.evaluation.expected import expectation_for, read_expectations
        from qa.evaluation.run_record import read_run

        self.expectation: Expectation = expectation_for(read_expectations(path), command, path)
        kept = self.expectation.run
        self.accepted: Run | None = None if kept is None else read_run(path.parent / kept)


def _measured(assistant: Assistant, job: _Job, held: _Expected | None, folder: Path | None) -> Report:
    """The report on a new run, held against what is expected; what cannot be compared is said before anything is
    asked.
    """
    from qa.evaluation.drift import find_drift
    from qa.evaluation.evaluation_set import require_documents
    from qa.evaluation.gate import check, require_same_conditions
    from qa.evaluation.report.contents import report_on
    from qa.evaluation.report.folder import RUNS
    from qa.evaluation.run_record import kept_runs

    collection, identity = collection_of(assistant), _identity(assistant, job)
    require_documents(job.questions, collection.document_paths.values())
    drifts = find_drift(job.questions, collection.documents)
    if held is not None:
        require_same_conditions(identity, held.expectation, held.accepted, drifts)
    run = _asked(assistant, collection, job.questions, identity)
    gate = None if held is None else check(run, held.expectation, held.accepted, drifts, today=date.today())
    return report_on(run, gate=gate, drifts=drifts, history=kept_runs(folder / RUNS) if folder else ())


def _give(report: Report, folder: Path | None, misses: int, *, json: bool) -> None:
    from qa.evaluation.report.folder import write_report
    from qa.evaluation.report.json_report import report_object
    from qa.evaluation.report.table import report_lines

    if folder is not None:
        say(f"报告：{write_report(report, folder)[0]}")
    if json:
        print_json(report_object(report))
    else:
        print("\n".join(report_lines(report, misses=misses)))


def model_of(assistant: Assistant) -> str:
    """What the figures hang on: the embedding model's fingerprint and the reader's name."""
    snapshot = assistant.snapshot()
    return f"{snapshot.embedder.fingerprint}+{snapshot.reader.name}"


def _identity(assistant: Assistant, job: _Job) -> RunIdentity:
    from qa.evaluation.evaluation_set import fingerprint_of
    from qa.evaluation.run_record import RunIdentity

    snapshot = assistant.snapshot()
    return RunIdentity(job.command, model_of(assistant), snapshot.corpus_hash, fingerprint_of(job.questions), job.half)


def _asked(
    assistant: Assistant, collection: Collection, questions: list[EvaluationQuestion], identity: RunIdentity
) -> Run:
    from qa import __version__
    from qa.evaluation.run_record import Run
    from qa.evaluation.runner import EvaluationRunner

    assistant.warm()  # the first question shall not pay for loading the model
    runner = EvaluationRunner(lambda text: assistant.ask(Query(text, top_k=TOP_K)), collection)
    started = datetime.now(UTC)
    with counting("评测") as progress:
        outcomes = runner.run(questions, progress)
    return Run(identity, started, __version__, tuple(outcomes))


def _half(name: str | None) -> Half | None:
    if name is None:
        return None
    if name == "dev":
        return "dev"
    if name == "test":
        return "test"
    raise UsageError(f"没有“{name}”这一半", hint="用 --half dev 或 --half test")
