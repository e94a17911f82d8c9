"""``qa eval bench``: a public benchmark, from its file to the table."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json, print_json, say, settings_of
from qa.records import Answer, Query, Result

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation.bench.benchmarks import Benchmark
    from qa.evaluation.bench.reading import ReadingResult
    from qa.evaluation.bench.report import BenchResult, Conditions
    from qa.evaluation.bench.squad_file import Paragraph
    from qa.evaluation.measures.measure import Measure
    from qa.evaluation.measures.summary import Summary
    from qa.evaluation.outcome import QuestionOutcome
    from qa.evaluation.runner import Ask
    from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class _Task:
    """What is measured: the paragraphs of each file by its name, and those of them whose questions are asked the whole way."""

    benchmark: Benchmark
    part: str
    data_sha256: str
    files: Mapping[str, Sequence[Paragraph]]
    asked: Sequence[Paragraph]
    given: bool  # whether the reader is also measured with the paragraph given

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [paragraph for paragraphs in self.files.values() for paragraph in paragraphs]


def register(group: typer.Typer) -> None:
    group.command(
        "bench",
        help="公开评测：cmrc2018、drcd、xquad，或 collection（合为一个资料库）；数据自行下载，并列已发表的数字",
    )(bench)


def bench(
    name: Annotated[str, typer.Argument(help="cmrc2018、drcd、xquad 或 collection")],
    data: Annotated[
        Path, typer.Option("--data", help="放数据文件的文件夹；collection 为放 cmrc2018/ 与 drcd/ 的文件夹")
    ],
    part: Annotated[str | None, typer.Option("--part", help="数据的哪一部分，如 dev、trial、test")] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="每个文件只用前若干段（试跑）", min=1)] = None,
    questions: Annotated[
        int | None,
        typer.Option("--questions", help="阅读与全程只问均匀抽取的若干题（0：只测检索）；检索仍问全部", min=0),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="把全程逐题的结果写入此文件（.jsonl），可用 qa eval compare 比较")
    ] = None,
    json: Json = False,
) -> None:
    from qa.evaluation.bench.collection import NAME
    from qa.evaluation.bench.report import bench_lines, bench_object
    from qa.evaluation.bench.squad_file import spread
    from qa.evaluation.whole_files import require_writable

    if keep is not None:
        require_writable(keep)
    task = _collection(data, part, limit) if name == NAME else _single(name, data, part, limit)
    task = replace(task, asked=spread(task.asked, questions))
    settings = _settings(name, task.paragraphs)
    _build(settings, task.paragraphs)
    result = _measured(task, settings, keep)
    if json:
        print_json(bench_object(result))
    else:
        print("\n".join(bench_lines(result)))
    say(f"索引留在 {settings.index.parent}，下次直接使用；不再需要时可删除")


def _single(name: str, data: Path, part: str | None, limit: int | None) -> _Task:
    from qa.evaluation.bench.benchmarks import benchmark_named, part_named
    from qa.evaluation.bench.collection import hash_of
    from qa.evaluation.bench.squad_file import find_file, read_squad_file

    benchmark = benchmark_named(name)
    part = part_named(benchmark, part)
    file = find_file(benchmark, data, part)
    paragraphs = read_squad_file(file, limit)
    return _Task(benchmark, part, hash_of([file]), {part: paragraphs}, paragraphs, given=True)


def _collection(data: Path, part: str | None, limit: int | None) -> _Task:
    from qa.evaluation.bench.benchmarks import part_named
    from qa.evaluation.bench.collection import COLLECTION, find_members, hash_of, read_collection

    part = part_named(COLLECTION, part)
    files = find_members(data)
    read = read_collection(files, limit)
    return _Task(
        benchmark=COLLECTION,
        part=part,
        data_sha256=hash_of(list(files.values())),
        files={f"{member.benchmark}/{member.part}": paragraphs for member, paragraphs in read.items()},
        asked=[each for member, paragraphs in read.items() if member.asked for each in paragraphs],
        given=False,
    )


def _settings(name: str, paragraphs: Sequence[Paragraph]) -> Settings:
    """Corpus and index of the benchmark in the cache: named by their content, so that a second run starts at once."""
    settings = settings_of(None, None)
    content = hashlib.sha256("\0".join(paragraph.text for paragraph in paragraphs).encode()).hexdigest()[:12]
    folder = settings.cache / "bench" / f"{name}-{content}"
    return replace(settings, corpus=folder / "corpus", index=folder / "index")


def _build(settings: Settings, paragraphs: Sequence[Paragraph]) -> None:
    from qa.bootstrap import index_corpus
    from qa.cli.progress import build_progress

    settings.corpus.mkdir(parents=True, exist_ok=True)
    for paragraph in paragraphs:
        path = settings.corpus / paragraph.path
        if not path.exists():
            path.write_text(paragraph.text, encoding="utf-8")
    with build_progress() as (notify, status):
        index_corpus(settings, notify=notify, status=status)


def _conditions(settings: Settings, task: _Task, reader: str) -> Conditions:
    from qa.evaluation.bench.report import Conditions

    return Conditions(
        part=task.part,
        data_sha256=task.data_sha256,
        model=settings.model or "multilingual-e5-small",
        reader=reader,
        day=date.today(),
        machine=f"{_processor()}，{os.cpu_count()} 核，Python {platform.python_version()}，计算线程 {settings.threads}",
    )


def _processor() -> str:
    """The processor's name where the system tells it, else the kind of processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _measured(task: _Task, settings: Settings, keep: Path | None) -> BenchResult:
    from qa.bootstrap import open_assistant
    from qa.cli.eval import TOP_K
    from qa.evaluation.bench.reading import as_one_span
    from qa.evaluation.bench.report import BenchResult

    assistant = open_assistant(settings)
    assistant.warm()
    measured = _measures(assistant)

    def search(text: str) -> Result:
        query = Query(text, top_k=TOP_K)
        return Result(query, assistant.understand(query), Answer(), assistant.search(query))

    found = {name: _outcomes(assistant, search, each, f"检索 {name}") for name, each in task.files.items()}
    ask = any(paragraph.questions for paragraph in task.asked)
    reading = _read(assistant, task.asked) if task.given and ask else None
    asked = _outcomes(assistant, lambda text: as_one_span(assistant.ask(Query(text, top_k=TOP_K))), task.asked, "全程")
    if keep is not None:
        _keep(keep, task, assistant, asked)
    return BenchResult(
        benchmark=task.benchmark,
        conditions=_conditions(settings, task, assistant.snapshot().reader.name),
        paragraphs=len(task.paragraphs),
        retrieval=_summarised(measured, [outcome for each in found.values() for outcome in each]),
        reading=reading,
        end_to_end=_summarised(measured, asked) if asked else None,
        members={name: _summarised(measured, each) for name, each in found.items()} if len(found) > 1 else {},
    )


def _measures(assistant: Assistant) -> tuple[Measure, ...]:
    from qa.evaluation.bench.collection import paragraph_measures
    from qa.evaluation.measures.summary import ALL_MEASURES

    return (*ALL_MEASURES, *paragraph_measures({each.id: each.path for each in assistant.summaries()}))


def _summarised(measures: tuple[Measure, ...], outcomes: Sequence[QuestionOutcome]) -> Summary:
    from qa.evaluation.measures.summary import summarise

    return summarise(outcomes, measures)


def _read(assistant: Assistant, asked: Sequence[Paragraph]) -> ReadingResult:
    from qa.cli.eval import counting
    from qa.evaluation.bench.reading import read_given_paragraphs

    with counting("给定段落") as progress:
        return read_given_paragraphs(
            assistant.snapshot().reader, lambda text: assistant.understand(Query(text)), asked, progress
        )


def _outcomes(assistant: Assistant, ask: Ask, paragraphs: Sequence[Paragraph], label: str) -> list[QuestionOutcome]:
    from qa.cli.eval import collection_of, counting
    from qa.evaluation.runner import EvaluationRunner

    runner = EvaluationRunner(ask, collection_of(assistant))
    with counting(label) as progress:
        return runner.run([question for each in paragraphs for question in each.questions], progress)


def _keep(path: Path, task: _Task, assistant: Assistant, outcomes: Sequence[QuestionOutcome]) -> None:
    """Writes the outcomes as the record of a run."""
    from qa import __version__
    from qa.cli.eval import model_of
    from qa.evaluation.evaluation_set import fingerprint_of
    from qa.evaluation.run_record import Run, RunIdentity, write_run

    command = f"qa eval bench {task.benchmark.name} {task.part}"
    questions = fingerprint_of([outcome.question for outcome in outcomes])
    identity = RunIdentity(command, model_of(assistant), assistant.snapshot().corpus_hash, questions, None)
    write_run(Run(identity, datetime.now(UTC), __version__, tuple(outcomes)), path)
